"""The events of the ledger as the store keeps them."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, String, select, type_coerce

from wallboard.loaders.counting.portions import Customers
from wallboard.store.schema import customer_event

_E = customer_event.c
_READ = ("customer", "perimeter", "day", "kind", "customer_group", "value")


def read_events(connection: Connection, *kinds: str, of: Customers | None = None) -> pd.DataFrame:
    """Events of some kinds and customers (all where none is said), their days as whole days.

    Days come as text from one database and as dates from the other.
    """
    chosen = select(*(type_coerce(_E[name], String) if name == "day" else _E[name] for name in _READ))
    chosen = chosen.where(_E.kind.in_(kinds)) if kinds else chosen
    rows: list[object] = list(connection.execute(chosen if of is None else chosen.where(of.are(_E.customer))))
    columns = dict(zip(_READ, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(_READ, ())
    days = np.array(columns["day"], dtype="datetime64[D]")
    values = np.array(columns["value"], dtype="float64")
    texts = {name: np.array(columns[name], dtype=object) for name in ("customer", "perimeter", "kind", "customer_group")}
    return pd.DataFrame({**texts, "day": days.astype("datetime64[us]"), "value": values})
