"""Sessions of a room with people, held through the real verbs as far as a test wants them."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.records.living import Living, given_once
from wallboard.lifecycle.commitments import STEPS
from wallboard.records import commitments, sessions
from wallboard.records.commitments import CommitmentView, one_commitment
from wallboard.records.sessions import Plan, SessionView, one_session


@given_once
def planned(room: Living, /, *expected: str, login: str = "fay", at: datetime | None = None, **fields: Any) -> int:
    """A session of an hour, planned for the day after tomorrow."""
    what: dict[str, Any] = {"perimeter": "north", "kind": "monthly", "title": "The room", "minutes": 60} | fields
    with room.by(login) as act:
        plan = Plan(**what, expected=tuple(room.people[name] for name in expected))
        return sessions.plan(act, plan, at or room.at + timedelta(days=2))


def seen(room: Living, number: int) -> SessionView:
    with room.engine.connect() as connection:
        return one_session(connection, number)


def take(room: Living, number: int, kind: str, login: str = "fay", **says: Any) -> int:
    with room.by(login) as act:
        return sessions.take_seen(act, number, kind, seen(room, number).life.seq, **says)


def attended(room: Living, number: int, *logins: str, by: str = "fay") -> None:
    for login in logins:
        with room.by(by) as act:
            sessions.attend(act, number, room.people[login])


@given_once
def begun(room: Living, /, *present: str, **fields: Any) -> int:
    """A session that runs, with some people in it."""
    number = planned(room, **fields)
    take(room, number, "begun")
    attended(room, number, *present)
    return number


def promised(room: Living, login: str, session: int | None = None, due: int = 30, **fields: Any) -> int:
    """A commitment, due so many days from now."""
    with room.by(fields.pop("by", login)) as act:
        where = one_session(act.connection, session) if session else None
        words = fields.pop("words", "Send each box a day earlier.")
        return commitments.commit(act, room.people[login], words, room.today + timedelta(days=due), where, **fields)


def stands(room: Living, number: int) -> CommitmentView:
    with room.engine.connect() as connection:
        return one_commitment(connection, number)


def step(room: Living, number: int, verb: str, login: str = "tom", **says: Any) -> int:
    """A step of a commitment, as its form says it."""
    kind = STEPS.verb(verb)
    assert kind.form is not None
    with room.by(login) as act:
        return commitments.take_form(act, kind, number, stands(room, number).life.seq, kind.form.read(says))


def state(room: Living, number: int, day: date | None = None) -> str:
    return stands(room, number).state(day or room.today)
