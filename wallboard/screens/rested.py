"""The numbers on which a decision rests: in words as its session saw them, and as they are by what was loaded later."""

from collections.abc import Hashable, Mapping

from sqlalchemy import Connection

from wallboard.drawing.charts import plain_words
from wallboard.drawing.theme import Theme
from wallboard.errors import RoomError
from wallboard.layout import Placed
from wallboard.metrics.memo import Memo
from wallboard.metrics.quotations import words_now
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel
from wallboard.records.decisions import DecisionView
from wallboard.records.snapshots import RestedOn, read_head, read_row
from wallboard.screens import frozen_rows, frozen_walls
from wallboard.screens.agreed import TABLES as AGREED
from wallboard.screens.happened import tables as of_events
from wallboard.screens.judging import drawn
from wallboard.screens.seen import Seen, see
from wallboard.settings import Settings
from wallboard.store.schema import metadata
from wallboard.store.versions import Versions, read_versions
from wallboard.store.zones import EVERYTHING

MOST = 600
"""Numbers of which is kept what they say."""


class RestedNumbers:
    """What the frozen numbers of sessions say, kept until a table changes that their panel reads: a register shows many."""

    def __init__(self, settings: Settings, panels: Mapping[str, AnyPanel]) -> None:
        self._settings, self._panels = settings, panels
        self._kept: dict[Hashable, tuple[Hashable, RestedOn]] = {}
        self._read: dict[int, tuple[Scope, Mapping[str, Placed]]] = {}

    def of(self, connection: Connection, theme: Theme, decision: DecisionView) -> list[RestedOn]:
        """One for each number that a decision rests on and that the snapshot of its session has."""
        panels = dict.fromkeys(step.how for step in decision.life.of("rests_on") if step.how)
        if not panels:
            return []
        known = self._placed(connection, decision.session)
        if known is None:
            return []
        scope, placed = known
        versions = read_versions(connection)
        with Memo().of("these numbers"):
            rests = [self._number(connection, scope, placed[key], theme, versions, decision) for key in panels if key in placed]
        return [number for number in rests if number is not None]

    def _placed(self, connection: Connection, session: int) -> tuple[Scope, Mapping[str, Placed]] | None:
        """The panels of a session's walls by their ids, and as of when; what has been kept of a session stays."""
        if session not in self._read:
            head = read_head(connection, session)
            if head is None:
                return None
            perimeter = None if head.session.perimeter == EVERYTHING else head.session.perimeter
            walls = frozen_walls.read(head.walls, self._panels).values()
            placed = {each.id: each for wall in walls for each in wall.placed()}
            self._read[session] = Scope.of(self._settings, head.as_of, perimeter), placed
        return self._read[session]

    def _number(
        self,
        connection: Connection,
        scope: Scope,
        placed: Placed,
        theme: Theme,
        versions: Versions,
        decision: DecisionView,
    ) -> RestedOn | None:
        tables = (*placed.panel.reads, *AGREED, *of_events(placed.panel))
        made_of = theme.today, tuple(versions.get(table, 0) for table in tables)
        before = self._kept.get((decision.session, placed.id))
        if before and before[0] == made_of:
            return before[1]
        text = read_row(connection, decision.session, placed.id)
        if text is None:
            return None
        number = _compared(connection, scope, placed, theme, text)
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[decision.session, placed.id] = made_of, number
        return number


def _compared(connection: Connection, scope: Scope, placed: Placed, theme: Theme, text: str) -> RestedOn:
    """What a number said, and what it says of the same day by what the store holds now."""
    known = words_now(connection, theme.today, metadata.tables)
    try:
        then_seen = frozen_rows.read(placed, text, known)
        seen = frozen_rows.beside(then_seen, see(connection, scope, placed, theme), placed)
    except RoomError as refusal:
        return RestedOn(refusal.sentence)
    then, now = _words(placed, seen, theme), _words(placed, seen.restated, theme) if seen.restated else None
    return RestedOn(then, now if now != then else None)


def _words(placed: Placed, seen: Seen, theme: Theme) -> str:
    if seen.agreement.off:
        return seen.agreement.off
    picture = drawn(placed.panel, seen.measured, placed.options, theme, seen.in_doubt)
    return ": ".join(filter(None, (plain_words(picture.headline), plain_words(picture.number))))
