"""Keeps the pictures of all panels: each is made once per version, and the same bytes go to every screen."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotReady
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from threading import Lock

import orjson
from sqlalchemy import Engine

from wallboard.clock import Clock, elapsed
from wallboard.drawing.theme import Theme
from wallboard.errors import RoomError
from wallboard.layout import Placed
from wallboard.metrics.memo import Memo, state_of
from wallboard.metrics.scope import Scope
from wallboard.screens.agreed import TABLES as AGREED
from wallboard.screens.findings import Finding, finding
from wallboard.screens.frame import Made, failed_picture, not_a_priority
from wallboard.screens.framed import framed
from wallboard.screens.freshness import Freshness, FreshnessBoard
from wallboard.screens.happened import tables as of_events
from wallboard.screens.seen import Look, see
from wallboard.screens.serialise import written
from wallboard.screens.workers import POOL
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.versions import Versions, VersionsReader, VersionsWatch

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0
"""How long a request waits for a picture that is still being made."""

RETRY_SECONDS = 30.0
"""How soon a picture that failed is tried again while its tables have not changed."""


FAILED = "This picture could not be drawn. The room's log says why."


@dataclass(frozen=True)
class Rendered:
    """A picture's bytes and the version they show; stale where a newer one is still being made."""

    token: str
    body: bytes
    strange: bool = False
    """Whether Dash's renderer is needed to draw it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the picture of a panel says besides, and of which version; `failed`: it could not be drawn at that version."""

    finding: Finding
    token: str
    failed: bool = False


@dataclass
class _Cached:
    answer: Rendered | None = None
    making: Future[Rendered] | None = None
    good: Rendered | None = None
    failed_at: float | None = None
    attempts: int = 0
    renew_at: float | None = None
    """When what it says of the past is measured anew, where a load may have changed that since."""
    token: tuple[object, str] = (None, "")
    """What the newest token was made of, and the token."""
    lock: Lock = field(default_factory=Lock)


