"""Customers active at each month's end are counted without the ledger, and the ledger comes to the same numbers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.examples import at_most
from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv, ruled
from tests.loaders.test_feeds import source
from wallboard.loaders.counting.stays import active_by_month
from wallboard.metrics.customers import CountedPeriod, counted_periods, customer_flow
from wallboard.metrics.scope import Scope
from wallboard.store.schema import customer_day, customer_month, customer_movement

START = date(2025, 1, 15)
PARTS = {"all": {"name": "All"}, "x": {"name": "X", "parent": "all"}, "y": {"name": "Y", "parent": "all"}}
CONTRACT = ["customer", "perimeter", "contract", "started_on", "ended_on", "annual_value"]
ORDER = ["customer", "perimeter", "order_key", "ordered_at", "amount"]
RULES = {
    "contracts": source("contracts", "data_*.csv", [name for name in CONTRACT if name != "contract"]),
    "orders": source("orders", "data_*.csv", ORDER),
}
WORTH = 2.5
NOBODY_KNOWN = pd.DataFrame({"customer": [], "day": pd.to_datetime([]), "customer_group": []}).astype({"customer": "str"})
_DAY = st.integers(0, 400).map(lambda n: START + timedelta(days=n))
_SPELLS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), _DAY, st.one_of(st.none(), st.integers(1, 200))), max_size=12
)


@settings(max_examples=at_most(60))
@given(spells=_SPELLS, since=st.one_of(st.none(), _DAY))
@pytest.mark.slow
def test_whoever_is_there_on_the_last_day_of_a_month_is_counted_once(
    spells: list[tuple[str, str, date, int | None]], since: date | None
) -> None:
    made = [(c, p, start, None if n is None else start + timedelta(days=n)) for c, p, start, n in spells]
    counted = active_by_month(frame(made), NOBODY_KNOWN, since)
    assert not counted.duplicated(["perimeter", "month"]).any()
    for month, perimeter, active, value in counted[["month", "perimeter", "active", "value"]].itertuples(index=False):
        day = month + pd.offsets.MonthEnd(0)
        there = [c for c, p, start, end in made if p == perimeter and start <= day.date() and (end is None or end > day.date())]
        assert len(set(there)) == active, (month, perimeter)
        assert len(there) * WORTH == value, (month, perimeter)
    if made:
        changes = [day for *_, start, end in made for day in (start, end) if day]
        first, last = (since or min(changes)), max(*changes, since or min(changes))
        months = pd.date_range(first.replace(day=1), last, freq="MS")
        assert set(counted["month"]) == set(months) and len(counted) == len(months) * len({p for _, p, *_ in made})


def frame(rows: list[tuple[str, str, date, date | None]]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["customer", "perimeter", "begins", "ends"])
    dates = {name: pd.to_datetime(made[name]).astype("datetime64[us]") for name in ("begins", "ends")}
    dated = made.astype({"customer": "str", "perimeter": "str"}).assign(**dates)
    return dated.assign(worth_until=dated["ends"], value=WORTH)


def some_rows(random: Random, rule: str, n: int, since: int = 0) -> list[str]:
    rows = []
    for _ in range(n):
        begins = START + timedelta(days=random.randint(since, 500))
        who, where = random.choice("abcdefgh"), random.choice("xy")
        if rule == "orders":
            days = [begins] * random.choice([1, 1, 2])
            rows += [f"{where}{who},{where},{random.random()},{day},{amount(random)}" for day in days]
        else:
            ends = random.choice(["", begins + timedelta(days=random.randint(0, 250))])
            rows.append(f"{where}{who},{where},{random.random()},{begins},{ends},{amount(random)}")
    return rows


def amount(random: Random) -> str:
    """Money that nobody wrote down in one line of eight."""
    return "" if random.random() < 0.125 else str(random.randint(1, 99))


def flow(workspace: Workspace, perimeter: str | None = None) -> list[CountedPeriod]:
    scope = Scope.of(workspace.room.settings, datetime(2027, 6, 10, tzinfo=UTC), perimeter)
    with workspace.engine.connect() as connection:
        return counted_periods(customer_flow(connection, scope, months=40))


def adds_up(workspace: Workspace) -> None:
    for perimeter in (None, "x", "y"):
        months = flow(workspace, perimeter)
        assert all(month.holds for month in months), (perimeter, months)


def room(make: Callable[..., Workspace], rule: str) -> Workspace:
    workspace = make(customers={"rule": rule, "lapse_days": 45}, perimeter=PARTS)
    columns = ORDER if rule == "orders" else CONTRACT
    workspace.sources(source("customers", "customers.csv", ["customer", "perimeter", "test_account"]) + RULES[rule])
    workspace.put("customers.csv", "customer,perimeter,test_account\n")
    workspace.put("data_0.csv", ",".join(columns) + "\n")
    return workspace


@pytest.mark.req("R37")
@pytest.mark.parametrize("rule", ["contracts", "orders"])
def test_the_ledger_and_the_count_agree_however_the_facts_come_in(make: Callable[..., Workspace], rule: str) -> None:
    """Of richer rows, with groups, merged customers and other money, test_every_fact asks the same."""
    random = Random(0)
    workspace = room(make, rule)
    columns = ",".join(ORDER if rule == "orders" else CONTRACT)
    for part in range(5):
        workspace.put(f"data_{part}.csv", csv(columns, *some_rows(random, rule, random.choice([1, 3, 25]), since=part * 90)))
        assert all(result.status == "ok" and not result.refused for result in workspace.load())
    adds_up(workspace)
    workspace.put("data_1.csv", csv(columns, *some_rows(random, rule, 5)))
    workspace.load()
    adds_up(workspace)


@pytest.mark.req("R37")
@pytest.mark.parametrize("rule", ["contracts", "orders"])
def test_a_day_that_was_counted_wrong_does_not_hold(make: Callable[..., Workspace], rule: str) -> None:
    workspace = room(make, rule)
    workspace.put("data_0.csv", csv(",".join(ORDER if rule == "orders" else CONTRACT), *some_rows(Random(3), rule, 40)))
    workspace.load()
    assert all(month.holds for month in flow(workspace))
    first = workspace.rows(customer_day, "day")[0][0]
    with workspace.engine.begin() as connection:
        new = customer_movement.c.kind == "new", customer_movement.c.month == first.replace(day=1)
        connection.execute(update(customer_movement).where(*new).values(customers=customer_movement.c.customers + 1))
    assert [month.holds for month in flow(workspace)].count(False) == 1, "one too many in that month"


def test_another_rule_counts_again(make: Callable[..., Workspace]) -> None:
    workspace = room(make, "orders")
    workspace.put("data_0.csv", csv(",".join(ORDER), "a,x,1,2026-01-10,5", "a,x,2,2026-03-20,5"))
    workspace.load()
    assert active(workspace) == {"2026-01": 1, "2026-02": 0, "2026-03": 1, "2026-04": 1, "2026-05": 0}
    ruled(workspace, lapse_days=90)
    workspace.load()
    assert active(workspace) == {"2026-01": 1, "2026-02": 1, "2026-03": 1, "2026-04": 1, "2026-05": 1, "2026-06": 0}


def test_only_months_from_the_touched_day_on_are_counted_again(make: Callable[..., Workspace]) -> None:
    workspace = room(make, "orders")
    workspace.put("data_0.csv", csv(",".join(ORDER), "a,x,1,2026-01-10,5", "b,x,2,2026-03-20,5"))
    workspace.load()
    with workspace.engine.begin() as connection:
        connection.execute(update(customer_month).values(active=7))
    workspace.put("data_1.csv", csv(",".join(ORDER), "c,y,3,2026-03-02,5"))
    workspace.load()
    assert active(workspace) == {"2026-01": 7, "2026-02": 7, "2026-03": 2, "2026-04": 1, "2026-05": 0}


def test_a_test_account_is_not_counted(make: Callable[..., Workspace]) -> None:
    workspace = room(make, "contracts")
    workspace.put("data_0.csv", csv(",".join(CONTRACT), "a,x,1,2026-01-10,,5", "b,x,2,2026-01-20,,5"))
    workspace.put("customers.csv", csv("customer,perimeter,test_account", "b,x,yes"))
    workspace.load()
    assert active(workspace) == {"2026-01": 1}
    workspace.put("customers.csv", csv("customer,perimeter,test_account", "b,x,no"))
    workspace.load()
    assert active(workspace) == {"2026-01": 2}
    assert flow(workspace)[-1].closing == 2 and all(month.holds for month in flow(workspace)), (
        "after the last change nothing changes"
    )


def active(workspace: Workspace) -> dict[str, Any]:
    by_day: dict[str, Any] = {}
    for month, n in workspace.rows(customer_month, "month", "active"):
        by_day[f"{month:%Y-%m}"] = by_day.get(f"{month:%Y-%m}", 0) + n
    return by_day
