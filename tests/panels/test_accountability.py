"""What the panels about the room's issues say: who answers, what is done, what waits, and which rules are kept."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.given_room import MAY, Lives
from tests.panels.words import SCOPE, picture, words_of

ALL = (
    "issue_cards", "orphans", "awaiting", "room_times", "two_closings", "escalation", "golden_rules", "turned_away", "causes",
)  # fmt: skip


def says(connection: Connection, name: str, day: float) -> str:
    return words_of(picture(connection, name, replace(SCOPE, as_of=MAY + timedelta(days=day))))


@pytest.mark.req("R3")
def test_orphans_are_named_by_the_customers_words(connection: Connection) -> None:
    room = Lives(connection)
    room.admitted(0, "It came late.")
    issue = room.admitted(5, "It came wet.")
    text = says(connection, "orphans", 9)
    assert text.startswith("Nobody answers for 2 issues") and "“It came late.” 10 days “It came wet.” 5 days" in text
    room.take(issue, "own", 10)
    assert "Nobody answers for 1 issue " in says(connection, "orphans", 11)


@pytest.mark.req("R52", "R53", "R30")
def test_a_card_says_no_action_in_progress_in_plain_words(connection: Connection) -> None:
    room = Lives(connection)
    given.journey(connection)
    issue = room.admitted(0)
    room.take(issue, "own", 1)
    text = says(connection, "issue_cards", 2)
    assert "Lena · Logistics nobody else yet" in text and "no action in progress" in text and "a week’s delay" in text
    room.take(issue, "join", 2)
    room.take(issue, "alleviate", 3, due=2)
    text = says(connection, "issue_cards", 4)
    assert "with Tom" in text and "now a call today, by 6 May" in text and "no action" not in text
    assert "■ overdue" in says(connection, "issue_cards", 9), "a word and a shape, not only a colour"


@pytest.mark.req("R30")
def test_an_issue_past_the_expectation_says_so(connection: Connection) -> None:
    room = Lives(connection)
    room.closed(0, 3)
    room.take(room.admitted(4), "own", 4)
    assert "within what we expect" in says(connection, "issue_cards", 5)
    text = says(connection, "issue_cards", 20)
    assert "older than expected" in text and "1 older than expected" in text and "provisional: 1 closed" in text


@pytest.mark.req("R25", "R26")
def test_what_waits_for_the_customer_stands_with_its_age(connection: Connection) -> None:
    room = Lives(connection)
    issue = room.admitted(0)
    for step in ("own", "alleviate", "decide", "answer"):
        room.take(issue, step, 1)
    assert "1 waiting to be shown “It came late.” Lena 10 days" in says(connection, "awaiting", 10)
    room.take(issue, "present", 11)
    text = says(connection, "awaiting", 30)
    assert "1 customer has seen our answer but not yet said yes or no" in text and "shown to Mrs. Lee 20 days" in text


def test_cards_that_are_left_out_are_counted(connection: Connection) -> None:
    room = Lives(connection)
    for n in range(5):
        room.take(room.admitted(0, f"Number {n}."), "own", 1)
    assert "1 to 3 of 5" in says(connection, "issue_cards", 5)
    room.admitted(0, "Nobody's.")
    assert "1 to 3 of 5 owned" in says(connection, "issue_cards", 5)


def test_solved_and_closed_never_share_a_name(connection: Connection) -> None:
    Lives(connection).closed(0, 3)
    text = says(connection, "two_closings", 40)
    assert "solved by the helpdesk" in text and "not measured" in text and "1 closed by the customers" in text


@pytest.mark.req("R14")
def test_escalation_due_is_said(connection: Connection) -> None:
    Lives(connection).admitted(0, "Stuck.")
    assert "No escalation is due" in says(connection, "escalation", 14)
    text = says(connection, "escalation", 16)
    assert "1 escalation due" in text and "1 due" in text and "“Stuck.”" in text


@pytest.mark.req("R15")
def test_the_five_rules_stand_with_what_is_late(connection: Connection) -> None:
    text = says(connection, "golden_rules", 0)
    assert "Issues come from the customer. Others are not considered." in text and "version 1, the same in every room" in text
    Lives(connection).admitted(0, "Idle.")
    text = says(connection, "golden_rules", 30)
    assert "1 issue is overdue by a golden rule" in text and "Rule 2 “Idle.” nothing alleviates it yet" in text


@pytest.mark.req("R19")
def test_not_from_a_customer_is_counted(connection: Connection) -> None:
    room = Lives(connection)
    room.admitted(0)
    assert "not from a customer: 0" in says(connection, "turned_away", 1)
    before = says(connection, "issue_cards", 5)
    for day in (1, 2, 3):
        room.relayed(day, None)
    assert "not from a customer: 3" in says(connection, "turned_away", 5)
    assert says(connection, "issue_cards", 5) == before


@pytest.mark.req("R132")
def test_a_cause_nobody_owns_up_to_is_named(connection: Connection) -> None:
    room = Lives(connection)
    issue = room.admitted(0)
    for step in ("own", "alleviate", "cause"):
        room.take(issue, step, 1)
    text = says(connection, "causes", 4)
    assert "1 root cause not acknowledged yet" in text and "no van" in text and "has not said yes 4 days" in text
    room.take(issue, "acknowledge", 5)
    assert "Every root cause is acknowledged" in says(connection, "causes", 6)


@pytest.mark.parametrize(("panel", "steps"), [("causes", ("own", "alleviate", "cause")), ("orphans", ())])
def test_what_has_no_room_is_counted_and_never_dropped_in_silence(
    connection: Connection, panel: str, steps: tuple[str, ...]
) -> None:
    room = Lives(connection)
    for _ in range(5):
        issue = room.admitted(0)
        for step in steps:
            room.take(issue, step, 1)
    listed: Any = picture(connection, panel, replace(SCOPE, as_of=MAY + timedelta(days=4)), rows=2).body
    assert len(listed.children) == 2 and getattr(listed, "data-beyond") == "3", "the screen says: and 3 more"
    assert "trim" in listed.className.split(), "the screen counts those that it takes off"
    listed = picture(connection, panel, replace(SCOPE, as_of=MAY + timedelta(days=4)), rows=5).body
    assert len(listed.children) == 5 and not hasattr(listed, "data-beyond")


@pytest.mark.req("R21")
def test_time_to_alleviation_stands_apart_from_the_rest(connection: Connection) -> None:
    room = Lives(connection)
    issue = room.admitted(0)
    for step in ("own", "alleviate", "alleviated"):
        room.take(issue, step, 4)
    text = says(connection, "room_times", 9)
    assert (
        "Half are alleviated within 4.0 days; no customer has answered yet" in text
        and "presented 0 of 1, provisional none yet 1 not yet oldest: 10 days" in text
    )


@pytest.mark.parametrize("name", ALL)
def test_an_empty_room_says_what_to_do(connection: Connection, name: str) -> None:
    text = says(connection, name, 1)
    assert text and "0 %" not in text and "0%" not in text and "nan" not in text.lower()
    Lives(connection)
    assert says(connection, name, 1)
