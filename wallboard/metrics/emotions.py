"""How customers feel along the journey, from -2 to +2: what was measured, what is only assumed, and where nobody knows."""

from collections.abc import Hashable, Mapping
from datetime import timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.journey import journey_map, stages
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import NOT_MEASURED, TOO_FEW
from wallboard.store.schema import emotion

CURRENT, FUTURE = "current", "future"
MEASURED, ASSUMED = "measured", "assumed"
_SAID = ("feeling", "n", "basis", "evidence", "day")


@memoised
def emotion_curve(connection: Connection, scope: Scope, state: str = CURRENT) -> pd.DataFrame:
    """How customers feel at each stage, from -2 (let down) to +2 (delighted); None where nobody knows.

    The newest measured value of the stage up to the last complete day; where none was measured the newest assumed one, and
    `basis` says which. `n` is how many customers it was asked of, `evidence` what says so, `stale` whether that is older than
    the room's visible_days. Nothing is ever filled in between stages. state: measured, too few (measured, but of fewer customers
    than the room's small n: the value stands with its n and ranks nowhere), assumed, not measured (nobody knows).

    Grain: one row per stage, in order; none is left out.
    Columns: stage, seq, name, feeling, n, basis, evidence, day, stale, state
    """
    known = _newest(connection, scope, state, "stage", emotion.c.touchpoint.is_(None))
    rows = [
        {**{name: stage[name] for name in ("stage", "seq", "name")}, **_felt(known, stage["stage"], scope)}
        for stage in rows_of(stages(connection, scope))
    ]
    return tidy(rows, emotion_curve)


def touchpoint_emotions(connection: Connection, scope: Scope, state: str = CURRENT) -> pd.DataFrame:
    """How customers feel at each touchpoint, on the same terms as the emotion curve.

    Grain: one row per touchpoint, in the order of the journey.
    Columns: stage, touchpoint, name, feeling, n, basis, evidence, day, stale, state
    """
    known = _newest(connection, scope, state, "touchpoint", emotion.c.touchpoint.is_not(None))
    rows = [
        {"stage": at["stage"], "touchpoint": at["touchpoint"], "name": at["touchpoint_name"]}
        | _felt(known, at["touchpoint"], scope)
        for at in rows_of(journey_map(connection, scope))
        if at["touchpoint"] is not None
    ]
    return tidy(rows, touchpoint_emotions)


def _newest(connection: Connection, scope: Scope, state: str, by: str, where: Any) -> dict[Hashable, Mapping[str, Any]]:
    """The row that speaks for each stage or touchpoint: measured before assumed, then the newest."""
    query = select(emotion.c[by], *(emotion.c[name] for name in _SAID)).where(
        emotion.c.state == state, emotion.c.day <= scope.last_day, where
    )
    found: dict[Hashable, Mapping[str, Any]] = {}
    for row in connection.execute(query.order_by(emotion.c.basis, emotion.c.day, emotion.c.id)).mappings():
        found[row[by]] = dict(row)
    return found


def _felt(known: Mapping[Hashable, Mapping[str, Any]], key: Hashable, scope: Scope) -> dict[str, Any]:
    row = known.get(key)
    if row is None:
        return dict.fromkeys((*_SAID, "stale")) | {"state": NOT_MEASURED}
    oldest = scope.today - timedelta(days=scope.visible_days)
    few = row["basis"] == MEASURED and row["n"] < scope.small_n
    return {
        **{name: row[name] for name in _SAID},
        "stale": row["day"] < oldest,
        "state": TOO_FEW if few else row["basis"],
    }
