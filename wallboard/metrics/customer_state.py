"""How customers stand on a day, from their own events; and the numbers and names under which they are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, case, func, select

from wallboard.metrics.facts import within
from wallboard.metrics.quotations import LOADED, quotation
from wallboard.metrics.scope import Scope
from wallboard.store.portions import in_portions
from wallboard.store.schema import customer, customer_alias, customer_event, reason

EVENT_KEY = ("customer", "perimeter", "day", "kind", "rule")
"""What names one event of a customer."""

_CHAIN = 20
TURNS = ("new", "won back", "lost")
_COMPANY = ("b2b", "business")
_E, _A = customer_event.c, customer_alias.c


@dataclass
class CustomerState:
    """How one customer stands on the last complete day, in all perimeters in scope together."""

    there: bool = False
    value: float = 0.0
    known: bool = False
    perimeter: str = ""
    came_on: date | None = None
    left_on: date | None = None
    left_because: tuple[str | None, str | None] = (None, None)

    @property
    def worth(self) -> float | None:
        """What the customer is worth; None where it was never known."""
        return self.value if self.known else None

    def back_since(self, day: date) -> bool:
        """Here again, since that day or later, after having left."""
        return self.there and self.left_on is not None and self.came_on is not None and self.came_on >= max(day, self.left_on)


GONE = CustomerState()


def customer_states(connection: Connection, customers: Iterable[str], scope: Scope) -> dict[str, CustomerState]:
    """How customers stand, from their own events up to the last complete day."""
    turned = case((_E.kind.in_(TURNS), 0), else_=1)
    columns = (_E.customer, _E.perimeter, _E.day, _E.kind, _E.rule, _E.value, _E.reason_source, _E.reason_words)
    chosen = (
        select(*columns, reason.c.wording).outerjoin(reason, reason.c.reason == _E.reason).where(*within(customer_event, scope))
    )
    rows = [
        row
        for some in in_portions(dict.fromkeys(customers))
        for row in connection.execute(chosen.where(_E.customer.in_(some)).order_by(_E.day, turned))
    ]
    spells: dict[tuple[str, str], CustomerState] = {}
    for row in rows:
        _lived(spells.setdefault((row.customer, row.perimeter), CustomerState(perimeter=row.perimeter)), row)
    states: dict[str, CustomerState] = {}
    for (who, _), spell in sorted(spells.items(), key=lambda item: (item[1].there, item[1].value)):
        others = states.get(who, GONE)
        spell.value, spell.known = spell.value + others.value, spell.known or (others.known and others.there)
        states[who] = spell
    return states


def _lived(spell: CustomerState, event: Any) -> None:
    worth = float(event.value or 0.0)
    if event.kind == "lost":
        spell.there, spell.value, spell.left_on, spell.left_because = (
            False,
            0.0,
            event.day,
            why_of(event, _E.reason_words, EVENT_KEY),
        )
    elif event.kind in TURNS:
        spell.there, spell.value, spell.came_on, spell.known = True, worth, event.day, event.value is not None
    elif event.kind in ("changed", "revalued"):
        spell.value, spell.known = spell.value + worth, spell.known or event.value is not None


def why_of(row: Any, column: Column[Any], key: tuple[str, ...] = LOADED) -> tuple[str | None, str | None]:
    """What the customer said, by the `column` and the `key` that keep it, else the reason's wording with who says so."""
    if row.reason_words and row.reason_source == "customer said":
        return quotation(row, column, row.reason_words, key=key), row.reason_source
    return (row.wording, row.reason_source) if row.wording else (None, None)


def todays_numbers(connection: Connection, numbers: set[str]) -> dict[str, str]:
    """Today's number of each customer, also of those who were merged into another, through any chain of merges."""
    newest = {number: number for number in numbers}
    wanted = set(numbers)
    for _ in range(_CHAIN):
        steps = {
            row.alias: row.customer
            for some in in_portions(sorted(wanted))
            for row in connection.execute(select(_A.alias, _A.customer).where(_A.alias.in_(some)))
        }
        if not steps:
            break
        newest = {number: steps.get(known, known) for number, known in newest.items()}
        wanted = set(steps.values())
    return newest


def all_numbers(connection: Connection, customers: Iterable[str]) -> dict[str, str]:
    """Every number under which customers are or were kept, to the one of today (of merges into them directly)."""
    today = list(customers)
    numbers = {number: number for number in today}
    for some in in_portions(today):
        rows = connection.execute(select(_A.alias, _A.customer).where(_A.customer.in_(some)))
        numbers |= {row.alias: row.customer for row in rows}
    return numbers


def company_names(connection: Connection, customers: list[str]) -> dict[str, str]:
    """The names of companies; a private person's is for no wall."""
    chosen = select(customer.c.customer, customer.c.name).where(
        func.lower(customer.c.kind).in_(_COMPANY), customer.c.name.is_not(None)
    )
    return {
        row[0]: row[1]
        for some in in_portions(customers)
        for row in connection.execute(chosen.where(customer.c.customer.in_(some)))
    }
