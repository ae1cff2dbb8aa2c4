"""How well it is done: a KPI of a touchpoint by day, numerator and denominator."""

from wallboard.loaders.feed import Feed, at_least, contract, one_of, rule
from wallboard.store.schema import touchpoint_kpi

FEED = Feed(
    "touchpoint_kpis",
    120,
    touchpoint_kpi,
    contract(
        touchpoint_kpi,
        rule(
            lambda f: (f["unit"] != "share") | f["numerator"].between(0, f["denominator"]),
            "a share's numerator lies outside 0 to its denominator",
            "Correct the numbers, or set unit = 'mean' under `constants`",
        ),
        denominator=at_least(0),
        better=one_of("up", "down"),
        unit=one_of("share", "mean"),
    ),
    fact="day",
    part=touchpoint_kpi.c.touchpoint + ":" + touchpoint_kpi.c.kpi,
    volume=touchpoint_kpi.c.denominator,
    defaults={"better": "up", "unit": "share"},
)
