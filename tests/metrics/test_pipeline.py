from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, update

from tests.metrics import given_pipeline as given
from wallboard.metrics.pipeline import tier_actions, tier_moves, tiers
from wallboard.metrics.profit import group_profit, whale
from wallboard.metrics.scope import Scope
from wallboard.store.schema import tier_month, tier_move

MAY, FEBRUARY = given.MAY, given.FEBRUARY
STOCK = (("gold", 5, 900.0, "Homes"), ("iron", 20, 400.0, "Homes"), ("lead", 4, -60.0, "Offices"), ("", 2, -10.0, ""))


def base(connection: Connection, months: int = 15) -> None:
    given.rules(connection)
    given.money(connection, months)
    given.stands(connection, MAY, *STOCK, ("out", 9, 70.0, "Homes"))
    given.active(connection, MAY, 31)


@pytest.mark.req("R32")
def test_tiers_are_all_customers_and_cost_of_nobody_has_a_row_of_its_own(connection: Connection, scope: Scope) -> None:
    base(connection)
    tier_rows = tiers(connection, scope)
    rows = {row.kind + row.tier: row for row in tier_rows}
    assert list(rows) == ["tiergold", "tieriron", "tierlead", "no money", "leftout", "unallocated-"]
    assert [row.customers for row in tier_rows] == [5, 20, 4, 2, 9, 0]
    assert [row.profit for row in tier_rows] == [900, 400, -60, -10, 70, -100], "unallocated cost of both perimeters"
    assert {row.holds for row in tier_rows} == {True} and {row.state for row in tier_rows} == {"complete"}
    assert rows["tiergold"].share == pytest.approx(5 / 31) and rows["leftout"].share is None
    connection.execute(update(tier_month).where(tier_month.c.tier == "lead").values(customers=3))
    assert {row.holds for row in tiers(connection, scope)} == {False}


def test_a_tier_without_anybody_is_a_zero_and_no_money_is_no_row(connection: Connection, scope: Scope) -> None:
    assert not (*tiers(connection, scope), *whale(connection, scope), *group_profit(connection, scope))
    given.rules(connection)
    given.money(connection, 12)
    rows = tiers(connection, scope)
    assert [(row.tier, row.customers, row.share) for row in rows] == [
        ("gold", 0, None), ("iron", 0, None), ("lead", 0, None), ("-", 0, None)
    ]  # fmt: skip


@pytest.mark.parametrize(("north", "south"), [(12, 11), (11, 12), (12, 0)])
def test_a_month_that_was_not_delivered_somewhere_makes_the_twelve_incomplete(
    connection: Connection, scope: Scope, north: int, south: int
) -> None:
    given.money(connection, north, ("north",))
    if south:
        given.money(connection, south, ("south",))
    assert {row.state for row in tiers(connection, scope)} == {"incomplete"}


def test_the_month_is_the_last_one_that_everybody_has_delivered(connection: Connection, scope: Scope) -> None:
    given.money(connection, 14, ("north",))
    given.money(connection, 13, ("south",), last=1)
    rows = tiers(connection, scope)
    assert {row.month for row in rows} == {given.month(1)} and {row.state for row in rows} == {"complete"}


def test_an_earlier_instant_sees_the_past_and_its_rule(connection: Connection) -> None:
    base(connection)
    given.rules(connection, date(2026, 5, 2), gold=500.0)
    now = Scope(datetime(2026, 6, 30, 9, tzinfo=UTC), ZoneInfo("UTC"), ("north", "south"))
    before = Scope(datetime(2026, 5, 31, 9, tzinfo=UTC), ZoneInfo("UTC"), ("north", "south"))
    assert next((row.month, row.at_least) for row in tiers(connection, now)) == (MAY, 500.0)
    assert next((row.month, row.at_least) for row in tiers(connection, before)) == (given.month(1), 100.0)


def moved(connection: Connection) -> None:
    """February: gold 6 (one of them only by the old rule), iron 18, lead 4; then people move."""
    base(connection)
    given.stands(connection, FEBRUARY, ("gold", 6, 0.0, ""), ("iron", 18, 0.0, ""), ("lead", 4, 0.0, ""))
    given.moves(
        connection, ("gold", "iron", 1, 1), ("gold", "gold", 4, 0), ("iron", "gold", 1, 0), ("iron", "iron", 14, 0),
        ("iron", "out", 4, 0), ("lead", "iron", 2, 0), ("lead", "lead", 1, 0), ("lead", "out", 1, 0), ("in", "iron", 3, 0),
        ("in", "lead", 3, 0), ("in", "", 2, 0),
    )  # fmt: skip


