"""A snapshot that has shrunk may be half-written: what it does not say would be deleted, until a person says that it is right."""

from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, delete, func, insert, select

from wallboard.errors import FileRefused
from wallboard.loaders.feed import Feed
from wallboard.loaders.refusals import Refusals
from wallboard.loaders.sources import Source
from wallboard.store.schema import shrunk_snapshot

_S = shrunk_snapshot.c


class Shrunk(FileRefused):
    """A snapshot with fewer rows than its source may lose at one load."""

    def __init__(self, source: str, file: str, content: str, before: int, now: int) -> None:
        what = f"has {now:,} rows where the load before had {before:,}: it may be half-written, or filtered."
        remedy = f"load it with: wallboard load {source} --accept-shrink; or say so at /room/loads."
        super().__init__(file, f"{what} Nothing of it was loaded.", f"Export it again; or, if it is right, {remedy}")
        self.source, self.file, self.content, self.before, self.now = source, file, content, before, now


def refuse_shrunk(
    connection: Connection, source: Source, feed: Feed, frame: pd.DataFrame, refusals: Refusals, file: str, sha256: str | None
) -> None:
    """Refuse a snapshot with fewer rows than the source may lose at one load; raises Shrunk with both counts.

    Not what somebody of the room has accepted. Never for feeds that say what may be shown: there the half that is missing hides,
    and hides nothing wrongly.
    """
    if source.mode != "snapshot" or feed.closed:
        return
    own = feed.table.c.source == source.name
    before = connection.scalar(select(func.count()).select_from(feed.table).where(own)) or 0
    now = len(frame) + len(set(refusals.spared()) - set(frame["source_key"]))
    content = sha256 or f"{now} rows"
    if now >= before * (1 - source.shrink) or _accepted(connection, source, content):
        return
    raise Shrunk(source.name, file, content, before, now)


def _accepted(connection: Connection, source: Source, content: str) -> bool:
    mine = _S.source == source.name, _S.content == content, _S.accepted_at.is_not(None)
    return connection.execute(select(_S.source).where(*mine)).first() is not None


def remember(connection: Connection, shrunk: Shrunk, at: datetime) -> None:
    """Keep what was refused, to be accepted in the room."""
    forget(connection, shrunk.source)
    counts = {"rows_before": shrunk.before, "rows_now": shrunk.now}
    values = {"source": shrunk.source, "file": shrunk.file, "content": shrunk.content, "refused_at": at}
    connection.execute(insert(shrunk_snapshot).values(**values, **counts))


def forget(connection: Connection, source: str) -> None:
    """Nothing of this source waits to be accepted any more."""
    connection.execute(delete(shrunk_snapshot).where(_S.source == source))