class Pictures:
    """The cache between the store and the screens; `name` tells its pictures from those that are drawn from something else."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        clock: Clock,
        theme: Callable[[str | None, str | None], Theme],
        freshness: FreshnessBoard | None = None,
        look: Look | None = None,
        name: str = "",
        watch: VersionsWatch | None = None,
        measured: Memo | None = None,
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._clock = clock
        self._theme = theme
        self._freshness = freshness or FreshnessBoard(settings, clock)
        self._look, self._name = look or see, name
        self._measured = measured or Memo()
        self._versions, self._watch = VersionsReader(), watch or VersionsWatch(engine)
        self._last: tuple[object, Versions] = (None, Versions({}, None))
        self._kept: dict[tuple[str, str | None, float], _Cached] = {}
        self._newest: dict[tuple[str, str | None], Measured] = {}
        self._strange: set[str] = set()
        self._made, self._failed = 0, set[int]()
        self._lock = Lock()

    def tokens(self, placed: Iterable[Placed], perimeter: str | None, screen: str | None = None) -> dict[str, str]:
        """What each panel's picture should be now: changes when its tables, the day, or the state of a source change."""
        versions, fresh = self._state()
        theme = self._theme(screen, perimeter)
        days = (
            theme.now.astimezone(self._settings.zone(perimeter)).date(),
            Scope.of(self._settings, theme.now, perimeter).last_day,
        )
        return {each.id: self._token(each, perimeter, theme, versions, fresh, days) for each in placed}

    @property
    def versions(self) -> Versions:
        """The versions of the tables that the last question for tokens has found."""
        return self._last[1]

    def read_versions(self) -> Versions:
        """The versions of the tables as they are."""
        return self._state()[0]

    def _state(self) -> tuple[Versions, Freshness]:
        """What the tables hold, and how fresh: read anew only where a table has changed, or the minute."""
        total = self._watch.total()
        if total is not None and total == self._last[0] and (fresh := self._freshness.of_now(self._last[1])):
            return self._last[1], fresh
        with reading(self._engine) as connection:
            versions = self._versions.read(connection)
            fresh = self._freshness.read(connection, versions)
        self._last = total, versions  # never older than the total: versions only grow
        return versions, fresh

    def newest_fact(self, placed: Iterable[Placed]) -> datetime | None:
        """When the newest fact happened that any of the panels shows, by the freshness that was read last."""
        tables = {table for each in placed for table in each.panel.reads}
        return max((age.fact_at for age in self._freshness.known.of(tables) if age.fact_at), default=None)

    def get(self, placed: Placed, perimeter: str | None, screen: str | None = None) -> Rendered | None:
        """The newest picture, made now if need be; None while the first one is still being made."""
        token = self.tokens([placed], perimeter, screen)[placed.id]
        theme = self._theme(screen, perimeter)
        cached = self._cached(placed, perimeter, theme)
        with cached.lock:
            if cached.answer and cached.answer.token == token:
                return cached.answer
            if cached.making is None or cached.making.done():
                cached.making = POOL.submit(self._make, placed, perimeter, theme, token, cached)
            making = cached.making
        try:
            return making.result(PATIENCE_SECONDS)
        except NotReady:
            return cached.answer

    def changes(self) -> int | None:
        """Another number whenever a picture has been made; None while one has failed, which is made again by the clock."""
        return None if self._failed else self._made

    def measured(self, placed: Iterable[Placed], perimeter: str | None) -> dict[str, Measured]:
        """What the pictures say besides that have been made, whatever the size of the glass they were made for."""
        return {panel.id: there for panel in placed if (there := self._newest.get((panel.id, perimeter)))}

    def at_hand(self, placed: Placed, perimeter: str | None, screen: str | None = None) -> Rendered | None:
        """The newest picture where it has been made already; None where somebody would have to wait for it."""
        answer = self._cached(placed, perimeter, self._theme(screen, perimeter)).answer
        return answer if answer and answer.token == self.tokens([placed], perimeter, screen)[placed.id] else None

    def need_dash(self, placed: Iterable[Placed]) -> bool:
        """Whether any of these panels was drawn with a component that only Dash's renderer draws."""
        return not self._strange.isdisjoint(panel.id for panel in placed)

    def _cached(self, placed: Placed, perimeter: str | None, theme: Theme) -> _Cached:
        with self._lock:
            return self._kept.setdefault((placed.id, perimeter, theme.floor), _Cached())

    def _token(
        self,
        placed: Placed,
        perimeter: str | None,
        theme: Theme,
        versions: Versions,
        fresh: Freshness,
        days: tuple[date, date],
    ) -> str:
        cached = self._cached(placed, perimeter, theme)
        if cached.failed_at is not None and elapsed() - cached.failed_at > RETRY_SECONDS:
            cached.failed_at, cached.attempts = None, cached.attempts + 1
        if cached.renew_at is not None and elapsed() >= cached.renew_at:
            cached.renew_at, cached.attempts = None, cached.attempts + 1
        ahead = versions.ahead_of(theme.now)
        made_of, token = cached.token
        if made_of == (now := (versions, fresh, days, ahead, cached.attempts)):
            return token
        tables = (*placed.panel.reads, *(AGREED if placed.panel.metrics else ()), *of_events(placed.panel))
        read = [versions.get(table, 0) for table in tables]
        parts = [self._name, placed.id, perimeter, days, read, fresh.stamp(placed.panel.reads), ahead, cached.attempts]
        token = blake2b(repr(parts).encode(), digest_size=8).hexdigest()
        cached.token = now, token
        return token

    def _make(self, placed: Placed, perimeter: str | None, theme: Theme, token: str, cached: _Cached) -> Rendered:
        made, shown_as = self._draw(placed, perimeter, theme, cached)
        try:
            answer = _answer(token, made)
        except TypeError:
            log.exception("panel %s (%s) could not be written down", placed.id, placed.show)
            made = failed_picture(FAILED, _children(cached.good), theme)
            answer = _answer(token, made)
        if made.state == "failed":
            cached.failed_at = elapsed()
        else:
            cached.good = answer
        with cached.lock:
            cached.answer = answer
            cached.making = None
        if answer.strange:
            self._strange.add(placed.id)
        self._find(placed, perimeter, shown_as, token)
        with self._lock:
            self._made += 1
            (self._failed.add if made.state == "failed" else self._failed.discard)(id(cached))
        return answer

    def _find(self, placed: Placed, perimeter: str | None, finding: Finding | None, token: str) -> None:
        """Keep what a picture says; one that failed says what it said before."""
        before = self._newest.get((placed.id, perimeter))
        self._newest[placed.id, perimeter] = Measured(
            finding or (before.finding if before else Finding()), token, failed=finding is None
        )

    def _draw(self, placed: Placed, perimeter: str | None, theme: Theme, cached: _Cached) -> tuple[Made, Finding | None]:
        try:
            with reading(self._engine) as connection:
                versions = self._versions.read(connection)
                fresh = self._freshness.read(connection, versions)
                scope = Scope.of(self._settings, versions.as_of(self._clock()), perimeter)
                with self._measured.of(state_of(scope.as_of, versions)) as past:
                    seen = self._look(connection, scope, placed, theme)
                cached.renew_at = past.renew_at
            if off := seen.agreement.off:
                return not_a_priority(off), Finding(lacking=off.removesuffix("."))
            return framed(placed, seen, theme, fresh), finding(placed, seen, theme, fresh)
        except RoomError as refusal:
            return failed_picture(str(refusal), _children(cached.good), theme), None
        except Exception:
            log.exception("panel %s (%s) could not be drawn", placed.id, placed.show)
            return failed_picture(FAILED, _children(cached.good), theme), None


def _answer(token: str, made: Made) -> Rendered:
    return Rendered(token, *written({"token": token, "state": made.state, "children": made.children}))


def _children(answer: Rendered | None) -> list[object]:
    """What stands in the panel's frame, as a browser reads it."""
    children: list[object] = orjson.loads(answer.body)["children"] if answer else []
    return children
