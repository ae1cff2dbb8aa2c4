"""Answers to survey questions, one a row."""

from typing import Any

import pandas as pd

from wallboard.loaders.facts.questions import QUESTIONS
from wallboard.loaders.facts.scores import SCORES
from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import survey_response
from wallboard.store.schema.voices import FORMULAS, MEASURES

USUAL = {"NPS": FORMULAS[0], "CSAT": "top-2 share", "CES": "mean", "rating": "mean", "trust": "top-2 share"}
"""The formula of a measure where a source names none."""


def _formula(frame: pd.DataFrame, _source: str) -> Any:
    """How a measure is usually scored."""
    return frame["measure"].map(USUAL).astype("str")


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
    lambda f: (f["measure"] == "NPS") == (f["formula"] == FORMULAS[0]),
    f"the formula {FORMULAS[0]!r} belongs to NPS and to nothing else",
    "Correct the formula under `constants`",
)

_BOXES = rule(
    lambda f: (f["formula"] != "top-3 share") | (f["scale_max"] - f["scale_min"] >= 4),
    "a top-3 share needs a scale of at least 5 answers",
    "Correct the formula or the scale under `constants`",
)

FEED = Feed(
    "survey_responses",
    110,
    survey_response,
    contract(survey_response, _SCALE, _ON_SCALE, _NPS, _PROMOTERS, _BOXES, measure=one_of(*MEASURES), formula=one_of(*FORMULAS)),
    fact="responded_at",
    defaults={"complete": True, "test": False, "formula": _formula},
    derived=("day",),
    derive=_derive,
    placed=True,
    facts=(SCORES, QUESTIONS),
)
