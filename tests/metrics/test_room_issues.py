"""The room's issues as any instant saw them: who, what now, how old, what waiting costs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import cells_of, given, given_worth
from tests.metrics.given_room import MAY, Lives
from wallboard.metrics.room_counts import room_summary, turned_away
from wallboard.metrics.room_issues import AdmittedIssue, orphans, room_issues
from wallboard.metrics.room_lives import Expectation
from wallboard.metrics.scope import Scope


def on(scope: Scope, day: float) -> Scope:
    return replace(scope, as_of=MAY + timedelta(days=day))


@pytest.mark.req("R3")
def test_an_issue_without_an_owner_is_an_orphan_until_somebody_answers_for_it(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    young, old = room.admitted(20, "Second."), room.admitted(2, "First.")
    room.admitted(3, "Elsewhere.", perimeter="south")
    rows = orphans(connection, on(scope, 30))
    assert [row.words for row in rows] == ["First.", "Elsewhere.", "Second."], "the oldest first"
    assert [row.age_days for row in rows] == [29, 28, 11], "today counts: never 0"
    assert [row.words for row in orphans(connection, on(scope, 30).only("south"))] == ["Elsewhere."]
    room.take(old, "own", 31)
    assert old not in [row.issue for row in orphans(connection, on(scope, 32))]
    assert old in [row.issue for row in orphans(connection, on(scope, 30))], "then it was one"
    assert young in [row.issue for row in orphans(connection, on(scope, 32))]


@pytest.mark.req("R52", "R53", "R30")
def test_a_card_says_who_is_on_it_what_is_done_and_what_comes_next(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    given.journey(connection)
    issue = room.admitted(1)
    assert cells_of([_row(connection, on(scope, 2))], "owner", "doing", "status")[0] == [None, None, "nobody answers for it"]
    room.take(issue, "own", 3)
    room.take(issue, "join", 3)
    room.take(issue, "alleviate", 4, due=2)
    row = _row(connection, on(scope, 5))
    assert (row.owner, row.function, row.contributors, row.doing, row.doing_by) == (
        "Lena", "Logistics", "Tom", "a call today", "Tom",
    )  # fmt: skip
    assert (row.due_on, row.overdue, row.next_step) == (date(2026, 5, 7), False, "decide in the room")
    assert _row(connection, on(scope, 9)).overdue
    room.take(issue, "alleviated", 9)
    assert cells_of([_row(connection, on(scope, 10))], "doing", "status")[0] == [None, "alleviated"]
    room.take(issue, "plan", 11, due=40)
    assert _row(connection, on(scope, 12)).doing == "a new van"


def _row(connection: Connection, scope: Scope) -> AdmittedIssue:
    return room_issues(connection, scope)[0]


def test_status_follows_the_customer_and_not_the_room(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    issue = room.admitted(0)
    statuses = []
    for day, step in enumerate(
        ("own", "alleviate", "alleviated", "decide", "reverse", "decide", "answer", "present", "refuse", "answer", "present",
         "accept", "reopen"),
        1,
    ):  # fmt: skip
        room.take(issue, step, day)
        statuses.append(_row(connection, on(scope, day)).status)
    assert statuses == [
        "somebody answers for it", "being alleviated", "alleviated", "decided", "alleviated", "decided", "answered", "presented",
        "reopened", "answered", "presented", "closed by the customer", "reopened",
    ]  # fmt: skip
    assert _row(connection, on(scope, 20)).age_days == 21, "the clock goes on from the first start"
    assert _row(connection, on(scope, 6)).status == "decided", "an earlier instant sees the past"


@pytest.mark.req("R30")
def test_an_age_is_held_against_what_the_closed_ones_took(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    for days in (1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 12, 14, 15, 21, 33):
        room.closed(0, days - 1)
    young, older, oldest = (room.admitted(60 - age) for age in (5, 14, 15))
    by_issue = {row.issue: row for row in room_issues(connection, on(scope, 60))}
    assert {(row.expectation_days, row.provisional) for row in by_issue.values()} == {(15, False)}
    states = [by_issue[issue].age_state for issue in (young, older, oldest)]
    assert states == ["within what we expect", "older than half took", "older than expected"]
    summary = room_summary(connection, on(scope, 60))[0]
    assert cells_of([summary], "open", "orphans", "beyond", "closed", "state")[0] == [3, 3, 1, 15, "measured"]


def test_without_a_closed_one_nothing_is_expected(connection: Connection, scope: Scope) -> None:
    assert room_summary(connection, scope)[0].state == "not measured"
    room = Lives(connection)
    assert room_summary(connection, scope)[0].state == "no cases"
    room.admitted(1)
    assert cells_of([_row(connection, scope)], "expectation_days", "age_state", "provisional")[0] == [
        None, "no expectation yet", True,
    ]  # fmt: skip
    assert Expectation(10, 3, 9).provisional and not Expectation(11, 3, 9).provisional


@pytest.mark.req("R30")
def test_a_weeks_delay_costs_the_contacts_of_its_kind(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    given.journey(connection)
    room.admitted(10, issue_type="late")
    room.admitted(11, issue_type="bill")
    room.admitted(12)
    given_worth.contacts(connection, date(2026, 5, 1), "late", 91, 4.0)
    at_end = replace(scope, as_of=datetime(2026, 6, 30, 9, tzinfo=UTC))
    days = (date(2026, 5, 31) - date(2026, 3, 1)).days + 1
    rows = room_issues(connection, at_end)
    assert rows[0].week_cost == pytest.approx(91 * 4.0 / days * 7)
    assert rows[0].week_contacts == pytest.approx(91 / days * 7)
    assert [row.cost_state for row in rows] == ["measured", "no cases", "unclassified"]
    assert [row.week_cost for row in rows[1:]] == [None, None]


@pytest.mark.req("R19")
def test_what_is_turned_away_is_counted_and_is_no_issue(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    room.admitted(1)
    before = room_summary(connection, scope)
    for day in (2, 3, 4):
        assert room.relayed(day, None)[1] == "not from a customer"
    assert room.relayed(5, functions=("shop",))[1] == "single function"
    counts = {row.verdict: row.intakes for row in turned_away(connection, scope)}
    assert counts["not from a customer"] == 3 and counts["single function"] == 1 and counts["trivial"] == 0
    assert room_summary(connection, scope) == before
    assert sum(row.intakes for row in turned_away(connection, on(scope, 3.5))) == 2
