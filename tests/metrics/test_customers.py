from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, delete, insert, update

from tests.examples import at_most
from tests.metrics import given
from wallboard.metrics.customers import CountedPeriod, counted_periods, customer_flow
from wallboard.metrics.growth import growth_verdict
from wallboard.metrics.scope import Scope
from wallboard.store.schema import customer_day, customer_event, customer_month, customer_movement, reason_day, undated_loss

MARCH, APRIL, MAY, JUNE = (date(2026, m, 10) for m in (3, 4, 5, 6))


def base(connection: Connection) -> None:
    """Ten customers of 100 each since March."""
    given.customers(connection, *((f"c{n}", MARCH, "new", 100.0) for n in range(10)))


def month(connection: Connection, scope: Scope, name: str) -> CountedPeriod:
    flow = counted_periods(customer_flow(connection, scope, months=6))
    return next(period for period in flow if period.period_name == name)


@pytest.mark.req("R37")
def test_opening_plus_new_plus_won_back_less_lost_is_closing(connection: Connection, scope: Scope) -> None:
    base(connection)
    given.customers(connection, ("c0", APRIL, "lost", 100.0), ("c1", APRIL, "changed", 20.0))
    given.customers(connection, ("c0", MAY, "won back", 80.0), ("d", MAY, "new", 50.0), ("c1", MAY, "lost", 120.0))
    may = month(connection, scope, "2026-05")
    counts = {key: getattr(may, key) for key in ("opening", "new", "won_back", "lost", "closing", "net", "holds", "state")}
    assert counts == {
        "opening": 9, "new": 1, "won_back": 1, "lost": 1, "closing": 10, "net": 1, "holds": True, "state": "complete",
    }  # fmt: skip
    assert (may.opening_value, may.closing_value, may.net_value, may.changed_value) == (920, 930, 10, 0)
    assert (may.new_value, may.won_back_value, may.lost_value) == (50, 80, 120)
    april = month(connection, scope, "2026-04")
    assert (april.closing_value, april.changed_value, april.net_value) == (920, 20, -80), "closing less opening"


def test_months_before_the_first_fact_are_not_measured_and_the_running_one_is_incomplete(
    connection: Connection, scope: Scope
) -> None:
    base(connection)
    flow = customer_flow(connection, scope, months=6)
    assert [row.state for row in flow] == ["not measured", "not measured", "complete", "complete", "complete", "incomplete"]
    assert [row.closing for row in flow] == [None, None, 10, 10, 10, 10], "unmeasured is no zero, a quiet month not unmeasured"


@pytest.mark.req("R37")
@pytest.mark.parametrize("column", [customer_movement.c.customers, customer_month.c.active, customer_month.c.value], ids=str)
def test_a_count_that_the_flow_does_not_know_raises_the_banner(connection: Connection, scope: Scope, column: Column[Any]) -> None:
    base(connection)
    given.customers(connection, ("d", MAY, "new", 5.0))
    assert [row.holds for row in customer_flow(connection, scope, months=4)] == [True, True, True, True]
    connection.execute(update(column.table).where(column.table.c.month == MAY.replace(day=1)).values({column.name: column - 2}))
    holds = [row.holds for row in customer_flow(connection, scope, months=4)]
    assert holds == [True, True, False, True], "what stands at the end of May is not what the flow comes to"


def test_a_month_that_was_not_counted_does_not_hold(connection: Connection, scope: Scope) -> None:
    base(connection)
    given.customers(connection, ("d", MAY, "new", 1.0))
    connection.execute(delete(customer_month).where(customer_month.c.month == APRIL.replace(day=1)))
    assert [row.holds for row in customer_flow(connection, scope, months=4)] == [True, False, True, True]


def test_nobody_at_all_in_the_flow_or_in_the_count_raises_the_banner(connection: Connection, scope: Scope) -> None:
    base(connection)
    connection.execute(delete(customer_month))
    assert [row.holds for row in customer_flow(connection, scope, months=2)] == [False, False]


def test_leaving_twice_raises_the_banner(connection: Connection, scope: Scope) -> None:
    given.customers(connection, ("a", MARCH, "new", 1.0), ("a", APRIL, "lost", 1.0), ("a", MAY, "lost", 1.0))
    assert month(connection, scope, "2026-04").holds is True
    assert month(connection, scope, "2026-05").holds is False


