"""What we promise customers at each stage, beside what they are given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from wallboard.metrics.journey import Stage, journey_map, stages
from wallboard.metrics.kpis import KpiResult, kpi_board
from wallboard.metrics.memo import memoised
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import NOT_MEASURED
from wallboard.store.schema import promise


class _Made(NamedTuple):
    """A promise as it was made."""

    stage: str
    touchpoint: str | None = None
    words: str | None = None
    made_in: str | None = None
    made_on: date | None = None
    kpi: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise at one touchpoint, beside what its KPI says was delivered, in the KPI's `unit`; words None: no promise.

    `surely`: whether the whole 95 % interval lies on the side of `kept`. state: as of the KPI; not measured without one.
    """

    stage: str
    seq: int
    stage_name: str
    touchpoint: str | None
    touchpoint_name: str | None
    words: str | None
    made_in: str | None
    made_on: date | None
    kpi: str | None
    kpi_name: str | None
    is_kept: bool | None
    surely: bool | None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    target: float | None = None
    meets: bool | None = None
    better: str | None = None
    unit: str | None = None
    newest_day: date | None = None
    state: str


@memoised
def promises(connection: Connection, scope: Scope, stage: str | None = None, weeks: int = 4) -> tuple[Promise, ...]:
    """Every promise to customers, where it was made, and what its KPI says was delivered in the last complete weeks.

    `kept` is whether the KPI meets its target (None: no KPI, no target, or not measured), `surely` whether the whole 95 %
    interval lies on that side. A promise without a touchpoint is told at each one of the stage where its KPI is counted.
    The stage's own promise stands among them, by its words. state: as of the KPI (kpi_board); not measured without one.

    Grain: one row per promise and touchpoint, in the order of the journey; a stage that promises nothing has one row of
    None words.
    """
    made = _made(connection, scope)
    places = journey_map(connection, scope)
    names, homes = {at.touchpoint: at.touchpoint_name for at in places}, {at.touchpoint: at.stage for at in places}
    boards = kpi_board(connection, scope, weeks=weeks) if any(row.kpi for row in made) else ()
    order = list(names)
    rows = []
    for at in stages(connection, scope):
        if stage not in (None, at.stage):
            continue
        own = [row for row in made if row.stage == at.stage]
        every = [*own, *_stages_own(at, own)]
        here = {key for key, home in homes.items() if home == at.stage}
        for row in every or [_Made(at.stage)]:
            where = {row.touchpoint} if row.touchpoint else here
            counted = [kpi for kpi in boards if kpi.kpi == row.kpi and kpi.touchpoint in where]
            counted.sort(key=lambda kpi: order.index(kpi.touchpoint))
            rows += [_promise(at, row, names, kpi) for kpi in counted or (None,)]
    return tuple(rows)


def _made(connection: Connection, scope: Scope) -> list[_Made]:
    p = promise.c
    query = select(p.stage, p.touchpoint, p.words, p.made_in, p.made_on, p.kpi)
    known = query.where(or_(p.made_on.is_(None), p.made_on <= scope.last_day)).order_by(p.id)
    return [_Made(*row) for row in connection.execute(known)]


def _stages_own(at: Stage, made: Sequence[_Made]) -> Iterator[_Made]:
    """The promise in the stage's own row, unless it is listed."""
    if at.promise and not any(_alike(row.words or "") == _alike(at.promise) for row in made):
        yield _Made(at.stage, words=at.promise, made_in=at.promise_source)


def _alike(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".!")


def _promise(at: Stage, made: _Made, names: dict[str | None, str | None], kpi: KpiResult | None) -> Promise:
    given = common_fields(kpi, Promise) if kpi else {"touchpoint": made.touchpoint, "kpi": made.kpi, "state": NOT_MEASURED}
    return Promise(
        **given,
        stage=at.stage,
        seq=at.seq,
        stage_name=at.name,
        touchpoint_name=names.get(given["touchpoint"]),
        words=made.words,
        made_in=made.made_in,
        made_on=made.made_on,
        kpi_name=kpi.name if kpi else None,
        is_kept=kpi.meets if kpi else None,
        surely=_surely(kpi) if kpi else None,
    )


def _surely(kpi: KpiResult) -> bool | None:
    if kpi.target is None or kpi.low is None or kpi.high is None:
        return None
    return not kpi.low <= kpi.target <= kpi.high
