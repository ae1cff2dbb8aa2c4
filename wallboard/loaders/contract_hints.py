"""What contracts say of themselves that is hardly meant: ends a day early, lives of no day, leavers without a day."""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.loaders.counting.leavers import undated
from wallboard.loaders.counting.purchases import WHO
from wallboard.loaders.end_dates import LAST_DAY, followed_the_next_day, mostly
from wallboard.store.schema import contract
from wallboard.store.write import read_frame

_C = contract.c


def contract_hints(connection: Connection) -> Iterator[str]:
    """Hints by source, as its contracts stand in the store."""
    ended = read_frame(connection, select(_C.source, *(_C[name] for name in WHO), _C.started_on, _C.ended_on))
    for source, rows in ended.groupby("source"):
        yield from _early(str(source), rows)
        yield from _of_no_day(str(source), rows)
    left = select(_C.source, func.count()).where(undated()).group_by(_C.source).order_by(_C.source)
    for source, contracts in connection.execute(left):
        say = "1 contract says" if contracts == 1 else f"{contracts:,} contracts say"
        yield (
            f"{source}: {say} why the customer left, and not when (ended_on is empty). No such contract counts as a customer, or "
            "as lost in any month, and no growth is told that this could turn round. Map the day of the end, or leave such rows "
            "out with `where`."
        )


def _early(source: str, rows: pd.DataFrame) -> Iterator[str]:
    followed, next_day = followed_the_next_day(rows, WHO, "started_on", "ended_on")
    if mostly(followed, next_day):
        yield (
            f"{source}: of {followed:,} ended contracts that another one of the same customer follows, {next_day:,} are followed "
            f"one day later, and count as lost and won back. If their end is the last day in, {LAST_DAY.format(source)}."
        )


def _of_no_day(source: str, rows: pd.DataFrame) -> Iterator[str]:
    short = int((rows["ended_on"] == rows["started_on"]).sum())
    if short:
        start = "1 contract ends on the day on which it starts, and makes"
        many = f"{short:,} contracts end on the day on which they start, and make"
        what = "its end" if short == 1 else "their end"
        yield (
            f"{source}: {start if short == 1 else many} nobody a customer. If {what} is the last day in, "
            f"{LAST_DAY.format(source)}."
        )
