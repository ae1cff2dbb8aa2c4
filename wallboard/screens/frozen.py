"""The walls as a session saw them: frozen when it begins, shown while it runs, and shown again whenever somebody asks.

A session holds the walls of its own part of the business, until it ends or is longer over than any session lasts.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from threading import Lock

from sqlalchemy import Connection, Engine

from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.errors import NotFound, RoomError
from wallboard.layout import WALL, Layout, Placed
from wallboard.lifecycle.sessions import OPENING, SessionStep
from wallboard.metrics.quotations import words_now
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel
from wallboard.records.sessions import LONGEST, SessionView, newest_tone, one_session, running
from wallboard.records.snapshots import Snapshot, is_frozen, read_snapshot
from wallboard.screens import frozen_rows, frozen_walls
from wallboard.screens.freshness import KeptFreshness
from wallboard.screens.pictures import Pictures
from wallboard.screens.seen import Seen, see
from wallboard.screens.shown import ALONE, OPENED, scene_of, source_of, with_shown
from wallboard.screens.spine import Spines
from wallboard.screens.themes import Themes
from wallboard.screens.workers import POOL
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.schema import metadata
from wallboard.store.versions import VersionsReader, VersionsWatch
from wallboard.store.zones import EVERYTHING

log = logging.getLogger(__name__)

AT_ONCE = 3
"""So many sessions are looked at again at one time: what was drawn of another one is drawn anew."""

TABLES = ("room_session_step", "snapshot")
"""What says which sessions run, and what they have frozen."""

HOLDS = timedelta(minutes=LONGEST)
"""How long a session that nobody has ended holds the walls."""


RINGS = timedelta(seconds=20)
"""How long a wall may play a test tone after somebody has asked for it."""


@dataclass(frozen=True)
class Gallery:
    """The pictures and the spines of one state of the store: as it is now, or as a session froze it."""

    pictures: Pictures
    spines: Spines


@dataclass(frozen=True)
class Frozen:
    """Walls and walk of one session: their layouts, and what is drawn on them. `perimeter`: whose numbers they are."""

    session: SessionView
    as_of: datetime
    perimeter: str | None
    walls: Mapping[str, Layout]
    gallery: Gallery
    panels: Mapping[str, AnyPanel]
    walk: Mapping[str, Layout] = field(default_factory=dict)
    """The screens of the walk by their addresses."""

    def wall(self, name: str, *, is_held: bool = False) -> Layout:
        """A wall with what the session has put on it besides the wall's own scenes; raises KeyError."""
        return with_shown(self.walls[name], self.session.life, self.panels, is_held=is_held)

    def scene(self, wall: Layout) -> str:
        """The scene at which a wall stands while the session runs: what somebody has put on it last, else what opens it."""
        put = self.session.life.on(wall.name)
        large = scene_of(put, wall, self.panels) if put else None
        scene = large or wall.named(put.scene if put else OPENING)
        return (scene or wall.turning[0]).name

    def zoom(self, wall: str) -> tuple[int, int, int] | None:
        """How far a wall is zoomed in per cent, and around which point, per mille across and down; None where it is not."""
        put = self.session.life.on(wall)
        return (put.zoom, put.across or 0, put.down or 0) if put and put.zoom and put.zoom > 100 else None


