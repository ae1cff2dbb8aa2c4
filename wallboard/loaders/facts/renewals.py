"""What became of the terms that were due, by the month in which they were due and the day on which it was decided.

A term is renewed on its last day where the contract runs past it, or when another contract that continues it begins; it is lost
once 30 days have passed after the end without one; before that, and ahead of every known day, it is pending. What was decided
before the month in which it was due is dated on the last day of the month of the decision: fewer rows, and never too early.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, exists, func, or_, select

from wallboard.loaders.counting.aliases import aliases, merged
from wallboard.loaders.counting.changes import ledger_moved
from wallboard.loaders.counting.declared import Change, Fact
from wallboard.loaders.counting.groups import group_on, group_steps
from wallboard.loaders.counting.leavers import undated
from wallboard.loaders.counting.ledger import UNIT
from wallboard.loaders.counting.money import in_room_money
from wallboard.loaders.counting.portions import Customers, Portion, by_customers
from wallboard.loaders.counting.purchases import real
from wallboard.loaders.counting.terms import AFTER, continued, last_terms, run_past
from wallboard.settings import Room
from wallboard.store.schema import contract, customer, customer_alias, exchange_rate, membership, renewal_month
from wallboard.store.write import insert_rows, read_frame

_C = contract.c
_HAS_TERM = or_(_C.term_ends_on.is_not(None), _C.term_months.is_not(None))
_COUNTED = real(_C.customer), or_(_C.ended_on.is_(None), _C.ended_on > _C.started_on), ~undated()
_CELL = ["month", "perimeter", "customer_group", "outcome", "decided"]
_SUMS = ["contracts", "value", "renewed_value", "value_unknown"]
_OUTCOMES = ("renewed", "lost", "pending")
_RENEWED, _LOST, _PENDING = range(3)
_DAY = pd.Timedelta(days=1)


def _moved(change: Change) -> bool:
    """Contracts have terms under either rule."""
    return change.table is contract or ledger_moved(change.written, change.room)


def _count(connection: Connection, room: Room, portion: Portion[date | None]) -> None:
    if portion.common is None:
        return
    contracts = _contracts(connection, room, portion.customers)
    rows = renewals(contracts, group_steps(connection, portion.customers), portion.common) if len(contracts) else pd.DataFrame()
    total = portion.total(rows, _CELL, exact=("value", "renewed_value"))
    if total is not None:
        insert_rows(connection, renewal_month, total)


def _newest_day(connection: Connection, _room: Room) -> date | None:
    """The newest day on which a contract began or its end was asked for; an end may be written down long before it comes.

    None where no contract has a term.
    """
    if not connection.scalar(select(exists().where(_HAS_TERM))):
        return None
    days = connection.execute(select(func.max(_C.started_on), func.max(_C.cancel_requested_on)).where(*_COUNTED)).one()
    return max((day for day in days if day is not None), default=None)


def _contracts(connection: Connection, room: Room, of: Customers) -> pd.DataFrame:
    value = in_room_money(connection, room, _C.annual_value, _C.currency).label("value")
    dates = (_C.started_on, _C.ended_on, _C.cancel_requested_on, _C.term_ends_on, _C.term_months)
    chosen = select(_C.contract, _C.customer, _C.perimeter, *dates, _C.renewed_from, value).where(*_COUNTED)
    contracts = read_frame(connection, chosen.where(of.are(_C.customer)))
    return contracts.assign(customer=merged(contracts["customer"], aliases(connection)))


def renewals(contracts: pd.DataFrame, steps: pd.DataFrame, newest: date) -> pd.DataFrame:
    """The rows of renewal_month; `steps` say who is in which group from when on, `newest` is the newest known day.

    A term counts in the group of its last day.
    """
    contracts = contracts.reset_index(drop=True)
    places, perimeters = pd.factorize(contracts["perimeter"])
    contracts["place"], names = places, pd.Index(["", *steps["customer_group"].unique()]).unique()
    contracts["group"] = names.get_indexer(pd.Index(group_on(contracts["customer"], contracts["started_on"], steps)))
    contracts["moved"] = contracts["customer"].isin(steps.loc[steps.duplicated("customer"), "customer"])
    parts = []
    for terms in (*run_past(contracts, newest), _ended(contracts)):
        groups = contracts["group"].to_numpy()[terms["row"]]
        moved = terms[contracts["moved"].to_numpy()[terms["row"]]]
        if len(moved):
            whose = contracts["customer"].iloc[moved["row"]].set_axis(moved.index)
            groups[moved.index] = names.get_indexer(pd.Index(group_on(whose, moved["due"] - _DAY, steps)))
        parts.append(_counted(terms, contracts, groups))
    every = pd.concat(parts, ignore_index=True).groupby(_CELL, as_index=False)[_SUMS].sum()
    named: dict[str, Any] = {
        "month": every["month"].to_numpy(dtype="datetime64[M]").astype("datetime64[us]"),
        "decided": every["decided"].to_numpy(dtype="datetime64[D]").astype("datetime64[us]"),
        "perimeter": perimeters.to_numpy(dtype=object)[every["perimeter"]],
        "customer_group": names.to_numpy(dtype=object)[every["customer_group"]],
        "outcome": np.array(_OUTCOMES, dtype=object)[every["outcome"]],
    }
    money = {name: every[name] / UNIT for name in ("value", "renewed_value")}
    return every.assign(**named, **money).astype(dict.fromkeys(("perimeter", "customer_group", "outcome"), "str"))


def _ended(contracts: pd.DataFrame) -> pd.DataFrame:
    """Terms at whose end, or before, the contract ended: continued by another one, or lost when nothing can follow any more."""
    ended = last_terms(contracts)
    terms = ended[["row", "due", "ended_on"]].merge(continued(ended, contracts), on="row", how="left")
    lost = terms["by"].isna()
    decided = terms["began"].where(~lost, terms["ended_on"] + pd.Timedelta(days=AFTER))
    return terms.assign(outcome=np.where(lost, _LOST, _RENEWED), decided=decided)


def _counted(terms: pd.DataFrame, contracts: pd.DataFrame, groups: Any) -> pd.DataFrame:
    """The terms by cell, all in numbers: months and days since 1970."""
    row, was = terms["row"].to_numpy(), contracts["value"].to_numpy()[terms["row"]]
    if "outcome" not in terms:
        terms = terms.assign(outcome=np.where(terms["ahead"], _PENDING, _RENEWED), decided=terms["due"], after=was)
    outcome, after = terms["outcome"].to_numpy(), terms["after"].to_numpy()
    due, decided = (terms[name].to_numpy(dtype="datetime64[D]") for name in ("due", "decided"))
    month = due.astype("datetime64[M]")
    in_month = (decided.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    decided = np.where(decided < month, in_month, decided)
    keys = [month.astype("int64"), contracts["place"].to_numpy()[row], groups, outcome, decided.astype("int64")]
    table = pd.DataFrame({
        **dict(zip(_CELL, keys, strict=True)),
        "contracts": 1,
        "value": _units(was),
        "renewed_value": np.where(outcome == _RENEWED, _units(after), 0),
        "value_unknown": np.isnan(was) | ((outcome == _RENEWED) & np.isnan(after)),
    })  # fmt: skip
    return table.groupby(_CELL, as_index=False)[_SUMS].sum()


def _units(values: Any) -> Any:
    return (np.nan_to_num(values) * UNIT).round().astype("int64")


FACT = Fact(
    reads=(contract, customer, customer_alias, membership, exchange_rate),
    writes=(renewal_month,),
    version=2,
    grain=by_customers(_C.customer, _moved, _newest_day),
    count=_count,
    rules=lambda settings: settings.currency,
)
