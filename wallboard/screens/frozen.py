"""The walls as a session saw them: frozen when it begins, shown while it runs, and shown again whenever somebody asks.

A session holds the walls of its own part of the business, until it ends or is longer over than any session lasts.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from threading import Lock

from sqlalchemy import Connection, Engine

from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.errors import NotFound, RoomError, RuleRefused
from wallboard.layout import Layout, Placed
from wallboard.metrics.quotations import words_now
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel
from wallboard.records.sessions import LONGEST, SessionView, running
from wallboard.records.snapshots import Snapshot, is_frozen, read_snapshot
from wallboard.screens import frozen_rows, frozen_walls
from wallboard.screens.freezing import Freezer
from wallboard.screens.freshness import KeptFreshness
from wallboard.screens.pictures import Pictures
from wallboard.screens.seen import Seen, see
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


@dataclass(frozen=True)
class Gallery:
    """The pictures and the spines of one state of the store: as it is now, or as a session froze it."""

    pictures: Pictures
    spines: Spines


@dataclass(frozen=True)
class Frozen:
    """The walls of one session: their layouts, and what is drawn on them. `perimeter`: whose numbers they are."""

    session: SessionView
    as_of: datetime
    perimeter: str | None
    walls: Mapping[str, Layout]
    gallery: Gallery

    def scene(self, wall: Layout) -> str:
        """The scene at which a wall stands while the session runs: what somebody has put on it last, else its first."""
        put = next((step for step in reversed(self.session.life.of("shown")) if step.wall == wall.name), None)
        scene = wall.named(put.scene) if put else None
        return (scene or wall.turning[0]).name


class FrozenSessions:
    """What sessions have frozen, by their numbers; the newest few stay drawn."""

    def __init__(
        self, settings: Settings, engine: Engine, clock: Clock, themes: Themes, panels: Mapping[str, AnyPanel], freezer: Freezer
    ) -> None:
        self._settings, self._engine, self._clock, self._themes, self._panels = settings, engine, clock, themes, panels
        self._freezer, self._freezing = freezer, set[int]()
        self._drawn: OrderedDict[tuple[int, date], Frozen] = OrderedDict()
        self._watch, self._total = VersionsWatch(engine), object()
        self._versions = VersionsReader()
        self._known: tuple[int, ...] = ()
        self._running: dict[str | None, Frozen | None] = {}
        self._lock = Lock()

    def of(self, number: int) -> Frozen:
        """What a session saw, with the words that may be shown today.

        Raises NotFound where there is no such session, or where it has frozen nothing.
        """
        today = self._clock().astimezone(self._settings.zone(None)).date()
        with self._lock:
            if (known := self._drawn.get((number, today))) is not None:
                self._drawn.move_to_end((number, today))
                return known
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
            known_running = self._running = {}
            self._known = known
        self._total = total or object()
        return known_running

    def freeze_soon(self, session: int) -> None:
        """Freeze a session that has begun, beside what is going on: nobody waits for it."""
        with self._lock:
            if session in self._freezing:
                return
            self._freezing.add(session)
        POOL.submit(self._freeze, session)

    def _freeze(self, session: int) -> None:
        try:
            self._freezer.freeze(session)
        except RuleRefused as refusal:  # it has ended already, or another process was quicker
            log.warning("session %s: %s", session, refusal.sentence)
        except Exception:
            log.exception("the numbers of session %s could not be frozen; its next step tries again", session)
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
        walls = frozen_walls.read(snapshot.walls, self._panels)
        return Frozen(snapshot.session, as_of, perimeter, walls, Gallery(pictures, Spines(pictures, theme)))


def _look(snapshot: Snapshot, today: date) -> Callable[[Connection, Scope, Placed, Theme], Seen]:
    """What was kept of a panel, with the words of today; beside it the same measured now, where that is something else."""

    def drawn_from(connection: Connection, scope: Scope, placed: Placed, theme: Theme) -> Seen:
        text = snapshot.rows.get(placed.id)
        if text is None:
            raise NotFound("This picture", "could not be drawn when the session began.", "Nothing was kept of it.")
        seen = frozen_rows.read(placed, text, words_now(connection, today, metadata.tables))
        return frozen_rows.beside(seen, _now(connection, scope, placed, theme), placed)

    return drawn_from


def _now(connection: Connection, scope: Scope, placed: Placed, theme: Theme) -> Seen | None:
    """The same panel as the store stands, as of the same instant; None where it cannot be measured any more."""
    try:
        return see(connection, scope, placed, theme)
    except RoomError:
        return None
    except Exception:
        log.exception("panel %s (%s) could not be measured again", placed.id, placed.show)
        return None
