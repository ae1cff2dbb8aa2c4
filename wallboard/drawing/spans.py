"""Spans of months, and small numbers, in words."""

from datetime import date, timedelta

from babel.dates import format_date, format_skeleton

from wallboard.drawing.words import SHORT, date_name, month_name, whole

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def months_words(start: date, end: date, locale: str) -> str:
    """The months of a period by name: October 2026, August to October 2026, or November 2025 to January 2026."""
    first, last = month_name(start, locale), month_name(end, locale)
    if first == last:
        return first
    return f"{plain_month(start, locale, end)} to {last}"


def plain_month(day: date, locale: str, today: date) -> str:
    """A month, with its year wherever that is not the reader's own: October, October 2015."""
    if day.year != today.year:
        return month_name(day, locale)
    return str(format_date(day, "LLLL", locale=locale.replace("-", "_")))


def short_month(day: date, locale: str, today: date | None = None) -> str:
    """A month where there is little room: Oct, Oct 2015; below a bar of a row of months without its year."""
    form = "MMM" if today is None or day.year == today.year else "yMMM"
    return str(format_skeleton(form, day, locale=locale.replace("-", "_")))


def short_month_name(day: date, locale: str) -> str:
    """A month with its year where there is little room: Mar 2025."""
    return str(format_skeleton("yMMM", day, locale=locale.replace("-", "_")))


def end_of_day(day: date, today: date, locale: str) -> str:
    """The day at whose end something stood: end of October, end of December 2025, 28 Nov."""
    if (day + timedelta(days=1)).day != 1:
        return date_name(day, locale, today, SHORT)
    return f"end of {plain_month(day, locale, today)}"


def at_the_end_of(day: date, today: date, locale: str) -> str:
    """The same in a sentence: at the end of October, on 28 Nov."""
    words = end_of_day(day, today, locale)
    return f"at the {words}" if words.startswith("end of ") else f"on {words}"


def number_words(number: int, locale: str) -> str:
    """A small number as a word, to begin a sentence with: five; from thirteen on in figures."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else whole(number, locale)


def in_months(number: int, locale: str) -> str:
    """A length of time: one month, three months."""
    return f"{number_words(number, locale)} {'month' if number == 1 else 'months'}"


def listed(parts: list[str], letters: int, locale: str) -> str:
    """Parts joined by middle dots as far as they fit into so many letters, and how many more there are."""
    kept: list[str] = []
    for part in parts:
        if kept and sum(map(len, kept)) + 3 * len(kept) + len(part) > letters:
            break
        kept.append(part)
    left = len(parts) - len(kept)
    return " · ".join([*kept, *([f"and {whole(left, locale)} more"] if left else [])])
