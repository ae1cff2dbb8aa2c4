"""The service blueprint: what customers hold in their hands, what they do, what they see of us, and what they never see."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, case, or_, select

from wallboard.metrics.emotions import touchpoint_emotions
from wallboard.metrics.journey import journey_map
from wallboard.metrics.quotations import CustomersWords, quotation
from wallboard.metrics.scope import Scope
from wallboard.store.schema import media, touchpoint
from wallboard.store.showing import RECORDINGS, why_not
from wallboard.store.withdrawn import CONSENT

_SEEN = "experience"


class _Evidence(NamedTuple):
    evidence: CustomersWords | None = None
    evidence_kind: str | None = None
    captured_on: date | None = None
    stale: bool | None = None


@dataclass(frozen=True, slots=True)
class BlueprintColumn:
    """The lines of the blueprint at one touchpoint, None where nobody has written one down; how customers feel there, -2 to +2.

    state: of the feeling, as of touchpoint_emotions.
    """

    stage: str
    stage_name: str
    touchpoint: str
    seq: int | None
    name: str
    internal_name: str | None
    channel: str | None
    moment_of_truth: bool
    owner: str | None
    function: str | None
    supplier: str | None
    evidence: CustomersWords | None
    evidence_kind: str | None
    captured_on: date | None
    stale: bool | None
    frontstage: str | None
    backstage: str | None
    support: str | None
    future: str | None
    feeling: float | None
    n: int | None
    basis: str | None
    state: str


def blueprint(connection: Connection, scope: Scope, stage: str | None = None) -> tuple[BlueprintColumn, ...]:
    """The lines of the blueprint at every touchpoint (Shostack): None where nobody has written one down.

    `evidence` is the caption of the newest picture or paper that customers see there and that may be shown today (what has no
    day counts as older than any other), `evidence_kind` what it is, `stale` whether it is older than the room's visible_days.
    `feeling` and `state` are as of touchpoint_emotions.

    Grain: one row per touchpoint, in the order of the journey.
    """
    at = touchpoint.c
    query = select(at.touchpoint, at.internal_name, at.frontstage, at.backstage, at.support, at.future)
    lines = {row.touchpoint: row for row in connection.execute(query)}
    evidence = _evidence(connection, scope)
    feelings = {row.touchpoint: row for row in touchpoint_emotions(connection, scope)}
    rows = []
    for place in journey_map(connection, scope):
        if place.touchpoint is None or stage not in (None, place.stage):
            continue
        line, emotion = lines[place.touchpoint], feelings[place.touchpoint]
        rows.append(
            BlueprintColumn(
                place.stage, place.stage_name, place.touchpoint, place.seq, emotion.name, line.internal_name, place.channel,
                bool(place.moment_of_truth), place.owner, place.function, place.supplier,
                *evidence.get(place.touchpoint, _Evidence()),
                line.frontstage, line.backstage, line.support, line.future,
                emotion.feeling, emotion.n, emotion.basis, emotion.state,
            )
        )  # fmt: skip
    return tuple(rows)


def _evidence(connection: Connection, scope: Scope) -> dict[str, _Evidence]:
    m, oldest = media.c, scope.today - timedelta(days=scope.visible_days)
    undated = case((m.captured_on.is_(None), 0), else_=1)
    query = select(m.source, m.source_key, m.touchpoint, m.caption, m.kind, m.captured_on, CONSENT, m.retention_until).where(
        *(m.lane == _SEEN, m.touchpoint.is_not(None), m.kind.not_in(RECORDINGS)),
        or_(m.captured_on.is_(None), m.captured_on <= scope.last_day),
    )
    newest = {}
    for row in connection.execute(query.order_by(undated, m.captured_on, m.id)):
        if why_not(row.kind, row.consent, row.retention_until, scope.today) is None:
            stale = row.captured_on is not None and row.captured_on < oldest
            caption = quotation(row, m.caption, row.caption) if row.caption else None
            newest[row.touchpoint] = _Evidence(caption, row.kind, row.captured_on, stale)
    return newest
