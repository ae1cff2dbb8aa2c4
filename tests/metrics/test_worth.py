"""What left with customers, by stage, against the customer asset itself."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.examples import at_most
from tests.metrics import given, given_worth
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.scope import Scope
from wallboard.metrics.worth import lost_worth

MARCH, MAY, JUNE = date(2026, 3, 10), date(2026, 5, 10), date(2026, 6, 10)


def base(connection: Connection) -> None:
    """Ten customers of 100 since March; reasons in two stages and one in none."""
    given.journey(connection)
    given.reasons(connection, late="It came late", dear="Too dear", moved="I moved")
    given_worth.reason_stages(connection, late="receive", dear="choose")
    given.customers(connection, *((f"c{n}", MARCH, "new", 100.0) for n in range(10)))


def left(connection: Connection, who: str, reason: str, worth: float | None = 100.0, day: date = MAY) -> None:
    fields = {"reason": reason, "reason_source": "customer said" if reason else "unknown"}
    given.customers(connection, (who, day, "lost", worth), fields=fields)


def by_stage(connection: Connection, scope: Scope, **options: Any) -> dict[str, tuple[int | None, float | None]]:
    return {row.stage: (row.customers, row.value) for row in lost_worth(connection, scope, **options)}


@pytest.mark.req("R79")
def test_value_lost_by_stage_with_unattributed_is_the_lost_value_of_the_asset(connection: Connection, scope: Scope) -> None:
    base(connection)
    for who, reason in (("c0", "late"), ("c1", "late"), ("c2", "dear"), ("c3", "moved"), ("c4", "")):
        left(connection, who, reason)
    left(connection, "c5", "late", day=JUNE)
    assert by_stage(connection, scope, months=1) == {"choose": (1, 100), "receive": (2, 200), "leave": (0, 0), "": (2, 200)}
    rows = lost_worth(connection, scope, months=3)
    flow = customer_flow(connection, scope, months=4)
    lost = sum(month.lost_value or 0 for month in flow[:-1])
    assert sum(row.value or 0 for row in rows) == rows[0].total_value == lost == 500
    assert all(row.holds for row in rows) and rows[-1].stage_name == "unattributed"
    assert {row.basis for row in rows} == {"annual recurring"}


def test_a_leaver_of_unknown_value_is_counted_and_said(connection: Connection, scope: Scope) -> None:
    base(connection)
    left(connection, "c0", "late", None)
    left(connection, "c1", "late")
    first = lost_worth(connection, scope, months=1)[0]
    assert (first.total_customers, first.total_value, first.value_unknown) == (2, 100, 1)


def test_stages_that_do_not_sum_to_the_asset_do_not_hold(connection: Connection, scope: Scope) -> None:
    base(connection)
    left(connection, "c0", "late")
    connection.exec_driver_sql("UPDATE reason_day SET value = 99 WHERE kind = 'lost'")
    assert not any(row.holds for row in lost_worth(connection, scope, months=1))


def test_nothing_loaded_nobody_left_and_somebody_left_are_three_things(connection: Connection, scope: Scope) -> None:
    assert {row.state for row in lost_worth(connection, scope)} == {"not measured"}
    assert {row.value for row in lost_worth(connection, scope)} == {None}
    base(connection)
    assert {row.state for row in lost_worth(connection, scope)} == {"no cases"}
    left(connection, "c0", "")
    assert {row.state for row in lost_worth(connection, scope)} == {"measured"}


CENTS = st.integers(1, 10_000_000).map(lambda cents: cents / 100)


@settings(max_examples=at_most(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@examples(st.lists(st.tuples(CENTS, st.sampled_from(["late", "dear", "moved", ""])), min_size=1, max_size=12))
@pytest.mark.slow
def test_it_always_sums_to_the_asset(connection: Connection, scope: Scope, leavers: list[tuple[float, str]]) -> None:
    with connection.begin_nested() as point:
        base(connection)
        given.customers(connection, *((f"d{n}", MARCH, "new", worth) for n, (worth, _) in enumerate(leavers)))
        for n, (worth, reason) in enumerate(leavers):
            left(connection, f"d{n}", reason, worth, day=date(2026, 4 + n % 2, 3))
        rows = lost_worth(connection, scope, months=2)
        lost = sum(month.lost_value or 0 for month in customer_flow(connection, scope, months=3)[:-1])
        assert all(row.holds for row in rows) and abs(sum(row.value or 0 for row in rows) - lost) < 0.005
        point.rollback()
