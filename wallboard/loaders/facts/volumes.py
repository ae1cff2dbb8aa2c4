"""How much each source brought, by day and by week: what says how old its facts were at any instant, and whether it dries up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Date, Subquery, delete, func, insert, literal, select

from wallboard.calendar import monday_of
from wallboard.loaders.counting.days import MANY, NOT_SAID, dates
from wallboard.loaders.counting.declared import Change, Fact, Grain
from wallboard.loaders.counting.grains import distinct
from wallboard.loaders.feed import Feed
from wallboard.loaders.feeds import feeds
from wallboard.settings import Room, Settings
from wallboard.store.schema import source_day, volume_week
from wallboard.store.types import Instant

_WEEK = timedelta(days=6)


_DATED = [feed for feed in feeds().values() if feed.fact]


class Weeks(NamedTuple):
    """Weeks of one source by their Mondays, None for all."""

    feed: Feed
    source: str
    mondays: list[date] | None = None


def _touched(change: Change) -> Weeks | None:
    feed = change.feed
    if feed.fact is None:
        return None
    days = dates(change.written.touched("day" if "day" in feed.table.c else feed.fact))
    mondays = sorted(set(map(monday_of, days)))
    return Weeks(feed, change.source, None if len(mondays) > MANY // 7 else mondays)


def _batches(connection: Connection, _room: Room) -> Iterator[Weeks]:
    return (Weeks(feed, source) for feed in _DATED for source in distinct(connection, feed.table.c.source))


def _count(connection: Connection, room: Room, part: Weeks) -> None:
    rows = _rows(part.feed, part.source)
    days, weeks = source_day.c, volume_week.c
    query = select(rows.c.day, rows.c.perimeter, rows.c.part, *_summed(rows)).group_by(rows.c.day, rows.c.perimeter, rows.c.part)
    for span in [None] if part.mondays is None else _spans(part.mondays):
        these = [] if span is None else [weeks.week.between(*span)]
        inside = [] if span is None else [days.day.between(*span)]
        connection.execute(delete(volume_week).where(weeks.source == part.source, *these))
        connection.execute(delete(source_day).where(days.source == part.source, *inside))
        dated = query.where(rows.c.day.is_not(None))
        dated = dated if span is None else dated.where(rows.c.day.between(*span))
        _keep(connection, part.feed, part.source, room, connection.execute(dated).all())


def _spans(mondays: Iterable[date]) -> list[tuple[date, date]]:
    """First and last day of weeks in a row: each is one question, which may go through all rows of a source."""
    spans: list[tuple[date, date]] = []
    for monday in mondays:
        follows = bool(spans) and monday - spans[-1][1] == timedelta(days=1)
        spans[-1:] = [(spans[-1][0], monday + _WEEK)] if follows else [*spans[-1:], (monday, monday + _WEEK)]
    return spans


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
    by_day: dict[tuple[str, date], tuple[int, Any, Any]] = {}
    by_week: dict[tuple[str, str, date], float] = defaultdict(float)
    for day, perimeter, part, facts, volume, first, last in rows:
        known = by_day.get((perimeter, day))
        by_day[perimeter, day] = (known[0] + facts, min(known[1], first), max(known[2], last)) if known else (facts, first, last)
        by_week[perimeter, part, _monday(day)] += float(volume or 0)
    whose = {"feed": feed.name, "source": source}
    days = [
        {
            **whose,
            "perimeter": perimeter,
            "day": day,
            "facts": facts,
            "first_at": _instant(first, zone),
            "last_at": _instant(last, zone),
        }
        for (perimeter, day), (facts, first, last) in by_day.items()
    ]
    weeks = [
        {**whose, "perimeter": perimeter, "part": part, "week": week, "volume": volume}
        for (perimeter, part, week), volume in by_week.items()
    ]
    for table, counts in ((source_day, days), (volume_week, weeks)):
        if counts:
            connection.execute(insert(table), counts)


_monday = lru_cache(4_096)(monday_of)


@lru_cache(4_096)
def _instant(at: datetime | date, zone: ZoneInfo) -> datetime:
    """A day begins at its midnight in the room."""
    return at if isinstance(at, datetime) else datetime.combine(at, time(), zone).astimezone(UTC)


def _rules(settings: Settings) -> object:
    """Where a day begins, and how feeds divide and count their rows."""
    return settings.timezone, [(feed.name, feed.fact, str(feed.part), str(feed.volume)) for feed in _DATED]


FACT = Fact(
    reads=tuple(feed.table for feed in _DATED),
    writes=(source_day, volume_week),
    version=1,
    grain=Grain("sources and weeks", _touched, _batches),
    count=_count,
    rules=_rules,
    apart=True,
)
