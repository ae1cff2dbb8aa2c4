"""From which day on a load can have changed who is a customer, and in which group."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.loaders.counting.aliases import everybody_of
from wallboard.loaders.counting.leavers import are_undated
from wallboard.loaders.counting.purchases import MANY
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import contract, customer, customer_alias, customer_event, membership, purchase
from wallboard.store.write import Written

ALWAYS = date(1700, 1, 1)


def first_change(connection: Connection, written: Written, room: Room) -> date | None:
    """The first day from which on the ledger may tell another story than before the write; None where it cannot.

    Ask after the ledger has been brought up to date.
    """
    name, rule = written.table.name, room.settings.customers.rule
    if name == customer_alias.name:
        return ALWAYS
    if name == customer.name:
        return _of_customers(connection, written)
    if name == membership.name:
        return _of_spans(written, ["customer", "customer_group"], "valid_from", "valid_to")
    if name == contract.name and rule == "contracts":
        deciding = replace(written, changed=_with_undated(written.changed), before=_with_undated(written.before))
        return _of_spans(deciding, ["customer", "perimeter", "undated"], "started_on", "ended_on")
    if name == purchase.name and rule == "orders":
        return _day(written.touched("day").min())
    return None


def first_written(written: Written) -> date | None:
    """The first day on which a touched contract or purchase can make a customer active; None where it may be any."""
    began = {contract.name: "started_on", purchase.name: "day"}.get(written.table.name)
    if written.first or began is None:
        return None
    earliest: date = written.touched(began).min().date()
    return earliest


def _with_undated(contracts: pd.DataFrame) -> pd.DataFrame:
    """Contracts with what decides besides their days whether they make a customer."""
    return contracts.assign(undated=are_undated(contracts))


def ledger_moved(written: Written, room: Room) -> bool:
    """True where a write may have changed the ledger: not what the room's rule does not count, not a customer's name."""
    name, rule = written.table.name, room.settings.customers.rule
    if name in (contract.name, purchase.name):
        return name == (contract.name if rule == "contracts" else purchase.name)
    if name != customer.name or written.touched("test_account").any():
        return True
    grouped = written.new["customer_group"].notna().any() or written.gone["customer_group"].notna().any()
    return bool(grouped or _differs(*_both(written), "customer_group").any())


def _of_customers(connection: Connection, written: Written) -> date | None:
    if written.touched("test_account").any():
        return ALWAYS
    now, was = _both(written)
    moved = written.changed.loc[_differs(now, was, "customer_group").to_numpy(), "customer"]
    touched = sorted({*moved, *written.new["customer"], *written.gone["customer"]})
    event = customer_event.c
    if len(touched) > MANY:
        first: date | None = connection.scalar(select(func.min(event.day)))
        return first
    parts = in_portions(everybody_of(connection, touched))
    days = [connection.scalar(select(func.min(event.day)).where(event.customer.in_(some))) for some in parts]
    return min((day for day in days if day is not None), default=None)


def _of_spans(written: Written, who: list[str], begins: str, ends: str) -> date | None:
    """Of a span that only ends on another day nothing changes before the earlier end."""
    now, was = _both(written)
    again, ended = _differs(now, was, *who, begins), _differs(now, was, ends)
    days = [span[begins][again] for span in (now, was)] + [span[ends][ended] for span in (now, was)]
    return _day(pd.concat([pd.to_datetime(day) for day in (*days, written.new[begins], written.gone[begins])]).min())


def _both(written: Written) -> tuple[pd.DataFrame, pd.DataFrame]:
    now = written.changed.set_index("source_key")
    return now, written.before.set_index("source_key").reindex(now.index)


def _differs(now: pd.DataFrame, was: pd.DataFrame, *columns: str) -> "pd.Series[bool]":
    same = [(now[name] == was[name]) | (now[name].isna() & was[name].isna()) for name in columns]
    return ~pd.concat(same, axis=1).astype(bool).all(axis=1)


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
