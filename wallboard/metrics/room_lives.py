"""The lives of the room's issues as of an instant: every step taken by then, and what follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from wallboard.lifecycle.life import Life, Step
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.statistics import nearest_rank
from wallboard.store.lives import lives
from wallboard.store.schema import function, issue, issue_function, issue_type, user_account

EXPECTED, FIRM = 85, 11
"""The percentile of a service level expectation, and how many closed issues make it firm."""


@dataclass(frozen=True)
class RoomIssue:
    """One admitted issue: the customer's words, where it belongs, and its life."""

    issue: int
    words: str
    perimeter: str
    issue_type: str | None
    wording: str | None
    admitted_at: datetime
    admitted_on: date
    functions: tuple[str, ...]
    life: Life

    @property
    def closed(self) -> Step | None:
        """The step that closed it; None while it is open, again or still."""
        return self.life.closed


@memoised
def room_lives(connection: Connection, scope: Scope) -> list[RoomIssue]:
    """The issues admitted by the as-of instant in the perimeters of the scope, oldest first."""
    known = lives(connection, perimeters=scope.perimeters, as_of=scope.as_of)
    affected: dict[int, list[str]] = {}
    for row in connection.execute(select(issue_function.c.issue, issue_function.c.function).order_by(issue_function.c.function)):
        affected.setdefault(row.issue, []).append(row.function)
    worded = select(issue, issue_type.c.wording).outerjoin(issue_type, issue_type.c.issue_type == issue.c.issue_type)
    rows = connection.execute(worded.where(issue.c.perimeter.in_(scope.perimeters)).order_by(issue.c.admitted_at, issue.c.id))
    return [
        RoomIssue(
            issue=row.id,
            words=row.words,
            perimeter=row.perimeter,
            issue_type=row.issue_type,
            wording=row.wording,
            admitted_at=row.admitted_at,
            admitted_on=row.admitted_on,
            functions=tuple(affected.get(row.id, ())),
            life=known[row.id],
        )
        for row in rows
        if row.id in known
    ]


def open_ones(issues: Iterable[RoomIssue]) -> list[RoomIssue]:
    """Those that the customer has not closed, oldest first."""
    return [issue for issue in issues if issue.closed is None]


def user_names(connection: Connection) -> dict[int, tuple[str, str | None]]:
    """Name of every user, and the name of the function where the user works."""
    works_in = function_names(connection)
    rows = connection.execute(select(user_account.c.id, user_account.c.name, user_account.c.function))
    return {row.id: (row.name, works_in.get(row.function, row.function)) for row in rows}


def function_names(connection: Connection) -> dict[str | None, str]:
    """How each function is called."""
    return {row.function: row.name for row in connection.execute(select(function.c.function, function.c.name))}


@dataclass(frozen=True)
class Expectation:
    """What closed issues took, in days; provisional below 11 of them, absent without any."""

    closed: int
    half: int | None
    days: int | None

    @property
    def provisional(self) -> bool:
        """True while too few issues are closed to rely on it."""
        return self.closed < FIRM


def expectation(issues: Iterable[RoomIssue]) -> Expectation:
    """The service level expectation of the closed issues: nearest rank, 50 and 85 %."""
    took = [issue.life.age(issue.closed.day) for issue in issues if issue.closed]
    return Expectation(len(took), nearest_rank(took, 50), nearest_rank(took, EXPECTED))
