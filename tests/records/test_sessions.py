"""A session of the room: who plans it, who is present and how the record knows, and that nobody leaves without a commitment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from tests.records.living import Living
from tests.records.sessions import attended, begun, planned, promised, seen, take
from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.records import sessions
from wallboard.records.commitments import without_commitment
from wallboard.records.sessions import running
from wallboard.store.connections import writing
from wallboard.store.schema import audit, room_session, room_session_step
from wallboard.store.violations import violations


def test_a_session_is_planned_begun_attended_and_ended(room: Living) -> None:
    number = planned(room, "lena", "sam", "tom")
    assert seen(room, number).life.status == "planned" and seen(room, number).life.expected == [
        room.people[login] for login in ("lena", "sam", "tom")
    ]
    take(room, number, "begun")
    with room.by("tom") as act:
        sessions.attend(act, number, room.people["tom"])
        assert running(act.connection, ["north"], act.at) is not None
    attended(room, number, "lena")
    assert seen(room, number).life.present == {room.people["tom"]: "signed in", room.people["lena"]: "ticked"}
    for login in ("tom", "lena"):
        promised(room, login, number, by="fay")
    take(room, number, "ended", note="We send a day earlier.")
    with room.by("tom") as act:
        sessions.rate(act, number, 8, "Shorter.")
    view = seen(room, number)
    assert view.life.status == "ended" and [step.rating for step in view.life.of("rated")] == [8]
    with room.engine.connect() as connection:
        assert running(connection, ["north"], room.at) is None
        done = connection.scalars(select(audit.c.did).where(audit.c.changed.in_(("room_session", "room_session_step"))))
        assert [*done][:2] == ["planned", "planned"] and not [*violations(connection)]


def test_nobody_leaves_without_a_commitment_or_a_reason(room: Living) -> None:
    number = begun(room, "lena", "tom", "sam")
    promised(room, "lena", number)
    with room.by("fay") as act:
        left = without_commitment(act.connection, seen(room, number))
        assert left == [room.people["tom"], room.people["sam"]], "whoever has neither is named"
    with pytest.raises(RuleRefused, match="Nobody leaves without a commitment"):
        take(room, number, "ended")
    promised(room, "tom", number)
    with room.by("sam") as act:
        sessions.leave_uncommitted(act, number, room.people["sam"], "I am new here.")
    take(room, number, "ended")
    assert seen(room, number).life.uncommitted == {room.people["sam"]: "I am new here."}


def _cancelled(room: Living) -> int:
    number = planned(room)
    take(room, number, "cancelled", words="The president is ill.")
    return number


def _postponed(room: Living, days: int, number: int | None = None) -> int:
    number = planned(room) if number is None else number
    with room.by("fay") as act:
        sessions.postpone(act, number, seen(room, number).life.seq, room.at + timedelta(days=days), "The president is ill.")
    return number


def _uncommitted(room: Living, login: str, *present: str) -> None:
    number = begun(room, *present)
    with room.by("fay") as act:
        sessions.leave_uncommitted(act, number, room.people[login], "No time.")


def _rated(room: Living, login: str, *ratings: int) -> None:
    number = begun(room, "tom")
    promised(room, "tom", number)
    take(room, number, "ended")
    for rating in ratings:
        with room.by(login) as act:
            sessions.rate(act, number, rating)


_REFUSED: dict[str, tuple[Callable[[Living], Any], str]] = {
    "by a team member": (lambda room: planned(room, login="tom"), "Only a facilitator, a leader or the president plans"),
    "afterwards": (lambda room: planned(room, at=room.at), "planned ahead"),
    "without a name": (lambda room: planned(room, title=" "), "the name: says nothing"),
    "of no kind": (lambda room: planned(room, kind="weekly"), "'weekly' is not known"),
    "for no time": (lambda room: planned(room, minutes=3), "3 minutes is not possible"),
    "of no part": (lambda room: planned(room, perimeter="west"), "'west' is not known"),
    "ended before it began": (lambda room: take(room, planned(room), "ended"), "the session has not begun"),
    "ended with nobody": (lambda room: take(room, begun(room), "ended"), "Nobody is recorded as present"),
    "begun after it was cancelled": (lambda room: take(room, _cancelled(room), "begun"), "is over, or has been cancelled"),
    "cancelled while it runs": (lambda room: take(room, begun(room), "cancelled", words="No."), "has begun: end it instead"),
    "cancelled without a reason": (lambda room: take(room, planned(room), "cancelled", words=None), "do not go together"),
    "begun twice": (lambda room: take(room, begun(room), "begun"), "done already"),
    "two at once": (lambda room: (begun(room), begun(room)), "has not ended yet"),
    "present before it began": (lambda room: attended(room, planned(room), "tom"), "the session has not begun"),
    "present twice": (lambda room: attended(room, begun(room, "tom"), "tom"), "already"),
    "ticked by a team member": (lambda room: attended(room, begun(room), "lena", by="tom"), "records this for somebody else"),
    "postponed into the past": (lambda room: _postponed(room, -1), "lies ahead"),
    "postponed while it runs": (lambda room: _postponed(room, 1, begun(room)), "has begun: end it instead"),
    "none for whoever is absent": (lambda room: _uncommitted(room, "tom", "sam"), "is not present"),
    "rated by whoever was absent": (lambda room: _rated(room, "sam", 5), "was present rates"),
    "rated twice": (lambda room: _rated(room, "tom", 5, 6), "rates a session once"),
    "rated with eleven": (lambda room: _rated(room, "tom", 11), "11 is not on the scale"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", [*_REFUSED])
def test_what_a_session_refuses_in_a_sentence(room: Living, case: str) -> None:
    tried, sentence = _REFUSED[case]
    with pytest.raises((RuleRefused, NotFound), match=sentence):
        tried(room)


def test_a_session_that_was_postponed_says_when_it_was_planned_first(room: Living) -> None:
    number = _postponed(room, 9)
    view = seen(room, number)
    assert view.at > view.planned_at and view.life.of("postponed")[0].words == "The president is ill."
    with room.by("fay") as act:
        week = sessions.sessions(act.connection, ["north"], room.at + timedelta(days=8), room.at + timedelta(days=10))
    assert [each.number for each in week] == [number], "it is looked up where it takes place"


def test_two_tablets_on_one_session_are_told_of_each_other(room: Living) -> None:
    number = planned(room)
    before = seen(room, number).life.seq
    take(room, number, "begun")
    with pytest.raises(Changed, match="Fay: begun"), room.by("lena") as act:
        sessions.take_seen(act, number, "cancelled", before, words="No.")
    assert seen(room, number).life.status == "running"


def test_what_is_written_of_a_session_stays_written(room: Living) -> None:
    number = begun(room, "tom")
    for table in (room_session, room_session_step):
        for statement in (delete(table), update(table).values(at=room.at)):
            with pytest.raises(DBAPIError, match="stays written"), writing(room.engine) as connection:
                connection.execute(statement)
    values = {"room_session": number, "seq": seen(room, number).life.seq + 1, "kind": "ended", "at": room.at, "day": room.today}
    with pytest.raises(DBAPIError), writing(room.engine) as connection:
        connection.execute(insert(room_session_step).values(**values, actor=room.people["fay"]))
