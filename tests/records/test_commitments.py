"""A commitment: who does what by when; it comes back until it is done with what and how, or dropped with a reason."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.records.living import Living
from tests.records.sessions import begun, planned, promised, stands, state, step, take
from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.commitments import STEPS
from wallboard.records import commitments
from wallboard.records.commitments import open_commitments
from wallboard.store.violations import violations


def test_a_commitment_is_reported_on_and_done_with_what_and_how(room: Living) -> None:
    session = begun(room, "tom", "lena")
    number = promised(room, "tom", session)
    assert state(room, number) == "open" and not stands(room, number).is_said_aloud
    step(room, number, "progress", words="Half of the boxes.")
    step(room, number, "fulfil", words="All boxes leave a day earlier.", how="The packers begin at six.")
    view = stands(room, number)
    assert state(room, number) == "done" and view.life.over is not None and view.life.over.how == "The packers begin at six."
    assert view.life.over.room_session == session, "it was reported while the session ran"
    with room.engine.connect() as connection:
        assert not [*violations(connection)]


def test_who_wrote_it_down_for_somebody_else_stays_written(room: Living) -> None:
    session = begun(room, "lena")
    assert stands(room, promised(room, "lena", session, by="fay")).is_said_aloud


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"words": "All boxes.", "how": " "}, "how it was done: says nothing"),
        ({"words": "", "how": "By truck."}, "what was done: says nothing"),
    ],
)
def test_done_needs_what_and_how(room: Living, says: dict[str, str], refusal: str) -> None:
    number = promised(room, "tom")
    with pytest.raises(RuleRefused, match=refusal):
        step(room, number, "fulfil", **says)
    assert state(room, number) == "open"


@pytest.mark.parametrize("kept", [0, 31])
def test_overdue_and_late_are_by_the_day(room: Living, kept: int) -> None:
    number = promised(room, "tom", due=30)
    assert state(room, number, stands(room, number).due_on) == "open"
    assert state(room, number, stands(room, number).due_on + timedelta(days=1)) == "overdue"
    room.at += timedelta(days=kept)
    step(room, number, "fulfil", words="All boxes.", how="By truck.")
    assert state(room, number) == ("done late" if kept > 30 else "done")


def test_what_was_not_reported_comes_back_in_every_session_until_it_is(room: Living) -> None:
    number = promised(room, "tom")
    held = []
    for _ in range(2):
        room.at += timedelta(days=30)
        session = begun(room, "sam")
        with room.engine.connect() as connection:
            held.append([view.number for view in open_commitments(connection, ["north", "all"], room.at)])
        promised(room, "sam", session)
        take(room, session, "ended")
    assert held[0] == [number] and number in held[1]
    step(room, number, "fulfil", words="All boxes.", how="By truck.")
    with room.engine.connect() as connection:
        assert number not in [view.number for view in open_commitments(connection, ["north", "all"], room.at + timedelta(days=1))]


def _promised_in_what_is_over(room: Living) -> None:
    session = begun(room, "tom")
    promised(room, "tom", session)
    take(room, session, "ended")
    promised(room, "tom", session)


def _dropped_by_its_owner(room: Living) -> None:
    step(room, promised(room, "tom"), "drop", words="Too much.")


def _done_by_a_colleague(room: Living) -> None:
    step(room, promised(room, "lena", by="fay"), "fulfil", words="Done.", how="Somehow.")


def _reported_when_done(room: Living) -> None:
    number = promised(room, "tom")
    step(room, number, "fulfil", words="Done.", how="By truck.")
    step(room, number, "progress", words="Half of it.")


def _done_twice(room: Living) -> None:
    number = promised(room, "tom")
    for _ in range(2):
        step(room, number, "fulfil", words="Done.", how="By truck.")


_REFUSED: dict[str, tuple[Callable[[Living], Any], str]] = {
    "without words": (lambda room: promised(room, "tom", words=" "), "what is promised: says nothing"),
    "without an owner": (lambda room: promised(room, "gus", by="fay"), "cannot make a commitment"),
    "by a guest": (lambda room: promised(room, "tom", by="gus"), "Your role does not write commitments"),
    "for yesterday": (lambda room: promised(room, "tom", due=-1), "today or later, within a year"),
    "for some day": (lambda room: promised(room, "tom", due=400), "today or later, within a year"),
    "by somebody absent": (lambda room: promised(room, "tom", begun(room, "lena"), by="fay"), "somebody who is present"),
    "in a session to come": (lambda room: promised(room, "tom", planned(room)), "somebody who is present"),
    "in a session that is over": (_promised_in_what_is_over, "while it runs"),
    "about no issue": (lambda room: promised(room, "tom", about=99), "there is no number 99"),
    "dropped by its owner": (_dropped_by_its_owner, "Your role does not take this step"),
    "done by a colleague": (_done_by_a_colleague, "Whoever made a commitment reports"),
    "reported when done": (_reported_when_done, "done or dropped"),
    "done twice": (_done_twice, "done already"),
}


@pytest.mark.parametrize("case", [*_REFUSED])
def test_what_a_commitment_refuses_in_a_sentence(room: Living, case: str) -> None:
    tried, sentence = _REFUSED[case]
    with pytest.raises((RuleRefused, NotFound), match=sentence):
        tried(room)


def test_two_who_report_at_once_are_told_of_each_other(room: Living) -> None:
    number = promised(room, "tom")
    before = stands(room, number).life.seq
    step(room, number, "progress", words="Half of it.")
    form = STEPS.verb("drop").form
    assert form is not None
    with pytest.raises(Changed, match="Tom: progressed, “Half of it"), room.by("fay") as act:
        commitments.take_form(act, STEPS.verb("drop"), number, before, form.read({"words": "Too much."}))
