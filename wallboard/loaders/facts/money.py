"""The room's money: what an amount in another currency is worth at one constant rate."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, case, select

from wallboard.settings import Room
from wallboard.store.schema import exchange_rate


def rates(connection: Connection, room: Room) -> dict[str, float]:
    """What one unit of each known currency is worth: the newest rate, for all history, so that no rate looks like growth."""
    r = exchange_rate.c
    newest = connection.execute(select(r.currency, r.rate).order_by(r.currency, r.valid_from, r.id))
    return {row.currency: row.rate for row in newest} | {room.settings.currency: 1.0}


def in_room_money(connection: Connection, room: Room, amount: Any, currency: Any) -> ColumnElement[Any]:
    """The amount in the room's money; NULL where its currency has no rate."""
    known = rates(connection, room)
    return case(*((currency == name, amount if rate == 1.0 else amount * rate) for name, rate in sorted(known.items())))


def converted(connection: Connection, room: Room, amounts: "pd.Series[Any]", currencies: "pd.Series[Any]") -> "pd.Series[Any]":
    """The same for a frame."""
    return amounts * currencies.map(rates(connection, room)).astype("float64")
