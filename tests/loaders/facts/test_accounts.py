"""Businesses roll up to their topmost parent, and nobody is counted twice."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.loaders.facts.accounts import topmost
from wallboard.store.schema import account_month

CUSTOMERS = source("customers", "customers.csv", ["customer", "parent", "kind", "test_account"])
CONTRACTS = source("contracts", "contracts.csv", ["customer", "started_on", "ended_on", "annual_value"])
HEAD = "customer,started_on,ended_on,annual_value"


def room(workspace: Workspace, customers: tuple[str, ...], *contracts: str) -> Workspace:
    workspace.sources(CUSTOMERS + CONTRACTS.replace("'row'", "['customer']"))
    workspace.put("customers.csv", csv("customer,parent,kind,test_account", *customers))
    workspace.put("contracts.csv", csv(HEAD, *contracts))
    loaded = workspace.load()
    assert all(result.status == "ok" and not result.refused for result in loaded), (loaded, workspace.refusals())
    return workspace


def at(workspace: Workspace, when: str) -> list[Any]:
    rows = workspace.rows(account_month, "month", "account", "customers", "value")
    return [row[1:] for row in rows if f"{row[0]:%Y-%m}" == when]


TREE = ("hq,,B2B,no", "n,hq,B2B,no", "nn,n,B2B,no", "solo,,B2B,no", "p,,B2C,no", "test,hq,B2B,yes")


@pytest.mark.req("R178")
def test_parents_of_parents_hold_all_of_theirs_once(workspace: Workspace) -> None:
    contracts = ("n,2026-01-05,,10", "nn,2026-01-05,,100", "solo,2026-02-05,,7", "p,2026-01-05,,1000", "test,2026-01-05,,9")
    room(workspace, TREE, *contracts)
    assert at(workspace, "2026-01") == [("", 2, 110.0), ("hq", 2, 110.0)]
    assert at(workspace, "2026-02") == [("", 3, 117.0), ("hq", 2, 110.0), ("solo", 1, 7.0)]
    assert {unknown for (unknown,) in workspace.rows(account_month, "value_unknown")} == {0}, "of everybody the value is known"


def test_an_account_without_customers_is_gone_and_what_it_is_worth_follows(workspace: Workspace) -> None:
    room(workspace, TREE, "n,2026-01-05,2026-03-09,10", "solo,2026-01-05,2026-03-31,")
    assert at(workspace, "2026-02") == [("", 2, 10.0), ("hq", 1, 10.0), ("solo", 1, 0.0)]
    assert at(workspace, "2026-03") == [("", 0, 0.0)], "who ended on the last day is not there at its end"


@pytest.mark.req("R178")
def test_another_parent_moves_a_customer_to_another_account(make: Callable[..., Workspace]) -> None:
    workspace = room(make(), TREE, "n,2026-01-05,,10", "nn,2026-01-05,,100", "solo,2026-01-05,,7")
    workspace.put(
        "customers.csv", csv("customer,parent,kind,test_account", "hq,,B2B,no", "n,hq,B2B,no", "nn,solo,B2B,no", "solo,,B2B,no")
    )
    workspace.load()
    assert at(workspace, "2026-01") == [("", 3, 117.0), ("hq", 1, 10.0), ("solo", 2, 107.0)]


def test_a_circle_of_parents_ends_in_one_account(make: Callable[..., Workspace]) -> None:
    circle = ("a,c,B2B,no", "b,a,B2B,no", "c,b,B2B,no", "d,b,B2C,no")
    workspace = room(make(), circle, *(f"{who},2026-01-05,,1" for who in "abcd"))
    assert at(workspace, "2026-01") == [("", 4, 4.0), ("a", 4, 4.0)]


@settings(max_examples=at_most(60))
@given(parents=st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), max_size=8))
def test_everybody_below_is_in_the_account_of_the_parent(parents: dict[str, str]) -> None:
    parents = {customer: above for customer, above in parents.items() if customer != above}
    for customer, above in parents.items():
        assert topmost(customer, parents) == topmost(above, parents)
    for customer in "abcdefgh":
        top = topmost(customer, parents)
        assert topmost(top, parents) == top


def test_months_are_first_days(make: Callable[..., Workspace]) -> None:
    workspace = room(make(), TREE, "n,2026-01-05,,10")
    assert workspace.rows(account_month, "month", "account") == [(date(2026, 1, 1), ""), (date(2026, 1, 1), "hq")]
