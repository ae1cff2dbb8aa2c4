"""The minutes of a session: who does what by when, who was there, which goals were served, the agenda, decisions, ratings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from wallboard.calendar import in_full
from wallboard.lifecycle.roles import PRESIDENT
from wallboard.records.choices import Choices, choices
from wallboard.records.decisions import DecisionView
from wallboard.records.entry_minutes import entry_sections
from wallboard.records.goals import served
from wallboard.records.minutes_parts import Line, agenda, carried_over, decisions, looked_at, rated, reported, summary
from wallboard.records.sessions import SessionView, absent_functions, one_session
from wallboard.records.snapshots import RestedOn
from wallboard.records.team_minutes import teams
from wallboard.settings import Settings
from wallboard.store.schema import user_account
from wallboard.store.zones import EVERYTHING


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands beneath it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a session came to, as plain text: nothing in it is a mark. `when` is where, of which kind, and from when to when."""

    number: int
    title: str
    when: str
    agreed: str
    sections: tuple[Section, ...]


NumbersOf = Callable[[DecisionView], Sequence[RestedOn]]
"""The frozen numbers on which a decision rests."""


def no_numbers(_decision: DecisionView) -> Sequence[RestedOn]:
    """For whoever reads minutes without the walls' pictures."""
    return ()


def minutes_of(
    connection: Connection, settings: Settings, number: int, numbers_of: NumbersOf, names: Choices | None = None
) -> Minutes:
    """The minutes of one session, as the store holds them; raises NotFound. A section without a line is left out."""
    view, names = one_session(connection, number), names or choices(connection)
    sections = (
        ("Who does what by when", summary(connection, view, names, settings.locale)),
        ("Present", _people(connection, view, names)),
        ("The goals of the room", _goals(connection, settings, view)),
        ("Promised earlier", reported(connection, view, names, settings.locale)),
        ("Agenda", agenda(connection, view)),
        ("Teams", teams(connection, view, names)),
        *entry_sections(connection, view, names),
        ("Decisions", decisions(connection, view, names, numbers_of, settings.locale)),
        ("Earlier decisions looked at", looked_at(connection, view)),
        ("Carried over", carried_over(connection, view)),
        ("Rating", rated(view)),
    )
    made = (Section(title, tuple(lines)) for title, lines in sections)
    ended = view.life.newest("ended")
    agreed = " ".join((ended.note or "").split()) if ended else ""
    return Minutes(view.number, view.title, when(view, settings), agreed, tuple(part for part in made if part.lines))


def when(view: SessionView, settings: Settings) -> str:
    """Where a session was held, of which kind it is, and from when to when, on the clocks of the place."""
    known = view.perimeter in settings.perimeter
    zone = settings.zone(view.perimeter if known else None)
    place = settings.perimeter[view.perimeter].name if known and view.perimeter != EVERYTHING else settings.company
    begun, ended = view.life.newest("begun"), view.life.newest("ended")
    at = (begun.at if begun else view.at).astimezone(zone)
    until = f" to {ended.at.astimezone(zone):%H:%M}" if ended else ""
    return f"{place}, {view.kind}, {in_full(at.date(), settings.locale)}, {at:%H:%M}{until} ({zone})"


def _people(connection: Connection, view: SessionView, names: Choices) -> Iterator[Line]:
    """Who was there and how the record knows; who was not, and which functions nobody spoke for."""
    if not view.life.present:
        return
    for user, how in view.life.present.items():
        yield Line(f"{names.name(user)} ({how})")
    for step in view.life.of("customer_came"):
        yield Line(f"{step.words} (customer)")
    for user, delegate in view.life.delegates.items():
        yield Line(f"{delegate}, delegate of {names.name(user)}: does not count as present")
    here, expected = view.life.quorate
    if missing := [names.name(user) for user in view.life.expected if user not in view.life.present]:
        yield Line(f"Expected but not here: {', '.join(missing)} ({here} of {expected} expected people came)")
    u = user_account.c
    if PRESIDENT.name not in connection.scalars(select(u.role).where(u.id.in_([*view.life.present]))).all():
        yield Line("The president was not here")
    if absent := absent_functions(connection, view.life.present):
        functions = ", ".join(names.function(key) for key in absent)
        yield Line(f"Answer for a touchpoint but were not here: {functions}")


def _goals(connection: Connection, settings: Settings, view: SessionView) -> Iterator[Line]:
    """Each of the four goals, with the items that served it."""
    if view.life.status != "ended":
        return
    goals = served(connection, settings, view)
    for goal in goals if any(goal.named for goal in goals) else ():
        by = "; ".join(goal.items) or "no item of this session"
        yield Line(f"{by} ({goal.minutes} min)" if goal.items else by, f"{goal.goal}. {goal.name}")
