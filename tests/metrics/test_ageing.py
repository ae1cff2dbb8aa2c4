"""How long tickets took, and how old the open ones are beside that."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from tests.examples import at_most
from tests.metrics import given_flow as flow
from tests.metrics.test_flow_statistics import SLE
from wallboard.loaders.counting.lives import lives
from wallboard.loaders.facts.tickets import add
from wallboard.metrics.ageing import ageing_summary, ageing_wip
from wallboard.metrics.cycle_times import cycle_time_classes, cycle_times
from wallboard.metrics.scope import Scope
from wallboard.store.schema import ticket_open
from wallboard.store.schema.flow import OPEN, STATUSES

SOLVED = date(2026, 6, 24)
TODAY = date(2026, 6, 30)


@pytest.mark.req("R40")
def test_what_a_customer_may_expect_is_the_nearest_rank(connection: Connection, scope: Scope) -> None:
    flow.solved(connection, SOLVED, *SLE)
    expected = cycle_times(connection, scope)[0]
    assert (expected.p50, expected.p85, expected.p95, expected.finished) == (6, 15, 33, 15)
    assert not expected.provisional and expected.state == "measured"
    classes = cycle_time_classes(connection, scope)
    assert sum(row.tickets for row in classes) == 15 and classes[0].from_days == 1


def test_under_eleven_it_is_provisional_and_without_any_there_is_none(connection: Connection, scope: Scope) -> None:
    assert cycle_times(connection, scope)[0].state == "not measured"
    flow.solved(connection, SOLVED, *SLE[:10])
    row = cycle_times(connection, scope)[0]
    assert (row.provisional, row.state, row.finished) == (True, "too few", 10)
    none = cycle_times(connection, scope.only("south"))[0]
    assert (none.state, none.p85) == ("not measured", None)


def test_solved_on_the_first_day_is_one_day_and_a_reopened_clock_runs_on(connection: Connection, scope: Scope) -> None:
    first, again = date(2026, 6, 3), date(2026, 6, 24)
    flow.changes(connection, ("a", "new", first), ("a", "solved", first), ("a", "in work", SOLVED), ("a", "solved", again))
    assert sum(row.tickets for row in cycle_time_classes(connection, scope)) == 2
    times = cycle_times(connection, scope)[0]
    assert (times.p50, times.longest) == (1, 22)


@pytest.mark.req("R40")
def test_open_ones_stand_by_status_and_age_against_the_solved(connection: Connection, scope: Scope) -> None:
    flow.solved(connection, SOLVED, *SLE)
    ages = {"x": (40, "waiting"), "y": (16, "in work"), "z": (6, "in work"), "q": (7, "new")}
    flow.changes(connection, *((who, status, TODAY - timedelta(days=age - 1)) for who, (age, status) in ages.items()))
    rows = ageing_wip(connection, scope)
    assert [(row.status, row.oldest_days, row.band) for row in rows] == [
        ("new", 7, "within 85"), ("in work", 6, "within half"), ("in work", 16, "within 95"), ("waiting", 40, "beyond 95"),
    ]  # fmt: skip
    summary = ageing_summary(connection, scope)[0]
    assert (summary.open, summary.beyond_85, summary.beyond_95, summary.oldest_days) == (4, 2, 1, 40)


HISTORY = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(STATUSES), st.integers(0, 60)), min_size=1, max_size=25)


@pytest.mark.slow
@settings(max_examples=at_most(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY, before=st.integers(0, 40))
def test_ages_as_of_any_day_are_those_of_each_ticket(
    connection: Connection, scope: Scope, history: list[tuple[str, str, int]], before: int
) -> None:
    rows = [(who, status, date(2026, 4, 30) + timedelta(days=n)) for who, status, n in history]
    then = Scope(datetime(2026, 6, 30, 9, tzinfo=UTC) - timedelta(days=before), ZoneInfo("UTC"), scope.perimeters)
    with connection.begin_nested() as undone:
        flow.changes(connection, *rows)
        ages = ageing_wip(connection, then)
        undone.rollback()
    standing = []
    for ticket in {row[0] for row in rows}:
        mine = [row for row in sorted(rows, key=lambda row: row[2]) if row[0] == ticket and row[2] <= then.last_day]
        if mine and mine[-1][1] in OPEN:
            began = next(day for _, status, day in mine if status in OPEN)
            standing.append((mine[-1][1], (then.today - began).days + 1))
    oldest = {status: max(age for at, age in standing if at == status) for status, _ in standing}
    assert sum(row.tickets for row in ages) == len(standing)
    assert {
        status: max(step.oldest_days for step in ages if step.status == status) for status in {step.status for step in ages}
    } == oldest
    assert sum(row.average_days * row.tickets for row in ages) == pytest.approx(sum(age for _, age in standing))


def test_very_old_ones_are_at_least_so_old_and_leave_when_they_are_solved(connection: Connection, scope: Scope) -> None:
    began = TODAY - timedelta(days=699)
    rows: list[flow.Change] = []
    for n in range(40):
        rows += [(f"old-{n}", "new", began + timedelta(days=3 * n)), (f"old-{n}", "in work", TODAY - timedelta(days=9 + n % 20))]
    flow.changes(connection, *rows)
    assert sum(row.tickets for row in ageing_wip(connection, scope)) == 40
    summary = ageing_summary(connection, scope)[0]
    assert summary.oldest_days in range(673, 701) and summary.at_least
    each = lives(flow.frame(rows))
    late = [
        row for n in range(39) for row in (*rows[2 * n : 2 * n + 2], (f"old-{n}", "solved", TODAY - timedelta(days=4 - n % 3)))
    ]
    add(connection, lives(flow.frame(late + rows[78:])).less(each))
    assert [row.tickets for row in ageing_wip(connection, scope)] == [1]


@pytest.mark.slow
@settings(max_examples=at_most(4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY, portions=st.lists(st.integers(0, 60), max_size=3))
def test_who_is_open_is_kept_alike_in_however_many_portions_events_come(
    connection: Connection, history: list[tuple[str, str, int]], portions: list[int]
) -> None:
    rows = [(who, status, date(2026, 4, 30) + timedelta(days=n)) for who, status, n in sorted(history, key=lambda row: row[2])]
    kept = []
    for ends in ([], sorted(portions)):
        with connection.begin_nested() as undone:
            known: list[flow.Change] = []
            for end in [*(date(2026, 4, 30) + timedelta(days=n) for n in ends), date.max]:
                now = [row for row in rows if row[2] <= end]
                add(connection, lives(flow.frame(now)).less(lives(flow.frame(known))))
                known = now
            kept.append(connection.execute(select(ticket_open).order_by(*ticket_open.primary_key)).all())
            undone.rollback()
    assert kept[0] == kept[1]
