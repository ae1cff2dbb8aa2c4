"""The company's catalogue of metrics, as its data office keeps it: owner, version, formula; and what the leaders aim at."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from wallboard.catalogue import catalogue
from wallboard.demo.ground import Ground
from wallboard.demo.story import DAY as ONE_DAY
from wallboard.demo.story import monday

COUNCIL = "Customer Experience Council"
OWNERS = {
    "imogen": ("new_customers", "new_value", "won_back_customers", "referral_rate", "referred_converted"),
    "chloe": ("lost_customers", "lost_value", "unknown_reason", "renewal_rate", "winback_rate"),
    "ines": ("revenue", "profit", "gross_revenue_retention", "net_revenue_retention", "failure_cost", "value_recovered"),
    "kofi": ("growing_customers", "declining_customers"),
    "priya": ("csat",),
    "hassan": ("ces",),
    "": ("nps", "response_rate"),
}
"""Who answers for which metrics; for all others the head of marketing does. Nobody answers for the response rate."""

COUNCILS = ("nps", "retention_rate")
"""Metrics of the whole journey, which belong to no department: the council answers for them."""

CHANGED, MONTHS_AGO = "unknown_reason", 4
BEFORE = ("The share of those who left whose reason field was empty.", "departures with an empty reason field / departures")
"""What staff had typed in used to count as known, whatever it said."""

BASELINE, WEEKS_AGO = "complaint_rate", 34
"""Complaints had risen and stayed there: the council declared the metric again, unchanged, to measure from that week on."""

TARGETS = (
    ("new_customers", "All", 180.0, 200.0),
    ("renewal_rate", "All", 0.82, 0.85),
    ("retention_rate", "All", 0.72, 0.75),
    ("net_revenue_retention", "All", 0.95, 1.0),
    ("unknown_reason", "All", 0.3, 0.2),
    ("winback_rate", "All", 0.12, 0.15),
    ("referral_rate", "All", 0.04, 0.05),
    ("nps", "All", 35.0, 40.0),
    ("nps", "Ireland", 25.0, 30.0),
    ("csat", "All", 0.8, 0.85),
    ("trust", "All", 0.7, 0.75),
    ("response_rate", "All", 0.25, 0.25),
    ("meetings_held", "All", 1.0, 1.0),
)
"""Metric, country (or all of them), what was aimed at in the last fiscal year and in this one."""

DAY = "%d/%m/%Y"


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write the catalogue of metrics and the sheet of targets."""
    columns = ["figure", "version", "valid from", "meaning", "formula", "answers for it", "body", "on the wall"]
    catalogue = pd.DataFrame(_catalogue(ground), columns=columns)
    targets = pd.DataFrame(_targets(ground), columns=["figure", "country", "from", "target", "decided by"])
    files = folder / "metric_definitions.csv", folder / "targets.csv"
    for frame, file in zip((catalogue, targets), files, strict=True):
        frame.to_csv(file, index=False, lineterminator="\n")
    return list(files)


def _catalogue(ground: Ground) -> Iterator[tuple[str, ...]]:
    owner_of = {key: owner for owner, keys in OWNERS.items() for key in keys}
    first = ground.story.first_day.item()
    for key, metric in catalogue().items():
        rest = owner_of.get(key, "miriam"), COUNCIL if key in COUNCILS else "", "yes"
        meaning = metric.definition, metric.formula
        yield key, "1", first.strftime(DAY), *(BEFORE if key == CHANGED else meaning), *rest
        if key == CHANGED:
            changed: date = ground.story.month(MONTHS_AGO)[0].astype(object)
            yield key, "2", changed.strftime(DAY), *meaning, *rest
        if key == BASELINE:
            anew: date = (monday(ground.story.today) - 7 * WEEKS_AGO * ONE_DAY).item()
            yield key, "2", anew.strftime(DAY), *meaning, *rest


def _targets(ground: Ground) -> Iterator[tuple[str, str, str, float, str]]:
    today = ground.story.date(0)
    april = date(today.year if today.month >= 4 else today.year - 1, 4, 1)
    for metric, country, before, now in TARGETS:
        for since, value in ((april.replace(year=april.year - 1), before), (april, now)):
            yield metric, country, since.strftime(DAY), value, "miriam"
