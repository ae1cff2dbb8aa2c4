"""When each screen was last heard, by the launch of its browser: in memory for the pulse, in the store for the next start."""

import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from datetime import UTC, timedelta
from threading import Lock

from sqlalchemy import Engine, bindparam, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from wallboard.clock import Clock, elapsed
from wallboard.errors import StoreRefused
from wallboard.screens.workers import POOL
from wallboard.store.connections import reading, writing
from wallboard.store.schema import heartbeat

log = logging.getLogger(__name__)

FORGOTTEN = timedelta(days=1)
WRITTEN_EVERY = 60.0
"""Seconds between two writes of all that was heard: a pulse costs a millisecond and waits for no writer."""

FIRST_WRITTEN = 10.0
"""Seconds after a start: a restart a moment later knows who was there, and what a first write costs besides is of the start."""

OWN, OTHERS = 16, 200
"""Launches that are kept of each screen of the room, and of all other names together; the one heard longest ago goes first."""

LONGEST = 80
_Key = tuple[str, str]
_SAME = delete(heartbeat).where(heartbeat.c.screen == bindparam("s"), heartbeat.c.launch == bindparam("l"))


class Heartbeats:
    """Remembers for a day; `screens` are those of the room, which no stranger's names can push out."""

    def __init__(self, engine: Engine, clock: Clock, screens: Iterable[str] = ()) -> None:
        self._engine, self._clock, self._screens = engine, clock, frozenset(screens)
        self._lock = Lock()
        self._writing: Future[None] | None = None
        self._written = elapsed() - WRITTEN_EVERY + FIRST_WRITTEN
        self._seen: dict[_Key, float] = self._remembered()

    def seen(self, screen: str, launch: str = "") -> None:
        """A screen has asked its question."""
        key, now = (screen[:LONGEST], launch[:LONGEST]), elapsed()
        with self._lock:
            if self._seen.pop(key, None) is None:
                self._make_room(key)
            self._seen[key] = now
            if now - self._written >= WRITTEN_EVERY and (self._writing is None or self._writing.done()):
                self._written = now
                self._writing = POOL.submit(self.write)

    def silent_for(self) -> Mapping[str, float]:
        """Seconds since each screen was heard, by whichever browser."""
        return self._ages(0)

    def launches(self) -> Mapping[str, float]:
        """Seconds since each launch of a browser was heard."""
        return {name: age for name, age in self._ages(1).items() if name}

    def write(self) -> None:
        """Keep in the store what was heard in the last day; what cannot be written now is written a minute later."""
        now = self._clock().astimezone(UTC)
        with self._lock:
            at = elapsed()
            self._seen = {key: seen_at for key, seen_at in self._seen.items() if at - seen_at < FORGOTTEN.total_seconds()}
            rows = [
                {"screen": screen, "launch": launch, "heard_at": now - timedelta(seconds=at - seen_at)}
                for (screen, launch), seen_at in self._seen.items()
            ]
        try:
            with writing(self._engine) as connection:
                connection.execute(delete(heartbeat).where(heartbeat.c.heard_at <= now - FORGOTTEN))
                if rows:
                    connection.execute(_SAME, [{"s": row["screen"], "l": row["launch"]} for row in rows])
                    connection.execute(insert(heartbeat), rows)
        except (SQLAlchemyError, StoreRefused) as error:
            log.debug("heartbeats could not be kept: %s", error)

    def _remembered(self) -> dict[_Key, float]:
        now, c = self._clock().astimezone(UTC), heartbeat.c
        with reading(self._engine) as connection:
            rows = connection.execute(select(heartbeat).where(c.heard_at > now - FORGOTTEN, c.heard_at <= now)).all()
        at = elapsed()
        rows = sorted(rows, key=lambda row: row.heard_at)
        return {(row.screen, row.launch): at - (now - row.heard_at).total_seconds() for row in rows}

    def _make_room(self, key: _Key) -> None:
        """Where there are too many of its kind, forget the one that was heard longest ago: the first, as the newest goes last."""
        own = key[0] in self._screens
        alike = [other for other in self._seen if (other[0] == key[0] if own else other[0] not in self._screens)]
        if len(alike) >= (OWN if own else OTHERS):
            del self._seen[alike[0]]

    def _ages(self, part: int) -> dict[str, float]:
        now = elapsed()
        ages: dict[str, float] = {}
        with self._lock:
            for key, at in self._seen.items():
                age = round(now - at, 1)
                if age < FORGOTTEN.total_seconds():
                    ages[key[part]] = min(age, ages.get(key[part], age))
        return dict(sorted(ages.items()))