def test_unknown_value_is_counted_and_never_zero(connection: Connection, scope: Scope) -> None:
    base(connection)
    given.customers(connection, ("d", MAY, "new", None))
    may = month(connection, scope, "2026-05")
    assert (may.new, may.new_value, may.value_unknown, may.net_value) == (1, None, 1, None)
    assert growth_verdict(connection, scope)[0].verdict == "not measured"
    june = month(connection, scope, "2026-06")
    assert (june.value_state, june.opening_unknown, june.closing_unknown) == ("in part", 1, 1), "a month later still"


def test_values_that_nobody_knows_are_no_zero_in_any_later_month(connection: Connection, scope: Scope) -> None:
    given.customers(connection, *((f"c{n}", MARCH, "new", None) for n in range(5)), ("d", MAY, "new", None))
    flow = customer_flow(connection, scope, months=4)
    assert {row.value_state for row in flow} == {"not measured"} and {row.net_value for row in flow} == {None}
    assert [row.closing_value for row in flow] == [None] * 4 and [row.closing_unknown for row in flow] == [5, 5, 6, 6]
    row = growth_verdict(connection, scope)[0]
    assert (row.verdict, row.net_customers, row.net_value) == ("not measured", 1, None)


def test_a_part_that_is_known_is_judged_where_it_is_the_larger_part(connection: Connection, scope: Scope) -> None:
    base(connection)
    given.customers(
        connection, ("d", MAY, "new", 5.0), ("e", MAY, "new", 5.0), *((f"u{n}", MARCH, "new", None) for n in range(9))
    )
    row = growth_verdict(connection, scope)[0]
    assert (row.verdict, row.net_value, row.closing_unknown, row.value_state) == ("yes", 10, 9, "in part")
    given.customers(connection, *((f"v{n}", MARCH, "new", None) for n in range(9)))
    assert growth_verdict(connection, scope)[0].verdict == "not measured", "of most it is not known"


def test_those_who_left_on_an_unknown_day_forbid_praise(connection: Connection, scope: Scope) -> None:
    base(connection)
    given.customers(connection, ("d", MAY, "new", 50.0), ("e", MAY, "new", 50.0))
    assert growth_verdict(connection, scope)[0].verdict == "yes"
    gone = {"perimeter": "north", "customer_group": "", "value": 10.0, "value_unknown": 0}
    connection.execute(insert(undated_loss).values(day=MARCH, customers=1, **gone))
    connection.execute(insert(undated_loss).values(day=scope.today, customers=50, **gone))
    row = growth_verdict(connection, scope)[0]
    assert (row.verdict, row.undated) == ("yes", 1), "one cannot turn two round, and who came later is not known yet"
    connection.execute(insert(undated_loss).values(day=APRIL, customers=1, **gone))
    row = growth_verdict(connection, scope)[0]
    assert (row.verdict, row.undated, row.net_customers) == ("not measured", 2, 2)


def test_the_running_month_stands_beside_the_verdict_with_its_day(connection: Connection, scope: Scope) -> None:
    base(connection)
    given.customers(connection, ("d", JUNE, "new", 50.0))
    row = growth_verdict(connection, scope)[0]
    assert (row.period_end, row.closing) == (date(2026, 5, 31), 10)
    assert (row.running_day, row.running_net, row.running_closing) == (scope.last_day, 1, 11)


@pytest.mark.req("R75")
@pytest.mark.parametrize(
    ("events", "verdict", "fell"),
    [
        ((("d", "new", 50.0),), "yes", ""),
        ((("d", "new", 50.0), ("e", "new", 10.0), ("c0", "lost", 100.0)), "not yet", "value"),
        ((("d", "new", 300.0), ("c0", "lost", 100.0), ("c1", "lost", 100.0)), "not yet", "customers"),
        ((("c0", "lost", 100.0),), "no", "customers and value"),
        ((), "no", "customers and value"),
        ((("d", "new", 300.0), ("c0", "lost", 100.0)), "not yet", "customers"),
        ((("c0", "changed", 900.0),), "not yet", "customers"),
    ],
    ids=[
        "both up",
        "value down",
        "customers down",
        "both down",
        "nothing happened",
        "as many came as left",
        "dearer is more value and not more customers",
    ],
)
def test_the_verdict(connection: Connection, scope: Scope, events: Any, verdict: str, fell: str) -> None:
    base(connection)
    given.customers(connection, *((who, MAY, kind, value) for who, kind, value in events))
    rows = growth_verdict(connection, scope)
    assert len(rows) == 1
    row = rows[0]
    assert (row.verdict, row.fell, row.period_name, row.state) == (verdict, fell, "2026-05", "complete")


def test_nothing_loaded_is_no_verdict(connection: Connection, scope: Scope) -> None:
    row = growth_verdict(connection, scope)[0]
    assert (row.verdict, row.closing, row.state) == ("not measured", None, "not measured")


