"""Initiatives: what the company does for a roster item, and what departments do beside it, each at one touchpoint."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from wallboard.errors import NotFound, nearest
from wallboard.lifecycle.initiatives import ENDS, InitiativeLife, InitiativeStep
from wallboard.records.acting import Acting, needed
from wallboard.records.choices import choices
from wallboard.records.places import known_place
from wallboard.records.repository import Repository
from wallboard.records.roster import RosterView, one_item
from wallboard.store.lives import taken_steps
from wallboard.store.lookups import touchpoint_stages
from wallboard.store.schema import INITIATIVE_STEPS, initiative
from wallboard.store.zones import EVERYTHING


@dataclass(frozen=True)
class InitiativeView:
    """One initiative as the console reads it; `roster_item` is None for one of a department."""

    number: int
    perimeter: str
    title: str
    function: str
    touchpoint: str
    roster_item: int | None
    day: date
    life: InitiativeLife

    @property
    def owner(self) -> int | None:
        """An initiative belongs to a function."""
        return None


def start(
    act: Acting, title: str | None, function: str, touchpoint: str, item: int | None = None, complaints: int | None = None
) -> int:
    """Write down an initiative of a function at a touchpoint, for a roster item or beside all of them; returns its number.

    `complaints` are those of the last four complete weeks there: what it moves is read against them.
    """
    known_place(act.connection, None, touchpoint)
    functions = choices(act.connection).functions
    if function not in functions:
        raise NotFound("function", f"'{function[:60]}' is not known.", nearest(function, functions))
    perimeter = one_item(act.connection, item).perimeter if item is not None else EVERYTHING
    values = {"title": needed("what it is", title), "function": function, "touchpoint": touchpoint, "roster_item": item}
    values |= {"complaints_then": complaints}
    return INITIATIVES.add(act, perimeter, values)


def initiatives(connection: Connection) -> list[InitiativeView]:
    """The initiatives that run, the oldest first."""
    s = INITIATIVE_STEPS.table.c
    return _views(connection, initiative.c.id.not_in(select(s.initiative).where(s.kind.in_(ENDS))))


def overlapping(connection: Connection, item: RosterView, known: Iterable[InitiativeView]) -> list[InitiativeView]:
    """Departments' initiatives that touch a roster item's touchpoint, or any of its stage where it names none."""
    homes = touchpoint_stages(connection)

    def touches(view: InitiativeView) -> bool:
        if item.touchpoint is not None:
            return view.touchpoint == item.touchpoint
        return item.stage is not None and homes.get(view.touchpoint) == item.stage

    return [view for view in known if view.roster_item is None and touches(view)]


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[InitiativeView]:
    i = initiative.c
    columns = (i.id, i.perimeter, i.title, i.function, i.touchpoint, i.roster_item, i.day)
    rows = connection.execute(select(*columns).where(chosen).order_by(i.at, i.id)).all()
    steps = taken_steps(connection, INITIATIVE_STEPS, InitiativeStep, [row.id for row in rows])
    return [InitiativeView(*row, InitiativeLife(steps.get(row.id, ()))) for row in rows]


INITIATIVES = Repository(INITIATIVE_STEPS, "initiative", "list", _views)
one_initiative = INITIATIVES.get
take_form = INITIATIVES.take_form
