"""What a company can say about itself on the first day, from a file of tickets and a file of bills."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from wallboard.metrics.issues import still_open
from wallboard.metrics.quotations import CustomersWords, quotation
from wallboard.metrics.scope import Scope
from wallboard.store.schema import voice


@dataclass(frozen=True, slots=True)
class UnownedComplaint:
    """One open complaint without an owner; `words` as the customer wrote them, None without any; its age in days."""

    day: date
    age_days: int
    words: CustomersWords | None
    channel: str
    perimeter: str


def unowned_complaints(connection: Connection, scope: Scope, limit: int = 5) -> tuple[UnownedComplaint, ...]:
    """Open complaints that nobody is on at the end of the last complete day, the oldest first, as the customer wrote them.

    Grain: one row per open complaint without an owner.
    """
    v = voice.c
    query = (
        select(v.day, v.words, v.channel, v.perimeter, v.source, v.source_key)
        .where(*still_open(scope), func.coalesce(v.owner, "") == "")
        .order_by(v.day, v.occurred_at, v.id)
        .limit(limit)
    )
    return tuple(
        UnownedComplaint(
            row.day,
            (scope.today - row.day).days + 1,
            quotation(row, v.words, row.words) if row.words else row.words,
            row.channel,
            row.perimeter,
        )
        for row in connection.execute(query)
    )
