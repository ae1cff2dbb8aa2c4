"""Which group a customer is in, from when until when."""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.loaders.end_dates import LAST_DAY, followed_the_next_day, mostly
from wallboard.loaders.feed import Feed, contract, rule
from wallboard.loaders.refusals import Refusals, shown
from wallboard.settings import Room
from wallboard.store.schema import membership
from wallboard.store.write import read_frame


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    """A customer is in one group on one date: of two spans that overlap, the one that begins later is refused."""
    ordered = frame.sort_values(["customer", "valid_from"], kind="stable")
    who = ordered.groupby("customer", sort=False)
    ends = ordered["valid_to"].fillna(pd.Timestamp.max.floor("D").as_unit("us"))
    until = ends.groupby(ordered["customer"], sort=False).cummax().groupby(ordered["customer"], sort=False).shift(1)
    twice = ordered[until.notna() & (ordered["valid_from"] < until)]
    before = who["customer_group"].shift(1).loc[twice.index]
    reasons = (
        f"{shown(row.customer)} is already in the group {shown(other)} on {row.valid_from:%Y-%m-%d}."
        for row, other in zip(twice.itertuples(), before, strict=True)
    )
    refusals.add(twice.index, "valid_from", reasons, "A customer is in one group on one date: end the first span on that day.")


def _hints(connection: Connection) -> Iterator[str]:
    """Where most spans in a group end one day before the next one begins, nobody is in any group on that day."""
    m = membership.c
    every = read_frame(connection, select(m.source, m.customer, m.valid_from, m.valid_to))
    for source, rows in every.groupby("source"):
        followed, next_day = followed_the_next_day(rows, ["customer"], "valid_from", "valid_to")
        if mostly(followed, next_day):
            yield (
                f"{source}: of {followed:,} ended memberships that another one of the same customer follows, {next_day:,} are "
                f"followed one day later, and leave the customer without a group on that day. If their end is the last day in, "
                f"{LAST_DAY.format(source)}."
            )


FEED = Feed(
    "memberships",
    75,
    membership,
    contract(
        membership,
        rule(
            lambda f: f["valid_to"].isna() | (f["valid_to"] > f["valid_from"]),
            "ends before it begins",
            "Correct one of the dates",
        ),
    ),
    fact="valid_from",
    ends=("valid_to",),
    check=_check,
    hints=_hints,
)
