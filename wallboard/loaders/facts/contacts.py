"""What contacts cost by month, and who heard and who caused them: each at the unit cost of its day, in the room's money."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, case, delete, func, or_, select, true

from wallboard.loaders.facts.days import NOT_SAID, dates
from wallboard.loaders.facts.money import in_room_money
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import cause_month, contact_month, unit_cost, voice
from wallboard.store.write import Written, insert_rows, read_frame

_V, _U = voice.c, unit_cost.c
_CELL = ["month", "perimeter", "stage", "touchpoint", "issue_type", "complaint"]
_TRACED = ["month", "perimeter", "handled_by", "cause", "complaint"]
MANY = 24
"""Beyond so many months it is quicker to count everything again."""

_ANY = "contact"
"""The activity whose unit cost stands for every contact that has none of its own."""


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    """Voices touch their months; another price or rate touches all, as does a store that has none of these facts yet."""
    months = {day.replace(day=1) for day in dates(written.touched("day"))} if written.table.name == voice.name else None
    counted = connection.execute(select(contact_month.c.month).limit(1)).first() is not None
    if months is not None and (len(months) > MANY or not counted):
        months = None
    contacts = _billed(priced(_contacts(connection, months), _costs(connection, room)))
    for table in (contact_month, cause_month):
        connection.execute(delete(table).where(true() if months is None else table.c.month.in_(months)))
    insert_rows(connection, contact_month, _summed(contacts, _CELL, ["contacts", "cost", "uncosted", "minutes", "untimed"]))
    traced = contacts[(contacts["handled_by"] != "") | (contacts["cause"] != "")]
    insert_rows(connection, cause_month, _summed(traced, _TRACED, ["contacts", "cost", "uncosted", "with_words"]))


def priced(contacts: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Contacts (day, perimeter, heard_through, kind, contacts, ...) with `unit` and `each`, the money and the minutes of one.

    The way it was heard through comes before the kind, the kind before 'contact', a perimeter's own cost before the one for
    everywhere, the newest before older ones; never one that is not yet valid. Missing where there is none.
    """
    unit, each = (np.full(len(contacts), np.nan) for _ in range(2))
    for cost, who in _weakest_first(contacts, costs):
        mine = who & (contacts["day"] >= cost.valid_from).to_numpy()
        if pd.notna(cost.perimeter):
            mine &= (contacts["perimeter"] == cost.perimeter).to_numpy()
        unit[mine], each[mine] = cost.amount, cost.customer_minutes
    return contacts.assign(unit=unit, each=each)


def _weakest_first(contacts: pd.DataFrame, costs: pd.DataFrame) -> Iterator[tuple[Any, Any]]:
    """Each unit cost with the contacts whose activity it names; a later one overrules an earlier one."""
    ordered = costs.assign(own=costs["perimeter"].notna()).sort_values(["own", "valid_from"], kind="stable")
    for level in (_ANY, "kind", "heard_through"):
        for cost in ordered.itertuples():
            if level == _ANY:
                named = np.full(len(contacts), cost.activity == _ANY)
            else:
                named = (contacts[level] == cost.activity).to_numpy()
            if named.any():
                yield cost, named


def _contacts(connection: Connection, months: set[date] | None) -> pd.DataFrame:
    named = (_V.stage, _V.touchpoint, _V.issue_type, _V.handled_by, _V.cause)
    said = {column.name: func.coalesce(column, NOT_SAID) for column in named}
    by = (_V.day, _V.perimeter, _V.complaint, _V.heard_through, _V.kind)
    worded = func.sum(case((func.coalesce(_V.words, NOT_SAID) != NOT_SAID, 1), else_=0))
    counts = (func.count().label("contacts"), worded.label("with_words"))
    chosen = select(*by, *(one.label(name) for name, one in said.items()), *counts)
    if months is not None:
        chosen = chosen.where(or_(*(_V.day.between(month, _last(month)) for month in sorted(months))))
    return read_frame(connection, chosen.group_by(*by, *said.values()))


def _costs(connection: Connection, room: Room) -> pd.DataFrame:
    amount = in_room_money(connection, room, _U.amount, _U.currency).label("amount")
    columns = (_U.activity, _U.perimeter, _U.valid_from, amount, _U.customer_minutes)
    return read_frame(connection, select(*columns).order_by(_U.id))


def _billed(contacts: pd.DataFrame) -> pd.DataFrame:
    many, month = contacts["contacts"], contacts["day"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
    return contacts.assign(
        month=month,
        cost=(contacts["unit"] * many).fillna(0.0),
        uncosted=many.where(contacts["unit"].isna(), 0),
        minutes=(contacts["each"] * many).fillna(0.0),
        untimed=many.where(contacts["each"].isna(), 0),
    )


def _summed(contacts: pd.DataFrame, cell: list[str], of: list[str]) -> pd.DataFrame:
    return contacts.groupby(cell, as_index=False)[of].sum()


def _last(month: date) -> date:
    return (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date()


CONTACTS = Facts((contact_month, cause_month), _refresh)