@pytest.mark.req("R32")
def test_start_plus_in_less_out_and_moves_is_the_end_and_a_new_rule_moves_nobody(connection: Connection, scope: Scope) -> None:
    moved(connection)
    rows = tier_moves(connection, scope, months=3)
    assert {row.holds for row in rows} == {True} and {row.state for row in rows} == {"complete"}
    ways: Counter[str] = Counter()
    for row in rows:
        ways[row.direction] += row.customers
    assert ways == {"up": 3, "down": 1, "same": 19, "in": 8, "out": 5}
    assert sum(row.by_rule for row in rows) == 1, "one stands elsewhere by the rule alone, and is among no move"
    assert (rows[0].from_tier, rows[0].to_tier, rows[0].direction) == ("gold", "gold", "same")


@pytest.mark.req("R32")
@pytest.mark.parametrize("column", ["customers", "by_rule"])
def test_a_move_that_was_lost_does_not_hold(connection: Connection, scope: Scope, column: str) -> None:
    moved(connection)
    where = (tier_move.c.from_tier == "gold") & (tier_move.c.to_tier == "iron")
    connection.execute(update(tier_move).where(where).values({column: 0}))
    assert {row.holds for row in tier_moves(connection, scope, months=3)} == {False}


def test_moves_need_two_whole_years_of_months(connection: Connection, scope: Scope) -> None:
    moved(connection)
    assert not tier_moves(connection, scope, months=12)
    given.moves(connection, ("gold", "gold", 1, 0), months=12)
    assert {row.state for row in tier_moves(connection, scope, months=12)} == {"incomplete"}
    assert not tier_moves(connection, scope, months=7)


@pytest.mark.req("R32")
def test_the_whale_rises_above_all_profit_and_comes_back(connection: Connection, scope: Scope) -> None:
    given.money(connection)
    given.whale(connection, [60.0, 50.0, *[1.0] * 10, *[-4.0] * 8])
    rows = whale(connection, scope)
    last = rows[-1]
    assert max(row.share or 0 for row in rows) == pytest.approx(120 / 88) and last.share == 1
    assert (last.peak_customers, last.peak_profit, last.enough_customers, last.unit) == (12, 120.0, 2, "share")


def test_without_profit_the_whale_is_money_and_not_a_share(connection: Connection, scope: Scope) -> None:
    given.money(connection)
    given.whale(connection, [10.0, -4.0, -6.0])
    rows = whale(connection, scope)
    assert {(row.unit, row.share) for row in rows} == {("money", None)} and max(row.profit for row in rows) == 10.0


@pytest.mark.req("R38")
def test_groups_and_what_belongs_to_none_are_all_the_money(connection: Connection, scope: Scope) -> None:
    base(connection)
    rows = group_profit(connection, scope)
    assert [(row.kind, row.customer_group, row.customers, row.profit) for row in rows] == [
        ("group", "Homes", 25, 1300.0), ("group", "", 2, -10.0), ("group", "Offices", 4, -60.0),
        ("left", "", 9, 70.0), ("unallocated", "", 0, -100.0),
    ]  # fmt: skip
    assert all(row.profit == row.revenue - row.direct_cost - row.cost_to_serve for row in rows)
    assert len({row.month for row in group_profit(connection, scope, months=4)}) == 4


@pytest.mark.req("R32")
def test_what_is_done_for_a_tier_is_its_newest_action_that_is_not_done(connection: Connection, scope: Scope) -> None:
    given.action(connection, "gold", "ring them", date(2026, 1, 1), due_on=date(2026, 6, 29))
    given.action(connection, "gold", "visit them", date(2026, 2, 1), done_on=date(2026, 3, 1))
    given.action(connection, "lead", "from tomorrow on", date(2026, 7, 1))
    given.action(connection, "iron", "one parcel", date(2026, 5, 1), done_on=date(2026, 8, 1))
    rows = tier_actions(connection, scope)
    by_tier = {row.tier: (row.what, row.state) for row in rows}
    assert by_tier == {"iron": ("one parcel", "open"), "gold": ("ring them", "overdue")}
    assert len(tier_actions(connection, scope, limit=2)) == 3
