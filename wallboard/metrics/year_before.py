"""The same weeks, or months, of the year before: found in what a panel has read already, and compared only where that is fair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from sqlalchemy import Connection

from wallboard.metrics.definitions import breaks
from wallboard.metrics.flow import ThroughputWeek
from wallboard.metrics.issues import ComplaintWeek
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NOT_MEASURED

WEEKS, MONTHS = 53, 12
"""How many weeks or months before the first one that is shown have to be read too."""

CHANGED, NO_SUCH_WEEK, NOT_LOADED = "definition changed", "no such week", "not loaded"

Row = TypeVar("Row")

Known = Mapping[date, tuple[float | None, str]]
"""First day of a period: its value, and its state."""


@dataclass(frozen=True, slots=True)
class YearBefore:
    """A period and the same one a year before it; `value` is None unless it was measured.

    state: measured; too few, no cases, not measured, as the series itself says of that period; definition changed since then; no
    such week (a week 53 of a year before that has 52); not loaded (before the first period of the store).
    """

    start: date
    then: date | None
    value: float | None
    state: str


@lru_cache(maxsize=1024)
def same_week(monday: date) -> date | None:
    """The Monday of the ISO week of the same number a year before; None for a week 53 where that year has none."""
    year, week, _ = monday.isocalendar()
    try:
        return date.fromisocalendar(year - 1, week, 1)
    except ValueError:
        return None


def same_month(first: date) -> date:
    """The first day of the same month a year before."""
    return first.replace(year=first.year - 1)


@dataclass(frozen=True, slots=True)
class Compared(Generic[Row]):
    """The rows of a series, oldest first, and the newest of its periods a year before; None where it has no number yet."""

    rows: tuple[Row, ...]
    last_year: YearBefore | None


def weeks_before(known: Known, mondays: Sequence[date], changed_on: date | None = None, size: int = 1) -> tuple[YearBefore, ...]:
    """The weeks that begin on these Mondays as they were a year before; several that are put together, as 52 weeks before."""
    then = (monday - timedelta(weeks=52) if size > 1 else same_week(monday) for monday in mondays)
    return _before(known, list(zip(mondays, then, strict=True)), changed_on)


def newest_last_year(known: Known, changed_on: date | None = None) -> YearBefore | None:
    """The newest month that has a number as it was a year before; None without any."""
    newest = max((month for month, (value, _) in known.items() if value is not None), default=None)
    return None if newest is None else months_before(known, [newest], changed_on)[0]


def months_before(known: Known, firsts: Sequence[date], changed_on: date | None = None) -> tuple[YearBefore, ...]:
    """The months that begin on these days as they were a year before."""
    return _before(known, [(first, same_month(first)) for first in firsts], changed_on)


def _before(known: Known, pairs: Sequence[tuple[date, date | None]], changed_on: date | None) -> tuple[YearBefore, ...]:
    begins = min((day for day, (value, _) in known.items() if value is not None), default=date.max)
    return tuple(_year_before(known, start, then, begins, changed_on) for start, then in pairs)


def _year_before(known: Known, start: date, then: date | None, begins: date, changed_on: date | None) -> YearBefore:
    if then is None:
        return YearBefore(start, None, None, NO_SUCH_WEEK)
    if then < begins:
        return YearBefore(start, then, None, NOT_LOADED)
    if changed_on is not None and then < changed_on <= start + timedelta(days=6):
        return YearBefore(start, then, None, CHANGED)
    value, state = known.get(then, (None, NOT_MEASURED))
    return YearBefore(start, then, value, MEASURED if value is not None else state)


def total(rows: Sequence[YearBefore]) -> YearBefore | None:
    """The sum of several periods: measured only where each of them is; None without any."""
    if not rows:
        return None
    unknown = next((row for row in rows if row.state != MEASURED), None)
    if unknown is not None:
        return YearBefore(rows[0].start, rows[0].then, None, unknown.state)
    return YearBefore(rows[0].start, rows[0].then, sum(row.value or 0.0 for row in rows), MEASURED)


@dataclass(frozen=True, slots=True)
class FlowBefore:
    """What arrived and departed in the same weeks of the year before; None where no week is measured now."""

    arrived: YearBefore | None
    departed: YearBefore | None


def flow_before(
    rows: Sequence[ComplaintWeek] | Sequence[ThroughputWeek], weeks: int, changed_on: date | None = None
) -> FlowBefore:
    """The last `weeks` complete and measured weeks of rows, as they were a year before: their sums."""
    mondays = [row.week_start for row in rows if row.complete and row.arrived is not None][-weeks:]
    arrived = {row.week_start: (row.arrived, row.state) for row in rows}
    departed = {row.week_start: (row.departed, row.state) for row in rows}
    return FlowBefore(*(total(weeks_before(known, mondays, changed_on)) for known in (arrived, departed)))


def changed_on(connection: Connection, scope: Scope, metrics: Sequence[str]) -> date | None:
    """The newest day from which on one of these metrics means something else; None where none has changed in two years."""
    days = [row.valid_from for row in breaks(connection, scope, months=25) if row.metric in metrics]
    return max(days, default=None)
