"""What contacts cost by month: the unit cost of the day, and the same facts in whatever portions files arrive."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.loaders.facts.contacts import priced
from wallboard.store.schema import contact_month

VOICE = ["occurred_at", "channel", "issue_type", "complaint"]
VOICES = source("voice", "voice*.csv", VOICE).replace("'row'", "['No']") + "constants = {kind = 'ticket'}\n"
COSTS = ["activity", "valid_from", "amount", "customer_minutes", "currency"]


def cost(activity: str, day: str, amount: float, perimeter: str | None = None, minutes: float | None = None) -> dict[str, Any]:
    fields = {"activity": activity, "perimeter": perimeter, "valid_from": pd.Timestamp(day)}
    return {**fields, "amount": amount, "customer_minutes": minutes}


def unit(day: str, *costs: dict[str, Any], perimeter: str = "gb", through: str = "phone", kind: str = "ticket") -> Any:
    row = {"day": pd.Timestamp(day), "perimeter": perimeter, "channel": through, "kind": kind, "contacts": 1}
    frame = pd.DataFrame(list(costs), columns=["activity", "perimeter", "valid_from", "amount", "customer_minutes"])
    price = priced(pd.DataFrame([row]), frame)["unit"].iloc[0]
    return None if pd.isna(price) else price


@pytest.mark.req("R130")
def test_the_unit_cost_of_the_day_counts_and_never_a_later_one() -> None:
    prices = cost("phone", "2026-04-01", 8.0), cost("phone", "2025-04-01", 7.0)
    assert [unit(day, *prices) for day in ("2025-03-31", "2025-04-01", "2026-03-31", "2026-04-01")] == [None, 7, 7, 8]


def test_how_it_was_heard_comes_before_the_kind_and_the_perimeters_own_before_everywhere() -> None:
    prices = cost("contact", "2026-01-01", 1.0), cost("ticket", "2020-01-01", 2.0), cost("phone", "2019-01-01", 3.0)
    assert unit("2026-05-01", *prices) == 3
    assert unit("2026-05-01", *prices[:2]) == 2
    assert unit("2026-05-01", *prices[:1]) == 1
    assert unit("2026-05-01", *prices, cost("phone", "2018-01-01", 4.0, "gb")) == 4
    assert unit("2026-05-01", *prices, cost("phone", "2018-01-01", 4.0, "ie")) == 3
    assert unit("2026-05-01", cost("email", "2018-01-01", 4.0)) is None


def workspace_with(workspace: Workspace) -> Workspace:
    types = source("issue_types", "t.csv", ["issue_type", "wording", "demand"])
    rates = source("exchange_rates", "r.csv", ["currency", "valid_from", "rate"])
    workspace.sources(types + VOICES + source("unit_costs", "u.csv", COSTS) + rates)
    workspace.put("t.csv", csv("issue_type,wording,demand", "late,Late,failure"))
    workspace.put("voice_1.csv", csv("No," + ",".join(VOICE), "1,2026-03-31,phone,late,yes", "2,2026-04-01,phone,late,yes"))
    workspace.put("voice_2.csv", csv("No," + ",".join(VOICE), "3,2026-04-02,chat,late,yes", "4,2026-04-02,phone,,no"))
    return workspace


def facts(workspace: Workspace) -> list[Any]:
    columns = ("month", "issue_type", "complaint", "contacts", "cost", "uncosted", "minutes", "untimed")
    return [tuple(round(c, 6) if isinstance(c, float) else c for c in row) for row in workspace.rows(contact_month, *columns)]


MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.mark.req("R130")
def test_contacts_are_costed_whatever_arrives_first(workspace: Workspace) -> None:
    workspace_with(workspace).load()
    assert [row[3:6] for row in facts(workspace)] == [(1, 0, 1), (1, 0, 1), (2, 0, 2)]
    workspace.put("u.csv", csv(",".join(COSTS), "phone,2025-04-01,7,20,GBP", "phone,2026-04-01,10,,EUR"))
    workspace.load()
    costed = [(MARCH, "late", True, 1, 7, 0, 20, 0), (APRIL, "", False, 1, 0, 1, 0, 1), (APRIL, "late", True, 2, 0, 2, 0, 2)]
    assert facts(workspace) == costed
    workspace.put("r.csv", csv("currency,valid_from,rate", "EUR,2026-01-01,0.8"))
    workspace.load()
    assert [row[4:6] for row in facts(workspace)] == [(7, 0), (8, 0), (8, 1)]


def test_a_contact_that_becomes_another_one_leaves_its_month(workspace: Workspace) -> None:
    workspace_with(workspace).put("u.csv", csv(",".join(COSTS), "contact,2020-01-01,2,,GBP"))
    workspace.load()
    before = facts(workspace)
    workspace.put("voice_3.csv", csv("No," + ",".join(VOICE), "1,2026-04-30,phone,late,yes"))
    workspace.load()
    assert [row[:5] for row in facts(workspace)] == [(APRIL, "", False, 1, 2), (APRIL, "late", True, 3, 6)]
    assert sum(row[3] for row in before) == sum(row[3] for row in facts(workspace))
