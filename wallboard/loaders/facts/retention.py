"""Who of the customers at the start of a month, and of a year, is still there, and what became of their value."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, String, delete, select, type_coerce

from wallboard.loaders.facts.changes import ledger_moved
from wallboard.loaders.facts.cohorts import cohorts
from wallboard.loaders.facts.months import unpriced_by_month
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import customer_event, retention_month
from wallboard.store.write import Written, insert_rows

_E = customer_event.c
_READ = ("customer", "perimeter", "day", "kind", "customer_group", "value")


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    if ledger_moved(written, room):
        count_retention(connection, unpriced_by_month(connection, room))


def count_retention(connection: Connection, unpriced: pd.DataFrame | None = None) -> None:
    """Count every cohort again, from the ledger and from the spans in which part of a value is unknown (unpriced_by_month)."""
    connection.execute(delete(retention_month))
    insert_rows(connection, retention_month, cohorts(read_events(connection), unpriced))


def read_events(connection: Connection, *kinds: str) -> pd.DataFrame:
    """Events of some kinds (all for none), their days as whole days; text from one store, dates from the other."""
    chosen = select(*(type_coerce(_E[name], String) if name == "day" else _E[name] for name in _READ))
    rows: list[Any] = list(connection.execute(chosen.where(_E.kind.in_(kinds)) if kinds else chosen))
    columns = dict(zip(_READ, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(_READ, ())
    days = np.array(columns["day"], dtype="datetime64[D]")
    values = np.array(columns["value"], dtype="float64")
    texts = {name: np.array(columns[name], dtype=object) for name in ("customer", "perimeter", "kind", "customer_group")}
    return pd.DataFrame({**texts, "day": days.astype("datetime64[us]"), "value": values})


RETENTION = Facts((retention_month,), _refresh)
