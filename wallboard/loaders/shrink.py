"""A snapshot that has shrunk may be half-written: what it does not say would be deleted."""

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.errors import FileRefused
from wallboard.loaders.feed import Feed
from wallboard.loaders.refusals import Refusals
from wallboard.loaders.sources import Source


def refuse_shrunk(connection: Connection, source: Source, feed: Feed, frame: pd.DataFrame, refusals: Refusals, file: str) -> None:
    """Refuse a snapshot with fewer rows than the source may lose at one load; raises FileRefused with both counts.

    Never for feeds that say what may be shown: there the half that is missing hides, and hides nothing wrongly.
    """
    if source.mode != "snapshot" or feed.closed:
        return
    own = feed.table.c.source == source.name
    before = connection.scalar(select(func.count()).select_from(feed.table).where(own)) or 0
    now = len(frame) + len(set(refusals.spared()) - set(frame["source_key"]))
    if now >= before * (1 - source.shrink):
        return
    what = (
        f"has {now:,} rows where the load before had {before:,}: it may be half-written, or filtered. Nothing of it was loaded."
    )
    remedy = f"Export it again; or, if it is right, load it with: wallboard load {source.name} --accept-shrink"
    raise FileRefused(file, what, remedy)
