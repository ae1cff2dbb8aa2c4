"""Whether anything has moved since something was begun: one rule for initiatives, the roster and the alarms."""

from datetime import date, timedelta
from math import sqrt

LONG_ENOUGH = timedelta(weeks=12)
"""After how long something has to have moved."""

NOISE = 1.96
"""Standard errors of a difference of two Poisson counts within which nothing has moved."""

FELL, ROSE, NOTHING_MOVED = "fell", "rose", "nothing moved"


def movement(since: date, today: date, then: int | None, now: int | None, exposure: float = 1.0) -> str | None:
    """Which way complaints have moved in the twelve weeks and more since a day; None before, and where one is not measured.

    Nothing has moved where |now - q then| <= 1.96 sqrt(now + q² then); q = `exposure`, that of now / that of then. Two counts
    of 0 have not moved.
    """
    if then is None or now is None or today < since + LONG_ENOUGH:
        return None
    change = now - exposure * then
    if abs(change) <= NOISE * sqrt(now + exposure**2 * then):
        return NOTHING_MOVED
    return ROSE if change > 0 else FELL
