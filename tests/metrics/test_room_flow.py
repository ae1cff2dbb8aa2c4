"""The room's flow conserves, its times drop nobody, and its rules are held against every issue."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.examples import at_most
from tests.metrics import cells_of
from tests.metrics.given_room import MAY, Lives
from wallboard.metrics.room_counts import room_summary
from wallboard.metrics.room_flow import room_flow
from wallboard.metrics.room_issues import room_issues
from wallboard.metrics.room_rules import causes_unacknowledged, escalation_ladder, golden_compliance, room_decisions
from wallboard.metrics.room_times import awaiting, room_times
from wallboard.metrics.scope import Scope
from wallboard.records.jargon import Hit, Reading

LIVED = st.lists(
    st.tuples(st.integers(0, 40), st.none() | st.integers(0, 20), st.booleans(), st.sampled_from(("north", "south"))), max_size=5
)


def on(scope: Scope, day: float) -> Scope:
    return replace(scope, as_of=MAY + timedelta(days=day))


@pytest.mark.slow
@pytest.mark.req("R40")
@settings(max_examples=at_most(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@examples(LIVED, st.integers(0, 70))
def test_opening_and_what_came_less_what_went_is_closing(connection: Connection, scope: Scope, lived: list[Any], at: int) -> None:
    inner = connection.begin_nested()
    room, then = Lives(connection), on(scope, at + 0.5)
    for first, took, back, perimeter in lived:
        if took is None:
            room.admitted(first, perimeter=perimeter)
        else:
            issue = room.closed(first, first + took, perimeter=perimeter)
            if back:
                room.take(issue, "reopen", first + took + 1)
    flow = [row for row in room_flow(connection, then, weeks=12) if row.state == "measured"]
    for row in flow:
        opening, admitted, reopened, closed, wip = cells_of([row], "opening", "admitted", "reopened", "closed", "wip")[0]
        assert opening + admitted + reopened - closed == wip
    for earlier, later in pairwise(flow):
        assert earlier.wip == later.opening
    rows = room_issues(connection, then)
    assert (flow[-1].wip if flow else 0) == sum(row.closed_on is None for row in rows) == room_summary(connection, then)[0].open
    parts = [room_summary(connection, then.only(part))[0].open for part in then.perimeters]
    assert sum(parts) == room_summary(connection, then)[0].open
    inner.rollback()


def test_a_reopened_issue_arrives_again(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    issue = room.closed(0, 7)
    room.take(issue, "reopen", 15)
    flow = room_flow(connection, on(scope, 16), weeks=4)
    kept = cells_of(flow, "opening", "admitted", "reopened", "closed", "wip")
    assert kept[-3:] == [[0, 1, 0, 0, 1], [1, 0, 0, 1, 0], [0, 0, 1, 0, 1]]
    assert [week.state for week in flow] == ["not measured", "measured", "measured", "measured"]
    assert {week.departure_rule for week in flow} == {"closed by the customer"}


@pytest.mark.req("R21")
def test_time_to_alleviation_is_the_median_and_the_open_ones_stay(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    for took in (2, 4, 9):
        issue = room.admitted(1)
        for step in ("own", "alleviate", "alleviated"):
            room.take(issue, step, 1 + took)
    room.admitted(5)
    row = room_times(connection, on(scope, 30))[0]
    assert cells_of([row], "milestone", "reached", "median_days", "p85_days")[0] == ["alleviated", 3, 4.0, None], "one waits"
    assert cells_of([row], "not_yet", "oldest_days", "state")[0] == [1, 26, "too few"]
    assert cells_of(room_times(connection, on(scope, 4)), "reached", "not_yet")[0] == [1, 2]


@pytest.mark.req("R25", "R26")
def test_silence_stays_open_with_its_age(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    issue = room.admitted(0)
    for step in ("own", "alleviate", "decide", "answer"):
        room.take(issue, step, 1)
    row = awaiting(connection, on(scope, 9))[0]
    assert cells_of([row], "waits_for", "age_days", "owner")[0] == ["presentation", 9, "Lena"]
    room.take(issue, "present", 10)
    row = awaiting(connection, on(scope, 40))[0]
    assert cells_of([row], "waits_for", "age_days", "to_whom")[0] == ["the customer’s answer", 31, "Mrs. Lee"]
    room.take(issue, "refuse", 41)
    assert not awaiting(connection, on(scope, 42)) and room_issues(connection, on(scope, 42))[0].status == "reopened"


@pytest.mark.req("R14")
def test_an_issue_past_its_level_is_due_until_it_moves_up(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    issue = room.admitted(0)
    room.admitted(10)
    most = scope.ladder[0].max_days
    assert [row.due for row in escalation_ladder(connection, on(scope, most))] == [0, 0, 0]
    assert [row.due for row in escalation_ladder(connection, on(scope, most + 1))] == [1, 0, 0]
    room.take(issue, "escalate", most + 1, level=2)
    ladder = escalation_ladder(connection, on(scope, most + 2))
    assert [row.issues for row in ladder] == [1, 1, 0] and sum(row.due or 0 for row in ladder) == 0
    assert sum(row.issues or 0 for row in ladder) == room_summary(connection, on(scope, most + 2))[0].open


@pytest.mark.req("R132")
def test_a_cause_waits_until_its_function_says_yes(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    issue = room.admitted(0)
    for step in ("own", "alleviate", "cause"):
        room.take(issue, step, 2)
    row = causes_unacknowledged(connection, on(scope, 5))[0]
    assert cells_of([row], "cause", "function", "age_days")[0] == ["no van", "logistics", 4]
    room.take(issue, "acknowledge", 6)
    assert not causes_unacknowledged(connection, on(scope, 7)) and len(causes_unacknowledged(connection, on(scope, 5))) == 1


@pytest.mark.req("R22", "R146")
def test_a_reversed_decision_lowers_what_stands(connection: Connection, scope: Scope) -> None:
    room = Lives(connection)
    scope = replace(scope, small_n=2)
    for _ in range(4):
        issue = room.admitted(0)
        for step in ("own", "alleviate", "decide"):
            room.take(issue, step, 1)
    row = room_decisions(connection, on(scope, 2))[0]
    assert cells_of([row], "decisions", "in_the_room_share", "durable_share")[0] == [4, 1.0, 1.0]
    room.take(issue, "reverse", 3)
    row = room_decisions(connection, on(scope, 4))[0]
    assert cells_of([row], "reversed", "durable_share")[0] == [1, 0.75]
    few = room_decisions(connection, replace(on(scope, 4), small_n=10))[0]
    assert cells_of([few], "durable_share", "state")[0] == [None, "too few"]


@pytest.mark.req("R15")
def test_what_is_late_with_a_golden_rule_is_listed(connection: Connection, scope: Scope) -> None:
    nobody = golden_compliance(connection, scope)
    assert (
        [row.rule for row in nobody] == [1, 2, 3, 4, 5]
        and all(row.issue is None for row in nobody)
        and min(len(row.text) for row in nobody) > 20
    )
    room = Lives(connection)
    lingo, idle = room.admitted(0, "Lingo."), room.admitted(0, "Idle.")
    for step in ("own", "alleviate", "decide"):
        room.take(lingo, step, 1)
    room.take(lingo, "answer", 2, read=Reading((Hit("SKU", "banned term", None),), 50.0))
    room.take(lingo, "present", 3)
    then = {(row.rule, row.words): row.state for row in golden_compliance(connection, on(scope, 10))}
    assert then[1, "Idle."] == "kept" and then[2, "Idle."] == "not yet" and then[3, "Lingo."] == "kept"
    assert then[4, "Lingo."] == "late" and then[5, "Lingo."] == "not yet"
    later = {(row.rule, row.issue): row for row in golden_compliance(connection, on(scope, 40))}
    assert later[2, idle].state == "late" and later[3, idle].evidence == "escalation is due"
    assert (later[5, lingo].state, later[5, lingo].evidence) == ("late", "waiting for the customer’s answer")
