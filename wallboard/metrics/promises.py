"""What we promise customers at each stage, beside what they are given."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.journey import journey_map, stages
from wallboard.metrics.kpis import kpi_board
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import NOT_MEASURED
from wallboard.store.schema import promise

_GIVEN = ("numerator", "denominator", "value", "low", "high", "target", "meets", "better", "unit", "newest_day", "state")


def promises(connection: Connection, scope: Scope, stage: str | None = None, weeks: int = 4) -> pd.DataFrame:
    """Every promise to customers, where it was made, and what its KPI says was delivered in the last complete weeks.

    `kept` is whether the KPI meets its target (None: no KPI, no target, or not measured), `surely` whether the whole 95 %
    interval lies on that side. A promise without a contact point is told at each one of the stage where its KPI is counted.
    The stage's own promise stands among them, by its words. state: as of the KPI (kpi_board); not measured without one.

    Grain: one row per promise and contact point, in the order of the journey; a stage that promises nothing has one row of
    None words.
    Columns: stage, seq, stage_name, touchpoint, touchpoint_name, words, made_in, made_on, kpi, kpi_name, kept, surely,
    numerator, denominator, value, low, high, target, meets, better, unit, newest_day, state
    """
    known = [one for one in rows_of(stages(connection, scope)) if stage in (None, one["stage"])]
    made = _made(connection, scope)
    places = [row for row in rows_of(journey_map(connection, scope)) if row["touchpoint"] is not None]
    boards = rows_of(kpi_board(connection, scope, weeks=weeks)) if any(one["kpi"] for one in made) else []
    order = {place["touchpoint"]: n for n, place in enumerate(places)}
    rows = []
    for at in known:
        own = [one for one in made if one["stage"] == at["stage"]]
        here = [place for place in places if place["stage"] == at["stage"]]
        for one in [*own, *_stages_own(at, own)]:
            found: list[dict[str, Any] | None] = [*_counted(one, here, boards)] or [None]
            rows += [_row(at, one, here, kpi) for kpi in sorted(found, key=lambda kpi: order[kpi["touchpoint"]] if kpi else -1)]
        if not own and not at["promise"]:
            rows.append(_row(at, _NOTHING, here, None))
    return tidy(rows, promises)


_NOTHING: dict[str, Any] = dict.fromkeys(("touchpoint", "words", "made_in", "made_on", "kpi"))


def _made(connection: Connection, scope: Scope) -> list[dict[str, Any]]:
    p = promise.c
    query = select(p.stage, p.touchpoint, p.words, p.made_in, p.made_on, p.kpi)
    known = query.where(or_(p.made_on.is_(None), p.made_on <= scope.last_day)).order_by(p.id)
    return [dict(row) for row in connection.execute(known).mappings()]


def _stages_own(at: dict[str, Any], made: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The promise in the stage's own row, unless it is listed."""
    if at["promise"] and not any(_alike(one["words"]) == _alike(at["promise"]) for one in made):
        yield _NOTHING | {"words": at["promise"], "made_in": at["promise_source"]}


def _alike(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".!")


def _counted(one: dict[str, Any], here: list[dict[str, Any]], boards: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    where = {one["touchpoint"]} if one["touchpoint"] else {place["touchpoint"] for place in here}
    return (kpi for kpi in boards if one["kpi"] and kpi["kpi"] == one["kpi"] and kpi["touchpoint"] in where)


def _row(at: dict[str, Any], one: dict[str, Any], here: list[dict[str, Any]], kpi: dict[str, Any] | None) -> dict[str, Any]:
    place = kpi["touchpoint"] if kpi else one["touchpoint"]
    names = {place["touchpoint"]: place["touchpoint_name"] for place in here}
    given = {name: kpi[name] for name in _GIVEN} if kpi else dict.fromkeys(_GIVEN) | {"state": NOT_MEASURED}
    return {
        "stage": at["stage"],
        "seq": at["seq"],
        "stage_name": at["name"],
        "touchpoint": place,
        "touchpoint_name": names.get(place),
        **{name: one[name] for name in ("words", "made_in", "made_on", "kpi")},
        "kpi_name": kpi["name"] if kpi else None,
        "kept": given["meets"],
        "surely": _surely(given),
        **given,
    }


def _surely(given: dict[str, Any]) -> bool | None:
    if given["meets"] is None or given["low"] is None:
        return None
    low, high, target = given["low"], given["high"], given["target"]
    return bool(not low <= target <= high)
