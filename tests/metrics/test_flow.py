"""Tickets as a flow: nothing appears or vanishes, lines never fall, and Little's law speaks only where it holds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.metrics import given_flow as flow
from wallboard.metrics.flow import cumulative_flow, flow_by_day, littles_law, throughput
from wallboard.metrics.frames import rows_of
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


@pytest.mark.req("R40")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    for row in rows_of(days[days["state"] == "measured"]):
        assert row["opening"] == before and row["opening"] + row["arrived"] - row["departed"] == row["closing"]
        assert (row["arrived"], row["departed"], row["closing"]) == naive(parts[0] + parts[1], row["day"])
        before = row["closing"]
    known = reached[reached["reached"].notna()]
    for _, line in known.groupby("status"):
        assert line["reached"].is_monotonic_increasing
    for _, one in known.groupby("day"):
        lines = [one[one["status"] == status]["reached"].item() for status in ("new", *STATUSES[1:5])]
        assert lines == sorted(lines, reverse=True) and lines[0] - lines[-1] == one["open"].iloc[0]


@pytest.mark.req("R40")
def test_a_ticket_that_comes_back_arrives_again_and_no_line_falls(connection: Connection, scope: Scope) -> None:
    days = [JUNE + timedelta(days=n) for n in (7, 8, 9, 15, 22)]
    steps = ["new", "waiting", "solved", "in work", "solved"]
    flow.changes(connection, *(("a", step, day) for step, day in zip(steps, days, strict=True)))
    weeks = throughput(connection, scope, weeks=4)
    assert weeks["arrived"].tolist() == [1, 1, 0, 0] and weeks["departed"].tolist() == [1, 0, 1, 0]
    assert weeks["reopened"].tolist() == [0, 1, 0, 0] and weeks["closing"].tolist() == [0, 1, 0, 0]
    found = cumulative_flow(connection, scope, weeks=4)
    lines = {status: part["reached"].tolist() for status, part in found.groupby("status")}
    assert lines["new"] == [None, 1, 2, 2, 2] and lines["solved"] == [None, 1, 1, 2, 2]
    assert lines["waiting"] == [None, 1, 1, 2, 2]


def test_a_week_without_any_stays_and_is_zero(connection: Connection, scope: Scope) -> None:
    flow.solved(connection, date(2026, 6, 2), 1)
    weeks = throughput(connection, scope, weeks=6)
    assert weeks["departed"].tolist() == [None, 1, 0, 0, 0, 0] and weeks["complete"].tolist() == [True] * 5 + [False]
    assert weeks["state"].tolist()[0] == "not measured"


def test_what_came_before_the_log_is_left_censored(connection: Connection, scope: Scope) -> None:
    flow.changes(connection, ("a", "in work", date(2026, 6, 16)), opened=date(2026, 6, 3))
    states = flow_by_day(connection, scope, days=29).set_index("day")["state"]
    assert states[date(2026, 6, 2)] == "not measured" and states[date(2026, 6, 15)] == "left-censored"
    assert states[date(2026, 6, 16)] == "measured"


def test_an_earlier_day_shows_the_past(connection: Connection, scope: Scope) -> None:
    flow.changes(connection, ("a", "new", JUNE), ("a", "solved", date(2026, 6, 20)))
    earlier = Scope(datetime(2026, 6, 20, 9, tzinfo=UTC), ZoneInfo("UTC"), scope.perimeters)
    assert flow_by_day(connection, earlier)["closing"].iloc[-1] == 1
    assert flow_by_day(connection, scope)["closing"].iloc[-1] == 0


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
    found = littles_law(connection, scope, weeks=12).iloc[0]
    assert (found["state"], found["why"], found["throughput"], found["weeks"]) == ("measured", "", 12, 5.0)
    assert found["average_open"] == 60


def test_littles_law_is_silent_where_it_does_not_hold(connection: Connection, scope: Scope) -> None:
    assert littles_law(connection, scope).iloc[0]["state"] == "not measured"
    steady(connection, more=6)
    found = littles_law(connection, scope, weeks=12).iloc[0]
    assert (found["state"], found["weeks"]) == ("not stable", None) and "more arrived than were solved" in found["why"]


def test_a_solution_without_a_start_is_counted_apart(connection: Connection, scope: Scope) -> None:
    flow.changes(connection, ("a", "closed by the helpdesk", JUNE + timedelta(days=20)))
    found = flow_by_day(connection, scope)
    assert (found["arrived"].sum(), found["departed"].sum(), found["unstarted"].sum()) == (0, 0, 1)
