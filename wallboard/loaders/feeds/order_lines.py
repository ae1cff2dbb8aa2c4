"""Lines of orders: how much came when, a row for each part of a line, against the day that the customer asked for."""

import pandas as pd

from wallboard.loaders.feed import Feed, at_least, contract, rule
from wallboard.loaders.places import with_days
from wallboard.loaders.refusals import Refusals
from wallboard.settings import Room
from wallboard.store.schema import order_line

_LINE = ["order_no", "line_no"]


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="delivered_at")


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    """All parts of a line were asked for on one day and in one quantity: a part that says another one is refused."""
    for column in ("requested_on", "quantity"):
        first = frame.groupby(_LINE, sort=False)[column].transform("first")
        other = frame[first != frame[column]]
        reasons = (
            f"another part of line {row.line_no} of order {row.order_no} says another '{column}'." for row in other.itertuples()
        )
        refusals.add(other.index, column, reasons, "Give what the customer asked for first; a new promise is `promised_on`.")


FEED = Feed(
    "order_lines",
    131,
    order_line,
    contract(
        order_line,
        rule(
            lambda f: f["delivered_at"].isna() == f["delivered"].isna(),
            "says when it came without how much, or how much without when",
            "Give both, or neither where nothing has come",
        ),
        quantity=rule(lambda cells: cells > 0, "is not above zero", "Say how much was ordered"),
        delivered=at_least(0),
    ),
    fact="requested_on",
    defaults={"cancelled": False},
    derived=("day",),
    derive=_derive,
    check=_check,
)
