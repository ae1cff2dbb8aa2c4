"""Which group a customer is in on a day, and when that changes."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from wallboard.loaders.counting.aliases import aliases, merged
from wallboard.loaders.counting.portions import Customers
from wallboard.store.portions import in_portions
from wallboard.store.schema import customer, membership
from wallboard.store.write import read_frame

_M = membership.c
BEFORE_ALL = pd.Timestamp(1700, 1, 1)
NOBODY = ""
"""The group of customers of whom no group is known."""


def group_steps(connection: Connection, touched: Iterable[str] | Customers | None) -> pd.DataFrame:
    """From which day on each customer is in which group (customer, day, customer_group), for those with a known group.

    The first step of a customer lies before all time: the group of the customer list, or none; of merged numbers, the one that
    remains speaks first. Where memberships overlap, the one that began last holds.
    """
    known = aliases(connection)
    listed = _read(connection, touched, select(customer.c.customer, customer.c.customer_group), customer.c.customer)
    spans = _read(connection, touched, select(_M.customer, _M.customer_group, _M.valid_from, _M.valid_to), _M.customer)
    spans["customer"] = merged(spans["customer"], known)
    listed = listed.dropna(subset=["customer_group"]).sort_values("customer")
    number, listed["customer"] = listed["customer"], merged(listed["customer"], known)
    remains = number == listed["customer"]
    listed = pd.concat([listed[remains], listed[~remains]]).drop_duplicates("customer")
    always = listed.assign(day=BEFORE_ALL).astype({"day": "datetime64[us]"})[["customer", "day", "customer_group"]]
    return joined_steps(always, spans)


def joined_steps(always: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """The groups that always hold, interrupted by spans (customer, customer_group, valid_from, valid_to)."""
    if spans.empty:
        return always.sort_values(["customer", "day"], ignore_index=True)
    spans = spans.sort_values(["customer", "valid_from", "valid_to", "customer_group"], ignore_index=True)
    following = spans.groupby("customer")["valid_from"].shift(-1)
    ends = spans["valid_to"].where(following.isna() | (spans["valid_to"] < following))
    default = spans["customer"].map(always.set_index("customer")["customer_group"]).astype("str").fillna(NOBODY)
    begins = spans[["customer", "valid_from", "customer_group"]].rename(columns={"valid_from": "day"})
    after = pd.DataFrame({"customer": spans["customer"], "day": ends, "customer_group": default}).dropna(subset=["day"])
    steps = pd.concat([always, begins, after], ignore_index=True).sort_values(
        ["customer", "day"], kind="stable", ignore_index=True
    )
    return steps.drop_duplicates(["customer", "day"], keep="last", ignore_index=True)


def group_on(customers: "pd.Series[str]", days: "pd.Series[Any]", steps: pd.DataFrame) -> "pd.Series[str]":
    """The group of each customer on each day; both series have the same index."""
    if steps.empty or customers.empty:
        return pd.Series(NOBODY, index=customers.index, dtype="str")
    lookups = pd.DataFrame({"customer": customers.to_numpy(), "day": days.to_numpy(dtype="datetime64[us]")})
    lookups["place"] = np.arange(len(lookups))
    matched = pd.merge_asof(lookups.sort_values("day", kind="stable"), steps.sort_values("day"), on="day", by="customer")
    groups = matched.sort_values("place")["customer_group"].fillna(NOBODY).to_numpy()
    return pd.Series(groups, index=customers.index, dtype="str")


def _read(connection: Connection, touched: Iterable[str] | Customers | None, chosen: Any, column: Any) -> pd.DataFrame:
    if touched is None:
        return read_frame(connection, chosen)
    if isinstance(touched, Customers):
        return read_frame(connection, chosen.where(touched.are(column)))
    parts = [read_frame(connection, chosen.where(column.in_(some))) for some in in_portions(touched)]
    return pd.concat(parts, ignore_index=True) if parts else read_frame(connection, chosen.where(column.is_(None)))
