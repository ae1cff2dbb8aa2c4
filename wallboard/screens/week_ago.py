"""What a panel measured on earlier days: kept as all that is measured of the past (wallboard.metrics.past)."""

from sqlalchemy import Connection

from wallboard.layout import Placed
from wallboard.metrics.availability import Absence
from wallboard.metrics.past import days_ago
from wallboard.metrics.scope import Scope
from wallboard.screens.news import Earlier


def week_ago(connection: Connection, scope: Scope, placed: Placed) -> Earlier:
    """What a panel measured so many days ago, at that hour; what was absent then is measured each time."""

    def measured(days: int) -> object:
        def read(then: Scope) -> object:
            return placed.panel.read(connection, then, placed.options)

        return days_ago(scope, days, placed.id, read, passing=(Absence,))

    return measured
