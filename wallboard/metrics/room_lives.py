"""The lives of the room's issues as of an instant: every step taken by then, and what follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from wallboard.metrics.scope import Scope
from wallboard.metrics.statistics import nearest_rank
from wallboard.store import standing
from wallboard.store.schema import function, issue, issue_function, issue_step, issue_type, member

STANDS = {
    "admitted": "nobody answers for it",
    "owned": "somebody answers for it",
    "alleviation": "being alleviated",
    "closed": "closed by the customer",
}
"""How a status is said where its step's own name would not do."""

NEXT = {
    "admitted": "name one person who answers for it",
    "owned": "say what alleviates it now",
    "alleviation": "decide in the room",
    "alleviated": "decide in the room",
    "decided": "write the answer for the customer",
    "answered": "present the answer to the customer",
    "presented": "hear the customer’s answer",
    "reopened": "answer the customer anew",
}
"""What comes next, by status."""

EXPECTED, FIRM = 85, 11
"""The percentile of a service level expectation, and how many closed issues make it firm."""


@dataclass(frozen=True)
class Step:
    """One step as it stands in the store."""

    seq: int
    kind: str
    at: datetime
    day: date
    refers: int | None
    words: str | None
    member: int | None
    function: str | None
    due_on: date | None
    to_whom: str | None
    level: int | None
    sitting: int | None
    jargon: int | None


@dataclass(frozen=True)
class Lived:
    """One admitted issue with its steps, oldest first."""

    issue: int
    words: str
    perimeter: str
    issue_type: str | None
    wording: str | None
    admitted_at: datetime
    admitted_on: date
    functions: tuple[str, ...]
    steps: tuple[Step, ...]

    def of(self, *kinds: str) -> list[Step]:
        """The steps of some kinds."""
        return standing.of(self.steps, *kinds)

    def newest(self, *kinds: str) -> Step | None:
        """The newest step of some kinds that has not been reversed."""
        return standing.newest(self.steps, *kinds)

    @property
    def closed(self) -> Step | None:
        """The step that closed it; None while it is open, again or still."""
        return standing.end(self.steps)

    @property
    def answer(self) -> Step | None:
        """The newest answer that the customer has not turned down and whose decision stands."""
        return standing.answer(self.steps)

    @property
    def shown(self) -> Step | None:
        """The step by which the customer was shown the standing answer."""
        return standing.shown(self.steps)

    @property
    def status(self) -> str:
        """The kind of step at which it stands; STANDS has it in words."""
        return standing.status(self.steps)

    @property
    def owner(self) -> int | None:
        """Who answers for it."""
        owned = self.newest("owned")
        return owned.member if owned else None

    @property
    def doing(self) -> Step | None:
        """The newest alleviation or action that is not done yet."""
        over = {step.refers for step in self.of("alleviated", "done")}
        return next((step for step in reversed(self.of("alleviation", "action")) if step.seq not in over), None)

    @property
    def contributors(self) -> list[int]:
        """Who else works on it, in the order in which they came."""
        found = [step.member for step in self.of("joined", "alleviation", "action") if step.member is not None]
        return [one for one in dict.fromkeys(found) if one != self.owner]

    @property
    def level(self) -> int:
        """Where it is on the ladder of escalation."""
        moved = self.of("escalated")
        return moved[-1].level or 1 if moved else 1

    @property
    def level_since(self) -> date:
        """Since when it is at its level."""
        return self.of("admitted", "escalated", "reopened")[-1].day

    def age(self, today: date) -> int:
        """Days from its first start until it was closed, or until today: (end − start) + 1."""
        return ((self.closed.day if self.closed else today) - self.admitted_on).days + 1


def lives(connection: Connection, scope: Scope) -> list[Lived]:
    """The issues admitted by the as-of instant in the perimeters of the scope, oldest first."""
    columns = [issue_step.c[name] for name in Step.__dataclass_fields__]
    seen = (issue_step.c.at <= scope.as_of, issue.c.perimeter.in_(scope.perimeters))
    chosen = select(issue_step.c.issue, *columns).join(issue, issue.c.id == issue_step.c.issue).where(*seen)
    steps: dict[int, list[Step]] = {}
    for row in connection.execute(chosen.order_by(issue_step.c.issue, issue_step.c.seq)):
        steps.setdefault(row.issue, []).append(Step(*row[1:]))
    affected: dict[int, list[str]] = {}
    for row in connection.execute(select(issue_function.c.issue, issue_function.c.function).order_by(issue_function.c.function)):
        affected.setdefault(row.issue, []).append(row.function)
    asked = select(issue, issue_type.c.wording).outerjoin(issue_type, issue_type.c.issue_type == issue.c.issue_type)
    rows = connection.execute(asked.where(issue.c.perimeter.in_(scope.perimeters)).order_by(issue.c.admitted_at, issue.c.id))
    names = ("words", "perimeter", "issue_type", "wording", "admitted_at", "admitted_on")
    return [
        Lived(
            issue=row.id,
            functions=tuple(affected.get(row.id, ())),
            steps=tuple(steps[row.id]),
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
        if row.id in steps
    ]


def open_ones(found: Iterable[Lived]) -> list[Lived]:
    """Those that the customer has not closed, oldest first."""
    return [one for one in found if one.closed is None]


def people(connection: Connection) -> dict[int, tuple[str, str | None]]:
    """Name of every member, and the name of the function where the member works."""
    works_in = function_names(connection)
    rows = connection.execute(select(member.c.id, member.c.name, member.c.function))
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


def expectation(found: Iterable[Lived]) -> Expectation:
    """The service level expectation of the closed issues: nearest rank, 50 and 85 %."""
    took = [one.age(one.closed.day) for one in found if one.closed]
    half, days = (nearest_rank(took, percentile) for percentile in (50, EXPECTED))
    return Expectation(len(took), None if half is None else int(half), None if days is None else int(days))
