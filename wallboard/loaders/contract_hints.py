"""What contracts say of themselves that is hardly meant: ends a day early, lives of no day, leavers without a day."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.loaders.facts.leavers import undated
from wallboard.loaders.facts.purchases import WHO
from wallboard.store.schema import contract
from wallboard.store.write import read_frame

LAST_DAY = 'write end_dates = "last day in" under [{}] in data/sources.toml'
_FEW = 2
_C = contract.c


def contract_hints(connection: Connection) -> Iterator[str]:
    """Hints by source, as its contracts stand in the store."""
    ended = read_frame(connection, select(_C.source, *(_C[name] for name in WHO), _C.started_on, _C.ended_on))
    for source, rows in ended.groupby("source"):
        yield from _early(str(source), rows)
        yield from _of_no_day(str(source), rows)
    left = select(_C.source, func.count()).where(undated()).group_by(_C.source).order_by(_C.source)
    for source, contracts in connection.execute(left):
        yield (
            f"{source}: {contracts:,} contracts say why the customer left, and not when (ended_on is empty). They count "
            "neither as customers nor as lost in any month, and no growth is told that they could turn round. Map the day of "
            "their end, or leave them out with `where`."
        )


def _early(source: str, rows: pd.DataFrame) -> Iterator[str]:
    gaps = _days_to_the_next(rows)
    followed, next_day = int(gaps.notna().sum()), int((gaps == 1).sum())
    if next_day >= _FEW and 2 * next_day > followed:
        yield (
            f"{source}: of {followed:,} ended contracts that another one of the same customer follows, {next_day:,} are followed "
            f"one day later, and count as lost and won back. If their end is the last day in, {LAST_DAY.format(source)}."
        )


def _days_to_the_next(rows: pd.DataFrame) -> "pd.Series[Any]":
    """Days from the end of each ended contract to the next start of its customer; missing where none follows."""
    starts = rows[[*WHO, "started_on"]].rename(columns={"started_on": "next"}).sort_values("next")
    ended = rows[rows["ended_on"].notna() & (rows["ended_on"] > rows["started_on"])].sort_values("ended_on")
    found = pd.merge_asof(ended, starts, left_on="ended_on", right_on="next", by=WHO, direction="forward")
    return (found["next"] - found["ended_on"]).dt.days


def _of_no_day(source: str, rows: pd.DataFrame) -> Iterator[str]:
    short = int((rows["ended_on"] == rows["started_on"]).sum())
    if short:
        yield (
            f"{source}: {short:,} contracts end on the day on which they start, and make nobody a customer. If their end is the "
            f"last day in, {LAST_DAY.format(source)}."
        )
