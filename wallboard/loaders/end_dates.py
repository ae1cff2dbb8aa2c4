"""Whether end dates are the last day in, where a source says that they are the first day out."""

from collections.abc import Sequence

import pandas as pd

LAST_DAY = 'write end_dates = "last day in" under [{}] in data/sources.toml'
_FEW = 2


def followed_the_next_day(rows: pd.DataFrame, who: Sequence[str], start: str, end: str) -> tuple[int, int]:
    """How many ended spans another one of the same customer follows, and how many of them exactly one day later."""
    starts = rows[[*who, start]].rename(columns={start: "next"}).sort_values("next")
    ended = rows[rows[end].notna() & (rows[end] > rows[start])].sort_values(end)
    matched = pd.merge_asof(ended, starts, left_on=end, right_on="next", by=[*who], direction="forward")
    gaps = (matched["next"] - matched[end]).dt.days
    return int(gaps.notna().sum()), int((gaps == 1).sum())


def mostly(followed: int, next_day: int) -> bool:
    """Whether so many are followed on the next day that this is hardly a gap."""
    return next_day >= _FEW and 2 * next_day > followed
