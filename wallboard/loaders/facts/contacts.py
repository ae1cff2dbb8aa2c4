"""What contacts cost by month, and who heard and who caused them: each at the unit cost of its day, in the room's money."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, case, delete, func, or_, select

from wallboard.calendar import last_of
from wallboard.loaders.counting.calendar import month_of
from wallboard.loaders.counting.days import NOT_SAID, dates
from wallboard.loaders.counting.declared import EVERYTHING, Change, Everything, Fact, Grain
from wallboard.loaders.counting.grains import distinct
from wallboard.loaders.counting.money import in_room_money
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import cause_month, contact_month, exchange_rate, unit_cost, voice
from wallboard.store.write import insert_rows, read_frame

_V, _U = voice.c, unit_cost.c
_CELL = ["month", "perimeter", "stage", "touchpoint", "issue_type", "complaint"]
_TRACED = ["month", "perimeter", "handled_by", "cause", "complaint"]
MANY = 24
"""Months that are counted together; beyond so many it is quicker to count everything again."""

_ANY = "contact"
"""The activity whose unit cost stands for every contact that has none of its own."""


def _touched(change: Change) -> list[date] | Everything | None:
    """Voices touch their months; another price or rate touches all."""
    if change.table is not voice:
        return EVERYTHING
    months = {day.replace(day=1) for day in dates(change.written.touched("day"))}
    return EVERYTHING if len(months) > MANY else sorted(months) or None


def _batches(connection: Connection, _room: Room) -> Iterator[list[date]]:
    months = dict.fromkeys(day.replace(day=1) for day in distinct(connection, _V.day))
    return map(list, in_portions(months, MANY))


def _count(connection: Connection, room: Room, months: list[date]) -> None:
    contacts = _billed(priced(_contacts(connection, months), _costs(connection, room)))
    for table in (contact_month, cause_month):
        connection.execute(delete(table).where(table.c.month.in_(months)))
    insert_rows(connection, contact_month, _summed(contacts, _CELL, ["contacts", "cost", "uncosted", "minutes", "untimed"]))
    traced = contacts[(contacts["handled_by"] != "") | (contacts["cause"] != "")]
    insert_rows(connection, cause_month, _summed(traced, _TRACED, ["contacts", "cost", "uncosted", "with_words"]))


def priced(contacts: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Contacts (day, perimeter, channel, kind, contacts, ...) with `unit` and `each`, the money and the minutes of one.

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
    for level in (_ANY, "kind", "channel"):
        for cost in ordered.itertuples():
            if level == _ANY:
                named = np.full(len(contacts), cost.activity == _ANY)
            else:
                named = (contacts[level] == cost.activity).to_numpy()
            if named.any():
                yield cost, named


def _contacts(connection: Connection, months: list[date]) -> pd.DataFrame:
    may_be_missing = (_V.stage, _V.touchpoint, _V.issue_type, _V.handled_by, _V.cause)
    named = {column.name: func.coalesce(column, NOT_SAID) for column in may_be_missing}
    by = (_V.day, _V.perimeter, _V.complaint, _V.channel, _V.kind)
    worded = func.sum(case((func.coalesce(_V.words, NOT_SAID) != NOT_SAID, 1), else_=0))
    counts = (func.count().label("contacts"), worded.label("with_words"))
    chosen = select(*by, *(value.label(name) for name, value in named.items()), *counts)
    chosen = chosen.where(or_(*(_V.day.between(month, last_of(month)) for month in months)))
    return read_frame(connection, chosen.group_by(*by, *named.values()))


def _costs(connection: Connection, room: Room) -> pd.DataFrame:
    amount = in_room_money(connection, room, _U.amount, _U.currency).label("amount")
    columns = (_U.activity, _U.perimeter, _U.valid_from, amount, _U.customer_minutes)
    return read_frame(connection, select(*columns).order_by(_U.id))


def _billed(contacts: pd.DataFrame) -> pd.DataFrame:
    many = contacts["contacts"]
    return contacts.assign(
        month=month_of(contacts["day"]),
        cost=(contacts["unit"] * many).fillna(0.0),
        uncosted=many.where(contacts["unit"].isna(), 0),
        minutes=(contacts["each"] * many).fillna(0.0),
        untimed=many.where(contacts["each"].isna(), 0),
    )


def _summed(contacts: pd.DataFrame, cell: list[str], of: list[str]) -> pd.DataFrame:
    return contacts.groupby(cell, as_index=False)[of].sum()


FACT = Fact(
    reads=(voice, unit_cost, exchange_rate),
    writes=(contact_month, cause_month),
    version=1,
    grain=Grain("months", _touched, _batches),
    count=_count,
    rules=lambda settings: settings.currency,
)
