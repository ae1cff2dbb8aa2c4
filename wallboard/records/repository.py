"""What lives by steps, written and read alike: one repository for each sort of record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, insert

from wallboard.errors import NotFound
from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.history import History
from wallboard.lifecycle.kinds import StepKind
from wallboard.records.acting import Acting
from wallboard.records.steps import as_seen, write_step
from wallboard.store.schema.steps import Steps


class View(Protocol):
    """A record as the console reads it: its number, its part of the business, and its steps."""

    @property
    def number(self) -> int: ...  # noqa: D102

    @property
    def perimeter(self) -> str: ...  # noqa: D102

    @property
    def life(self) -> History[Any]: ...  # noqa: D102


V = TypeVar("V", bound=View)


@dataclass(frozen=True)
class Repository(Generic[V]):
    """One sort of record: its steps, what a person calls it and finds it in, and the query that reads it.

    `beside`: what the room adds to every step of such a record, as the session that runs.
    """

    steps: Steps
    name: str
    listed: str
    views: Callable[[Connection, ColumnElement[bool]], list[V]]
    beside: Callable[[Acting, V], Mapping[str, Any]] = lambda _act, _view: {}

    def add(self, act: Acting, perimeter: str, values: Mapping[str, Any], **says: Any) -> int:
        """Write a record down with its first step, which may say something; returns its number."""
        head, first, day = self.steps.head, self.steps.first, act.day(perimeter)
        row = {**values, "at": act.at, "day": day, "actor": act.actor}
        if "perimeter" in head.c:
            row["perimeter"] = perimeter
        number = int(act.connection.execute(insert(head).values(**row).returning(head.c.id)).scalar_one())
        act.audited(self.steps.record, number, first, None, row)
        write_step(act, self.steps, number, History(), first, day, **says)
        return number

    def get(self, connection: Connection, number: int) -> V:
        """One record by its number; raises NotFound."""
        views = self.views(connection, self.steps.head.c.id == number)
        if not views:
            raise NotFound(self.name, f"there is no number {number}.", f"Choose one from the {self.listed}.")
        return views[0]

    def take(self, act: Acting, kind: str, number: int, seen: int, refers: int | None = None, **says: Any) -> int:
        """Take a step of a record that stands at step `seen`, and return the new step's number.

        Raises Changed where it has moved on meanwhile, NotFound, or RuleRefused with the sentence of the rule.
        """
        view = self.get(act.connection, number)
        as_seen(view.life, seen, f"this {self.name}", self.steps.kinds)
        return self.write(act, kind, view, refers, **says)

    def write(self, act: Acting, kind: str, view: V, refers: int | None = None, **says: Any) -> int:
        """As take, of a record that several may move at once."""
        status = getattr(view.life, "status", None)
        says = {**self.beside(act, view), **says}
        return write_step(act, self.steps, view.number, view.life, kind, act.day(view.perimeter), refers, status=status, **says)

    def take_form(self, act: Acting, kind: StepKind, number: int, seen: int, form: Form, **beside: Any) -> int:
        """As take, with what a form says, and what the page adds to it."""
        values = form.model_dump() | beside
        return self.take(act, kind.kind, number, seen, values.pop("refers", None), **values)
