"""Who hears of a problem and who has caused it: what crosses departments, and what those do who never meet a customer."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import sums, within
from wallboard.metrics.quotations import CustomersWords, quotation
from wallboard.metrics.scope import Period, Scope, full_months, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.metrics.valued import NOBODY, Valued
from wallboard.store.schema import cause_loss_month, cause_month, contact_month, customer_event, function, voice

_M = cause_month.c


@dataclass(frozen=True, slots=True)
class CrossDepartment:
    """Contacts of some months by who heard of them and who caused them.

    `crossed` counts those whose handled_by is not their cause, `known` those of which both are known; `unknown` are all other
    contacts. `previous_…` are as many months before. state: measured, no cases (nothing of which both are known), not measured
    (nothing heard yet: no numbers).
    """

    crossed: int | None
    known: int | None
    unknown: int | None
    contacts: int | None
    previous_crossed: int | None
    previous_known: int | None
    period_start: date
    period_end: date
    state: str


@dataclass(frozen=True, slots=True)
class CrossCause:
    """What one function has caused: contacts that another one heard of (`crossed`), and that it heard of itself (`own`)."""

    function: str
    name: str
    customer_facing: bool | None
    outsourced: bool | None
    crossed: int
    own: int
    period_start: date
    period_end: date


@dataclass(frozen=True, slots=True)
class FunctionEffect:
    """What is traced to one function that never meets a customer; state measured, or not measured: nothing is (no numbers).

    Contacts and the complaints among them, what they `cost` in the room's currency (None where none has a unit cost; those
    without are `uncosted`), and the newest of their words, complaints first (`abridged` where they were longer). `left` are
    customers who left within 90 days of a complaint that it had caused, with their `lost_value` and how many of them are of
    unknown value; None where no customer is known to have come or left.
    """

    function: str
    name: str
    outsourced: bool
    complaints: int | None
    contacts: int | None
    cost: float | None
    uncosted: int | None
    left: int | None
    lost_value: float | None
    left_unknown: int | None
    words: CustomersWords | None
    abridged: bool
    channel: str | None
    day: date | None
    period_start: date
    period_end: date
    state: str


class _Words(NamedTuple):
    words: CustomersWords | None = None
    abridged: bool = False
    channel: str | None = None
    day: date | None = None


@dataclass
class _Traced:
    """What is traced to one function: `crossed` was heard by another one, `own` by itself, `unheard` by nobody known."""

    crossed: int = 0
    own: int = 0
    unheard: int = 0
    complaints: int = 0
    cost: float = 0.0
    uncosted: int = 0
    worded: dict[bool, int] = field(default_factory=dict)
    """How many have words: among complaints (True) and others."""

    @property
    def contacts(self) -> int:
        return self.crossed + self.own + self.unheard


def cross_department(connection: Connection, scope: Scope, months: int = 3) -> tuple[CrossDepartment, ...]:
    """How many contacts of the last complete months were caused by another department than the one that heard of them.

    Grain: one row.
    """
    both = full_months(scope, 2 * months)
    now, before = span(both[months:]), span(both[:months])
    known_days = coverage(connection, scope, VOICES)
    if not known_days.of(now):
        return (CrossDepartment(None, None, None, None, None, None, now.start, now.end, NOT_MEASURED),)
    crossed, known = _crossed(connection, scope, now)
    was_crossed, was_known = _crossed(connection, scope, before) if known_days.whole(before) else (None, None)
    rows = sums(connection, contact_month, scope, [now], [], ["contacts"], when="month")
    contacts = sum(int(row.contacts or 0) for _, row in rows)
    unknown, state = contacts - known, MEASURED if known else NO_CASES
    return (CrossDepartment(crossed, known, unknown, contacts, was_crossed, was_known, now.start, now.end, state),)


def cross_causes(connection: Connection, scope: Scope, months: int = 3) -> tuple[CrossCause, ...]:
    """Which departments cause what others hear of, in the last complete months; they sum to cross_department.

    Grain: one row per function to which anything is traced of which both are known, most crossed first.
    """
    period = span(full_months(scope, months))
    known = _functions(connection)
    rows = [
        CrossCause(
            function=key,
            name=known[key].name if key in known else key,
            customer_facing=known[key].customer_facing if key in known else None,
            outsourced=known[key].outsourced if key in known else None,
            crossed=traced.crossed,
            own=traced.own,
            period_start=period.start,
            period_end=period.end,
        )
        for key, traced in _traced(connection, scope, period).items()
        if traced.crossed + traced.own
    ]
    return tuple(sorted(rows, key=lambda row: (-row.crossed, -row.own, row.name)))


def function_effect(connection: Connection, scope: Scope, months: int = 3, longest: int = 120) -> tuple[FunctionEffect, ...]:
    """The effect on customers of each function that never meets one: what is traced to it in the last complete months.

    Who complained of two functions and left counts for both. A function to which nothing is traced is not measured: that is no
    evidence of no effect, so it has no numbers.

    Grain: one row per function with customer_facing false, most complaints first, those without a trace last.
    """
    period = span(full_months(scope, months))
    traced, gone = _traced(connection, scope, period), _left(connection, scope, period)

    def effect(key: str, name: str, outsourced: bool) -> FunctionEffect:
        mine, lost = traced.get(key, _Traced()), None if gone is None else gone.get(key, NOBODY)
        newest = _newest_words(connection, scope, period, key, longest, mine.worded)
        some = mine.contacts > 0 or bool(lost and lost.customers)
        return FunctionEffect(
            function=key,
            name=name,
            outsourced=outsourced,
            complaints=mine.complaints if some else None,
            contacts=mine.contacts if some else None,
            cost=mine.cost if some and mine.uncosted < mine.contacts else None,
            uncosted=mine.uncosted if some else None,
            left=lost.customers if some and lost else None,
            lost_value=lost.value if some and lost else None,
            left_unknown=lost.unknown if some and lost else None,
            words=newest.words,
            abridged=newest.abridged,
            channel=newest.channel,
            day=newest.day,
            period_start=period.start,
            period_end=period.end,
            state=MEASURED if some else NOT_MEASURED,
        )

    hidden = [row for row in _functions(connection).values() if not row.customer_facing]
    rows = (effect(row.function, row.name, row.outsourced) for row in hidden)
    return tuple(sorted(rows, key=lambda row: (row.complaints is None, -(row.complaints or 0), -(row.contacts or 0), row.name)))


def _left(connection: Connection, scope: Scope, period: Period) -> dict[str, Valued] | None:
    """Who left after a complaint, by the function that had caused it; None where the ledger of customers is empty."""
    if connection.execute(select(customer_event.c.id).limit(1)).first() is None:
        return None
    of = ["customers", "value", "value_unknown"]
    rows = sums(connection, cause_loss_month, scope, [period], ["cause"], of, when="month")
    return {row.cause: Valued.of(row) for _, row in rows}


def _functions(connection: Connection) -> dict[str, Any]:
    return {row.function: row for row in connection.execute(select(function).order_by(function.c.name))}


def _traced(connection: Connection, scope: Scope, period: Period) -> dict[str, _Traced]:
    by_cause: dict[str, _Traced] = defaultdict(_Traced)
    by = ["handled_by", "cause", "complaint"]
    for _, row in sums(
        connection, cause_month, scope, [period], by, ["contacts", "cost", "uncosted", "with_words"], _M.cause != "", when="month"
    ):
        traced, many = by_cause[row.cause], int(row.contacts)
        if not row.handled_by:
            traced.unheard += many
        elif row.handled_by == row.cause:
            traced.own += many
        else:
            traced.crossed += many
        traced.complaints += many if row.complaint else 0
        traced.cost += float(row.cost)
        traced.uncosted += int(row.uncosted)
        traced.worded[bool(row.complaint)] = traced.worded.get(bool(row.complaint), 0) + int(row.with_words)
    return by_cause


def _crossed(connection: Connection, scope: Scope, period: Period) -> tuple[int, int]:
    traced = _traced(connection, scope, period).values()
    return sum(row.crossed for row in traced), sum(row.crossed + row.own for row in traced)


def _newest_words(
    connection: Connection, scope: Scope, period: Period, key: str, longest: int, worded: dict[bool, int]
) -> _Words:
    """The newest words traced to a function, a complaint's before others; looked for only where there are any."""
    head = func.substr(voice.c.words, 1, longest + 1).label("words")
    query = select(head, voice.c.channel, voice.c.day, voice.c.source, voice.c.source_key).where(
        voice.c.cause == key, *within(voice, scope, period), func.length(voice.c.words) > 0
    )
    for complaint in (True, False):
        if not worded.get(complaint):
            continue
        newest = query.where(voice.c.complaint.is_(complaint)).order_by(voice.c.day.desc(), voice.c.id.desc()).limit(1)
        row = connection.execute(newest).first()
        if row is not None:
            return _Words(quotation(row, voice.c.words, row.words, longest), len(row.words) > longest, row.channel, row.day)
    return _Words()
