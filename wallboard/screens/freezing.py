"""Freezes what walls and walk show when a session begins: every panel of every screen, measured in one view of the store."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, Engine

from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.errors import RuleRefused
from wallboard.layout import Kind, Layout, Placed, Scene
from wallboard.metrics.journey import stages
from wallboard.metrics.memo import Memo
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel
from wallboard.records.acting import acting
from wallboard.records.agenda import items
from wallboard.records.sessions import one_session
from wallboard.records.snapshots import SnapshotContent, keep_snapshot
from wallboard.screens import frozen_rows, frozen_walls
from wallboard.screens.freshness import FreshnessBoard, kept_freshness
from wallboard.screens.made_scenes import MadeScenes
from wallboard.screens.seen import see
from wallboard.screens.shown import opening
from wallboard.screens.themes import Themes
from wallboard.screens.walk_layouts import walk_of
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.versions import read_versions
from wallboard.store.zones import EVERYTHING

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Freezer:
    """Freezes sessions; `walls` as they are written, and the rail that stands beneath each of them."""

    settings: Settings
    engine: Engine
    clock: Clock
    themes: Themes
    walls: Sequence[Layout]
    rail: Placed
    panels: Mapping[str, AnyPanel]
    walked: Mapping[Kind, Layout] = field(default_factory=dict)
    """The screens of the walk as they are written."""

    def freeze(self, session: int) -> None:
        """Keep what walls and walk show as of the moment at which a session began.

        Raises RuleRefused where it does not run, or has been frozen by somebody else; nothing of it is half-written.
        """
        with reading(self.engine) as connection:
            actor, content = self.content(connection, session)
        with acting(self.engine, self.settings, self.clock, actor) as act:
            keep_snapshot(act, session, content)

    def content(self, connection: Connection, session: int) -> tuple[int | None, SnapshotContent]:
        """What walls and walk show as of the moment at which a session began, and who began it; raises RuleRefused."""
        with Memo().of("this session"):
            view = one_session(connection, session)
            begun = view.life.newest("begun")
            if begun is None:
                raise RuleRefused("the numbers", "are frozen while a session runs.", "Begin it first.")
            perimeter = None if view.perimeter == EVERYTHING else view.perimeter
            scope = Scope.of(self.settings, begun.at, perimeter)
            versions, theme = read_versions(connection), self.themes(None, perimeter, begun.at)
            made = MadeScenes(self.settings, lambda: begun.at)
            first = opening(self.panels, _stage(connection, session, self.walls))
            walls = tuple(_opened(made.of(wall, connection, versions, perimeter), first) for wall in self.walls)
            walk = walk_of(self.walked, {row.stage: row.name for row in stages(connection, scope)})
            screens = (*walls, *walk.values())
            placed = {panel.id: panel for panel in (self.rail, *(panel for each in screens for panel in each.placed()))}.values()
            fresh = FreshnessBoard(self.settings, lambda: begun.at).read(connection, versions)
            rows = _rows(connection, scope, placed, theme)
            return begun.actor, SnapshotContent(frozen_walls.written(walls, walk), kept_freshness(fresh), rows)


def _opened(wall: Layout, first: Scene) -> Layout:
    """A wall with the scene that opens the session."""
    return replace(wall, scenes=(*wall.scenes, first))


def _stage(connection: Connection, session: int, walls: Sequence[Layout]) -> str | None:
    """The stage that a session speaks of: of the first item whose scene is about one."""
    known = {f"{wall.name}/{scene.name}": scene.stage for wall in walls for scene in wall.scenes}
    return next((stage for item in items(connection, session) if (stage := known.get(item.scene or ""))), None)


def _rows(connection: Connection, scope: Scope, placed: Iterable[Placed], theme: Theme) -> Mapping[str, str]:
    """What each panel is drawn from; one that cannot be measured is left out, and its place will say so."""
    rows = {}
    for panel in placed:
        try:
            rows[panel.id] = frozen_rows.written(panel, see(connection, scope, panel, theme))
        except Exception:
            log.exception("panel %s (%s) could not be frozen", panel.id, panel.show)
    return rows