class FrozenSessions:
    """What sessions have frozen, by their numbers; the newest few stay drawn.

    `freeze` keeps what the walls show to a session, and raises a RoomError where a rule forbids it.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        clock: Clock,
        themes: Themes,
        panels: Mapping[str, AnyPanel],
        freeze: Callable[[int], None],
        watch: VersionsWatch | None = None,
    ) -> None:
        self._settings, self._engine, self._clock, self._themes, self._panels = settings, engine, clock, themes, panels
        self._freeze_now, self._freezing, self._refused = freeze, set[int](), dict[int, str]()
        self._drawn: OrderedDict[tuple[int, date], Frozen] = OrderedDict()
        self._watch, self._total = watch or VersionsWatch(engine), object()
        self._versions = VersionsReader()
        self._known: tuple[int, ...] = ()
        self._toned: SessionStep | None = None
        self._running: dict[str | None, Frozen | None] = {}
        self._lock = Lock()

    def of(self, number: int) -> Frozen:
        """What a session saw, with the words that may be shown today.

        Raises NotFound where there is no such session, or where it has frozen nothing.
        """
        today = self._clock().astimezone(self._settings.zone(None)).date()
        with self._lock:
            known = self._drawn.get((number, today))
            if known is not None:
                self._drawn.move_to_end((number, today))
        if known is not None:
            return self._still(known)
        with reading(self._engine) as connection:
            snapshot = read_snapshot(connection, number)
        if snapshot is None:
            raise NotFound(f"session {number}", "has frozen no numbers.", "Its numbers are frozen when it begins.")
        made = self._made(snapshot, today)
        with self._lock:
            self._drawn[number, today] = made
            while len(self._drawn) > AT_ONCE:
                self._drawn.popitem(last=False)
        return made

    def _still(self, known: Frozen) -> Frozen:
        """What was made of a session that may have gone on since."""
        if known.session.life.status != "running":
            return known
        with reading(self._engine) as connection:
            return replace(known, session=one_session(connection, known.session.number))

    def running(self, perimeter: str | None) -> Frozen | None:
        """What holds the walls of a perimeter now; None where no session does. Asks the store only where it has changed."""
        known = self._known_now()
        if perimeter not in known:
            known[perimeter] = self._find(perimeter)
        frozen = known[perimeter]
        return frozen if frozen and self._clock() - frozen.as_of < HOLDS else None

    def _known_now(self) -> dict[str | None, Frozen | None]:
        """What is known of the perimeters; another one where a session has moved on or has been frozen, as every pulse asks.

        Who asked before that goes on writing into the one before: what they read was true then.
        """
        total, known_running = self._watch.total(), self._running
        if total is not None and total == self._total:
            return known_running
        with reading(self._engine) as connection:
            versions = self._versions.read(connection)
        known = tuple(versions.get(table, 0) for table in TABLES)
        if known != self._known:
            with reading(self._engine) as connection:
                self._toned = newest_tone(connection)
            known_running = self._running = {}
            self._known = known
        self._total = total or object()
        return known_running

    def tone(self, wall: str) -> int | None:
        """The test tone that a wall plays now, by a number that no other one has; None where it plays none."""
        self._known_now()
        newest = self._toned
        if newest is None or newest.wall != wall or not timedelta() <= self._clock() - newest.at < RINGS:
            return None
        return newest.room_session * 10_000 + newest.seq

    def freeze_soon(self, session: int) -> str | None:
        """Freeze a session that has begun, beside what is going on: nobody waits for it. Returns why the last try has failed."""
        with self._lock:
            if session not in self._freezing:
                self._freezing.add(session)
                POOL.submit(self._freeze, session)
            return self._refused.get(session)

    def _freeze(self, session: int) -> None:
        try:
            self._freeze_now(session)
        except RoomError as refusal:  # it has ended already, or another process was quicker
            log.warning("session %s: %s", session, refusal.sentence)
            self._refused[session] = refusal.sentence
        except Exception:
            log.exception("the numbers of session %s could not be frozen; its next step tries again", session)
            self._refused[session] = "The room's log says why."
        else:
            self._refused.pop(session, None)
        finally:
            with self._lock:
                self._freezing.discard(session)

    def _find(self, perimeter: str | None) -> Frozen | None:
        with reading(self._engine) as connection:
            view = running(connection, {perimeter or EVERYTHING}, self._clock())
            frozen = view is not None and is_frozen(connection, view.number)
        if view is None:
            return None
        if not frozen:
            self.freeze_soon(view.number)
            return None
        return replace(self.of(view.number), session=view)

    def _made(self, snapshot: Snapshot, today: date) -> Frozen:
        name, as_of = f"session {snapshot.session.number} on {today}", snapshot.as_of

        def theme(screen: str | None, perimeter: str | None) -> Theme:
            return self._themes(screen, perimeter, as_of)

        def clock() -> datetime:
            return as_of

        fresh = KeptFreshness(self._settings, clock, snapshot.freshness)
        pictures = Pictures(self._settings, self._engine, clock, theme, fresh, _look(snapshot, today), name)
        perimeter = None if snapshot.session.perimeter == EVERYTHING else snapshot.session.perimeter
        screens = frozen_walls.read(snapshot.walls, self._panels)
        walls = {name: screen for name, screen in screens.items() if screen.kind == WALL}
        walk = {path: screen for path, screen in screens.items() if screen.kind != WALL}
        return Frozen(snapshot.session, as_of, perimeter, walls, Gallery(pictures, Spines(pictures, theme)), self._panels, walk)


def _look(snapshot: Snapshot, today: date) -> Callable[[Connection, Scope, Placed, Theme], Seen]:
    """What was kept of a panel, with the words of today; beside it the same measured now, where that is something else."""

    def drawn_from(connection: Connection, scope: Scope, placed: Placed, theme: Theme) -> Seen:
        text = snapshot.rows.get(source_of(placed.id))
        if text is None and placed.id.startswith((ALONE, OPENED[:-2])):
            return see(connection, scope if placed.show in OF_THEN else replace(scope, as_of=_noon(today, scope)), placed, theme)
        if text is None:
            raise NotFound("This picture", "could not be drawn when the session began.", "Nothing was kept of it.")
        seen = frozen_rows.read(placed, text, words_now(connection, today, metadata.tables))
        return frozen_rows.beside(seen, _now(connection, scope, placed, theme), placed)

    return drawn_from


OF_THEN = ("issue_cards",)
"""What stands alone as it was; what customers wrote or show stands there as it may be shown today."""


def _noon(today: date, scope: Scope) -> datetime:
    return max(scope.as_of, datetime.combine(today, time(12), scope.zone))


def _now(connection: Connection, scope: Scope, placed: Placed, theme: Theme) -> Seen | None:
    """The same panel as the store stands, as of the same instant; None where it cannot be measured any more."""
    try:
        return see(connection, scope, placed, theme)
    except RoomError:
        return None
    except Exception:
        log.exception("panel %s (%s) could not be measured again", placed.id, placed.show)
        return None
