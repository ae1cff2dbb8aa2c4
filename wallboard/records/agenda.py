"""The agenda of a session: laid from a template, added to by everybody, worked through item by item, and what moves on."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from wallboard.agendas import Agenda
from wallboard.errors import NotFound, RuleRefused
from wallboard.lifecycle.agenda import AgendaLife, AgendaStep
from wallboard.records.acting import Acting, needed
from wallboard.records.repository import Repository
from wallboard.records.sessions import SessionView, one_session
from wallboard.store.lives import taken_steps
from wallboard.store.schema import AGENDA_STEPS, agenda_item, room_session, room_session_step

LONGEST = 240
"""Minutes of the longest item."""


@dataclass(frozen=True)
class ItemView:
    """One item of an agenda as the console reads it; `scene` is the wall and the scene that belong to it."""

    number: int
    session: int
    place: int
    title: str
    minutes: int
    scene: str | None
    template: str | None
    fills: str | None
    carried_from: int | None
    by: int
    life: AgendaLife
    perimeter: str = ""

    @property
    def owner(self) -> int | None:
        """An item belongs to everybody who is there."""
        return None


@dataclass(frozen=True, kw_only=True)
class Item:
    """What is put on an agenda."""

    title: str | None
    minutes: int
    scene: str | None = None
    template: str | None = None
    fills: str | None = None
    carried_from: int | None = None


def template_for(act: Acting, kind: str, chosen: str | None = None) -> Agenda | None:
    """The template of that name; without one the first that is meant for sessions of this kind; raises NotFound."""
    known = act.settings.agenda
    if chosen and chosen not in known:
        raise NotFound("the agenda", f"'{chosen[:60]}' is not known.", "Choose one of the list.")
    return known[chosen] if chosen else next((template for template in known.values() if kind in template.kinds), None)


def lay(act: Acting, session: int, template: Agenda) -> None:
    """Put all items of a template on the agenda of a session, in order."""
    for each in template.item:
        add(act, session, Item(title=each.title, minutes=each.minutes, scene=each.scene, template=each.key, fills=each.fills))


def add(act: Acting, session: int, item: Item) -> int:
    """Put one item on the agenda, behind the others; returns its number. Raises RuleRefused or NotFound."""
    view = one_session(act.connection, session)
    if not 1 <= item.minutes <= LONGEST:
        raise RuleRefused("how long", f"{item.minutes} minutes is not possible.", f"Name 1 to {LONGEST}.")
    place = act.connection.scalar(select(func.count()).where(agenda_item.c.room_session == session)) or 0
    says = {"title": needed("the item", item.title), "minutes": item.minutes, "scene": item.scene, "template": item.template}
    where = {"room_session": session, "place": place + 1, "fills": item.fills, "carried_from": item.carried_from}
    return ITEMS.add(act, view.perimeter, {**says, **where})


def carry(act: Acting, session: int) -> int:
    """Put what earlier sessions have not reached on the agenda of one that begins; returns how many items."""
    waiting = not_reached(act.connection, one_session(act.connection, session))
    for each in waiting:
        moved = Item(title=each.title, minutes=each.minutes, scene=each.scene, fills=each.fills, carried_from=each.number)
        add(act, session, moved)
    return len(waiting)


def not_reached(connection: Connection, session: SessionView) -> list[ItemView]:
    """What ended sessions of the same kind and part of the business have not finished, and no later agenda has taken up.

    An item that every such session has anyway, from its template, is left out: it comes again by itself.
    """
    a, s, step = agenda_item.c, room_session.c, room_session_step.c
    ended = select(step.room_session).where(step.kind == "ended")
    alike = select(s.id).where(s.kind == session.kind, s.perimeter == session.perimeter, s.id.in_(ended), s.id != session.number)
    finished = select(AGENDA_STEPS.table.c.agenda_item).where(AGENDA_STEPS.table.c.kind == "finished")
    taken = select(a.carried_from).where(a.carried_from.is_not(None))
    own = select(a.template).where(a.room_session == session.number, a.template.is_not(None))
    twin = a.template.is_(None) | a.template.not_in(own)
    return _views(connection, a.room_session.in_(alike) & a.id.not_in(finished) & a.id.not_in(taken) & twin)


def items(connection: Connection, session: int) -> list[ItemView]:
    """The agenda of a session: what was carried first, any other business last, everything else in its order."""
    views = _views(connection, agenda_item.c.room_session == session)
    return sorted(views, key=lambda item: (item.template == "other", item.carried_from is None, item.place))


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[ItemView]:
    a, s = agenda_item.c, room_session.c
    renamed = (a.id.label("number"), a.room_session.label("session"), a.actor.label("by"), s.perimeter)
    columns = (*renamed, a.place, a.title, a.minutes, a.scene, a.template, a.fills, a.carried_from)
    query = select(*columns).join(room_session, s.id == a.room_session).where(chosen)
    rows = connection.execute(query.order_by(a.room_session, a.place)).mappings().all()
    steps = _steps(connection, [row["number"] for row in rows])
    return [ItemView(**row, life=AgendaLife(steps.get(row["number"], ()))) for row in rows]


def _steps(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[AgendaStep, ...]]:
    return taken_steps(connection, AGENDA_STEPS, AgendaStep, numbers)


ITEMS = Repository(AGENDA_STEPS, "item", "agenda", _views)
one_item = ITEMS.get
take_form = ITEMS.take_form
