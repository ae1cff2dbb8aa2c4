"""Complaints by week and what they are measured against, as the daily facts have them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, insert

from tests.metrics import given
from wallboard.store import schema

MONDAY = date(2026, 6, 22)
"""The Monday of the last complete week before Tuesday 30 June 2026."""


def weeks(n: int, last: date = MONDAY) -> list[date]:
    """The Mondays of `n` weeks, oldest first."""
    return [last - timedelta(weeks=back) for back in range(n - 1, -1, -1)]


def weekly(
    connection: Connection,
    counts: Mapping[str, Sequence[int]],
    exposed: float | None = 1000,
    perimeter: str = "north",
    last: date = MONDAY,
    touchpoint: str = "parcel",
) -> None:
    """Complaints of each issue type in weeks that end with `last`, all on Mondays, as the exposure is, unless that is None."""
    plain = {"perimeter": perimeter, "stage": "", "channel": "helpdesk", "with_words": 0, "touchpoint": touchpoint}
    rows = [
        {**plain, "day": monday, "issue_type": kind, "complaints": n, "voices": n}
        for kind, numbers in counts.items()
        for monday, n in zip(weeks(len(numbers), last), numbers, strict=True)
        if n
    ]
    connection.execute(insert(schema.voice_day), rows)
    given.weeks_of_voices(connection)
    if exposed is not None:
        longest = max(len(numbers) for numbers in counts.values())
        given.exposures(connection, weeks(longest, last), exposed, perimeter=perimeter)


def flow(connection: Connection, moved: Sequence[tuple[int, int]], last: date = MONDAY) -> None:
    """What arrived and what was solved in weeks that end with `last`."""
    rows = [
        {"day": monday + timedelta(days=2), "perimeter": "north", "arrived": arrived, "solved": solved}
        for monday, (arrived, solved) in zip(weeks(len(moved), last), moved, strict=True)
    ]
    connection.execute(insert(schema.complaint_day), rows)
    given.months_of_issues(connection)


def kpi(connection: Connection, shares: Sequence[float], n: int = 1000, last: date = MONDAY) -> None:
    """A share by week that should be high."""
    given.kpis(
        connection,
        *(
            {"day": monday, "numerator": round(share * n), "denominator": n}
            for monday, share in zip(weeks(len(shares), last), shares, strict=True)
        ),
    )
