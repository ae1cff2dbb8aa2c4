"""Weeks by their Monday; months by their first day, and by their number since January 1970."""

from datetime import date, timedelta


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
