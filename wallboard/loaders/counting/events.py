"""The events of the ledger as the store keeps them."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, String, select, type_coerce

from wallboard.store.schema import customer_event

_E = customer_event.c
_READ = ("customer", "perimeter", "day", "kind", "customer_group", "value")


def read_events(connection: Connection, *kinds: str) -> pd.DataFrame:
    """Events of some kinds (all for none), their days as whole days; text from one store, dates from the other."""
    chosen = select(*(type_coerce(_E[name], String) if name == "day" else _E[name] for name in _READ))
    rows: list[Any] = list(connection.execute(chosen.where(_E.kind.in_(kinds)) if kinds else chosen))
    columns = dict(zip(_READ, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(_READ, ())
    days = np.array(columns["day"], dtype="datetime64[D]")
    values = np.array(columns["value"], dtype="float64")
    texts = {name: np.array(columns[name], dtype=object) for name in ("customer", "perimeter", "kind", "customer_group")}
    return pd.DataFrame({**texts, "day": days.astype("datetime64[us]"), "value": values})
