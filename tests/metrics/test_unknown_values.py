"""Money that nobody knows is no zero: it travels with every sum as long as somebody of unknown value is in it."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, insert

from tests.metrics import given, given_churn_risk
from wallboard.loaders.counting.cohorts import cohorts
from wallboard.loaders.facts.accounts import by_month, turns_of
from wallboard.metrics.accounts import accounts
from wallboard.metrics.churn_risk import at_risk, won_back
from wallboard.metrics.frames import frame
from wallboard.metrics.reasons import lost_reasons
from wallboard.metrics.renewals import renewals
from wallboard.metrics.retention import retention
from wallboard.metrics.scope import Scope
from wallboard.metrics.worth import lost_worth
from wallboard.store.schema import account_month, renewal_month
from wallboard.store.write import insert_rows

OLD, APRIL, MAY, JUNE = date(2025, 1, 10), date(2026, 4, 10), date(2026, 5, 12), date(2026, 6, 3)


def first(rows: Any, *columns: str) -> list[Any]:
    return [getattr(rows[0], name) for name in columns]


def test_reasons_and_stages_of_leavers(connection: Connection, scope: Scope) -> None:
    given.customers(connection, ("a", APRIL, "new", None), ("a", MAY, "lost", None))
    assert first(lost_reasons(connection, scope), "value", "value_unknown", "total_value") == [None, 1, None]
    assert first(lost_worth(connection, scope), "total_value", "value_unknown", "holds") == [None, 1, True]
    given.customers(connection, ("b", APRIL, "new", 40.0), ("b", MAY, "lost", 40.0))
    assert first(lost_reasons(connection, scope), "value", "value_unknown", "total_value") == [40.0, 1, 40.0]
    assert first(lost_worth(connection, scope), "total_value", "value_unknown", "holds") == [40.0, 1, True]


def test_retention(connection: Connection, scope: Scope) -> None:
    given.customers(connection, *((f"c{n}", OLD, "new", None) for n in range(12)), ("c0", MAY, "lost", None))
    given_churn_risk.counted(connection)
    row = retention(connection, scope)[0]
    assert (row.customers, row.retained, row.lost, row.value_unknown) == (12, 11, 1, 12)
    assert [row.start_value, row.churn, row.end_value, row.grr, row.nrr] == [None] * 5


def test_a_value_that_became_unknown_is_no_contraction() -> None:
    rows = [("a", OLD, "new", 100.0), ("a", MAY, "revalued", -100.0), ("b", OLD, "new", 50.0), ("b", MAY, "changed", -20.0)]
    events = pd.DataFrame(rows, columns=["customer", "day", "kind", "value"]).assign(perimeter="north", customer_group="")
    swept = cohorts(events.assign(day=pd.to_datetime(events["day"])))
    may: Any = swept[(swept["month"] == "2026-05-01") & (swept["months"] == 12)].iloc[0]
    assert (may["customers"], may["value"], may["value_unknown"], may["contraction"]) == (2, 50, 1, 20)


@pytest.mark.parametrize(("value", "unknown", "due"), [(0.0, 10, None), (90.0, 1, 90.0)])
def test_renewals(connection: Connection, scope: Scope, value: float, unknown: int, due: float | None) -> None:
    given.customers(connection, ("a", OLD, "new", None))
    fields = {"perimeter": "north", "customer_group": "", "month": date(2026, 4, 1), "outcome": "renewed", "decided": APRIL}
    money = {"contracts": 10, "value": value, "renewed_value": value, "value_unknown": unknown}
    connection.execute(insert(renewal_month).values(**fields, **money))
    april = renewals(connection, scope, periods=3)[0]
    assert (april.due, april.due_value, april.renewed_at, april.value_unknown) == (10, due, due, unknown)
    assert april.value_rate is None


def test_customers_at_risk_and_won_back(connection: Connection, scope: Scope) -> None:
    given.customers(connection, ("a", OLD, "new", None), ("b", OLD, "new", 10.0), ("b", APRIL, "lost", 10.0))
    given_churn_risk.contracts(connection, {"customer": "a", "annual_value": None, "cancel_requested_on": MAY, "started_on": OLD})
    risky = at_risk(connection, scope)[0]
    assert (risky.value, risky.total_value, risky.total_unknown) == (None, None, 1)
    given.customers(connection, ("b", JUNE, "won back", None))
    returned = won_back(connection, scope)[0]
    assert (returned.value, returned.total_value, returned.total_unknown) == (None, None, 1)


def test_accounts(connection: Connection, scope: Scope) -> None:
    rows = [("a", OLD, "new", None), ("b", OLD, "new", 10.0), ("c", OLD, "new", None), ("c", MAY, "lost", None)]
    events = pd.DataFrame(rows, columns=["customer", "day", "kind", "value"]).assign(perimeter="north")
    events["day"] = pd.to_datetime(events["day"])
    turns = turns_of(events, pd.Series({"a": "hq", "b": "solo", "c": "hq"}))
    insert_rows(connection, account_month, by_month(turns))
    named = frame(accounts(connection, scope), accounts).set_index("account")
    assert [*named.loc["hq", ["customers", "value", "value_unknown", "all_value", "all_unknown"]]] == [1, None, 1, 10.0, 1]
    assert [*named.loc["solo", ["value", "value_unknown"]]] == [10.0, 0]
