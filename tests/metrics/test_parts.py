"""The asset by group and by perimeter adds up in each and to the whole; quarters and years sum flows and close stocks."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import Connection, insert

from tests.metrics import given, given_churn_risk
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.long_view import long_view
from wallboard.metrics.milestones import milestones
from wallboard.metrics.parts import customer_parts
from wallboard.metrics.scope import Scope, full_months, last_periods, period_of
from wallboard.store.schema import metric_definition, retention_month

FEBRUARY, APRIL, MAY = date(2026, 2, 10), date(2026, 4, 10), date(2026, 5, 12)


def some(connection: Connection) -> None:
    given.customers(connection, *((f"h{n}", FEBRUARY, "new", 10.0) for n in range(5)), group="Homes")
    given.customers(connection, *((f"o{n}", APRIL, "new", 20.0) for n in range(3)), group="Offices", perimeter="south")
    given.customers(connection, ("h0", MAY, "lost", 10.0), ("h1", APRIL, "lost", 10.0), group="Homes")
    given.customers(connection, ("h1", MAY, "won back", 15.0), group="Homes")


@pytest.mark.req("R37")
@pytest.mark.parametrize("by", ["group", "perimeter"])
@pytest.mark.parametrize("unit", ["month", "quarter"])
def test_the_parts_sum_to_the_whole_and_hold(connection: Connection, scope: Scope, by: str, unit: str) -> None:
    some(connection)
    parts = customer_parts(connection, scope, by=by, unit=unit)
    whole = customer_flow(connection, scope, months=2, unit=unit)[0]
    assert all(row.holds for row in parts) and len(parts) == (1 if unit == "quarter" else 2)
    for column in ("opening", "new", "won_back", "lost", "closing", "opening_value", "closing_value"):
        assert sum(getattr(part, column) for part in parts) == getattr(whole, column), column


def test_a_quarter_sums_flows_and_closes_stocks(connection: Connection, scope: Scope) -> None:
    some(connection)
    flow = customer_flow(connection, replace(scope, fiscal_year_starts=3), months=2, unit="quarter")
    done = flow[0]
    assert (done.period_name, done.period_start, done.period_end) == ("2026-27 Q1", date(2026, 3, 1), date(2026, 5, 31))
    counts = [getattr(done, name) for name in ("opening", "new", "won_back", "lost", "closing", "holds")]
    assert counts == [5, 3, 1, 2, 7, True], "flows of three months summed, the stock of the last one"
    assert (done.opening_value, done.closing_value) == (50.0, 105.0)


@pytest.mark.parametrize(
    ("unit", "starts", "name", "first", "last"),
    [
        ("month", 4, "2026-05", date(2026, 5, 1), date(2026, 5, 31)),
        ("quarter", 1, "2026 Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("quarter", 4, "2026-27 Q1", date(2026, 4, 1), date(2026, 6, 30)),
        ("quarter", 12, "2025-26 Q2", date(2026, 3, 1), date(2026, 5, 31)),
        ("year", 1, "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("year", 7, "2025-26", date(2025, 7, 1), date(2026, 6, 30)),
    ],
)
def test_periods_follow_the_fiscal_year(scope: Scope, unit: str, starts: int, name: str, first: date, last: date) -> None:
    period = period_of(replace(scope, fiscal_year_starts=starts), MAY, unit)
    assert (period.name, period.start, period.end, period.complete) == (name, first, last, last <= scope.last_day)
    several = last_periods(replace(scope, fiscal_year_starts=starts), unit, 5)
    assert len(several) == 5 and all(a.end < b.start for a, b in pairwise(several))


@pytest.mark.req("R186")
def test_ten_years_render_and_a_changed_definition_is_a_break(connection: Connection, scope: Scope) -> None:
    for year in range(2017, 2027):
        given.customers(connection, *((f"{year}-{n}", date(year, 2, 3), "new", 10.0) for n in range(year - 2010)))
    for year in (2018, 2024):
        month = {"month": date(year, 12, 1), "months": 12, "perimeter": "north", "customer_group": "", "customers": 40, "lost": 4}
        money = {"value": 0.0, "expansion": 0.0, "contraction": 0.0, "churn": 0.0, "value_unknown": 0}
        connection.execute(insert(retention_month).values(**month, **money))
    definition = {"metric": "active_customers", "name": None, "definition": None, "priority": True}
    given.loaded(
        connection,
        metric_definition,
        {**definition, "version": 1, "valid_from": date(2017, 1, 1), "formula": "by contract"},
        {**definition, "version": 2, "valid_from": date(2021, 6, 1), "formula": "by household"},
    )
    years = long_view(connection, scope)
    assert [row.period_name for row in years] == [str(year) for year in range(2017, 2027)] and all(row.holds for row in years)
    assert [row.closing for row in years] == [7, 15, 24, 34, 45, 57, 70, 84, 99, 115]
    assert [row.stayed for row in years][1] == 36 and [row.cohort for row in years][7] == 40
    assert [row.changed_on is not None for row in years] == [year == 2021 for year in range(2017, 2027)]
    assert (years[-1].state, years[0].state) == ("incomplete", "complete")


def months_of_losses(connection: Connection, scope: Scope, losses: list[int]) -> None:
    """A base of many, of whom so many leave in each of the last complete months."""
    months = full_months(scope, len(losses))
    base = [(f"c{n}", months[0].start.replace(day=2), "new", 1.0) for n in range(300)]
    left = iter(range(300))
    gone = [
        (f"c{next(left)}", month.start.replace(day=20), "lost", 1.0)
        for month, n in zip(months, losses, strict=True)
        for _ in range(n)
    ]
    given.customers(connection, *base, *gone)
    given_churn_risk.counted(connection)


@pytest.mark.req("R110")
@pytest.mark.parametrize(
    ("newest", "expected"),
    [(4, ["lost_customers", "net_customers", "retention_rate"]), (9, []), (18, [])],
    ids=["a signal", "better, within the limits", "worse, outside the limits"],
)
def test_a_milestone_is_a_signal_and_never_a_wiggle(
    connection: Connection, scope: Scope, newest: int, expected: list[str]
) -> None:
    months_of_losses(connection, scope, [0, *([11, 12] * 8), newest])
    assert [row.metric for row in milestones(connection, scope) if row.metric != "new_customers"] == expected


@pytest.mark.req("R110")
def test_eight_good_months_in_a_row_are_a_milestone(connection: Connection, scope: Scope) -> None:
    months_of_losses(connection, scope, [0, *([9, 15] * 6), 10, 10, 11, 11, 10, 10, 11, 10])
    rows = milestones(connection, scope)
    assert [row.signal for row in rows if row.metric == "lost_customers"] == ["run low"]


def test_a_count_that_hardly_ever_happens_makes_no_milestone(connection: Connection, scope: Scope) -> None:
    """One customer comes back after months in which nobody had left: chance has no range there, "0 to 0" is no usual."""
    months_of_losses(connection, scope, [0] * 19)
    may = full_months(scope, 1)[0].start
    given.customers(connection, ("c0", may.replace(day=3), "lost", 1.0), ("c0", may.replace(day=9), "won back", 1.0))
    given_churn_risk.counted(connection)
    assert "won_back_customers" not in {row.metric for row in milestones(connection, scope)}


def test_a_short_history_has_no_milestone(connection: Connection, scope: Scope) -> None:
    months_of_losses(connection, scope, [0, *([11, 12] * 5), 1])
    assert not milestones(connection, scope)
