"""Answers to survey questions, one a row."""

import pandas as pd

from wallboard.loaders.facts.scores import SCORES
from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import survey_response


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

FEED = Feed(
    "survey_responses",
    110,
    survey_response,
    contract(survey_response, _SCALE, _ON_SCALE, _NPS, measure=one_of("NPS", "CSAT", "CES", "rating")),
    fact="responded_at",
    defaults={"complete": True, "test": False},
    derived=("day",),
    derive=_derive,
    placed=True,
    facts=(SCORES,),
)
