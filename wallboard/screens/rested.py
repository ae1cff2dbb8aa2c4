"""The numbers on which a decision rests: in words as its session saw them, and as they are by what was loaded later."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from wallboard.drawing.charts import plain_words
from wallboard.drawing.theme import Theme
from wallboard.errors import RoomError
from wallboard.layout import Placed
from wallboard.metrics.quotations import words_now
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel
from wallboard.panels import find_panels
from wallboard.records.snapshots import read_snapshot
from wallboard.screens import frozen_rows, frozen_walls
from wallboard.screens.judging import drawn
from wallboard.screens.seen import Seen, see
from wallboard.settings import Settings
from wallboard.store.schema import metadata
from wallboard.store.zones import EVERYTHING


@dataclass(frozen=True)
class RestedOn:
    """What a number said when the session began; `now` where later loads make it say something else of the same day."""

    then: str
    now: str | None = None


def rested_on(connection: Connection, settings: Settings, theme: Theme, session: int, panels: tuple[str, ...]) -> list[RestedOn]:
    """One for each panel that the session's snapshot has."""
    snapshot = read_snapshot(connection, session) if panels else None
    if snapshot is None:
        return []
    perimeter = None if snapshot.session.perimeter == EVERYTHING else snapshot.session.perimeter
    scope, known = Scope.of(settings, snapshot.as_of, perimeter), words_now(connection, theme.today, metadata.tables)
    placed = {each.id: each for wall in frozen_walls.read(snapshot.walls, _panels()).values() for each in wall.placed()}
    rests = []
    for each in (placed[panel] for panel in panels if panel in placed and panel in snapshot.rows):
        try:
            seen = frozen_rows.beside(
                frozen_rows.read(each, snapshot.rows[each.id], known), see(connection, scope, each, theme), each
            )
        except RoomError as refusal:
            rests.append(RestedOn(refusal.sentence))
            continue
        then, now = _words(each, seen, theme), _words(each, seen.restated, theme) if seen.restated else None
        rests.append(RestedOn(then, now if now != then else None))
    return rests


def _words(placed: Placed, seen: Seen, theme: Theme) -> str:
    if seen.agreement.off:
        return seen.agreement.off
    picture = drawn(placed.panel, seen.measured, placed.options, theme, seen.in_doubt)
    return ": ".join(filter(None, (plain_words(picture.headline), plain_words(picture.number))))


@cache
def _panels() -> dict[str, AnyPanel]:
    return find_panels()
