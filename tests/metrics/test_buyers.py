from datetime import date

from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.buyers import active_buyers
from wallboard.metrics.scope import Scope


def test_buyers_of_complete_months_only_and_a_quiet_month_is_a_zero(connection: Connection, scope: Scope) -> None:
    given.buyers(
        connection,
        (date(2026, 2, 1), "north", 10, 10),
        (date(2026, 2, 1), "south", 5, 5),
        (date(2026, 5, 1), "north", 8, 2),
        (date(2026, 6, 1), "north", 99, 9),
    )
    rows = active_buyers(connection, Scope(scope.as_of, scope.zone, scope.perimeters, lapse_days=45), months=5)
    assert [[row.period_name, row.customers, row.first_seen, row.state] for row in rows] == [
        ["2026-01", None, None, "not measured"],
        ["2026-02", 15, 15, "left-censored"],
        ["2026-03", 0, 0, "left-censored"],
        ["2026-04", 0, 0, "measured"],
        ["2026-05", 8, 2, "measured"],
    ]


def test_a_silent_source_is_not_a_month_without_buyers(connection: Connection, scope: Scope) -> None:
    given.buyers(connection, (date(2026, 2, 1), "north", 10, 10))
    given.buyers(connection, (date(2026, 3, 1), "north", 8, 2), last=date(2026, 3, 20))
    short = Scope(scope.as_of, scope.zone, scope.perimeters, lapse_days=1)
    assert [[row.customers, row.state] for row in active_buyers(connection, short, months=4)] == [
        [10, "left-censored"],
        [8, "incomplete"],
        [None, "not measured"],
        [None, "not measured"],
    ]
    given.buyers(connection, (date(2026, 6, 1), "south", 1, 1))
    assert [row.state for row in active_buyers(connection, short, months=4)][1:] == ["measured"] * 3, "heard of again in June"
    assert [row.customers for row in active_buyers(connection, short, months=4)] == [10, 8, 0, 0]
