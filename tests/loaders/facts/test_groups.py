"""Nothing appears or vanishes in any group: who changes groups is moved, neither lost nor new."""

from collections.abc import Callable, Hashable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests.examples import at_most
from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from tests.loaders.test_ledger import contracts
from wallboard.loaders.counting.groups import BEFORE_ALL, group_steps, joined_steps
from wallboard.loaders.counting.ledger import from_contracts
from wallboard.loaders.counting.movements import with_groups
from wallboard.loaders.counting.stays import active_by_month
from wallboard.metrics.customers import CountedPeriod, counted_periods, customer_flow
from wallboard.metrics.scope import Scope
from wallboard.store.schema import customer, customer_event, customer_month, customer_movement

START = date(2025, 1, 15)
CELL = ["perimeter", "customer_group"]
SIGN = {"new": 1, "won back": 1, "lost": -1, "changed": 0, "moved": 1}
_DAY = st.integers(0, 300).map(lambda n: START + timedelta(days=n))
_CONTRACTS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.sampled_from("xy"), _DAY, st.one_of(st.none(), st.integers(1, 150)), st.integers(0, 900)
    ),
    min_size=1,
    max_size=10,
)
_SPANS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["p", "q", "r"]), _DAY, st.integers(1, 90)), max_size=8)


def spans(rows: list[tuple[str, str, date, int]]) -> pd.DataFrame:
    """Spans of groups; of two of one customer that overlap only the first."""
    kept: list[tuple[str, str, date, date | None]] = []
    for who, group, begins, days in sorted(rows, key=lambda row: (row[0], row[2])):
        if all(span[0] != who or (span[3] or date.max) <= begins for span in kept):
            kept.append((who, group, begins, begins + timedelta(days=days) if days % 3 else None))
    frame = pd.DataFrame(kept, columns=["customer", "customer_group", "valid_from", "valid_to"])
    dates = {name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in ("valid_from", "valid_to")}
    return frame.astype({"customer": "str", "customer_group": "str"}).assign(**dates)


def always(**groups: str) -> pd.DataFrame:
    frame = pd.DataFrame({"customer": list(groups), "customer_group": list(groups.values())}).astype("str")
    return frame.assign(day=pd.Series([BEFORE_ALL] * len(frame), dtype="datetime64[us]"))[["customer", "day", "customer_group"]]


@pytest.mark.req("R37")
@settings(max_examples=at_most(40))
@given(rows=_CONTRACTS, groups=_SPANS)
@pytest.mark.slow
def test_every_group_adds_up_in_every_month(rows: list[Any], groups: list[Any]) -> None:
    made = [(c, p, begins, None if n is None else begins + timedelta(days=n), float(v)) for c, p, begins, n, v in rows]
    steps = joined_steps(always(a="p", b="q"), spans(groups))
    frame = contracts(*made)
    events = with_groups(from_contracts(frame), steps)
    spells = frame.rename(columns={"started_on": "begins", "ended_on": "ends"}).assign(worth_until=frame["ended_on"])
    counted = active_by_month(spells, steps)
    records = events.fillna({"value": 0.0}).to_dict("records")
    for month, perimeter, group, active, value in counted[["month", *CELL, "active", "value"]].values.tolist():
        people, worth = stock(records, perimeter, group, month + pd.offsets.MonthEnd(0))
        assert (people, round(worth, 4)) == (active, round(value, 4)), (month, perimeter, group)


def stock(events: list[dict[Hashable, Any]], perimeter: Any, group: Any, day: Any) -> tuple[int, float]:
    """Customers and value of a group from the first event to a day."""
    past = [event for event in events if event["perimeter"] == perimeter and event["day"] <= day]
    mine = [event for event in past if event["customer_group"] == group]
    left = [event for event in past if event["kind"] == "moved" and event["from_group"] == group]
    people = sum(SIGN[event["kind"]] for event in mine) - len(left)
    worth = sum(-event["value"] if event["kind"] == "lost" else event["value"] for event in mine)
    return people, float(worth - sum(event["value"] for event in left))


CONTRACTS = source("contracts", "contracts.csv", ["customer", "started_on", "ended_on", "annual_value"])
CUSTOMERS = source("customers", "customers.csv", ["customer", "customer_group"])
MEMBERSHIPS = source("memberships", "groups.csv", ["customer", "customer_group", "valid_from", "valid_to"])


def scope(workspace: Workspace) -> Scope:
    return Scope.of(workspace.room.settings, workspace.now)


def by_group(workspace: Workspace, group: str, month: str) -> CountedPeriod:
    with workspace.engine.connect() as connection:
        flow = counted_periods(customer_flow(connection, scope(workspace), months=6, group=group))
    assert all(period.holds for period in flow)
    return next(period for period in flow if period.period_name == month)


def test_a_customer_who_changes_group_is_moved_and_neither_lost_nor_new(workspace: Workspace) -> None:
    workspace.sources(CUSTOMERS + MEMBERSHIPS + CONTRACTS)
    workspace.put("customers.csv", csv("customer,customer_group", "a,Homes", "b,Homes"))
    workspace.put("groups.csv", csv("customer,customer_group,valid_from,valid_to", "a,Offices,2026-03-10,"))
    workspace.put(
        "contracts.csv", csv("customer,started_on,ended_on,annual_value", "a,2026-01-05,,120", "b,2026-01-05,2026-03-20,60")
    )
    assert all(result.status == "ok" for result in workspace.load())
    homes, offices = by_group(workspace, "Homes", "2026-03"), by_group(workspace, "Offices", "2026-03")
    assert [getattr(homes, k) for k in ("opening", "new", "lost", "moved_in", "moved_out", "closing")] == [2, 0, 1, 0, 1, 0]
    assert [getattr(offices, k) for k in ("opening", "new", "lost", "moved_in", "moved_out", "closing")] == [0, 0, 0, 1, 0, 1]
    assert (homes.moved_out_value, offices.moved_in_value, offices.closing_value) == (120, 120, 120)
    with workspace.engine.connect() as connection:
        whole = customer_flow(connection, scope(workspace), months=4)[0]
    assert (whole.opening, whole.lost, whole.closing) == (2, 1, 1)


