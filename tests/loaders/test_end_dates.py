"""What an end date means is declared by its source, and flow, retention and renewals agree about it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.errors import Faults
from wallboard.loaders.load import Loaded
from wallboard.loaders.sources import read_sources
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.growth import growth_verdict
from wallboard.metrics.renewals import renewals
from wallboard.metrics.retention import retention
from wallboard.metrics.scope import Scope
from wallboard.store.schema import contract, customer_event, membership, undated_loss

HEAD = "Contract,Account,Start,End,Value"
CRM = """
[contracts]
feed = "contracts"
file = "contracts.csv"
mode = "snapshot"
key  = ["Contract"]
{}
[contracts.columns]
contract     = "Contract"
customer     = "Account"
started_on   = "Start"
ended_on     = "End"
term_ends_on = "End"
annual_value = "Value"
"""
LAST_DAY = 'end_dates = "last day in"'
RENEWED = (
    *(f"a{n},A{n},2024-07-01,2025-06-30,1000" for n in range(10)),
    *(f"b{n},A{n},2025-07-01,2026-06-30,1000" for n in range(9)),
)


def loaded(make: Callable[..., Workspace], declared: str, *rows: str, **settings: Any) -> tuple[Workspace, Loaded]:
    workspace = make(small_n=1, **settings)
    workspace.sources(CRM.format(declared))
    workspace.put("contracts.csv", csv(HEAD, *rows))
    return workspace, workspace.load_one()


def test_renewed_on_the_next_day_is_neither_lost_nor_won_back(make: Callable[..., Workspace]) -> None:
    workspace, result = loaded(make, LAST_DAY, *RENEWED)
    assert (result.status, result.refused, result.message) == ("ok", 0, "")
    scope = Scope.of(workspace.room.settings, datetime(2025, 8, 15, tzinfo=UTC))
    with workspace.engine.connect() as connection:
        flow = {month.period_name: month for month in customer_flow(connection, scope, months=3)}
        verdict = growth_verdict(connection, scope)[0]
        kept = retention(connection, scope)[0]
        due = next(row for row in renewals(connection, scope, periods=3) if row.period_name == "2025-07")
    june, july = flow["2025-06"], flow["2025-07"]
    assert (june.opening, june.new, june.won_back, june.lost, june.closing, june.holds) == (10, 0, 0, 0, 10, True)
    july_counts = (july.opening, july.new, july.won_back, july.lost, july.closing, july.holds)
    assert july_counts == (10, 0, 0, 1, 9, True), "the first day without is 1 July"
    assert (verdict.verdict, verdict.net_customers, verdict.net_value) == ("no", -1, -1000)
    assert (kept.customers, kept.retained, kept.returned, kept.lost, kept.grr) == (10, 9, 0, 1, 0.9)
    assert (due.due, due.renewed, due.lost, due.pending) == (10, 9, 1, 0)


def test_the_load_hints_where_the_next_contract_starts_one_day_after_the_end(make: Callable[..., Workspace]) -> None:
    _, result = loaded(make, "", *RENEWED)
    assert "of 9 ended contracts that another one of the same customer follows, 9 are followed one day later" in result.message
    assert LAST_DAY in result.message and "under [contracts]" in result.message
    _, result = loaded(
        make, "", "1,A,2024-07-01,2025-07-01,1", "2,A,2025-07-01,2025-08-01,1", "3,A,2025-08-02,,1", "4,B,2025-01-01,2025-02-01,1"
    )
    assert result.message == "", "once is not most"


def test_a_contract_of_one_day_does_not_vanish_silently(make: Callable[..., Workspace]) -> None:
    workspace = make(small_n=1)
    workspace.sources(CRM.format("").replace('term_ends_on = "End"', ""))
    workspace.put("contracts.csv", csv(HEAD, "1,A,2025-07-01,2025-07-01,1", "2,B,2025-07-01,,1"))
    assert "1 contract ends on the day on which it starts, and makes nobody a customer." in workspace.load_one().message
    workspace, result = loaded(make, LAST_DAY, "1,A,2025-07-01,2025-07-01,1", "2,B,2025-07-01,,1")
    assert (result.refused, result.message) == (0, "")
    assert workspace.rows(contract, "contract", "ended_on")[0] == ("1", date(2025, 7, 2)), "one day in, gone on the next"
    assert workspace.rows(customer_event, "customer", "day", "kind")[:2] == [
        ("A", date(2025, 7, 1), "new"),
        ("A", date(2025, 7, 2), "lost"),
    ]


def test_memberships_say_so_too_and_a_feed_without_ends_refuses_the_word(make: Callable[..., Workspace]) -> None:
    workspace = make()
    columns = ["customer", "customer_group", "valid_from", "valid_to"]
    groups = source("memberships", "m.csv", columns)
    workspace.sources(groups.replace("\nkey =", f"\n{LAST_DAY}\nkey ="))
    workspace.put("m.csv", csv(",".join(columns), "a,Homes,2026-01-01,2026-03-31", "a,Offices,2026-04-01,"))
    assert workspace.load_one().refused == 0
    assert workspace.rows(membership, "customer_group", "valid_to")[0] == ("Homes", date(2026, 4, 1))
    orders = source("orders", "o.csv", ["customer", "order_key", "ordered_at"])
    workspace.sources(orders.replace("\nkey =", f"\n{LAST_DAY}\nkey ="))
    with pytest.raises(Faults, match="has no end dates"):
        read_sources(workspace.room)


def test_the_load_hints_where_a_customer_is_without_a_group_for_a_day(make: Callable[..., Workspace]) -> None:
    workspace = make()
    columns = ["customer", "customer_group", "valid_from", "valid_to"]
    workspace.sources(source("memberships", "m.csv", columns).replace("'row'", "['customer', 'valid_from']"))
    spans = (f"{who},{group}" for who in "abc" for group in ("Homes,2026-01-01,2026-03-31", "Offices,2026-04-01,"))
    workspace.put("m.csv", csv(",".join(columns), *spans))
    message = workspace.load_one().message
    assert "of 3 ended memberships that another one of the same customer follows, 3 are followed one day later" in message
    assert LAST_DAY in message and "under [memberships_1]" in message


def test_leavers_without_a_day_are_held_apart_and_said_at_the_load(make: Callable[..., Workspace]) -> None:
    workspace = make(small_n=1)
    workspace.sources(CRM.format("") + 'reason_words = "Why"\ncancel_requested_on = "Asked"\n')
    rows = [f"s{n},S{n},2026-01-10,,100,," for n in range(6)]
    rows += [f"l{n},L{n},2026-02-10,,50,It leaked.," for n in range(4)]
    rows += ["x,X,2026-02-10,,10,Too dear.,2026-06-01", "y1,Y,2026-03-01,,10,Moved.,", "y2,Y,2026-04-01,,10,,"]
    workspace.put("contracts.csv", csv(f"{HEAD},Why,Asked", *rows, "n,N,2026-05-02,,7,,"))
    message = workspace.load_one().message
    assert "contracts: 5 contracts say why the customer left, and not when" in message
    assert sum(row[0] for row in workspace.rows(undated_loss, "customers")) == 4, "Y has another contract that runs"
    with workspace.engine.connect() as connection:
        row = growth_verdict(connection, Scope.of(workspace.room.settings, workspace.now))[0]
    assert (row.closing, row.new, row.undated, row.holds) == (9, 1, 4, True), "who asked for an end is still here"
    assert row.verdict == "not measured", "one more, and four of whom nobody knows when they left"
    workspace.put(
        "contracts.csv",
        csv(f"{HEAD},Why,Asked", *(row.replace(",,50,", ",2026-04-30,50,") for row in rows), "n,N,2026-05-02,,7,,"),
    )
    workspace.load()
    with workspace.engine.connect() as connection:
        row = growth_verdict(connection, Scope.of(workspace.room.settings, workspace.now))[0]
    assert (row.closing, row.undated, row.verdict) == (9, 0, "yes"), "with their days they have left in April"
