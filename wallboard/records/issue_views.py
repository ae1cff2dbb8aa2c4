"""Issues as the room's console reads them: the customer's words, where they belong, and every step so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from wallboard.errors import NotFound
from wallboard.lifecycle.forms import LARGEST
from wallboard.lifecycle.life import Life, Step
from wallboard.store.lives import lives
from wallboard.store.schema import attendee, decided_on, evidence, impact, intake, issue, issue_function, issue_step


@dataclass(frozen=True)
class IssueView:
    """One issue; `words` are the customer's, `title` is how the relayer called it, `value` is for a year, in the room's money."""

    number: int
    words: str
    title: str
    perimeter: str
    stage: str | None
    touchpoint: str | None
    issue_type: str | None
    admitted_on: date
    relayed_by: int
    channel: str
    kind: str
    said_by: str | None
    said_at: datetime
    recording: str | None
    contacts: int | None
    value: float | None
    functions: tuple[str, ...]
    life: Life

    @property
    def owner(self) -> int | None:
        """Who answers for it."""
        return self.life.owner


@dataclass(frozen=True)
class Decision:
    """What a decision touches, what it was based on, and who was present."""

    touched: Mapping[str, str]
    numbers: Mapping[str, str]
    present: tuple[int, ...]


def open_issues(connection: Connection, perimeters: Iterable[str]) -> list[IssueView]:
    """Every open issue of some leaf perimeters, by number."""
    return _views(connection, issue.c.perimeter.in_([*perimeters]) & ~_ended())


def closed_issues(connection: Connection, perimeters: Iterable[str], most: int) -> list[IssueView]:
    """The issues that were admitted last among those that the customers have accepted."""
    return _views(connection, issue.c.perimeter.in_([*perimeters]) & _ended(), most)


def count_closed(connection: Connection, perimeters: Iterable[str]) -> int:
    """How many issues the customers have accepted."""
    chosen = select(func.count()).select_from(issue).where(issue.c.perimeter.in_([*perimeters]), _ended())
    return connection.scalar(chosen) or 0


def one_issue(connection: Connection, number: int) -> IssueView:
    """An issue by number; raises NotFound."""
    views = _views(connection, issue.c.id == number) if number <= LARGEST else []
    if not views:
        raise NotFound("issue", f"there is no number {number}.", "Choose one from the list.")
    return views[0]


def decision(connection: Connection, step: Step) -> Decision:
    """What was kept with a step of the kind 'decided'."""
    mine = [table.c.issue == step.issue for table in (impact, decided_on)]
    touched = connection.execute(select(impact).where(mine[0], impact.c.seq == step.seq).order_by(impact.c.touchpoint))
    numbers = connection.execute(select(decided_on).where(mine[1], decided_on.c.seq == step.seq).order_by(decided_on.c.metric))
    present = select(attendee.c.user_id).where(attendee.c.attendance == step.attendance).order_by(attendee.c.user_id)
    return Decision(
        {row.touchpoint: row.effect for row in touched},
        {row.metric: row.value_text for row in numbers},
        tuple(connection.scalars(present)),
    )


def _ended() -> ColumnElement[bool]:
    """It is closed, and nobody has reopened it since."""
    end, again = issue_step.alias(), issue_step.alias()
    reopened = select(again.c.seq).where(again.c.issue == end.c.issue, again.c.kind == "reopened", again.c.refers == end.c.seq)
    return select(end.c.seq).where(end.c.issue == issue.c.id, end.c.kind == "closed", ~reopened.exists()).exists()


def _views(connection: Connection, where: ColumnElement[bool], most: int | None = None) -> list[IssueView]:
    e, i = evidence.c, intake.c
    origin = (
        i.title, i.actor.label("relayed_by"), e.channel, e.kind, e.said_by, e.occurred_at.label("said_at"), e.recording,
        i.contacts, i.value_at_stake.label("value"),
    )  # fmt: skip
    place = [issue.c[name] for name in ("words", "perimeter", "stage", "touchpoint", "issue_type", "admitted_on")]
    joined = select(issue.c.id.label("number"), *place, *origin).join(intake, i.id == issue.c.intake)
    chosen = joined.join(evidence, e.id == issue.c.evidence).where(where)
    order = issue.c.id if most is None else issue.c.id.desc()
    rows = connection.execute(chosen.order_by(order).limit(most)).mappings().all()
    numbers = [row["number"] for row in rows]
    by_number, functions = lives(connection, numbers), _functions(connection, numbers)
    return [
        IssueView(**_with_money(row), functions=functions.get(row["number"], ()), life=by_number.get(row["number"], Life()))
        for row in rows
    ]


def _with_money(row: RowMapping) -> dict[str, Any]:
    return {**row, "value": None if row["value"] is None else float(row["value"])}


def _functions(connection: Connection, numbers: list[int]) -> dict[int, tuple[str, ...]]:
    chosen = select(issue_function).where(issue_function.c.issue.in_(numbers)).order_by(issue_function.c.function)
    functions: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(chosen):
        functions[row.issue] = (*functions.get(row.issue, ()), row.function)
    return functions
