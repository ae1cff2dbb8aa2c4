from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given_bond as given
from wallboard.metrics.bond import bond, bond_trend, flagged_behaviours
from wallboard.metrics.scope import Scope

APRIL, MAY, JUNE = (date(2026, month, 1) for month in (4, 5, 6))


@pytest.mark.req("R77")
def test_customers_who_grow_and_decline_in_the_newest_complete_month(connection: Connection, scope: Scope) -> None:
    given.behaviours(connection, "visits")
    given.counted(connection, "visits", APRIL, 5, 10, 2, 1)
    given.counted(connection, "visits", MAY, 3, 10, 4, 2)
    given.counted(connection, "visits", JUNE, 9, 9, 9, 9)
    row = bond(connection, scope)[0]
    assert (row.period_name, row.growing, row.stable, row.declining, row.new) == ("2026-05", 3, 10, 4, 2)
    assert (row.active, row.holds, row.state) == (19, True, "measured")
    assert (row.net, row.net_before, row.net_change) == (-1, 3, -4)


def test_counts_that_are_not_the_active_base_do_not_hold(connection: Connection, scope: Scope) -> None:
    given.behaviours(connection, "visits")
    given.counted(connection, "visits", MAY, 3, 10, 4, 2, base=20)
    row = bond(connection, scope)[0]
    assert not row.holds and row.active == 20
    assert row.net_before is None and row.net_change is None


def test_a_perimeter_that_delivers_nothing_is_told_apart(connection: Connection, scope: Scope) -> None:
    given.behaviours(connection, "visits")
    given.counted(connection, "visits", MAY, 1, 1, 1, 1)
    given.active(connection, MAY, 7, perimeter="south")
    row = bond(connection, scope)[0]
    assert (row.active, row.elsewhere, row.holds) == (4, 7, True)


def test_nothing_measured_is_no_zero(connection: Connection, scope: Scope) -> None:
    assert not bond(connection, scope) and not flagged_behaviours(connection, scope)
    given.behaviours(connection, "visits", "gifts")
    given.counted(connection, "gifts", JUNE, 1, 1, 1, 1)
    rows = bond(connection, scope)
    assert [row.state for row in rows] == ["not measured", "not measured"]
    assert rows[0].growing is None and rows[1].active is None


def test_the_trend_has_every_month_and_gaps_stay_gaps(connection: Connection, scope: Scope) -> None:
    given.behaviours(connection, "visits")
    given.counted(connection, "visits", date(2026, 3, 1), 1, 2, 3, 4)
    given.counted(connection, "visits", MAY, 4, 3, 2, 1)
    rows = bond_trend(connection, scope, months=3)
    assert [row.period_name for row in rows] == ["2026-03", "2026-04", "2026-05"]
    assert [row.state for row in rows] == ["measured", "not measured", "measured"]
    assert [row.net for row in rows] == [-2, None, 2]


def test_after_the_last_change_the_base_stays_what_it_was(connection: Connection, scope: Scope) -> None:
    given.behaviours(connection, "visits")
    given.counted(connection, "visits", APRIL, 1, 1, 1, 0)
    given.counted(connection, "visits", MAY, 0, 3, 0, 0)
    connection.exec_driver_sql("DELETE FROM customer_month WHERE month = '2026-05-01'")
    assert bond(connection, scope)[0].holds


@pytest.mark.parametrize(("n", "state", "shown"), [(2, "too few", 2), (5, "measured", 5), (6, "too many", 5)])
@pytest.mark.req("R77")
def test_more_than_five_flagged_are_too_many_and_only_five_are_shown(
    connection: Connection, scope: Scope, n: int, state: str, shown: int
) -> None:
    given.behaviours(connection, "quiet", key=False)
    given.behaviours(connection, *(f"b{n}" for n in range(n)))
    rows = flagged_behaviours(connection, scope)
    assert {(row.state, row.flagged) for row in rows} == {(state, n)} and sum(row.shown for row in rows) == shown
    assert [row.behaviour for row in bond(connection, scope)] == [f"b{n}" for n in range(shown)]
