"""Facts of rows that an upgrade has spelt in another way: counted again, once, by the first load after it."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, select

from wallboard.loaders.facts.asset import MONEY
from wallboard.loaders.facts.repeats import REPEATS
from wallboard.loaders.feed import Feed
from wallboard.loaders.feeds import feeds
from wallboard.settings import Room
from wallboard.store.schema import store_mark
from wallboard.store.write import Written, read_frame

MARK = "spelling"
"""The mark in which an upgrade names the tables whose rows it has respelled."""


def catch_up(connection: Connection, room: Room) -> list[str]:
    """Count again what hangs on respelled rows (money and customers are counted by `follow`); gives the tables that moved."""
    named = connection.scalar(select(store_mark.c.value).where(store_mark.c.mark == MARK))
    if named is None:
        return []
    connection.execute(delete(store_mark).where(store_mark.c.mark == MARK))
    tables = set(named.split())
    mine = {id(facts): facts for feed in feeds().values() if feed.table.name in tables for facts in feed.facts}
    moved = [facts for facts in mine.values() if not any(facts is one for one in (*MONEY, REPEATS))]
    for facts in moved:
        for table in facts.tables:
            connection.execute(delete(table))
        for written in _everything(connection, (feed for feed in feeds().values() if facts in feed.facts)):
            facts.refresh(connection, written, room)
    return sorted(tables | {table.name for facts in (*moved, *MONEY, REPEATS) for table in facts.tables})


def _everything(connection: Connection, having: Iterable[Feed]) -> Iterator[Written]:
    """All rows of feeds, source by source, as if they had just come."""
    for feed in having:
        table = feed.table
        for source in connection.scalars(select(table.c.source).distinct().order_by(table.c.source)).all():
            rows = read_frame(connection, select(table).where(table.c.source == source).order_by(table.c.id))
            none = rows.iloc[:0]
            yield Written(table, rows, none, none, none, same=0, first=True)
