from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import Connection, delete

from tests.examples import at_most
from tests.metrics import cells_of, given
from wallboard.metrics.issues import issue_flow, open_ages, open_complaints, open_summary
from wallboard.metrics.scope import Scope
from wallboard.store.schema import complaint_day, complaint_month, voice, voice_day

MONDAY = date(2026, 6, 15)


@pytest.mark.req("R40")
def test_complaints_arrive_depart_and_stay_open(connection: Connection, scope: Scope) -> None:
    given.complaints(
        connection,
        {"day": MONDAY},
        {"day": MONDAY, "solved_day": date(2026, 6, 23)},
        {"day": date(2026, 6, 22), "perimeter": "south"},
        {"day": MONDAY, "complaint": False},
    )
    flow = issue_flow(connection, scope, weeks=4)
    assert cells_of(flow, "week_name", "opening", "arrived", "departed", "wip", "complete", "state") == [
        ["2026-W24", None, None, None, None, True, "not measured"],
        ["2026-W25", 0, 2, 0, 2, True, "measured"],
        ["2026-W26", 2, 1, 1, 2, True, "measured"],
        ["2026-W27", 2, 0, 0, 2, False, "measured"],
    ]
    assert {row.departure_rule for row in flow} == {"solved by the source"}


CASES = st.lists(
    st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 40)), st.sampled_from(["north", "south"])), max_size=30
)


@pytest.mark.slow
@pytest.mark.req("R10", "R40")
@settings(max_examples=at_most(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@examples(CASES)
def test_what_is_open_is_what_came_less_what_went_on_every_day(connection: Connection, scope: Scope, cases: list[Any]) -> None:
    for table in (voice, voice_day, complaint_day, complaint_month):
        connection.execute(delete(table))
    start = date(2026, 4, 27)
    lived = [(start + timedelta(days=d), None if t is None else start + timedelta(days=d + t), p) for d, t, p in cases]
    if lived:
        given.complaints(connection, *({"day": d, "solved_day": s, "perimeter": p} for d, s, p in lived))
    for back in range(0, 64, 7):
        then = Scope(scope.as_of - timedelta(days=back), scope.zone, scope.perimeters)
        day = then.last_day
        truly = sum(came <= day and (went is None or went > day) for came, went, _ in lived)
        flow = issue_flow(connection, then, weeks=12)
        measured = [week for week in flow if week.state == "measured"]
        for opening, arrived, departed, wip in cells_of(measured, "opening", "arrived", "departed", "wip"):
            assert opening + arrived - departed == wip
        if len(measured):
            summary = open_summary(connection, then)[0]
            assert measured[-1].wip == summary.open == truly
            parts = [issue_flow(connection, Scope(then.as_of, then.zone, (p,)), weeks=12) for p in then.perimeters]
            assert sum(next((week.wip for week in reversed(part) if week.wip is not None), 0) for part in parts) == truly


@pytest.mark.req("R52", "R53")
def test_open_complaints_say_who_is_on_them_and_what_is_done(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(
        connection,
        {"day": date(2026, 5, 1)},
        {"day": date(2026, 6, 29), "words": "Where is it?", "issue_type": "late", "touchpoint": "parcel", "stage": "receive",
         "owner": "ana", "doing": "Calling the carrier", "next_step": "Tell the customer"},
        {"day": date(2026, 6, 20), "words": "Broken!", "owner": "Bo of the night shift"},
        {"day": date(2026, 6, 20), "words": "Solved long ago", "solved_day": date(2026, 6, 21)},
    )  # fmt: skip
    rows = open_complaints(connection, scope)
    assert [row.words for row in rows] == ["Broken!", "Where is it?", None], (
        "the oldest first, but those with words before those without"
    )
    assert [row.age_days for row in rows] == [11, 2, 61], "today counts: never 0"
    broken, late, _ = rows
    assert (broken.owner, broken.function, broken.doing) == ("Bo of the night shift", None, None)
    assert (late.owner, late.function, late.doing, late.next_step) == (
        "Ana Silva", "Logistics", "Calling the carrier", "Tell the customer",
    )  # fmt: skip
    assert (late.wording, late.stage_name, late.touchpoint_name) == (
        "My order is late",
        "I get my order",
        "The parcel arrives",
    )


def test_the_summary_counts_what_nobody_owns(connection: Connection, scope: Scope) -> None:
    given.complaints(
        connection,
        *({"day": scope.last_day - timedelta(days=n), "owner": "x" if n % 2 else ("" if n else None)} for n in range(5)),
    )
    row = open_summary(connection, scope)[0]
    assert cells_of([row], "open", "without_owner", "oldest_age_days", "median_age_days", "state")[0] == [5, 3, 6, 4, "measured"]
    assert cells_of(open_ages(connection, scope), "weeks", "complaints", "without_owner") == [[1, 5, 3]]


def test_none_open_is_not_nothing_loaded(connection: Connection, scope: Scope) -> None:
    assert cells_of(open_summary(connection, scope), "open", "state")[0] == [None, "not measured"]
    given.complaints(connection, {"day": MONDAY, "solved_day": MONDAY})
    assert cells_of(open_summary(connection, scope), "open", "state")[0] == [0, "no cases"]


def test_what_is_solved_later_was_open_then(connection: Connection, scope: Scope) -> None:
    given.complaints(connection, {"day": MONDAY, "words": "Help", "solved_day": date(2026, 6, 25)})
    then = Scope(scope.as_of - timedelta(days=7), scope.zone, scope.perimeters)
    assert [row.words for row in open_complaints(connection, then)] == ["Help"]
    assert not open_complaints(connection, scope)


def test_a_silent_source_is_not_a_week_without_complaints(connection: Connection, scope: Scope) -> None:
    given.complaints(connection, {"day": date(2026, 6, 3)}, {"day": date(2026, 5, 20), "solved_day": date(2026, 6, 9)})
    states = cells_of(issue_flow(connection, scope, weeks=5), "arrived", "state")
    assert states == [[1, "measured"], [0, "measured"], *[[None, "not measured"]] * 3]
    given.complaints(connection, {"day": date(2026, 6, 28), "complaint": False, "perimeter": "elsewhere"})
    states = cells_of(issue_flow(connection, scope, weeks=5), "arrived", "state")
    assert states == [[1, "measured"], *[[0, "measured"]] * 4], "the source was heard of elsewhere, so this is a quiet time"
