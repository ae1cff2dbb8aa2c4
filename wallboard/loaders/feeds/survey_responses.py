"""Answers to survey questions, one a row.

Where a source names no `formula`, NPS is promoters less detractors, a rating is a mean, and satisfied (CSAT and trust) are the
best boxes of the scale: two of 4, 5 and 6 answers, one of 2 and 3, three of 7, 9 and 10 of 0–10 or 1–10. On any other scale, and
of effort (CES), the source must say it; a choice other than the usual one stands beside the score on the wall. High must be good:
turn an effort scale on which low is good around under `values`.
"""

import pandas as pd

from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.loaders.formulas import usual_formula
from wallboard.loaders.places import with_days
from wallboard.scales import FORMULAS, PROMOTERS, TOP_2, TOP_3, least_steps, steps
from wallboard.settings import Room
from wallboard.store.schema import survey_response
from wallboard.store.schema.voices import MEASURES

_ASKED = ["measure", "scale_min", "scale_max"]


def _formula(frame: pd.DataFrame, _source: str) -> object:
    """How a measure is usually scored on its scale; empty where nothing is usual."""
    scales = frame[_ASKED].drop_duplicates()
    usual = {tuple(row): usual_formula(*row) or "" for row in scales.dropna().itertuples(index=False, name=None)}
    return pd.Series([usual.get(row) for row in frame[_ASKED].itertuples(index=False, name=None)], frame.index, dtype="str")


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="responded_at")


_ON_SCALE = rule(
    lambda f: f["score"].isna() | f["score"].between(f["scale_min"], f["scale_max"]),
    "the score lies outside its scale of scale_min to scale_max",
    "Correct the score, or the scale under `constants`",
)
_SCALE = rule(
    lambda f: f["scale_min"] < f["scale_max"], "scale_min is not below scale_max", "Correct the scale under `constants`"
)
_NPS = rule(
    lambda f: (f["measure"] != "NPS") | ((f["scale_min"] == 0) & (f["scale_max"] == 10)),
    "NPS is asked on a scale of 0 to 10; other scales are not NPS",
    "Call the measure rating, or correct the scale",
)

_PROMOTERS = rule(
    lambda f: (f["measure"] == "NPS") == (f["formula"] == PROMOTERS),
    f"the formula {PROMOTERS!r} belongs to NPS and to nothing else",
    "Correct the formula under `constants`",
)

_BOXES = rule(
    lambda f: steps(f["scale_min"], f["scale_max"]) >= f["formula"].map(least_steps),
    f"a {TOP_2} needs a scale of at least {least_steps(TOP_2)} answers, a {TOP_3} one of at least {least_steps(TOP_3)}",
    "Correct the formula or the scale under `constants`",
)

_DECLARE = "Write under `constants` how it is scored: formula = " + ", ".join(f'"{formula}"' for formula in FORMULAS[1:])

_EFFORT = rule(
    lambda f: (f["measure"] != "CES") | (f["formula"] != ""),
    "effort (CES) is scored in at least four ways, and nothing says by which",
    _DECLARE,
)

_ONE_FORMULA = rule(
    lambda f: (f["measure"] == "CES") | (f["formula"] != ""),
    "no convention says how many answers of this scale count as satisfied",
    _DECLARE,
)

FEED = Feed(
    "survey_responses",
    110,
    survey_response,
    contract(
        survey_response,
        _SCALE,
        _ON_SCALE,
        _NPS,
        _PROMOTERS,
        _EFFORT,
        _ONE_FORMULA,
        _BOXES,
        measure=one_of(*MEASURES),
        formula=one_of("", *FORMULAS),
    ),
    fact="responded_at",
    part=survey_response.c.survey + ":" + survey_response.c.measure,
    defaults={"complete": True, "test": False, "formula": _formula},
    derived=("day",),
    derive=_derive,
    placed=True,
)
