"""Weeks by their Monday; months by their first day, and by their number since January 1970; days as a person reads them."""

from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date


def in_full(day: date, locale: str) -> str:
    """A day with its year, as a locale writes it: 3 November 2025, November 3, 2025, 3. November 2025."""
    return str(format_date(day, "long", locale=Locale.parse(locale, sep="-")))


def monday_of(day: date) -> date:
    """The first day of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def number_of(day: date) -> int:
    """The number of a day's month."""
    return (day.year - 1970) * 12 + day.month - 1


def first_of(month: int) -> date:
    """The first day of a month by number."""
    return date(1970 + month // 12, month % 12 + 1, 1)


def months_on(day: date, n: int) -> date:
    """The first day of the month that lies `n` months after (before, below 0) that of a day."""
    return first_of(number_of(day) + n)


def last_of(day: date) -> date:
    """The last day of a day's month."""
    return months_on(day, 1) - timedelta(days=1)
