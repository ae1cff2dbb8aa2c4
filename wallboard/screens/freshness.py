"""How old the facts behind a panel are, in words: current, late, stale or not loaded."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import PlainSerializer, TypeAdapter
from sqlalchemy import Connection

from wallboard.clock import Clock
from wallboard.metrics.freshness import STALE, fact_state, sources
from wallboard.settings import Settings, as_duration
from wallboard.store.feeds import FEEDS
from wallboard.store.guarded import APPEND_ONLY, FIXED
from wallboard.store.versions import changed_at

UNDATED = "undated"
"""The state of a source of things without a date: stages, people, pictures that nobody dated."""

AGREED = frozenset({"metric_definition"})
"""What tables hold no facts: the day from which a definition holds says nothing of how old a picture is."""

ROOM = "the room"
"""The source of what people write down: as new as its newest row, and never late."""

RECORDS = frozenset(APPEND_ONLY) - frozenset(FIXED)


@dataclass(frozen=True)
class SourceAge:
    """One source: its newest fact, and whether that is as new as its cadence promises."""

    source: str
    tables: Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str])]
    fact_at: datetime | None
    state: str
    stale_at: datetime | None = None
    """Since when it is stale; None where it is not."""


@dataclass(frozen=True)
class Freshness:
    """All sources of the store at one moment."""

    ages: tuple[SourceAge, ...]

    def of(self, tables: Iterable[str]) -> tuple[SourceAge, ...]:
        """The sources that feed any of `tables`; those of things without a date, or of what was agreed, only where there is no
        other.
        """
        wanted = set(tables) - AGREED or set(tables)
        ages = tuple(age for age in self.ages if age.tables & wanted)
        return tuple(age for age in ages if age.state != UNDATED) or ages

    def oldest(self, tables: Iterable[str]) -> datetime | None:
        """The newest fact of what feeds each table; of several tables the oldest one, which says how old a comparison is."""
        newest = [max((age.fact_at for age in self.of([table]) if age.fact_at), default=None) for table in tables]
        return min(filter(None, newest), default=None)

    def stamp(self, tables: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """What changes when one of those sources becomes late."""
        return tuple((age.source, age.state) for age in self.of(tables))


class FreshnessBoard:
    """Reads the state of all sources, at most once a minute or once a load."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = Lock()
        self._key: object = None
        self._fresh = Freshness(())

    @property
    def known(self) -> Freshness:
        """The freshness that was read last."""
        return self._fresh

    def of_now(self, versions: Mapping[str, int]) -> Freshness | None:
        """The present freshness where it has been read already."""
        with self._lock:
            return self._fresh if self._key == _key(self._clock(), versions) else None

    def read(self, connection: Connection, versions: Mapping[str, int]) -> Freshness:
        """The present freshness; `versions` says whether a load came in between."""
        now = self._clock()
        key = _key(now, versions)
        with self._lock:
            if key != self._key:
                self._fresh = Freshness(tuple(self._ages(connection, now)))
                self._key = key
            return self._fresh

    def _ages(self, connection: Connection, now: datetime) -> Iterable[SourceAge]:
        for source in sources(connection, now):
            feed = FEEDS[source.feed]
            fact_at = source.fact_at if feed.fact else None
            state = self._state(source.source, fact_at, now) if fact_at or (feed.fact and source.dated_later) else UNDATED
            covered_to = _end_of_month(fact_at, self._settings.zone(), now) if fact_at and feed.fact == "month" else fact_at
            yield SourceAge(
                source.source, frozenset(feed.tables), covered_to, state, self._stale_at(source.source, fact_at, state)
            )
        if written := changed_at(connection, RECORDS):
            yield SourceAge(ROOM, RECORDS, written, "current")

    def _stale_at(self, source: str, fact_at: datetime | None, state: str) -> datetime | None:
        return fact_at + STALE * as_duration(self._settings.cadence[source]) if fact_at and state == "stale" else None

    def _state(self, source: str, fact_at: datetime | None, now: datetime) -> str:
        cadence = self._settings.cadence.get(source)
        return fact_state(fact_at, now, as_duration(cadence) if cadence else None)


class KeptFreshness(FreshnessBoard):
    """The freshness that was kept at one moment, as JSON: it never changes."""

    def __init__(self, settings: Settings, clock: Clock, content: str) -> None:
        super().__init__(settings, clock)
        self._fresh = TypeAdapter(Freshness).validate_json(content)

    def of_now(self, versions: Mapping[str, int]) -> Freshness:
        """What was kept."""
        return self._fresh

    def read(self, connection: Connection, versions: Mapping[str, int]) -> Freshness:
        """What was kept."""
        return self._fresh


def kept_freshness(fresh: Freshness) -> str:
    """The freshness of all sources as JSON."""
    return TypeAdapter(Freshness).dump_json(fresh).decode()


def _key(now: datetime, versions: Mapping[str, int]) -> object:
    return now.replace(second=0, microsecond=0), versions


def _end_of_month(fact_at: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """The last day of the month that a fact of its first day tells; the fact's own while the month runs."""
    first = fact_at.astimezone(zone)
    end = first + timedelta(days=monthrange(first.year, first.month)[1] - first.day)
    return end if end.date() < now.astimezone(zone).date() else fact_at
