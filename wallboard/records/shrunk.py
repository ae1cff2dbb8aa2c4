"""Snapshots that a load refused because they had shrunk: what waits, and a person's word that one is right."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from wallboard.errors import NotFound, RuleRefused
from wallboard.records.access import Access, may_see
from wallboard.records.acting import Acting
from wallboard.records.users import find
from wallboard.store.schema import shrunk_snapshot, user_account

_S = shrunk_snapshot.c


@dataclass(frozen=True)
class Snapshot:
    """One refused snapshot; `accepted_by` is the name of who said that it is right, None while nobody has."""

    source: str
    file: str
    content: str
    rows_before: int
    rows_now: int
    refused_at: datetime
    accepted_by: str | None


def shrunk_snapshots(connection: Connection) -> list[Snapshot]:
    """All that wait, by the name of their source."""
    named = select(*(_S[name] for name in list(Snapshot.__annotations__)[:-1]), user_account.c.name.label("accepted_by"))
    rows = connection.execute(named.outerjoin_from(shrunk_snapshot, user_account).order_by(_S.source))
    return [Snapshot(**row) for row in rows.mappings()]


def accept_shrunk(act: Acting, source: str, content: str) -> Snapshot:
    """Say that the snapshot of a source is right: the next load takes exactly this content.

    Raises RuleRefused for whoever may not, and where another file has come since.
    """
    if not may_see(find(act.connection, act.actor or 0), Access.SHRUNK):
        raise RuleRefused("the room", "only a facilitator or the president can confirm a smaller export.", "Ask one of them.")
    snapshot = next((shrunk for shrunk in shrunk_snapshots(act.connection) if shrunk.source == source), None)
    if snapshot is None:
        raise NotFound("the export", "nothing of this source waits any more.", "Reload the page.")
    if snapshot.content != content:
        raise RuleRefused("the export", "another file has come since you looked.", "Open the page anew, and look at its numbers.")
    values = {"accepted_by": act.actor, "accepted_at": act.at}
    act.connection.execute(update(shrunk_snapshot).where(_S.source == source).values(**values))
    counts = {"file": snapshot.file, "rows_before": snapshot.rows_before, "rows_now": snapshot.rows_now}
    act.audited("shrunk_snapshot", source, "accepted", counts, {**counts, "content": content})
    return snapshot
