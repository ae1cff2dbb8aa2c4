"""Customers who left soon after a complaint, by the function that had caused it, and what they took with them.

Somebody who complained of several functions counts for each of them once; a complaint and a departure belong together in one
perimeter only. That one came after the other is all that this says.
"""

from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Connection, delete, or_, select

from wallboard.loaders.counting.aliases import aliases, merged
from wallboard.loaders.counting.calendar import month_of
from wallboard.loaders.counting.days import dates
from wallboard.loaders.counting.declared import Change, Fact
from wallboard.loaders.counting.grains import BEGINNING, Months, from_month
from wallboard.settings import Room
from wallboard.store.schema import cause_loss_month, customer_alias, customer_event, voice
from wallboard.store.write import insert_rows, read_frame

WITHIN = timedelta(days=90)
"""Who leaves later than this after a complaint is not counted."""

_E, _V = customer_event.c, voice.c
_CELL = ["month", "perimeter", "cause"]


def _since(change: Change) -> date | None:
    """The first month whose departures may be told otherwise now; None where none may."""
    if change.table is not voice:
        return BEGINNING
    rows = change.written.touched_rows(["day", "cause", "customer"]).dropna()
    return min(dates(rows["day"])).replace(day=1) if len(rows) else None


def _count(connection: Connection, _room: Room, months: Months) -> None:
    connection.execute(delete(cause_loss_month).where(months.hold(cause_loss_month.c.month)))
    complaints = _complained(connection, months)
    if complaints.empty:
        return
    gone = _E.kind == "lost", months.hold(_E.day)
    left = read_frame(connection, select(_E.customer, _E.perimeter, _E.day, _E.value).where(*gone))
    insert_rows(connection, cause_loss_month, losses(left, complaints))


def losses(left: pd.DataFrame, complaints: pd.DataFrame) -> pd.DataFrame:
    """The rows of cause_loss_month from departures (customer, perimeter, day, value) and complaints (..., day, cause)."""
    both = left.assign(departure=range(len(left))).merge(complaints, on=["customer", "perimeter"], suffixes=("", "_complained"))
    soon = (both["day"] - both["day_complained"]).between(timedelta(0), WITHIN)
    once = both[soon].drop_duplicates(["departure", "cause"])
    value = once["value"].astype("float64")
    counted = once.assign(
        month=month_of(once["day"]),
        customers=1,
        value=value.fillna(0.0),
        value_unknown=value.isna().astype("int64"),
    )
    return counted.groupby(_CELL, as_index=False)[["customers", "value", "value_unknown"]].sum()


def _complained(connection: Connection, months: Months) -> pd.DataFrame:
    """The complaints with a cause of those who have left in some months, under today's numbers."""
    gone = select(_E.customer).where(_E.kind == "lost", months.hold(_E.day))
    in_time = Months(months.since - WITHIN, months.until).hold(_V.day)
    theirs = or_(_V.customer.in_(gone), _V.customer.in_(select(customer_alias.c.alias)))
    caused = _V.complaint, _V.cause.is_not(None), in_time, or_(_V.merged.is_(None), _V.merged.is_(False))
    complaints = read_frame(connection, select(_V.customer, _V.perimeter, _V.day, _V.cause).where(*caused, theirs))
    return complaints.assign(customer=merged(complaints["customer"], aliases(connection)))


FACT = Fact(
    reads=(voice, customer_event, customer_alias),
    writes=(cause_loss_month,),
    version=1,
    grain=from_month(_since, _E.month),
    count=_count,
)
