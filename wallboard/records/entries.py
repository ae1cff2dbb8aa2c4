"""What a session keeps besides commitments and decisions: each entry raised in a session, and what becomes of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, func, select

from wallboard.errors import NotFound, RuleRefused, nearest
from wallboard.lifecycle.entries import ENTRIES
from wallboard.lifecycle.entries import ideas as idea_steps
from wallboard.lifecycle.entries import measures as measure_steps
from wallboard.lifecycle.entries.entry import EntryKind, EntryLife, EntryStep
from wallboard.lifecycle.entries.questions import QUESTION, next_question
from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.kinds import StepKind
from wallboard.records.acting import Acting, needed
from wallboard.records.agenda import Item, add
from wallboard.records.choices import choices
from wallboard.records.repository import Repository
from wallboard.records.sessions import one_session, running
from wallboard.store.lives import taken_steps
from wallboard.store.schema import ENTRY_STEPS, metric_definition, room_session, session_entry, session_entry_step
from wallboard.store.zones import EVERYTHING

FOR_TEAMS = ("working session", "awareness workshop")
"""Kinds of session that are none of leaders."""

IDEA_MINUTES = 5


@dataclass(frozen=True)
class EntryView:
    """One entry as the console reads it; `measured` is what was measured of its subject when it was raised."""

    number: int
    session: int
    perimeter: str
    kind: EntryKind
    day: date
    subject: str | None
    title: str
    measured: list[dict[str, object]]
    by: int
    life: EntryLife

    @property
    def owner(self) -> int | None:
        """An entry belongs to everybody who is there."""
        return None


def raise_form(
    act: Acting, session: int, kind: EntryKind, form: Form, measured: object = None, names: dict[str, str] | None = None
) -> int:
    """Write an entry down as its form says it, with its first step where the form says what that takes; returns its number.

    `names` are the subjects that there are, by key, where they are no functions. Raises RuleRefused or NotFound.
    """
    fields = form.model_dump()
    subject, title = fields.pop("subject", None), fields.pop("title", None)
    if kind.subject:
        known = choices(act.connection).functions if kind.subject == "function" else (names or {})
        if subject not in known:
            raise NotFound(kind.subject, f"'{(subject or '')[:60]}' is not known.", nearest(subject or "", known))
        title = title or known[subject]
    number = raise_entry(act, session, kind, title, subject, measured)
    if kind.first is not None and fields.get("words") is not None:
        take(act, kind.first, number, 1, **fields)
    return number


def raise_entry(
    act: Acting, session: int, kind: EntryKind, title: str | None, subject: str | None = None, measured: object = None
) -> int:
    """Write an entry down; returns its number. Raises RuleRefused where it stands there already."""
    view, words = one_session(act.connection, session), needed("what it is", title)
    e = session_entry.c
    same = select(e.id).where(e.room_session == session, e.kind == kind.name, e.title == words)
    if act.connection.scalar(same) is not None:
        raise RuleRefused(f"“{words[:60]}”", "is here already.", "Look at it, and add to it there.")
    as_json = None if measured is None else orjson.dumps(measured).decode()
    what = {"room_session": session, "kind": kind.name, "subject": subject, "title": words, "measured": as_json}
    return _ENTRIES.add(act, view.perimeter, what)


def take_form(act: Acting, kind: StepKind, number: int, seen: int, form: Form) -> int:
    """Take a step of an entry as its form says it; raises Changed where it has moved on meanwhile."""
    fields = form.model_dump()
    return take(act, kind, number, seen, fields.pop("refers", None), **fields)


def take(act: Acting, kind: StepKind, number: int, seen: int, refers: int | None = None, **says: Any) -> int:
    """Take a step of an entry: in the session that runs, where one does; a new version is the next one of its metric."""
    view = one_entry(act.connection, number)
    if kind.version_after is not None:
        says["version"] = newest_version(act.connection, view.subject or "") + kind.version_after
    if "room_session" not in says:
        says["room_session"] = _session_now(act, view)
    return _ENTRIES.take(act, kind.kind, number, seen, refers, **says)


def _session_now(act: Acting, view: EntryView) -> int | None:
    """The entry's own session while it runs, else the one that does; None where none does."""
    if one_session(act.connection, view.session).life.status == "running":
        return view.session
    now = running(act.connection, {view.perimeter, EVERYTHING}, act.at)
    return now.number if now else None


