"""The facts of referrals: different referrers by window and group, and what came of it."""

from datetime import date
from typing import Any

import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.test_feeds import source
from wallboard.calendar import months_on
from wallboard.store.schema import referral_month

CONTRACTS = source("contracts", "c.csv", ["contract", "customer", "started_on"]).replace("'row'", "['contract']")
PEOPLE = source("customers", "people.csv", ["customer", "customer_group", "test_account"]).replace("'row'", "['customer']")
ALIASES = source("customer_aliases", "a.csv", ["alias", "customer"])
RATES = source("exchange_rates", "x.csv", ["currency", "valid_from", "rate"])
MEMBERS = source("memberships", "m.csv", ["customer", "customer_group", "valid_from", "valid_to"])
COLUMNS = ["key", "referrer", "referred_customer", "referred_on", "converted_on", "value", "currency"]
SENT = source("referrals", "r*.csv", COLUMNS[1:]).replace("'row'", "['key']")
HEADER = ",".join(COLUMNS)


def csv(header: str, *rows: str) -> str:
    return "\n".join((header, *rows, ""))


def company(workspace: Workspace, *sent: str) -> None:
    workspace.sources(CONTRACTS + PEOPLE + ALIASES + RATES + MEMBERS + SENT)
    workspace.put("c.csv", csv("contract,customer,started_on", *(f"{n},{who},2024-01-10" for n, who in enumerate("abcdt"))))
    workspace.put(
        "people.csv", csv("customer,customer_group,test_account", "a,Homes,no", "b,Homes,no", "c,Offices,no", "t,Homes,yes")
    )
    workspace.put("a.csv", "alias,customer\n")
    workspace.put("x.csv", "currency,valid_from,rate\n")
    workspace.put("m.csv", "customer,customer_group,valid_from,valid_to\n")
    workspace.put("r.csv", csv(HEADER, *sent))


def window(workspace: Workspace, month: date, months: int) -> list[Any]:
    rows = workspace.rows(referral_month, "month", "months", "customer_group", "referrers", "referred", "converted", "value")
    return [row[2:] for row in rows if row[:2] == (month, months)]


MARCH, MAY, JUNE = date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 1)


def test_a_referrer_counts_once_and_a_conversion_from_its_month_on(workspace: Workspace) -> None:
    company(
        workspace,
        "1,a,n1,2026-03-03,2026-05-02,100,GBP",
        "2,a,n2,2026-05-03,,50,GBP",
        "3,b,n3,2026-05-31,2026-06-01,70,GBP",
        "4,c,,2026-05-09,2026-05-09,,GBP",
    )
    workspace.load()
    assert window(workspace, MARCH, 1) == [("Homes", 1, 1, 0, 0.0)]
    assert window(workspace, MAY, 1) == [("Homes", 2, 2, 0, 0.0), ("Offices", 1, 1, 1, 0.0)]
    assert window(workspace, MAY, 3) == [("Homes", 2, 3, 1, 100.0), ("Offices", 1, 1, 1, 0.0)]
    assert window(workspace, JUNE, 3) == [("Homes", 2, 2, 1, 70.0), ("Offices", 1, 1, 1, 0.0)]
    assert window(workspace, months_on(MAY, 11), 12)[0] == ("Homes", 2, 2, 1, 70.0)
    assert window(workspace, months_on(MAY, 12), 12) == []


def test_nobody_known_stands_apart_and_test_accounts_stay_out(workspace: Workspace) -> None:
    company(
        workspace,
        "1,,n1,2026-05-03,2026-05-03,10,GBP",
        "2,ghost,n2,2026-05-03,,10,GBP",
        "3,t,n3,2026-05-03,2026-05-03,10,GBP",
        "4,a,t,2026-05-03,,10,GBP",
        "5,d,n5,2026-05-03,,10,GBP",
    )
    workspace.load()
    assert window(workspace, MAY, 1) == [("", 1, 1, 0, 0.0), ("-", 0, 2, 1, 10.0)]


@pytest.mark.slow
def test_groups_of_the_day_merges_and_money_are_counted_again(workspace: Workspace) -> None:
    company(workspace, "1,a,n1,2026-05-03,2026-05-03,10,EUR", "2,b,n2,2026-05-20,,10,GBP", "3,ghost,n3,2026-05-21,,1,GBP")
    workspace.load()
    assert window(workspace, MAY, 1) == [("-", 0, 1, 0, 0.0), ("Homes", 2, 2, 1, 0.0)]
    workspace.put("x.csv", csv("currency,valid_from,rate", "EUR,2026-01-01,0.5"))
    workspace.put("m.csv", csv("customer,customer_group,valid_from,valid_to", "b,Offices,2026-05-10,"))
    workspace.load()
    assert window(workspace, MAY, 1) == [("-", 0, 1, 0, 0.0), ("Homes", 1, 1, 1, 5.0), ("Offices", 1, 1, 0, 0.0)]
    workspace.put("a.csv", csv("alias,customer", "b,a", "ghost,c"))
    workspace.load()
    assert window(workspace, MAY, 1) == [("Homes", 0, 1, 1, 5.0), ("Offices", 2, 2, 0, 0.0)]
