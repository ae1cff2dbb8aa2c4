"""A store of the landed version is migrated when it is opened, keeps its pictures, and is counted again by the next load."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from tests.loaders.conftest import Workspace, room_at
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.growth import growth_verdict
from wallboard.metrics.retention import retention
from wallboard.metrics.scope import Scope
from wallboard.store.connections import reading
from wallboard.store.open import make_engine, open_store

LANDED = "0004"
ORIGIN = {"source": "s", "row_hash": 1, "load_run_id": 1}
RUN = {"id": 1, "source": "s", "feed": "f", "file": "f", "started_at": "2026-06-30 09:00:00", "status": "ok"}

Landed = Callable[[str, dict[str, list[dict[str, Any]]]], Workspace]


@pytest.fixture
def landed(nowhere: str, tmp_path: Path) -> Iterator[Landed]:
    """A room whose store the landed version has written, with rows and facts as it counted them; not yet opened."""
    engines: list[Engine] = []

    def made(rule: str, rows: dict[str, list[dict[str, Any]]]) -> Workspace:
        room = room_at(tmp_path / "room", store=nowhere, small_n=1, customers={"rule": rule, "lapse_days": 90})
        leaf = room.settings.leaves(None)[0]
        mark = {"mark": "customers.rule", "value": f"{rule} 90 GBP 3 {leaf}"}
        engine = make_engine(nowhere)
        config = Config()
        config.set_main_option("script_location", "wallboard/store/migrations")
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, LANDED)
            put(connection, "load_run", RUN)
            put(connection, "store_mark", mark)
            for table, listed in rows.items():
                for row in listed:
                    put(connection, table, {"perimeter": leaf, **row})
        engine.dispose()
        engines.append(open_store(nowhere))
        workspace = Workspace(room, engines[-1])
        workspace.sources("")
        return workspace

    yield made
    for engine in engines:
        engine.dispose()


def put(connection: Connection, table: str, row: dict[str, Any]) -> None:
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"), row)


def event(customer: str, day: date, kind: str, value: float | None, rule: str) -> dict[str, Any]:
    return {"customer": customer, "day": day, "month": day.replace(day=1), "kind": kind, "value": value, "rule": rule}


def fact(kind: str, customers: int, value: float, **more: Any) -> dict[str, Any]:
    return {"customer_group": "", "kind": kind, "customers": customers, "value": value, "value_unknown": 0, **more}


def there(month: date, active: int, value: float) -> dict[str, Any]:
    return {"month": month, "customer_group": "", "active": active, "value": value, "value_unknown": 0}


def test_purchases_before_a_win_back_and_who_came_back_are_counted_again(landed: Landed) -> None:
    days = [date(2025, 5, 10), date(2025, 11, 10), date(2026, 1, 5), date(2026, 5, 20)]
    bought = [
        {**ORIGIN, "source_key": str(n), "customer": "a", "order_key": str(n), "ordered_at": f"{day} 12:00:00", "day": day}
        | {"amount": 100.0, "currency": "GBP"}
        for n, day in enumerate(days)
    ]
    cohort = {"month": date(2026, 5, 1), "months": 12, "customer_group": "", "customers": 1, "lost": 1, "value": 100.0}
    cohort |= {"expansion": 0.0, "contraction": 0.0, "churn": 100.0, "value_unknown": 0}
    workspace = landed("orders", {"purchase": bought, "retention_month": [cohort], "customer_day": [
        fact("new", 1, 100.0, day=days[0]), fact("won back", 1, 100.0, day=days[3])
    ]})  # fmt: skip
    scope = Scope.of(workspace.room.settings, datetime(2026, 6, 30, 9, tzinfo=UTC))
    with reading(workspace.engine) as connection:
        assert retention(connection, scope)[0].lost == 1, "until the next load the old counts stand"
    workspace.load()
    with reading(workspace.engine) as connection:
        may = customer_flow(connection, scope, months=2)[0]
        kept = retention(connection, scope)[0]
    assert (may.won_back, may.won_back_value, may.closing_value, may.holds) == (1, 300.0, 300.0, True)
    assert (kept.customers, kept.retained, kept.returned, kept.lost) == (1, 1, 1, 0)


def test_leavers_without_a_day_and_values_that_nobody_knows_are_counted_again(landed: Landed) -> None:
    plain = {
        **ORIGIN,
        "started_on": date(2026, 3, 10),
        "currency": "GBP",
        "ended_on": None,
        "annual_value": None,
        "reason_words": None,
    }
    contracts = [{**plain, "source_key": who, "customer": who} for who in "ab"]
    contracts += [{**plain, "source_key": "x", "customer": "x", "reason_words": "It leaked.", "annual_value": 10.0}]
    contracts += [{**plain, "source_key": "n", "customer": "n", "started_on": date(2026, 5, 10)}]
    march, may = date(2026, 3, 1), date(2026, 5, 1)
    events = [event(who, date(2026, 3, 10), "new", 10.0 if who == "x" else None, "contracts") for who in "abx"]
    events += [event("n", date(2026, 5, 10), "new", None, "contracts")]
    counted = [fact("new", 3, 10.0, month=march), fact("new", 1, 0.0, month=may)]
    months = [there(march, 3, 10.0), there(date(2026, 4, 1), 3, 10.0), there(may, 4, 10.0)]
    daily = [fact("new", 3 if entry["customer"] == "x" else 1, 10.0, day=entry["day"]) for entry in events[2:]]
    rows = {"contract": contracts, "customer_event": events, "customer_movement": counted, "customer_month": months}
    workspace = landed("contracts", {**rows, "customer_day": daily})
    scope = Scope.of(workspace.room.settings, datetime(2026, 6, 30, 9, tzinfo=UTC))
    with reading(workspace.engine) as connection:
        before = growth_verdict(connection, scope)[0]
    assert (before.closing, before.undated) == (4, 0), "until the next load the old counts stand"
    workspace.load()
    with reading(workspace.engine) as connection:
        row = growth_verdict(connection, scope)[0]
    assert (row.closing, row.undated, row.closing_value, row.holds) == (3, 1, None, True)
    assert (row.verdict, row.net_value, row.value_state) == ("not measured", None, "not measured")
