"""Where the guided walk stands, kept in memory between two moves: every follower asks several times a second."""

import logging
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from sqlalchemy import Engine

from wallboard.clock import Clock, elapsed
from wallboard.errors import RoomError
from wallboard.records.acting import acting
from wallboard.records.walks import Stand, let_go, stand
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.versions import VersionsWatch

log = logging.getLogger(__name__)

KNOWN_FOR = 2.0
"""Seconds after which it is looked whether a table has changed: another program may have moved the walk."""

SURE_FOR = 60.0
"""Seconds after which the store is asked for the walk though no table has changed: one may begin later than it was written."""

COUNTED = 2.5
"""Seconds for which a follower counts after its last question."""

MOST = 400
"""Followers that are counted."""

AGAIN = 5.0
"""Seconds after which a release that the store refused is tried again."""


class Walking:
    """The walk of one room: its stand in the store, how long ago that was, and when its presenter was last heard."""

    def __init__(self, settings: Settings, engine: Engine, clock: Clock, watch: VersionsWatch | None = None) -> None:
        self._settings, self._engine, self._clock = settings, engine, clock
        self._lock = Lock()
        self._watch = watch or VersionsWatch(engine)
        self._total: tuple[object, ...] | None = None
        self._stand: Stand | None = None
        self._since = self._looked = -KNOWN_FOR
        self._asked = -SURE_FOR
        self._again = self._heard = elapsed()
        self._followers: dict[str, float] = {}

    def stand(self) -> Stand | None:
        """Where the walk stands; walls that nobody leads any more (a vanished presenter, an idle walk) are released first."""
        with self._lock:
            self._ask(elapsed() - self._looked >= KNOWN_FOR)
            now = self._stand
            due = now is not None and now.held and self._is_silent() and elapsed() >= self._again
            if due:
                self._again = elapsed() + AGAIN
        if due:
            self._release()
        return self._stand

    def moved(self) -> None:
        """Somebody has written a move."""
        with self._lock:
            self._heard = elapsed()
            self._ask(True)

    def seen(self, user: int) -> None:
        """The tablet of a user has been heard; it counts while the user leads."""
        now = self.stand()
        if now is not None and now.leader == user:
            self._heard = elapsed()

    def position(self) -> float:
        """Seconds into the item that is open."""
        now = self._stand
        if now is None:
            return 0.0
        return now.second + (max(0.0, elapsed() - self._since) if now.playing else 0.0)

    def plays(self) -> bool:
        """Whether the item that is open plays, from memory: also inside a transaction, which keeps others from writing."""
        return self._stand is not None and self._stand.playing

    def followed(self, name: str) -> None:
        """A screen has asked where the walk stands."""
        if len(self._followers) < MOST or name in self._followers:
            self._followers[name] = elapsed()

    def followers(self) -> list[str]:
        """Every screen that follows just now, by its name."""
        at = elapsed()
        gone = [name for name, asked_at in self._followers.copy().items() if at - asked_at > COUNTED]
        for name in gone:
            self._followers.pop(name, None)
        return sorted(self._followers)

    def as_json(self) -> dict[str, Any]:
        """Everything a screen needs to be where the walk is."""
        now = self.stand()
        if now is None:
            return {"walk": None, "held": False}
        state = {name: getattr(now, name) for name in ("walk", "seq", "place", "item", "playing", "held", "sounding")}
        return {
            **state,
            "second": round(self.position(), 2),
            "presenter": now.presenter,
            "leader": now.leader,
            "alone": now.by_room,
            "followers": self.followers(),
        }

    def _ask(self, due: bool) -> None:
        if not due:
            return
        self._looked, total = elapsed(), self._watch.total()
        if total is not None and total == self._total and self._looked - self._asked < SURE_FOR:
            return
        with reading(self._engine) as connection:
            latest = stand(connection, self._clock())
        self._asked, self._total = elapsed(), total
        before = self._stand
        if latest is not None and (before is None or (latest.walk, latest.seq) != (before.walk, before.seq)):
            age = (self._clock().astimezone(UTC) - _aware(latest.at)).total_seconds()
            self._since = self._asked - max(0.0, age)
        self._stand = latest

    def _is_silent(self) -> bool:
        idle = self._settings.walk_idle_minutes * 60
        return elapsed() - self._heard > self._settings.walk_release_seconds or elapsed() - self._since > idle

    def _release(self) -> None:
        """The room's own move, in the store as every other one; while a load holds the store, only who asked first waits."""
        try:
            with acting(self._engine, self._settings, self._clock, None) as act:
                let_go(act, self.position())
        except RoomError as refusal:
            log.warning("the walls could not be released: %s", refusal)
        with self._lock:
            self._ask(True)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
