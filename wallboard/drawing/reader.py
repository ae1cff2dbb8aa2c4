"""Days, months and times in words, as the reader's locale and clock write them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time

from wallboard.calendar import in_full
from wallboard.drawing.numbers import Numbers, locale_of
from wallboard.settings import Settings

_NAMED_FOR = 180
LONG, SHORT, WEEKDAY = "MMMMd", "MMMd", "MMMMEEEEd"
"""How a day is written: 3 November; 3 Nov where there is little room; Tuesday 3 November."""


@dataclass(frozen=True)
class Reader(Numbers):
    """Who reads: how numbers and days are written there, in which time zone, and what time it is."""

    zone: ZoneInfo
    now: datetime

    @classmethod
    def of(cls, settings: Settings, now: datetime, perimeter: str | None = None) -> "Reader":
        """Who reads in a room at an instant, where a perimeter is."""
        return Reader(settings.locale, settings.currency, settings.zone(perimeter), now)

    @property
    def today(self) -> date:
        """The reader's day."""
        return self.now.astimezone(self.zone).date()

    def day(self, day: date, form: str = LONG, near: date | None = None) -> str:
        """A day in words, with its year wherever that is not the one of `near`, the reader's own: 3 November, 27 July 2015."""
        return _formed(form if day.year == (near or self.today).year else f"y{form}", day, self.locale)

    def short_day(self, day: date) -> str:
        """A day where there is little room: 3 Nov, 27 Jul 2015."""
        return self.day(day, SHORT)

    def weekday(self, day: date) -> str:
        """A day near to now: Tuesday 3 November."""
        return self.day(day, WEEKDAY)

    def since(self, day: date) -> str:
        """A day of this week or before: today, yesterday, Tuesday, 3 November."""
        days = (self.today - day).days
        if days in (0, 1):
            return ("today", "yesterday")[days]
        return str(format_date(day, "EEEE", locale=locale_of(self.locale))) if 0 < days < 7 else self.day(day)

    def full_day(self, day: date) -> str:
        """A day with its year: 3 November 2025."""
        return in_full(day, self.locale)

    def days(self, start: date, end: date) -> str:
        """The days of a period: 3 March to 28 June; its year once, where both have the same and it is not the reader's."""
        near = end if start.year == end.year else self.today
        return f"{self.day(start, near=near)} to {self.day(end)}"

    def month(self, day: date) -> str:
        """The month of a day with its year: October 2025."""
        return _formed("yMMMM", day, self.locale)

    def plain_month(self, day: date, near: date | None = None) -> str:
        """A month, with its year wherever that is not the reader's own: October, October 2015."""
        if day.year != (near or self.today).year:
            return self.month(day)
        return str(format_date(day, "LLLL", locale=locale_of(self.locale)))

    def months(self, start: date, end: date) -> str:
        """The months of a period by name: October 2026, August to October 2026, or November 2025 to January 2026."""
        first, last = self.month(start), self.month(end)
        return first if first == last else f"{self.plain_month(start, end)} to {last}"

    def month_label(self, day: date) -> str:
        """A month below a bar of a row of months: Oct."""
        return _formed("MMM", day, self.locale)

    def short_month_year(self, day: date) -> str:
        """A month with its year where there is little room: Mar 2025."""
        return _formed("yMMM", day, self.locale)

    def end_of(self, day: date) -> str:
        """The day at whose end something was counted: end of October, end of December 2025, 28 Nov."""
        return self.short_day(day) if (day + timedelta(days=1)).day != 1 else f"end of {self.plain_month(day)}"

    def at_the_end_of(self, day: date) -> str:
        """The same in a sentence: at the end of October, on 28 Nov."""
        words = self.end_of(day)
        return f"at the {words}" if words.startswith("end of ") else f"on {words}"

    def clock(self, at: datetime) -> str:
        """A time of day on the reader's own clock: 07:00."""
        return str(format_time(at.astimezone(self.zone).time(), "short", locale=locale_of(self.locale)))

    def as_of(self, fact_at: datetime) -> str:
        """How old a fact is: as of today 07:00, as of yesterday, as of Tuesday 3 November, as of 3 November 2025."""
        fact_at = min(fact_at, self.now)
        day = fact_at.astimezone(self.zone).date()
        days = (self.today - day).days
        if days == 0:
            return f"as of today {self.clock(fact_at)}"
        if days == 1:
            return "as of yesterday"
        near = days <= _NAMED_FOR and day.year == self.today.year
        return f"as of {self.weekday(day) if near else self.full_day(day)}"


@lru_cache(maxsize=4096)
def _formed(skeleton: str, day: date, locale: str) -> str:
    """A day in the nearest form that the locale knows; looking for that takes twenty times as long as writing it."""
    return str(format_skeleton(skeleton, day, locale=locale_of(locale)))
