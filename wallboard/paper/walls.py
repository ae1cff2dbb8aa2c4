"""The walls of a session as it saw them, scene by scene: each panel's headline, its number, and what it was drawn from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from wallboard.drawing.charts import plain_words
from wallboard.drawing.theme import Theme
from wallboard.errors import RoomError
from wallboard.layout import Layout, Placed, Scene
from wallboard.lifecycle.sessions import LARGE, OPENING
from wallboard.metrics.quotations import WordsNow, words_now
from wallboard.panel import AnyPanel
from wallboard.paper.outline import Block, outline
from wallboard.records.agenda import items
from wallboard.records.snapshots import Snapshot, read_snapshot
from wallboard.screens import frozen_rows, frozen_walls
from wallboard.screens.agreed import without
from wallboard.screens.judging import drawn
from wallboard.screens.themes import theme_of
from wallboard.settings import Room
from wallboard.store.schema import metadata
from wallboard.store.zones import EVERYTHING


@dataclass(frozen=True, slots=True)
class PanelOnPaper:
    """One panel: what its picture means, its one number, its blocks, and its quiet words."""

    headline: str
    number: str
    blocks: tuple[Block, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SceneOnPaper:
    """One scene: its question, and its panels."""

    title: str
    panels: tuple[PanelOnPaper, ...]


@dataclass(frozen=True, slots=True)
class WallOnPaper:
    """One wall of a session; `as_of`: when its numbers were frozen."""

    label: str
    title: str
    as_of: datetime
    scenes: tuple[SceneOnPaper, ...]


def frozen_walls_of(
    connection: Connection, room: Room, panels: Mapping[str, AnyPanel], session: int, now: datetime
) -> list[WallOnPaper]:
    """The scenes through which each wall turned when a session began, those that were put up in it and those of its agenda.

    Nothing where nothing was frozen. What customers wrote is in it as it may be shown at `now`.
    """
    snapshot = read_snapshot(connection, session)
    if snapshot is None:
        return []
    perimeter = None if snapshot.session.perimeter == EVERYTHING else snapshot.session.perimeter
    theme = replace(theme_of(room, None, perimeter, snapshot.as_of), palette="light")
    words = words_now(connection, now.astimezone(theme.zone).date(), metadata.tables)
    wanted = _wanted(connection, snapshot)
    walls = frozen_walls.read(snapshot.walls, panels).values()
    return [
        WallOnPaper(wall.label or wall.name, wall.title, snapshot.as_of, tuple(_scenes(wall, wanted, snapshot, theme, words)))
        for wall in walls
        if wall.kind == "wall"
    ]


def _wanted(connection: Connection, snapshot: Snapshot) -> set[str]:
    """The scenes besides those of the turn, as WALL/SCENE."""
    shown = {f"{step.wall}/{step.scene}" for step in snapshot.session.life.of("shown") if step.scene not in (OPENING, *LARGE)}
    return shown | {item.scene for item in items(connection, snapshot.session.number) if item.scene}


def _scenes(wall: Layout, wanted: set[str], snapshot: Snapshot, theme: Theme, words: WordsNow) -> Iterator[SceneOnPaper]:
    for scene in wall.scenes:
        if scene in wall.turning or f"{wall.name}/{scene.name}" in wanted:
            yield SceneOnPaper(scene.title or wall.title, tuple(_panels(scene, snapshot, theme, words)))


def _panels(scene: Scene, snapshot: Snapshot, theme: Theme, words: WordsNow) -> Iterator[PanelOnPaper]:
    for placed in scene.panels:
        text = snapshot.rows.get(placed.id)
        if text is None:
            yield PanelOnPaper("This picture could not be drawn when the session began", "", (), "")
        else:
            yield _panel(placed, text, theme, words)


def _panel(placed: Placed, text: str, theme: Theme, words: WordsNow) -> PanelOnPaper:
    try:
        seen = frozen_rows.read(placed, text, words)
    except RoomError as refusal:
        return PanelOnPaper(refusal.sentence, "", (), "")
    if seen.agreement.off:
        return PanelOnPaper(seen.agreement.off, "", (), "")
    picture = without(drawn(placed.panel, seen.measured, placed.options, theme, seen.in_doubt), seen.agreement.hidden)
    note = " · ".join(filter(None, (picture.alarm, plain_words(picture.note))))
    return PanelOnPaper(plain_words(picture.headline), plain_words(picture.number), tuple(outline(picture.body)), note)


def words_of(walls: Sequence[WallOnPaper]) -> Iterator[str]:
    """Every word that stands on the walls, for whoever looks for a typeface."""
    for wall in walls:
        yield from (wall.label, wall.title)
        for scene in wall.scenes:
            yield scene.title
            for panel in scene.panels:
                yield from (panel.headline, panel.number, panel.note)
                yield from map(repr, panel.blocks)
