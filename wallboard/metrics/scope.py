"""From where and when a measure looks: the instant, the perimeters, the declared rules, and the periods that follow."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from wallboard.calendar import last_of, monday_of, months_on
from wallboard.errors import NotFound, nearest
from wallboard.settings import LADDER, Level, RealFall, Settings, as_duration

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scope:
    """What one measure may see: rows of `perimeters` that were facts at `as_of`, and nothing later."""

    as_of: datetime
    zone: ZoneInfo
    perimeters: tuple[str, ...]
    small_n: int = 10
    rule: str = "contracts"
    lapse_days: int = 90
    visible_days: int = 365
    journey_owner: str | None = None
    zones: tuple[ZoneInfo, ...] = ()
    fiscal_year_starts: int = 1
    currency: str = "EUR"
    places: tuple[str, ...] = ()
    """The perimeter that was asked for and those it is part of, nearest first: whose targets hold here."""
    ladder: tuple[Level, ...] = LADDER
    mission: str | None = None
    cadence: tuple[tuple[str, timedelta], ...] = ()
    """How often each source is expected."""
    real_falls: tuple[RealFall, ...] = ()

    @classmethod
    def of(cls, settings: Settings, as_of: datetime, perimeter: str | None = None) -> "Scope":
        """The scope of a perimeter (the whole company for None); NotFound names the nearest known perimeter."""
        try:
            leaves = settings.leaves(perimeter)
        except KeyError:
            raise NotFound("perimeter", f"'{perimeter}' is not known.", nearest(str(perimeter), settings.perimeter)) from None
        return cls(
            as_of=as_of,
            zone=settings.zone(perimeter),
            perimeters=leaves,
            small_n=settings.small_n,
            rule=settings.customers.rule,
            lapse_days=settings.customers.lapse_days,
            visible_days=settings.visible_days,
            journey_owner=settings.journey.owner,
            zones=tuple(settings.zone(leaf) for leaf in leaves),
            fiscal_year_starts=settings.fiscal_year_starts,
            currency=settings.currency,
            places=settings.above(perimeter),
            ladder=settings.escalation,
            mission=settings.journey.mission,
            cadence=tuple((source, as_duration(every)) for source, every in settings.cadence.items()),
            real_falls=settings.real_fall,
        )

    def only(self, perimeter: str) -> "Scope":
        """The same view of one leaf in it."""
        zones = dict(zip(self.perimeters, self.zones, strict=True)) if self.zones else {}
        return replace(self, perimeters=(perimeter,), zones=(zones[perimeter],) if zones else ())

    @cached_property
    def today(self) -> date:
        """The day that is running where the readers stand."""
        return self.as_of.astimezone(self.zone).date()

    @cached_property
    def last_day(self) -> date:
        """The last day that is over in every perimeter in scope: what daily facts are read up to."""
        return min(self.as_of.astimezone(zone).date() for zone in (self.zones or (self.zone,))) - _DAY


@dataclass(frozen=True)
class Period:
    """A span of days, `start` and `end` both inside it; `complete` once its last day is over everywhere in scope."""

    start: date
    end: date
    name: str
    complete: bool

    def __hash__(self) -> int:
        return hash(self.start)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def month_of(scope: Scope, day: date) -> Period:
    """The calendar month of `day`, named 2025-10."""
    start = day.replace(day=1)
    end = last_of(start)
    return Period(start, end, f"{start:%Y-%m}", end <= scope.last_day)


def week_of(scope: Scope, day: date) -> Period:
    """The ISO week of `day`, Monday to Sunday, named 2025-W41."""
    start, end, name = _week(monday_of(day))
    return Period(start, end, name, end <= scope.last_day)


@lru_cache(maxsize=1024)
def _week(monday: date) -> tuple[date, date, str]:
    year, week, _ = monday.isocalendar()
    return monday, monday + timedelta(days=6), f"{year}-W{week:02}"


def month_before(scope: Scope) -> Period:
    """The last complete calendar month."""
    month = month_of(scope, scope.last_day)
    return month if month.complete else month_of(scope, month.start - _DAY)


def months(scope: Scope, n: int) -> list[Period]:
    """The last `n` calendar months, oldest first; the last one holds the last complete day and may be incomplete."""
    periods = [month_of(scope, scope.last_day)]
    while len(periods) < n:
        periods.append(month_of(scope, periods[-1].start - _DAY))
    return periods[: max(n, 0)][::-1]


def full_months(scope: Scope, n: int) -> list[Period]:
    """The last `n` complete calendar months, oldest first."""
    return [month for month in months(scope, n + 1) if month.complete][-n:]


UNITS = {"month": 1, "quarter": 3, "year": 12}
"""How many months a period of each unit has."""


def period_of(scope: Scope, day: date, unit: str = "month") -> Period:
    """The month, quarter or year of `day`; quarters and years begin with the room's fiscal year.

    A fiscal year is named by the calendar year in which it ends (2026-27 where it spans two), its quarters Q1 to Q4.
    """
    if unit == "month":
        return month_of(scope, day)
    long = UNITS[unit]
    into = (day.month - scope.fiscal_year_starts) % 12
    start = months_on(day, -(into % long))
    end = months_on(start, long) - _DAY
    opens = months_on(day, -into)
    year = f"{opens.year}" if opens.month == 1 else f"{opens.year}-{(opens.year + 1) % 100:02}"
    name = year if unit == "year" else f"{year} Q{into // 3 + 1}"
    return Period(start, end, name, end <= scope.last_day)


def last_periods(scope: Scope, unit: str, n: int) -> list[Period]:
    """The last `n` months, quarters or years, oldest first; the last one holds the last complete day and may be incomplete."""
    periods = [period_of(scope, scope.last_day, unit)]
    while len(periods) < n:
        periods.append(period_of(scope, periods[-1].start - _DAY, unit))
    return periods[: max(n, 0)][::-1]


def and_running(scope: Scope, n: int, unit: str = "week") -> int:
    """How many weeks, months, quarters or years are the last `n` complete ones and the running one, where one runs."""
    newest = week_of(scope, scope.last_day) if unit == "week" else period_of(scope, scope.last_day, unit)
    return n if newest.complete else n + 1


def weeks(scope: Scope, n: int) -> list[Period]:
    """The last `n` ISO weeks, oldest first; the last one holds the last complete day and may be incomplete."""
    running = week_of(scope, scope.last_day)
    return [week_of(scope, running.start - timedelta(weeks=back)) for back in range(n - 1, -1, -1)]


def full_weeks(scope: Scope, n: int) -> list[Period]:
    """The last `n` complete ISO weeks, oldest first."""
    return [week for week in weeks(scope, n + 1) if week.complete][-n:]


def span(periods: list[Period]) -> Period:
    """From the first day of the first period to the last day of the last one."""
    first, last = periods[0], periods[-1]
    return Period(first.start, last.end, first.name if first is last else f"{first.name}/{last.name}", last.complete)


def covers(newest: date | None, period: Period) -> bool:
    """Facts that are known up to a day say what was in a period: at most its last quarter, or its last week, lies behind it.

    Where they do not, silence is no zero.
    """
    long = (period.end - period.start).days + 1
    return newest is not None and newest > period.end - timedelta(days=max(7, long // 4))


def rolling_months(scope: Scope, n: int) -> Period:
    """The `n` months that end with the last complete day, whatever day of the month that is."""
    after = scope.last_day + _DAY
    first = months_on(after, -n)
    start = min(first + timedelta(days=after.day - 1), last_of(first))
    return Period(start, scope.last_day, f"{start}/{scope.last_day}", True)