def test_a_membership_that_arrives_later_moves_the_customer_then(workspace: Workspace) -> None:
    workspace.sources(MEMBERSHIPS + CONTRACTS)
    workspace.put("groups.csv", csv("customer,customer_group,valid_from,valid_to"))
    workspace.put("contracts.csv", csv("customer,started_on,ended_on,annual_value", "a,2026-01-05,,120"))
    workspace.load()
    assert {row[0] for row in workspace.rows(customer_month, "customer_group")} == {""}
    workspace.put("groups.csv", csv("customer,customer_group,valid_from,valid_to", "a,Offices,2026-02-10,2026-04-10"))
    workspace.load()
    moved = workspace.rows(customer_movement, "month", "customer_group", "kind")
    assert [(str(m), g, k) for m, g, k in moved] == [
        ("2026-01-01", "", "new"), ("2026-02-01", "", "moved out"), ("2026-02-01", "Offices", "moved in"),
        ("2026-04-01", "", "moved in"), ("2026-04-01", "Offices", "moved out"),
    ]  # fmt: skip
    assert by_group(workspace, "Offices", "2026-03").closing == 1


def test_a_customer_in_two_groups_on_one_date_is_refused(workspace: Workspace) -> None:
    workspace.sources(MEMBERSHIPS)
    rows = ("a,Homes,2026-01-01,2026-06-01", "a,Offices,2026-05-31,", "b,Homes,2026-01-01,2026-02-01", "b,Offices,2026-02-01,")
    workspace.put("groups.csv", csv("customer,customer_group,valid_from,valid_to", *rows))
    assert workspace.load_one().refused == 1
    ((_, column, reason, remedy, _),) = workspace.refusals()
    assert (column, reason) == ("valid_from", "'a' is already in the group 'Homes' on 2026-05-31.")
    assert "end the first span" in remedy


def test_merged_customers_are_one_and_not_new(make: Callable[..., Workspace]) -> None:
    workspace = make()
    aliases = source("customer_aliases", "merged.csv", ["alias", "customer"])
    workspace.sources(aliases + CONTRACTS)
    workspace.put("merged.csv", "alias,customer\n")
    workspace.put(
        "contracts.csv", csv("customer,started_on,ended_on,annual_value", "old,2026-01-05,2026-03-01,120", "now,2026-03-01,,120")
    )
    workspace.load()
    assert len(workspace.rows(customer_event)) == 3
    workspace.put("merged.csv", csv("alias,customer", "older,old", "old,now"))
    workspace.load()
    assert workspace.rows(customer_event, "customer", "kind", "value") == [("now", "new", 120.0)]
    workspace.put("contracts.csv", csv("customer,started_on,ended_on,annual_value", "older,2025-06-01,2025-08-01,90"))
    workspace.load()
    kinds = {(customer, kind) for customer, kind in workspace.rows(customer_event, "customer", "kind")}
    assert kinds == {("now", "new"), ("now", "lost"), ("now", "won back")}
    assert by_group(workspace, "", "2026-05").closing == 1


def test_another_currency_counts_once_it_has_a_rate(workspace: Workspace) -> None:
    contract = source("contracts", "contracts.csv", ["customer", "started_on", "annual_value", "currency"])
    workspace.sources(source("exchange_rates", "rates.csv", ["currency", "valid_from", "rate"]) + contract)
    workspace.put("rates.csv", csv("currency,valid_from,rate"))
    workspace.put(
        "contracts.csv", csv("customer,started_on,annual_value,currency", "a,2026-05-05,120,EUR", "b,2026-05-06,100,GBP")
    )
    workspace.load()
    may = by_group(workspace, "", "2026-05")
    assert (may.new, may.new_value, may.value_unknown) == (2, 100, 1)
    workspace.put("rates.csv", csv("currency,valid_from,rate", "EUR,2025-01-01,0.80", "EUR,2026-01-01,0.90"))
    workspace.load()
    may = by_group(workspace, "", "2026-05")
    assert (may.new_value, may.value_unknown, may.closing_value) == (208, 0, 208)


def test_merged_customers_are_in_the_group_of_the_number_that_remains_in_whatever_order_they_came(quick: Workspace) -> None:
    quick.sources(source("customer_aliases", "merged.csv", ["alias", "customer"]) + CUSTOMERS)
    quick.put("merged.csv", csv("alias,customer", "old,now", "a,b", "c,b"))
    for rows in (("old,Homes", "now,Offices", "c,Homes", "a,Offices"), ("a,Offices", "c,Homes", "now,Offices", "old,Homes")):
        quick.put("customers.csv", csv("customer,customer_group", *rows))
        assert all(result.status in ("ok", "unchanged") for result in quick.load())
        with quick.engine.begin() as connection:
            steps = group_steps(connection, None)
            connection.execute(delete(customer))
        assert dict(zip(steps["customer"], steps["customer_group"], strict=True)) == {"now": "Offices", "b": "Offices"}
