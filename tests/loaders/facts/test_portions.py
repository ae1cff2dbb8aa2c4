"""A whole fact is counted in portions of the customers: everybody is in one of them, and no more than so many together."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, func, insert, select

from wallboard.loaders.counting import portions
from wallboard.loaders.counting.portions import Customers, Portion, portioned
from wallboard.store.schema import customer_alias, customer_event, load_run

NAMES = [f"c{number:03}" for number in range(40) if number != 5] + ["Ärger", "zoë", "Zoë", "日本", "👍", "c-1", "C1", " c"]
MERGED = {"c005": "zoë", "old": "c005", "a": "b", "b": "a", "日": "C1"}
"""By old number the one of today; through a chain, and in a circle."""


@pytest.fixture
def many(store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    run = {"source": "s", "feed": "f", "file": "f", "started_at": datetime(2026, 6, 30, 9, tzinfo=UTC), "status": "ok"}
    day = date(2026, 6, 1)
    came = {"perimeter": "all", "day": day, "month": day, "kind": "new", "rule": "contracts"}
    came |= dict.fromkeys(("customer_group", "from_group", "reason", "reason_source"), "")
    with store.begin() as connection:
        origin = {
            "source": "s",
            "row_hash": 1,
            "load_run_id": connection.scalar(insert(load_run).values(**run).returning(load_run.c.id)),
        }
        rows = [origin | {"source_key": alias, "alias": alias, "customer": customer} for alias, customer in MERGED.items()]
        connection.execute(insert(customer_alias), rows)
        connection.execute(insert(customer_event), [came | {"customer": customer} for customer in (*NAMES, *MERGED)])
    monkeypatch.setattr(portions, "CUSTOMERS_AT_ONCE", 7)
    return store


def held(connection: Connection, of: Customers) -> set[str]:
    return set(connection.scalars(select(customer_event.c.customer).where(of.are(customer_event.c.customer))))


def test_everybody_is_in_one_portion_and_merged_customers_in_that_of_today(many: Engine) -> None:
    with many.connect() as connection:
        parts = [held(connection, of) for of in portioned(connection, customer_event.c.customer)]
        everybody = connection.scalar(select(func.count()).select_from(customer_event))
    assert sum(map(len, parts)) == everybody == len(set().union(*parts)) and len(parts) == 8
    for numbers in ({"c005", "old", "zoë"}, {"a", "b"}, {"日", "C1"}):
        assert [numbers & part for part in parts if numbers & part] == [numbers]
    assert max(len(part - set(MERGED)) for part in parts) <= 7


def test_portions_add_up_cell_by_cell_and_only_sums_are_kept() -> None:
    gathered: list[pd.DataFrame] = []
    of = Customers(None, None)
    parts = [pd.DataFrame({"cell": ["x", "y"], "n": [1, 2], "value": [0.1, 0.2]})] * 30
    for number, part in enumerate(parts, 1):
        portion: Portion[Any] = Portion(of, None, number == len(parts), gathered)
        total = portion.total(part, ["cell"], exact=["value"])
        assert (total is not None) == portion.last and sum(map(len, gathered)) == 2
    assert total is not None
    assert total.to_dict("list") == {"cell": ["x", "y"], "n": [30, 60], "value": [3.0, 6.0]}
