"""How customers feel along the journey, from -2 to +2: what was measured, what is only assumed, and where nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from wallboard.metrics.journey import journey_map, stages
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NOT_MEASURED, TOO_FEW
from wallboard.store.schema import emotion

CURRENT, FUTURE = "current", "future"
ASSUMED = "assumed"


class _Emotion(NamedTuple):
    feeling: float | None
    n: int | None
    basis: str | None
    evidence: str | None
    day: date | None
    stale: bool | None
    state: str


_NOBODY_KNOWS = _Emotion(None, None, None, None, None, None, NOT_MEASURED)


@dataclass(frozen=True, slots=True)
class StageFeeling:
    """How customers feel at one stage, -2 to +2; `n` is how many were asked. state: measured, too few, assumed, not measured."""

    stage: str
    seq: int
    name: str
    feeling: float | None
    n: int | None
    basis: str | None
    evidence: str | None
    day: date | None
    stale: bool | None
    state: str


@dataclass(frozen=True, slots=True)
class TouchpointFeeling:
    """How customers feel at one touchpoint, on the same terms as at a stage."""

    stage: str
    touchpoint: str
    name: str
    feeling: float | None
    n: int | None
    basis: str | None
    evidence: str | None
    day: date | None
    stale: bool | None
    state: str


@memoised
def emotion_curve(connection: Connection, scope: Scope, state: str = CURRENT) -> tuple[StageFeeling, ...]:
    """How customers feel at each stage, from -2 (let down) to +2 (delighted); None where nobody knows.

    The newest measured value of the stage up to the last complete day; where none was measured the newest assumed one, and
    `basis` says which. `n` is how many customers it was asked of, `evidence` what says so, `stale` whether that is older than
    the room's visible_days. Nothing is ever filled in between stages. state: measured, too few (measured, but of fewer customers
    than the room's small n: the value stands with its n and ranks nowhere), assumed, not measured (nobody knows).

    Grain: one row per stage, in order; none is left out.
    """
    known = _newest(connection, scope, state, "stage", emotion.c.touchpoint.is_(None))
    return tuple(StageFeeling(at.stage, at.seq, at.name, *known.get(at.stage, _NOBODY_KNOWS)) for at in stages(connection, scope))


@memoised
def touchpoint_emotions(connection: Connection, scope: Scope, state: str = CURRENT) -> tuple[TouchpointFeeling, ...]:
    """How customers feel at each touchpoint, on the same terms as the emotion curve.

    Grain: one row per touchpoint, in the order of the journey.
    """
    known = _newest(connection, scope, state, "touchpoint", emotion.c.touchpoint.is_not(None))
    return tuple(
        TouchpointFeeling(at.stage, at.touchpoint, at.touchpoint_name or "", *known.get(at.touchpoint, _NOBODY_KNOWS))
        for at in journey_map(connection, scope)
        if at.touchpoint is not None
    )


def _newest(
    connection: Connection, scope: Scope, state: str, by: str, where: ColumnElement[bool]
) -> Mapping[str | None, _Emotion]:
    """What is known of each stage or touchpoint: measured before assumed, then the newest."""
    e = emotion.c
    query = select(e[by], e.feeling, e.n, e.basis, e.evidence, e.day).where(e.state == state, e.day <= scope.last_day, where)
    return {row[0]: _emotion(row, scope) for row in connection.execute(query.order_by(e.basis, e.day, e.id))}


def _emotion(row: Any, scope: Scope) -> _Emotion:
    oldest = scope.today - timedelta(days=scope.visible_days)
    few = row.basis == MEASURED and row.n < scope.small_n
    return _Emotion(row.feeling, row.n, row.basis, row.evidence, row.day, row.day < oldest, TOO_FEW if few else row.basis)