def ask_next(act: Acting, session: int) -> int | None:
    """Ask the leaders of a session that begins the next question of the room, by rotation; None where the room has none."""
    e, view = session_entry.c, one_session(act.connection, session)
    before = select(e.title).join(room_session, room_session.c.id == e.room_session)
    earlier = act.connection.scalars(before.where(e.kind == QUESTION.name, room_session.c.perimeter == view.perimeter))
    question = next_question(act.settings.leader_questions, Counter(earlier))
    return raise_entry(act, session, QUESTION, question) if question else None


def table_ideas(act: Acting, session: int) -> int:
    """Put on the agenda of a session of leaders what working sessions want to ask them; returns how many ideas."""
    view = one_session(act.connection, session)
    if view.kind in FOR_TEAMS:
        return 0
    waiting = waiting_ideas(act.connection, {view.perimeter, EVERYTHING})
    for idea in waiting:
        add(act, session, Item(title=f"Idea to leadership: {idea.title}", minutes=IDEA_MINUTES, fills="ideas"))
        take(act, idea_steps.TABLED, idea.number, idea.life.seq, room_session=session)
    return len(waiting)


def waiting_ideas(connection: Connection, perimeters: set[str]) -> list[EntryView]:
    """Ideas of sessions that no session of leaders has had on its agenda yet, the oldest first."""
    s = session_entry_step.c
    tabled = select(s.session_entry).where(s.kind == idea_steps.TABLED.kind)
    e = session_entry.c
    here = (e.kind == idea_steps.IDEA.name) & e.id.not_in(tabled) & room_session.c.perimeter.in_([*perimeters])
    return _views(connection, here)


def newest_version(connection: Connection, metric: str) -> int:
    """The newest version of a metric's definition: declared by a file or made in a session; 0 where it is the program's own."""
    d, e, s = metric_definition.c, session_entry.c, session_entry_step.c
    loaded = connection.scalar(select(func.max(d.version)).where(d.metric == metric)) or 0
    made = select(func.max(s.version)).join(session_entry, e.id == s.session_entry)
    return max(loaded, connection.scalar(made.where(e.subject == metric, s.kind == measure_steps.REDEFINED.kind)) or 0)


def entries_of(connection: Connection, session: int, kind: EntryKind | None = None) -> list[EntryView]:
    """What a session keeps, of one kind or of all, in order; an idea also where it is on the agenda of leaders."""
    e, s = session_entry.c, session_entry_step.c
    tabled = select(s.session_entry).where(s.kind == idea_steps.TABLED.kind, s.room_session == session)
    chosen = (e.room_session == session) | e.id.in_(tabled)
    return _views(connection, chosen & (e.kind == kind.name) if kind else chosen)


def entries(connection: Connection, kind: EntryKind) -> list[EntryView]:
    """All entries of a kind, the newest first."""
    return [*reversed(_views(connection, session_entry.c.kind == kind.name))]


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[EntryView]:
    e = session_entry.c
    columns = (e.id, e.room_session, room_session.c.perimeter, e.kind, e.day, e.subject, e.title, e.measured, e.actor)
    rows = connection.execute(select(*columns).join(room_session).where(chosen).order_by(e.id)).all()
    steps = taken_steps(connection, ENTRY_STEPS, EntryStep, [row.id for row in rows])
    return [
        EntryView(
            number=row.id,
            session=row.room_session,
            perimeter=row.perimeter,
            kind=ENTRIES[row.kind],
            day=row.day,
            subject=row.subject,
            title=row.title,
            measured=orjson.loads(row.measured or "[]"),
            by=row.actor,
            life=EntryLife(steps.get(row.id, ())),
        )
        for row in rows
    ]


_ENTRIES = Repository(ENTRY_STEPS, "entry", "list", _views)
one_entry = _ENTRIES.get
