"""How much each source brought, by day and by week: what says how old its facts were at any instant, and whether it dries up."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Date, Subquery, delete, func, insert, literal, select

from wallboard.loaders.facts.days import MANY, NOT_SAID, dates
from wallboard.loaders.feed import Feed
from wallboard.loaders.feeds import feeds
from wallboard.settings import Room
from wallboard.store.schema import source_day, source_state, volume_week
from wallboard.store.types import Instant
from wallboard.store.write import Written

_WEEK = timedelta(days=6)


def refresh(connection: Connection, feed: Feed, source: str, written: Written, room: Room) -> None:
    """Count again the weeks that a load of a source has touched."""
    if feed.fact is None or not written.anything:
        return
    column = "day" if "day" in feed.table.c else feed.fact
    _recount(connection, feed, source, room, dates(written.touched(column)))


def catch_up(connection: Connection, room: Room) -> list[str]:
    """Count sources that were loaded before anybody counted, in an earlier release; gives the tables that they feed."""
    counted = select(source_day.c.source).distinct()
    state = source_state.c
    missing = select(state.source, state.feed).where(state.fact_at.is_not(None), state.source.not_in(counted))
    found = [(source, feeds()[name]) for source, name in connection.execute(missing).all() if name in feeds()]
    dated = [(source, feed) for source, feed in found if feed.fact]
    for source, feed in dated:
        _recount(connection, feed, source, room, None)
    return [table for _, feed in dated for table in feed.tables]


def _recount(connection: Connection, feed: Feed, source: str, room: Room, touched: Iterable[date] | None) -> None:
    mondays = None if touched is None else sorted({day - timedelta(days=day.weekday()) for day in touched})
    if mondays is not None and len(mondays) > MANY // 7:
        mondays = None
    rows = _rows(feed, source)
    days, weeks = source_day.c, volume_week.c
    query = select(rows.c.day, rows.c.perimeter, rows.c.part, *_summed(rows)).group_by(rows.c.day, rows.c.perimeter, rows.c.part)
    for monday in [None] if mondays is None else mondays:
        this = [] if monday is None else [weeks.week == monday]
        inside = [] if monday is None else [days.day.between(monday, monday + _WEEK)]
        connection.execute(delete(volume_week).where(weeks.source == source, *this))
        connection.execute(delete(source_day).where(days.source == source, *inside))
        asked = query.where(rows.c.day.is_not(None))
        asked = asked if monday is None else asked.where(rows.c.day.between(monday, monday + _WEEK))
        _keep(connection, feed, source, room, connection.execute(asked).all())


def _rows(feed: Feed, source: str) -> Subquery:
    """Every row of a source: its day, perimeter, part and instant, and what it counts for."""
    columns = feed.table.c
    assert feed.fact is not None
    at = columns[feed.fact]
    day = columns["day"] if "day" in columns else func.date(at, type_=Date()) if isinstance(at.type, Instant) else at
    perimeter = func.coalesce(columns["perimeter"], NOT_SAID) if "perimeter" in columns else NOT_SAID
    volume = literal(1) if feed.volume is None else feed.volume
    part = NOT_SAID if feed.part is None else feed.part
    chosen = day.label("day"), perimeter.label("perimeter"), part.label("part"), at.label("at"), volume.label("volume")
    return select(*chosen).where(columns["source"] == source).subquery()


def _summed(rows: Subquery) -> list[Any]:
    first, last = func.min(rows.c.at).label("first"), func.max(rows.c.at).label("last")
    return [func.count().label("facts"), func.sum(rows.c.volume).label("volume"), first, last]


def _keep(connection: Connection, feed: Feed, source: str, room: Room, rows: Iterable[Any]) -> None:
    """Put days and weeks together out of rows by day, perimeter and part."""
    zone = ZoneInfo(room.settings.timezone)
    by_day: dict[tuple[str, date], tuple[int, datetime, datetime]] = {}
    by_week: dict[tuple[str, str, date], float] = defaultdict(float)
    for row in rows:
        first, last = _instant(row.first, zone), _instant(row.last, zone)
        known = by_day.get((row.perimeter, row.day), (0, first, last))
        by_day[row.perimeter, row.day] = known[0] + row.facts, min(known[1], first), max(known[2], last)
        by_week[row.perimeter, row.part, row.day - timedelta(days=row.day.weekday())] += float(row.volume or 0)
    whose = {"feed": feed.name, "source": source}
    days = [
        {**whose, "perimeter": perimeter, "day": day, "facts": facts, "first_at": first, "last_at": last}
        for (perimeter, day), (facts, first, last) in by_day.items()
    ]
    weeks = [
        {**whose, "perimeter": perimeter, "part": part, "week": week, "volume": volume}
        for (perimeter, part, week), volume in by_week.items()
    ]
    for table, found in ((source_day, days), (volume_week, weeks)):
        if found:
            connection.execute(insert(table), found)


def _instant(at: datetime | date, zone: ZoneInfo) -> datetime:
    """A day begins at its midnight in the room."""
    return at if isinstance(at, datetime) else datetime.combine(at, time(), zone).astimezone(UTC)