def test_under_the_rule_of_orders_early_months_cannot_tell_who_is_new(connection: Connection, scope: Scope) -> None:
    orders = Scope(scope.as_of, scope.zone, scope.perimeters, rule="orders", lapse_days=45)
    base(connection)
    given.customers(connection, ("c1", MAY, "changed", 30.0), ("c2", MAY, "lost", 100.0))
    flow = customer_flow(connection, orders, months=6)
    assert [row.state for row in flow][2:] == ["left-censored", "left-censored", "complete", "incomplete"]
    verdict = growth_verdict(connection, orders)[0]
    assert (verdict.basis, verdict.state, verdict.value_state) == ("trailing 12m revenue", "complete", "left-censored")
    assert (verdict.verdict, verdict.fell, verdict.net_value) == ("not measured", "", None)
    assert (verdict.net_customers, verdict.closing, verdict.closing_value) == (-1, 9, 930), "what is known stays"
    longer = Scope(scope.as_of, scope.zone, scope.perimeters, rule="orders", lapse_days=90)
    assert growth_verdict(connection, longer)[0].verdict == "not measured"


@pytest.mark.parametrize(("began", "value_state"), [(date(2025, 5, 1), "measured"), (date(2025, 5, 2), "left-censored")])
def test_purchases_of_a_year_are_only_known_after_a_year(
    connection: Connection, scope: Scope, began: date, value_state: str
) -> None:
    orders = Scope(scope.as_of, scope.zone, scope.perimeters, rule="orders", lapse_days=45)
    given.customers(connection, ("a", began, "new", 100.0), ("b", MAY, "new", 30.0))
    may = growth_verdict(connection, orders)[0]
    known = value_state == "measured"
    assert (may.value_state, may.net_value, may.verdict) == (
        value_state,
        30 if known else None,
        "yes" if known else "not measured",
    )
    assert growth_verdict(connection, scope)[0].value_state == "measured", "contracts say their value from the first day"


HISTORY = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 400), st.sampled_from(["north", "south"]), st.integers(0, 900)), max_size=40
)


def lived(history: list[tuple[int, int, str, int]]) -> list[tuple[str, given.Event]]:
    """Random lives: each visit of a customer turns them in or out, or changes what they are worth."""
    start, worth, was = date(2025, 6, 1), dict[str, float](), set[str]()
    events: list[tuple[str, given.Event]] = []
    seen: set[tuple[str, int]] = set()
    for number, after, perimeter, value in sorted(history, key=lambda h: h[1]):
        who, day = f"{perimeter}{number}", start + timedelta(days=after)
        if (who, after) in seen:
            continue
        seen.add((who, after))
        if who in worth and value % 3:
            events.append((perimeter, (who, day, "lost", worth.pop(who))))
        elif who in worth:
            events.append((perimeter, (who, day, "changed", float(value) - worth[who])))
            worth[who] = float(value)
        else:
            events.append((perimeter, (who, day, "won back" if who in was else "new", float(value))))
            worth[who] = float(value)
            was.add(who)
    return events


@pytest.mark.req("R10", "R37")
@settings(max_examples=at_most(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@examples(HISTORY)
def test_nobody_appears_or_vanishes_and_the_parts_sum_to_the_whole(
    connection: Connection, scope: Scope, history: list[tuple[int, int, str, int]]
) -> None:
    for table in (customer_event, customer_day, reason_day, customer_movement, customer_month):
        connection.execute(delete(table))
    for perimeter in ("north", "south"):
        given.customers(connection, *(event for where, event in lived(history) if where == perimeter), perimeter=perimeter)
    whole = customer_flow(connection, scope, months=14)
    parts = [customer_flow(connection, Scope(scope.as_of, scope.zone, (p,)), months=14) for p in scope.perimeters]
    closing = None
    for row in counted_periods(whole):
        assert row.holds
        assert row.opening + row.new + row.won_back - row.lost == row.closing
        moved = (row.new_value or 0) + (row.won_back_value or 0) - (row.lost_value or 0) + row.changed_value
        assert (row.opening_value or 0) + moved == pytest.approx(row.closing_value)
        assert closing in (None, row.opening)
        closing = row.closing
    for column in ("opening", "new", "won_back", "lost", "closing", "closing_value"):
        pieces = [sum(getattr(month, column) or 0 for month in months) for months in zip(*parts, strict=True)]
        assert pieces == pytest.approx([getattr(month, column) or 0 for month in whole])
