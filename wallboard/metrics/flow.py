"""Tickets as a flow through the helpdesk: what arrives and departs, how far it gets, and how long it stays.

A ticket departs when the helpdesk calls it solved, which is earlier than the room's own end of an issue. The log knows only
tickets that changed after it began: what is told of days before its first event is left-censored.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, func, literal, select, union_all

from wallboard.metrics.facts import sums, within
from wallboard.metrics.flow_statistics import Stretch, littles_weeks, unstable
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.metrics.states import LEFT_CENSORED, MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import ticket_day

LINES = (("arrived", "new"), ("in_work", "in work"), ("waiting", "waiting"), ("with_customer", "waiting for the customer"),
         ("departed", "solved"))  # fmt: skip
"""The lines of a cumulative flow diagram from the top: column of the facts, and status reached."""

_D = ticket_day.c
_FLOWS = ("arrived", "reopened", "departed", "unstarted")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FlowDay:
    """The tickets of one day: opening + arrived − departed = closing, those open at its end; None where not measured.

    `reopened` are those of the arrived that had been solved before; `unstarted` were called solved although nothing had been
    known of them, and count in nothing else. state: measured, left-censored (before the log's first event), not measured.
    """

    day: date
    opening: int | None
    arrived: int | None
    reopened: int | None
    departed: int | None
    closing: int | None
    unstarted: int | None
    state: str


@dataclass(frozen=True, slots=True)
class ThroughputWeek:
    """The same of one ISO week; a running one is not `complete`."""

    week_start: date
    week_name: str
    opening: int | None
    arrived: int | None
    reopened: int | None
    departed: int | None
    closing: int | None
    unstarted: int | None
    complete: bool
    state: str


@dataclass(frozen=True, slots=True)
class ReachedStatus:
    """How many tickets had `reached` a status, or got beyond it, by the end of `day`; None where not measured.

    `offset` were solved before the first week, and stand below the picture; `open` are open that day, in all statuses together.
    state: measured, left-censored (before the log's first event), not measured.
    """

    day: date
    status: str
    reached: int | None
    offset: int | None
    open: int | None
    complete: bool
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LittlesLaw:
    """Little's law over full weeks: `average_open` tickets, `throughput` a week, and `weeks` in the helpdesk; None where unknown.

    state: measured, not stable (`why` says what is not, and there is no estimate), no cases (nothing arrived, departed or was
    open), not measured (the log does not cover the weeks).
    """

    period_start: date
    period_end: date
    arrived: int | None = None
    departed: int | None = None
    average_open: float | None = None
    throughput: float | None = None
    weeks: float | None = None
    why: str = ""
    state: str = NOT_MEASURED


def flow_by_day(connection: Connection, scope: Scope, days: int = 28) -> tuple[FlowDay, ...]:
    """Tickets that arrived and departed each day, and how many were open at its end: opening + arrived − departed = closing.

    Grain: one row per day, oldest first, to the last complete day.
    """
    first = scope.last_day - timedelta(days=days - 1)
    spans = [Period(day, day, "", True) for day in (first + n * _DAY for n in range(days))]
    return tuple(FlowDay(day.start, *counts, state) for day, counts, state in _flow(connection, scope, spans))


@memoised
def throughput(connection: Connection, scope: Scope, weeks: int = 26) -> tuple[ThroughputWeek, ...]:
    """Tickets that arrived and departed each week; a week without any says 0 and stays.

    A running week is there, and never judged.

    Grain: one row per ISO week, oldest first; the last one may be incomplete.
    """
    counted = _flow(connection, scope, last_weeks(scope, weeks))
    return tuple(ThroughputWeek(week.start, week.name, *counts, week.complete, state) for week, counts, state in counted)


_Count = int | None
_UNKNOWN = (None,) * 6


def _flow(
    connection: Connection, scope: Scope, periods: list[Period]
) -> Iterator[tuple[Period, tuple[_Count, _Count, _Count, _Count, _Count, _Count], str]]:
    """Of each period what was opening, arrived, reopened, departed, closing and unstarted, and the state."""
    began = _totals_before(connection, scope, periods[0].start, ("arrived_total", "departed_total"))
    wip = began["arrived_total"] - began["departed_total"]
    counted = dict(sums(connection, ticket_day, scope, periods, [], _FLOWS))
    first, begins = _begins(connection, scope)
    for period in periods:
        row = counted.get(period)
        arrived, reopened, departed, unstarted = (int(getattr(row, name)) if row else 0 for name in _FLOWS)
        opening, wip = wip, wip + arrived - departed
        if first is None or period.end < first:
            yield period, _UNKNOWN, NOT_MEASURED
        else:
            state = MEASURED if begins is not None and period.start >= begins else LEFT_CENSORED
            yield period, (opening, arrived, reopened, departed, wip, unstarted), state


def cumulative_flow(connection: Connection, scope: Scope, weeks: int = 26) -> tuple[ReachedStatus, ...]:
    """How many tickets have ever got as far as each status, week by week: a cumulative flow diagram, whose lines never fall.

    A ticket that has got to a status, or beyond, stays counted there though it goes back; one that comes back after it was solved
    is a new arrival. The first line is all that arrived, the last all that departed; the gap between the two is what is open.
    Counted from the tickets already solved before the first week (`offset` of them), which stand below the picture.

    Grain: one row per week end (the last complete day for a running week; the first row is the end before it) and status.
    """
    periods = last_weeks(scope, weeks)
    totals = [f"{name}_total" for name, _ in LINES]
    running = _totals_before(connection, scope, periods[0].start, totals)
    below = running["departed_total"]
    counted = dict(sums(connection, ticket_day, scope, periods, [], [name for name, _ in LINES]))
    first, begins = _begins(connection, scope)
    rows = []
    for period in (None, *periods):
        day = periods[0].start - _DAY if period is None else min(period.end, scope.last_day)
        if period in counted:
            for (name, _), total in zip(LINES, totals, strict=True):
                running[total] += int(getattr(counted[period], name))
        known = first is not None and day >= first
        state = NOT_MEASURED if not known else MEASURED if begins is not None and day >= begins else LEFT_CENSORED
        left = running["arrived_total"] - running["departed_total"]
        for (_, status), total in zip(LINES, totals, strict=True):
            reached, offset, open_ = (running[total] - below, below, left) if known else (None, None, None)
            rows.append(ReachedStatus(day, status, reached, offset, open_, period is None or period.complete, state))
    return tuple(rows)


def littles_law(connection: Connection, scope: Scope, weeks: int = 12) -> tuple[LittlesLaw, ...]:
    """Average time in the helpdesk, in weeks, by Little's law: average open / average solved a week over the last full weeks.

    Only where it holds: arrivals within a tenth of departures, what is open and its average age within a quarter of each other at
    both ends; else `why` says what is not stable, and there is no estimate. An average, never a forecast for one ticket.

    Grain: one row.
    """
    whole = span(full_weeks(scope, weeks))
    began = _totals_before(connection, scope, whole.start, ("arrived_total", "departed_total", "open_since"))
    counted = _by_day(connection, scope, whole, ("arrived", "departed", "since"))
    _, begins = _begins(connection, scope)
    stretch = _stretch(whole, began, counted, weeks)
    law = LittlesLaw(period_start=whole.start, period_end=whole.end)
    if begins is None or begins > whole.start:
        return (law,)
    law = replace(law, arrived=stretch.arrived, departed=stretch.departed)
    if not (stretch.arrived or stretch.departed or stretch.average_wip):
        return (replace(law, state=NO_CASES),)
    rate, why = stretch.departed / weeks, " and ".join(unstable(stretch))
    law = replace(law, average_open=stretch.average_wip, throughput=rate, why=why, state="not stable" if why else MEASURED)
    return (law if why else replace(law, weeks=littles_weeks(stretch.average_wip, rate)),)


def _stretch(whole: Period, began: dict[str, int], counted: dict[date, tuple[int, ...]], weeks: int) -> Stretch:
    wip = before = began["arrived_total"] - began["departed_total"]
    since, ends = began["open_since"], 0
    for n in range((whole.end - whole.start).days + 1):
        came, went, moved = counted.get(whole.start + n * _DAY, (0, 0, 0))
        wip, since = wip + came - went, since + moved
        ends += wip
    arrived, departed = (sum(row[n] for row in counted.values()) for n in (0, 1))
    age = _age(whole.start - _DAY, before, began["open_since"]), _age(whole.end, wip, since)
    return Stretch(weeks, arrived, departed, ends / (7 * weeks), (before, wip), age)


def _age(day: date, wip: int, since: int) -> float | None:
    """The average age on a day of open tickets whose first days add up to `since`."""
    return day.toordinal() - since / wip + 1 if wip else None


def _by_day(connection: Connection, scope: Scope, period: Period, names: Sequence[str]) -> dict[date, tuple[int, ...]]:
    """Sums of all perimeters for each day of a period on which something happened."""
    query = select(_D.day, *(func.sum(_D[name]) for name in names)).where(*within(ticket_day, scope, period)).group_by(_D.day)
    return {row[0]: tuple(int(total) for total in row[1:]) for row in connection.execute(query.order_by(_D.day))}


def _totals_before(connection: Connection, scope: Scope, before: date, totals: Sequence[str]) -> dict[str, int]:
    """Running totals at the end of the day before `before`, added up over the perimeters."""
    newest = [
        select(literal(perimeter).label("perimeter"), func.max(_D.day).label("day"))
        .where(_D.perimeter == perimeter, _D.day < min(before, scope.last_day + _DAY))
        .subquery()
        for perimeter in scope.perimeters
    ]
    last = union_all(*(select(newest_of.c.perimeter, newest_of.c.day) for newest_of in newest)).subquery()
    there = (_D.perimeter == last.c.perimeter) & (_D.day == last.c.day)
    row = connection.execute(select(*(func.sum(_D[name]) for name in totals)).join_from(ticket_day, last, there)).one()
    return {name: int(value or 0) for name, value in zip(totals, row, strict=True)}


def _begins(connection: Connection, scope: Scope) -> tuple[date | None, date | None]:
    """The first day of which anything is known, and the first one with an event of the log itself."""
    seen = select(_D.day).where(*within(ticket_day, scope)).order_by(_D.day).limit(1)
    return connection.scalar(seen), connection.scalar(seen.where(_D.events > 0))
