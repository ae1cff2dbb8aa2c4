"""The room's money: what an amount in another currency is worth at one constant rate."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, case

from wallboard.settings import Room
from wallboard.store.rates import newest_rates


def in_room_money(connection: Connection, room: Room, amount: Any, currency: Any) -> ColumnElement[Any]:
    """The amount in the room's money; NULL where its currency has no rate."""
    known = newest_rates(connection, room.settings.currency)
    return case(*((currency == name, amount if rate == 1.0 else amount * rate) for name, rate in sorted(known.items())))


def converted(connection: Connection, room: Room, amounts: "pd.Series[Any]", currencies: "pd.Series[Any]") -> "pd.Series[Any]":
    """The same for a frame."""
    return amounts * currencies.map(newest_rates(connection, room.settings.currency)).astype("float64")
