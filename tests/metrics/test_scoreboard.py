"""The scoreboard: each figure equals its own measure, with target, trend and signal, owner and what is being done."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_bond, given_churn_risk, given_pipeline
from tests.metrics.given_definitions import aimed, defined, done
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.profit import group_profit
from wallboard.metrics.referrals import referrals
from wallboard.metrics.retention import retention
from wallboard.metrics.scope import Scope, full_months
from wallboard.metrics.scoreboard import PARTS, scoreboard, scoreboard_trend

MAY = date(2026, 5, 1)


def asset(connection: Connection, scope: Scope, newest: int = 5) -> None:
    """Somebody who left in each of 20 months, one more customer than the month before kept; and money, and referrals."""
    months = full_months(scope, 20)
    lives = [(f"c{n}", months[0].start - timedelta(days=400), "new", 10.0) for n in range(100)]
    gone = iter(range(100))
    for place, month in enumerate(months):
        left = newest if place == len(months) - 1 else 2 + place % 2
        lives += [(f"c{next(gone)}", month.start + timedelta(days=3), "lost", 10.0) for _ in range(left)]
        lives += [(f"n{place}-{n}", month.start + timedelta(days=5), "new", 7.0) for n in range(3)]
    given.customers(connection, *lives)
    given_churn_risk.counted(connection)
    given_pipeline.rules(connection)
    given_pipeline.money(connection, perimeters=("north",))
    given_pipeline.stands(connection, MAY, ("gold", 4, 90.0, "Homes"), ("lead", 3, -5.0, "Offices"))
    given_bond.sent(connection, MAY, 6, 9, 3)


@pytest.mark.req("R38", "R149")
def test_every_figure_is_what_its_own_measure_says(connection: Connection, scope: Scope) -> None:
    asset(connection, scope)
    board = {row.metric: row for row in scoreboard(connection, scope)}
    assert list(board) == list(PARTS)
    may = customer_flow(connection, scope, months=2)[0]
    assert (board["new_customers"].count, board["new_customers"].worth) == (may.new, may.new_value) == (3, 21.0)
    assert (board["lost_customers"].count, board["lost_customers"].worth) == (may.lost, 50.0)
    money = group_profit(connection, scope)
    assert board["profit"].value == sum(row.profit for row in money) and board["profit"].detail == "Homes"
    sent = next(row for row in referrals(connection, scope) if row.part == "all")
    assert (board["referral_rate"].count, board["referral_rate"].out_of) == (6, sent.active)
    kept = retention(connection, scope)[0]
    assert (board["retention_rate"].count, board["retention_rate"].out_of) == (kept.retained, kept.customers)
    assert board["renewal_rate"].state == "not measured" and board["renewal_rate"].count is None


@pytest.mark.req("R149")
def test_target_trend_and_signal_stand_beside_it(connection: Connection, scope: Scope) -> None:
    asset(connection, scope, newest=12)
    aimed(connection, "new_customers", "", date(2026, 1, 1), 3)
    aimed(connection, "lost_customers", "", date(2026, 1, 1), 4)
    board = {row.metric: row for row in scoreboard(connection, scope)}
    assert (board["new_customers"].reached, board["new_customers"].signal) == (True, "better")
    assert (board["lost_customers"].reached, board["lost_customers"].signal) == (False, "worse")
    assert board["referral_rate"].reached is None and board["referral_rate"].signal is None
    lost = [row for row in scoreboard_trend(connection, scope) if row.metric == "lost_customers"]
    assert [row.value for row in lost[-3:]] == [3, 2, 12]
    assert lost[-1].month == MAY and len(lost) >= 20


@pytest.mark.req("R44")
def test_owner_and_last_action_stand_there_and_nobody_is_nobody(connection: Connection, scope: Scope) -> None:
    asset(connection, scope)
    given_churn_risk.people(connection)
    defined(connection, "new_customers", 1, date(2025, 1, 1), owner="bo")
    defined(connection, "retention_rate", 1, date(2025, 1, 1), owner_body="The council")
    done(connection, "new_customers", date(2026, 4, 1), "Letters", owner="cy", due_on=date(2026, 9, 1))
    done(connection, "new_customers", date(2026, 7, 1), "Not yet begun")
    board = {row.metric: row for row in scoreboard(connection, scope)}
    assert (board["new_customers"].owner, board["new_customers"].action) == ("Bo Lind", "Letters")
    assert board["retention_rate"].owner_body == "The council"
    assert board["lost_customers"].owner is None and board["lost_customers"].action is None


@pytest.mark.req("R35")
def test_what_is_no_priority_has_no_row(connection: Connection, scope: Scope) -> None:
    asset(connection, scope)
    defined(connection, "profit", 1, date(2025, 1, 1), priority=False)
    assert "profit" not in {row.metric for row in scoreboard(connection, scope)}


def test_nothing_loaded_is_not_measured(connection: Connection, scope: Scope) -> None:
    assert {(row.state, row.count) for row in scoreboard(connection, scope)} == {("not measured", None)}
