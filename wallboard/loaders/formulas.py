"""How answers are scored where their source names no formula, and what an earlier release had written of it."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from wallboard.scales import MEAN, PROMOTERS, TOP_2, usual_share
from wallboard.store.properties import set_store_property, store_property_value
from wallboard.store.schema import survey_response

_R = survey_response.c
_PROPERTY, _WRITTEN_BY = "scores", "2"
"""The property that says that the answers in the store name the formulas of today."""


def usual_formula(measure: str, lowest: float, highest: float) -> str | None:
    """How a measure is scored where its source names no formula: on satisfaction and trust the scale decides.

    None where nothing is usual: on other scales, and of effort (CES), of which four formulas circulate.
    """
    if measure in ("CSAT", "trust"):
        return usual_share(lowest, highest)
    return {"NPS": PROMOTERS, "rating": MEAN}.get(measure)


def renew_formulas(connection: Connection, declaring: Iterable[str]) -> bool:
    """Give the answers of an earlier release's store the usual formula of their scale, once; True where it was due.

    Sources in `declaring` say their formula themselves.
    """
    if store_property_value(connection, _PROPERTY) == _WRITTEN_BY:
        return False
    set_store_property(connection, _PROPERTY, _WRITTEN_BY)
    silent, scale = _R.source.not_in(list(declaring)), (_R.measure, _R.scale_min, _R.scale_max)
    old = _R.formula.in_(("", TOP_2))
    for measure, lowest, highest in connection.execute(select(*scale).distinct().where(silent, old)).all():
        formula = usual_formula(measure, lowest, highest)
        its = (silent, old, _R.measure == measure, _R.scale_min == lowest, _R.scale_max == highest)
        if formula:
            connection.execute(update(survey_response).where(*its).values(formula=formula))
    return True
