"""Tickets as a flow: nothing appears or vanishes, lines never fall, and Little's law speaks only where it holds."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.examples import at_most
from tests.metrics import cells_of
from tests.metrics import given_flow as flow
from wallboard.metrics.flow import ReachedStatus, cumulative_flow, flow_by_day, littles_law, throughput
from wallboard.metrics.scope import Scope
from wallboard.store.schema.flow import OPEN, STATUSES

JUNE = date(2026, 6, 1)
HISTORY = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(STATUSES), st.integers(0, 27)), min_size=1, max_size=30
)  # fmt: skip


def naive(rows: list[flow.Change], day: date) -> tuple[int, int, int]:
    """Arrived and departed on a day, and open at its end, one ticket after the other."""
    arrived = departed = still = 0
    for ticket in {row[0] for row in rows}:
        at_work = False
        for _, status, when in sorted((row for row in rows if row[0] == ticket), key=lambda row: row[2]):
            if when > day:
                break
            was, at_work = at_work, status in OPEN
            arrived += at_work and not was and when == day
            departed += was and not at_work and when == day
        still += at_work
    return arrived, departed, still


def by_status(rows: Iterable[ReachedStatus]) -> dict[str, list[Any]]:
    lines: dict[str, list[Any]] = {}
    for row in rows:
        lines.setdefault(row.status, []).append(row.reached)
    return lines


@pytest.mark.slow
@pytest.mark.req("R40")
@settings(max_examples=at_most(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=HISTORY, second=HISTORY)
def test_opening_and_arrived_less_departed_is_closing_for_every_day(
    connection: Connection, scope: Scope, first: list[tuple[str, str, int]], second: list[tuple[str, str, int]]
) -> None:
    parts = [[(who, status, JUNE + timedelta(days=n)) for who, status, n in part] for part in (first, second)]
    parts[1] = [(who.upper(), status, day) for who, status, day in parts[1]]
    with connection.begin_nested() as undone:
        flow.changes(connection, *parts[0])
        flow.changes(connection, *parts[1], perimeter="south")
        days = flow_by_day(connection, scope, days=29)
        reached = cumulative_flow(connection, scope, weeks=5)
        undone.rollback()
    before = 0
    measured = [day for day in days if day.state == "measured"]
    for day, opening, arrived, departed, closing in cells_of(measured, "day", "opening", "arrived", "departed", "closing"):
        assert opening == before and opening + arrived - departed == closing
        assert (arrived, departed, closing) == naive(parts[0] + parts[1], day)
        before = closing
    known = [row for row in reached if row.reached is not None]
    for counts in by_status(known).values():
        assert counts == sorted(counts)
    for standing in {row.day: [record for record in known if record.day == row.day] for row in known}.values():
        line = [count for status in ("new", *STATUSES[1:5]) for (count,) in [by_status(standing)[status]]]
        assert line == sorted(line, reverse=True) and line[0] - line[-1] == standing[0].open


@pytest.mark.req("R40")
def test_a_ticket_that_comes_back_arrives_again_and_no_line_falls(connection: Connection, scope: Scope) -> None:
    days = [JUNE + timedelta(days=n) for n in (7, 8, 9, 15, 22)]
    steps = ["new", "waiting", "solved", "in work", "solved"]
    flow.changes(connection, *(("a", step, day) for step, day in zip(steps, days, strict=True)))
    weeks = throughput(connection, scope, weeks=4)
    assert [row.arrived for row in weeks] == [1, 1, 0, 0] and [row.departed for row in weeks] == [1, 0, 1, 0]
    assert [row.reopened for row in weeks] == [0, 1, 0, 0] and [row.closing for row in weeks] == [0, 1, 0, 0]
    lines = by_status(cumulative_flow(connection, scope, weeks=4))
    assert lines["new"] == [None, 1, 2, 2, 2] and lines["solved"] == [None, 1, 1, 2, 2]
    assert lines["waiting"] == [None, 1, 1, 2, 2]


def test_a_week_without_any_stays_and_is_zero(connection: Connection, scope: Scope) -> None:
    flow.solved(connection, date(2026, 6, 2), 1)
    weeks = throughput(connection, scope, weeks=6)
    assert [row.departed for row in weeks] == [None, 1, 0, 0, 0, 0] and [row.complete for row in weeks] == [True] * 5 + [False]
    assert weeks[0].state == "not measured"


def test_what_came_before_the_log_is_left_censored(connection: Connection, scope: Scope) -> None:
    flow.changes(connection, ("a", "in work", date(2026, 6, 16)), opened=date(2026, 6, 3))
    states = {day.day: day.state for day in flow_by_day(connection, scope, days=29)}
    assert states[date(2026, 6, 2)] == "not measured" and states[date(2026, 6, 15)] == "left-censored"
    assert states[date(2026, 6, 16)] == "measured"


def test_an_earlier_day_shows_the_past(connection: Connection, scope: Scope) -> None:
    flow.changes(connection, ("a", "new", JUNE), ("a", "solved", date(2026, 6, 20)))
    earlier = Scope(datetime(2026, 6, 20, 9, tzinfo=UTC), ZoneInfo("UTC"), scope.perimeters)
    assert flow_by_day(connection, earlier)[-1].closing == 1
    assert flow_by_day(connection, scope)[-1].closing == 0


def steady(connection: Connection, weeks: int = 20, more: int = 0, shift: timedelta = timedelta()) -> None:
    """Twelve a week, each for five weeks: sixty are open, once it has begun; with `more` of them arriving each week later on."""
    rows: list[flow.Change] = []
    monday = date(2026, 6, 29) + shift - timedelta(days=7 * weeks)
    for week in range(weeks):
        for n in range(12 + (more if week > weeks - 10 else 0)):
            began = monday + timedelta(days=7 * week + n % 7)
            rows += [(f"{week}-{n}", "new", began), (f"{week}-{n}", "solved", began + timedelta(days=35))]
    flow.changes(connection, *rows)


def test_littles_law_gives_five_weeks_for_sixty_open_and_twelve_a_week(connection: Connection, scope: Scope) -> None:
    steady(connection)
    row = littles_law(connection, scope, weeks=12)[0]
    assert (row.state, row.why, row.throughput, row.weeks) == ("measured", "", 12, 5.0)
    assert row.average_open == 60


def test_littles_law_is_silent_where_it_does_not_hold(connection: Connection, scope: Scope) -> None:
    assert littles_law(connection, scope)[0].state == "not measured"
    steady(connection, more=6)
    row = littles_law(connection, scope, weeks=12)[0]
    assert (row.state, row.weeks) == ("not stable", None) and "more arrived than were solved" in row.why


def test_a_solution_without_a_start_is_counted_apart(connection: Connection, scope: Scope) -> None:
    flow.changes(connection, ("a", "closed by the helpdesk", JUNE + timedelta(days=20)))
    days = cells_of(flow_by_day(connection, scope), "arrived", "departed", "unstarted")
    assert [sum(count or 0 for count in counts) for counts in zip(*days, strict=True)] == [0, 0, 1]
