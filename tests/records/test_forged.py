"""A form that nobody can have filled in, or that came too late: refused in a person's words, never in SQL's."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from tests.records.living import EVIDENCE, Living
from wallboard.errors import Changed, RoomError
from wallboard.records import verbs
from wallboard.records.acting import refused
from wallboard.records.opportunities import Idea, propose
from wallboard.records.relay import judge
from wallboard.store.connections import writing
from wallboard.store.schema import impact, issue, issue_step, user_account, verdict

SQL = re.compile(r"constraint|unique|foreign|check failed|null value|violates|relation|integrity|insert|[a-z_]+\.[a-z_]+", re.I)
NOBODY = 999_999


def _judged(room: Living, sentence: str) -> None:
    number, _ = room.relayed()
    with room.by("fay") as act:
        judge(act, number, sentence)


def _proposed(room: Living, idea: Idea) -> None:
    with room.by("fay") as act:
        propose(act, "north", idea)


FORGED: dict[str, Callable[[Living], object]] = {
    "a verdict": lambda room: _judged(room, "acquitted'--"),
    "an effect": lambda room: room.relayed(effect="enormous"),
    "a way of hearing": lambda room: room.relayed(evidence=replace(EVIDENCE, kind="telepathy")),
    "a part of the business": lambda room: room.relayed(perimeter="west"),
    "a stage": lambda room: room.relayed(stage="nowhere"),
    "a function": lambda room: room.relayed(functions=("logistics", "astrology")),
    "who answers": lambda room: room.take(room.admitted(), verbs.own, NOBODY),
    "an attendance": lambda room: room.decide(room.until("alleviation"), attendance=NOBODY),
    "who is present": lambda room: _present(room, NOBODY),
    "a touchpoint": lambda room: room.decide(room.until("alleviation"), touched={"": "nothing"}),
    "an action": lambda room: room.take(room.until("alleviation"), verbs.done, NOBODY),
    "a function's cause": lambda room: room.take(room.until("alleviation"), verbs.name_cause, "The belt.", "astrology"),
    "a level": lambda room: room.take(room.admitted(), verbs.escalate, NOBODY, "Nobody listens."),
    "an origin": lambda room: _proposed(room, Idea("improve", "thin air", "A better box")),
}


def _present(room: Living, somebody: int) -> None:
    with room.by("fay") as act:
        verbs.record_attendance(act, "north", (somebody,))


@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_is_kept_or_refused_in_words(room: Living, what: str) -> None:
    try:
        FORGED[what](room)
    except RoomError as refusal:
        assert not SQL.search(str(refusal)), str(refusal)
        assert str(refusal).endswith((".", "?")), str(refusal)


def test_two_leaders_decide_at_once_and_the_second_is_told_what_changed(room: Living) -> None:
    made, attendance = room.until("alleviation"), room.attendance("lena", "sam")
    seen = room.steps(made).seq
    decided = {"touched": {"delivery": "boxes leave a day earlier"}}
    room.decide(made, attendance, **decided)
    with pytest.raises(Changed, match="We send a day earlier") as refusal, room.by("lena") as act:
        verbs.decide(act, made, seen, "We pay the postage.", "It costs.", attendance, {"delivery": "free of charge"})
    assert "nothing of yours is lost" in str(refusal.value)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (impact, {"issue": NOBODY, "seq": 1, "touchpoint": "delivery", "effect": "late"}),
        (impact, {"issue": 1, "seq": 2, "touchpoint": "delivery", "effect": " "}),
        (verdict, {"intake": 1, "verdict": None}),
        (issue_step, {"issue": 1, "seq": 1}),
        (user_account, {"login": "ada", "name": "Ada", "role": "leader", "password": ""}),
        (issue, {"id": 1}),
    ],
)
def test_no_constraint_of_the_store_speaks_to_a_person_in_sql(room: Living, table: object, row: dict[str, object]) -> None:
    room.admitted()
    with pytest.raises(DBAPIError) as broken, writing(room.engine) as connection:
        connection.execute(insert(table).values(**row))  # type: ignore[arg-type]
    refusal = str(refused(broken.value))
    assert not SQL.search(refusal), refusal
    assert refusal.endswith("."), refusal
