"""A roster of the few, filled through the real verbs as far as a test wants it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from tests.records.living import Living
from tests.records.sessions import begun, take
from wallboard.lifecycle import initiatives as beside
from wallboard.lifecycle import roster as lives
from wallboard.lifecycle.decisions import ADOPTED, Settle
from wallboard.records import decisions, initiatives, roster, sessions
from wallboard.records.decisions import Proposal
from wallboard.records.opportunities import Idea, propose
from wallboard.records.roster import Target
from wallboard.store.connections import writing
from wallboard.store.schema import metadata
from wallboard.voting import SELECTION


def proposed(room: Living, title: str, login: str = "tom", perimeter: str = "north", **idea: Any) -> int:
    with room.by(login) as act:
        return propose(act, perimeter, Idea("improve", "idea", title, **idea))


def listed(
    room: Living,
    opportunity: int,
    sponsor: str = "lena",
    by: str = "fay",
    kind: str = "late",
    less_by: int = 30,
    days: int = 180,
    vote: bool = True,
) -> int:
    """An opportunity that is put on the roster by the leaders' vote, its target due so many days from now."""
    if vote:
        selected(room, opportunity)
    with room.by(by) as act:
        target = Target(issue_type=kind, less_by=less_by, due_on=room.today + timedelta(days=days))
        return roster.select_opportunity(act, opportunity, room.people[sponsor], target)


def selected(room: Living, opportunity: int, *against: str, leaders: tuple[str, ...] = ("lena", "sam")) -> int:
    """The vote of some leaders, in a session of its own, by which an opportunity may come to the roster."""
    session = begun(room, *leaders, kind="working session", perimeter="all")
    with room.by("fay") as act:
        review = room.today + timedelta(days=90)
        what = Proposal(
            kind=SELECTION, words="It comes first.", implications="Others wait.", review_on=review, opportunity=opportunity
        )
        number = decisions.propose(act, session, what)
    for login in leaders:
        with room.by(login) as act:
            decisions.vote(act, number, room.people[login], "no" if login in against else "yes")
    try:
        with room.by("fay") as act:
            decisions.take_form(act, ADOPTED, number, decisions.one_decision(act.connection, number).life.seq, Settle())
    finally:
        for login in leaders:
            with room.by("fay") as act:
                sessions.leave_uncommitted(act, session, room.people[login], "Nothing new.")
        take(room, session, "ended")
    return number


def initiated(room: Living, title: str, touchpoint: str, item: int | None = None, function: str = "shop") -> int:
    with room.by("tom") as act:
        return initiatives.start(act, title, function, touchpoint, item)


def step(room: Living, number: int, verb: str, login: str = "fay", **says: Any) -> int:
    """A step of a roster item or of an initiative, as its form says it, by somebody who has seen everything."""
    of_roster = any(kind.verb == verb for kind in lives.STEPS)
    kind = (lives.STEPS if of_roster else beside.STEPS).verb(verb)
    assert kind.form is not None
    with room.by(login) as act:
        if of_roster:
            seen = roster.one_item(act.connection, number).life.seq
            return roster.take_form(act, kind, number, seen, kind.form.read(says))
        known = initiatives.one_initiative(act.connection, number)
        return initiatives.take_form(act, kind, number, known.life.seq, kind.form.read(says))


def stays_written(room: Living, *tables: str) -> None:
    """No row of these tables, each of which has some, is changed or taken away by hand."""
    for table in (metadata.tables[name] for name in tables):
        column = next(iter(table.columns))
        for statement in (update(table).values({column: column}), delete(table)):
            with pytest.raises(DBAPIError, match="stays written"), writing(room.engine) as connection:
                connection.execute(statement)
