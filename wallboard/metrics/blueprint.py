"""The service blueprint: what customers hold in their hands, what they do, what they see of us, and what they never see."""

from datetime import timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, or_, select

from wallboard.metrics.emotions import touchpoint_emotions
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.journey import journey_map
from wallboard.metrics.scope import Scope
from wallboard.store.schema import media, touchpoint
from wallboard.store.showing import HEARD, why_not
from wallboard.store.withdrawn import CONSENT

_LINES = ("internal_name", "frontstage", "backstage", "support", "future")
_PLACE = ("stage", "stage_name", "touchpoint", "seq", "channel", "moment_of_truth", "owner", "function", "supplier")
_SEEN = "experience"


def blueprint(connection: Connection, scope: Scope, stage: str | None = None) -> pd.DataFrame:
    """The lines of the blueprint at every contact point (Shostack): None where nobody has written one down.

    `evidence` is the caption of the newest picture or paper that customers see there and that may be shown today (what has no
    day counts as older than any other), `evidence_kind` what it is, `stale` whether it is older than the room's visible_days.
    `feeling` and `state` are as of touchpoint_emotions.

    Grain: one row per touchpoint, in the order of the journey.
    Columns: stage, stage_name, touchpoint, seq, name, internal_name, channel, moment_of_truth, owner, function, supplier,
    evidence, evidence_kind, captured_on, stale, frontstage, backstage, support, future, feeling, n, basis, state
    """
    at, words = touchpoint.c, {}
    for row in connection.execute(select(at.touchpoint, *(at[name] for name in _LINES))).mappings():
        words[row["touchpoint"]] = {name: row[name] for name in _LINES}
    evidence, felt = _evidence(connection, scope), _felt(connection, scope)
    rows = [
        {
            **{name: place[name] for name in _PLACE},
            "name": place["touchpoint_name"],
            **words[place["touchpoint"]],
            **evidence.get(place["touchpoint"], _NO_EVIDENCE),
            **felt[place["touchpoint"]],
        }
        for place in rows_of(journey_map(connection, scope))
        if place["touchpoint"] is not None and stage in (None, place["stage"])
    ]
    return tidy(rows, blueprint)


_NO_EVIDENCE = dict.fromkeys(("evidence", "evidence_kind", "captured_on", "stale"))


def _evidence(connection: Connection, scope: Scope) -> dict[str, dict[str, Any]]:
    m, oldest = media.c, scope.today - timedelta(days=scope.visible_days)
    undated = case((m.captured_on.is_(None), 0), else_=1)
    query = select(m.touchpoint, m.caption, m.kind, m.captured_on, CONSENT, m.retention_until).where(
        *(m.lane == _SEEN, m.touchpoint.is_not(None), m.kind.not_in(HEARD)),
        or_(m.captured_on.is_(None), m.captured_on <= scope.last_day),
    )
    found = {}
    for row in connection.execute(query.order_by(undated, m.captured_on, m.id)):
        if why_not(row.kind, row.consent, row.retention_until, scope.today) is None:
            said = {"evidence": row.caption, "evidence_kind": row.kind, "captured_on": row.captured_on}
            found[row.touchpoint] = said | {"stale": row.captured_on is not None and row.captured_on < oldest}
    return found


def _felt(connection: Connection, scope: Scope) -> dict[str, dict[str, Any]]:
    frame = touchpoint_emotions(connection, scope)
    return {row["touchpoint"]: {name: row[name] for name in ("feeling", "n", "basis", "state")} for row in rows_of(frame)}
