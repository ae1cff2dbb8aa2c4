"""Why customers left: in their words, and who says so."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from wallboard.metrics.availability import CUSTOMERS, coverage
from wallboard.metrics.customer_state import EVENT_KEY
from wallboard.metrics.facts import sums, within
from wallboard.metrics.quotations import CustomersWords, quotation
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.metrics.valued import NOBODY, Valued
from wallboard.store.schema import customer_event, reason, reason_day

UNKNOWN, OTHER = "unknown", "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some customers left or came, and who says so (reason_source: customer said, staff entered, inferred, unknown).

    Departures are counted: a customer who leaves, comes back and leaves again within these months counts twice. `share` is of all
    (`total`); `stage` is the stage of the customer's life in which the reason lies. `value` is of those of whom it is known, in
    the room's currency, None where of nobody it is known; `value_unknown` counts the others. state: measured, no cases (nobody
    left), not measured (no customers loaded: no numbers).
    """

    place: int
    reason: str
    wording: str
    stage: str | None
    reason_source: str
    customers: int | None
    value: float | None
    value_unknown: int | None
    share: float | None
    total: int | None
    total_value: float | None
    period_start: date
    period_end: date
    period_name: str
    state: str


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """One customer who told us why, in their own words exactly as recorded; `wording` is the reason's, `value` theirs a year."""

    day: date
    words: CustomersWords
    reason: str
    wording: str | None
    value: float | None
    perimeter: str


def lost_reasons(connection: Connection, scope: Scope, months: int = 1, top: int = 5) -> tuple[Reason, ...]:
    """Why customers left in the last complete months, split by who says so; the rows sum to all who left.

    The `top` reasons by customers come first, then the rest as 'other', then 'unknown', which is always there even when it is 0.

    Grain: one row per reason and who says so; `place` numbers the reasons from 1.
    """
    return _reasons(connection, scope, ("lost",), months, top)


def joined_reasons(connection: Connection, scope: Scope, months: int = 1, top: int = 5) -> tuple[Reason, ...]:
    """Why customers came, or came back, in the last complete months; on the same terms as lost_reasons.

    Grain: one row per reason and who says so; `place` numbers the reasons from 1.
    """
    return _reasons(connection, scope, ("new", "won back"), months, top)


def _reasons(connection: Connection, scope: Scope, kinds: tuple[str, ...], months: int, top: int) -> tuple[Reason, ...]:
    period = span(full_months(scope, months))
    people = _by_reason(connection, scope, kinds, months)
    everybody = sum(people.values(), NOBODY)
    total = everybody.customers
    measured = coverage(connection, scope, CUSTOMERS).of(period)
    known = {row.reason: row for row in connection.execute(select(reason.c.reason, reason.c.wording, reason.c.stage))}
    wordings = {key: row.wording for key, row in known.items()}

    def row(place: int, key: str, source: str) -> Reason:
        mine = people.get((key, source), NOBODY)
        return Reason(
            place=place,
            reason=key,
            wording=wordings.get(key, key),
            stage=known[key].stage if key in known else None,
            reason_source=source,
            customers=mine.customers if measured else None,
            value=mine.worth if measured else None,
            value_unknown=mine.unknown if measured else None,
            share=mine.customers / total if total else None,
            total=total if measured else None,
            total_value=everybody.worth if measured else None,
            period_start=period.start,
            period_end=period.end,
            period_name=period.name,
            state=NOT_MEASURED if not measured else MEASURED if total else NO_CASES,
        )

    return tuple(row(*placed) for placed in _placed(people, wordings, top))


_People = dict[tuple[str, str], Valued]


def _by_reason(connection: Connection, scope: Scope, kinds: tuple[str, ...], months: int) -> _People:
    period = span(full_months(scope, months))
    people: _People = {}
    mine, of = reason_day.c.kind.in_(kinds), ["customers", "value", "value_unknown"]
    for _, row in sums(connection, reason_day, scope, [period], ["reason", "reason_source"], of, mine):
        key = (row.reason, row.reason_source or UNKNOWN) if row.reason not in ("", UNKNOWN) else (UNKNOWN, UNKNOWN)
        people[key] = people.get(key, NOBODY) + Valued.of(row)
    return people


def _placed(people: _People, wordings: dict[str, str], top: int) -> list[tuple[int, str, str]]:
    """Rows in order: the top reasons, other, unknown; folds the rest, and a reason of that very name, into 'other'."""
    weight: dict[str, int] = defaultdict(int)
    for (key, _), customers in people.items():
        if key not in (UNKNOWN, OTHER):
            weight[key] += customers.customers
    ordered = sorted(weight, key=lambda key: (-weight[key], wordings.get(key, key)))
    for key in ordered[top:]:
        for _, source in [pair for pair in people if pair[0] == key]:
            folded = people.pop((key, source))
            people[OTHER, source] = people.get((OTHER, source), NOBODY) + folded
    listed = ordered[:top] + ([OTHER] if any(key == OTHER for key, _ in people) else [])
    rows = []
    for place, key in enumerate(listed, 1):
        sources = sorted((pair[1] for pair in people if pair[0] == key), key=lambda s: (-people[key, s].customers, s))
        rows += [(place, key, source) for source in sources]
    return [*rows, (len(listed) + 1, UNKNOWN, UNKNOWN)]


def lost_words(connection: Connection, scope: Scope, months: int = 3, limit: int = 1) -> tuple[ReasonWords, ...]:
    """What customers said themselves when they left, newest first, exactly as recorded.

    Grain: one row per customer who left in the last months (the running one included) and told us why.
    """
    return _words(connection, scope, ("lost",), months, limit)


def joined_words(connection: Connection, scope: Scope, months: int = 3, limit: int = 1) -> tuple[ReasonWords, ...]:
    """What customers said themselves when they came or came back, newest first, exactly as recorded.

    Grain: one row per customer who came in the last months (the running one included) and told us why.
    """
    return _words(connection, scope, ("new", "won back"), months, limit)


def _words(connection: Connection, scope: Scope, kinds: tuple[str, ...], months: int, limit: int) -> tuple[ReasonWords, ...]:
    event = customer_event.c
    theirs = event.kind.in_(kinds), event.reason_source == "customer said", event.reason_words != ""
    query = (
        select(event.reason_words, event.reason, reason.c.wording, event.value, *(event[name] for name in EVENT_KEY))
        .outerjoin(reason, reason.c.reason == event.reason)
        .where(*within(customer_event, scope), event.day >= full_months(scope, months)[0].start, *theirs)
        .order_by(event.day.desc(), event.customer)
        .limit(limit)
    )
    return tuple(_reason_words(row) for row in connection.execute(query))


def _reason_words(row: Any) -> ReasonWords:
    words = quotation(row, customer_event.c.reason_words, row.reason_words, key=EVENT_KEY)
    return ReasonWords(row.day, words, row.reason, row.wording, row.value, row.perimeter)
