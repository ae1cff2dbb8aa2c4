"""What panels measured a week ago, kept for ten minutes: a room whose tables change each minute does not measure all of it twice.

Rows that are dated later change nothing of it: only who loads the past anew does, and that is news ten minutes later.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from wallboard.clock import elapsed
from wallboard.layout import Placed
from wallboard.metrics.availability import Absence
from wallboard.metrics.scope import Scope
from wallboard.screens.news import Earlier

KEPT_FOR = 600.0
"""Seconds."""


@dataclass
class _Measured:
    """What one panel measured so many days before a day, and when the first of it was measured."""

    today: date
    since: float
    rows: dict[int, object] = field(default_factory=dict)


class WeekAgo:
    """Measures panels as of earlier days, and knows what it has measured lately."""

    def __init__(self) -> None:
        self._earlier: dict[Hashable, _Measured] = {}

    def of(self, connection: Connection, scope: Scope, placed: Placed) -> Earlier:
        """What a panel measured so many days ago, at that hour; what was absent then is measured each time."""

        def measured(days: int) -> object:
            earlier = self._of_today(scope, placed)
            if days not in earlier.rows:
                then = replace(scope, as_of=scope.as_of - timedelta(days=days))
                rows = placed.panel.read(connection, then, placed.options)
                if isinstance(rows, Absence):
                    return rows
                earlier.rows[days] = rows
            return earlier.rows[days]

        return measured

    def _of_today(self, scope: Scope, placed: Placed) -> _Measured:
        name, now = (placed.id, scope.perimeters), elapsed()
        earlier = self._earlier.get(name)
        if earlier is None or earlier.today != scope.today or now - earlier.since >= KEPT_FOR:
            earlier = self._earlier[name] = _Measured(scope.today, now)
        return earlier
