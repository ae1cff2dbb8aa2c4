"""First-time fix by month with its window, what nobody said, and what a better call would save."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from wallboard.metrics.savings import failure_visit_saving
from wallboard.metrics.scope import Scope
from wallboard.metrics.visits import VisitMonth, visit_months
from wallboard.store.schema import visit_day


def visited(connection: Connection, day: date, **counts: Any) -> None:
    none = dict.fromkeys(
        (column.name for column in visit_day.columns if column.name not in ("day", "perimeter", "touchpoint")), 0
    )
    where = {"day": day, "perimeter": "north", "touchpoint": "home"}
    connection.execute(insert(visit_day).values(**{**none, "minutes": 0.0, **where, **counts}))


def may(connection: Connection, scope: Scope) -> VisitMonth:
    return next(row for row in visit_months(connection, scope) if row.month == date(2026, 5, 1))


@pytest.mark.req("R134")
def test_a_job_whose_days_have_not_passed_is_in_no_share(connection: Connection, scope: Scope) -> None:
    visited(connection, date(2026, 5, 10), jobs=40, fixed_first=30, returns=12, visits=52, no_access=3, minutes=3000.0, timed=50)
    visited(connection, date(2026, 5, 30), jobs=9, fixed_first=9, visits=9)
    row = may(connection, scope)
    assert (row.jobs, row.young, row.fixed_first, row.returns, row.state) == (40, 9, 30, 12, "measured")
    assert row.first_time_fix == 0.75 and row.low and round(row.low, 3) == 0.598
    assert (row.visits, row.no_access, row.customer_hours) == (61, 3, 50.0)
    months = {row.month.month: row.state for row in visit_months(connection, scope)}
    assert months[4] == "not measured", "nobody had told of a visit in April yet"


@pytest.mark.req("R134")
def test_too_few_and_all_young_are_two_things(connection: Connection, scope: Scope) -> None:
    visited(connection, date(2026, 4, 10), jobs=4, fixed_first=4)
    visited(connection, date(2026, 5, 31), jobs=30, fixed_first=30)
    states = {row.month.month: (row.state, row.first_time_fix) for row in visit_months(connection, scope)}
    assert states[4] == ("too few", None) and states[5] == ("incomplete", None)


@pytest.mark.req("R133")
def test_unknown_is_not_complete(connection: Connection, scope: Scope) -> None:
    visited(connection, date(2026, 5, 10), visits=50, informed=30, informed_known=40, equipped=20, equipped_known=40)
    row = may(connection, scope)
    assert (row.informed, row.informed_known, row.equipped, row.equipped_known, row.visits) == (30, 40, 20, 40, 50)


def test_the_worked_example_saves_14_000() -> None:
    pounds = failure_visit_saving(faults=1000, before=0.20, after=0.10, visit=150, extra=1)
    assert [round(value, 6) for value in (pounds.saved, pounds.spent, pounds.net, pounds.break_even)] == [
        15_000,
        1_000,
        14_000,
        15,
    ]
    assert round(failure_visit_saving(1000, 0.20, 0.10, 225, 22.5).net, 6) == 0, "in dollars it breaks even at 22.50 a call"
