"""Numbers, money, dates and ages in words, as the reader's locale writes them; the locale is always told."""

import re
from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_compact_currency, format_compact_decimal, format_currency, format_decimal, get_currency_symbol
from babel.units import format_unit

from wallboard.metrics.cropping import crop as crop

MINUS = "−"
_NUMBER = re.compile(r"[#0][#0,.]*")
_MILLION = 1_000_000
_NAMED_FOR = 180
_FINEST = 2
"""The most digits of a percentage that anybody reads from four metres."""
LONG, SHORT = "MMMMd", "MMMd"
"""How a day is written: 3 November, or 3 Nov where there is little room."""


def whole(number: float, locale: str) -> str:
    """A whole number: 4,214."""
    words: str = format_decimal(abs(round(number)), format="#,##0", locale=_locale(locale))
    return MINUS + words if round(number) < 0 else words


def thousands(number: float, locale: str) -> str:
    """A count where there is no room for all of its digits: 202K."""
    return str(format_compact_decimal(round(number), format_type="short", locale=_locale(locale), fraction_digits=0))


def decimal(number: float, locale: str, digits: int = 1) -> str:
    """A number with exactly that many digits after its sign: 4.2."""
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    words: str = format_decimal(abs(number), format=pattern, locale=_locale(locale))
    return MINUS + words if round(number, digits) < 0 else words


def signed(number: float, locale: str) -> str:
    """A change as a whole number: +12, −5, 0."""
    return f"+{whole(number, locale)}" if round(number) > 0 else whole(number, locale)


def money(amount: float, currency: str, locale: str) -> str:
    """An amount without cents from 100 on, and in millions from a million on: £96,000, £1.2 million."""
    known = _locale(locale)
    sign, size = (MINUS if amount < 0 else ""), abs(amount)
    if size < 99.995:
        return sign + str(format_currency(size, currency, locale=known))
    if round(size) < _MILLION:
        number = format_decimal(round(size), format="#,##0", locale=known)
    else:
        number = format_compact_decimal(round(size), format_type="long", locale=known, fraction_digits=1)
    placed = _NUMBER.sub(number, known.currency_formats["standard"].pattern.partition(";")[0], count=1)
    return sign + placed.replace("¤", get_currency_symbol(currency, locale=known))


def short_money(amount: float, currency: str, locale: str) -> str:
    """An amount that must be narrow: £147K, £1.29M; below ten thousand as money writes it."""
    if abs(amount) < 10_000:
        return money(amount, currency, locale)
    digits = 2 if abs(amount) >= _MILLION else 0
    written = format_compact_currency(abs(amount), currency, format_type="short", locale=_locale(locale), fraction_digits=digits)
    return (MINUS if amount < 0 else "") + str(written)


def narrow_money(amount: float, currency: str, locale: str) -> str:
    """An amount in a column: as money writes it, but millions in short: £147,200, £1.29M."""
    return (short_money if abs(amount) >= _MILLION else money)(amount, currency, locale)


def share(value: float, locale: str, digits: int = 0) -> str:
    """A share in per cent: 97%, 99.6%; of all and of nothing without digits, and never rounded to either: >99.99%, <0.01%."""
    if value in (0, 1):
        return _percent(whole(value * 100, locale), locale)
    while round(value * 100, digits) in (0, 100) and digits < _FINEST:
        digits += 1
    beyond, least = round(value * 100, digits) in (0, 100), 10**-_FINEST
    if beyond and 0 < value < 1:
        edge = decimal(least if value < 0.5 else 100 - least, locale, _FINEST)
        return ("<" if value < 0.5 else ">") + _percent(edge, locale)
    return _percent(decimal(value * 100, locale, digits), locale)


def _percent(number: str, locale: str) -> str:
    return _NUMBER.sub(number, _locale(locale).percent_formats[None].pattern.partition(";")[0], count=1)


def per_hundred(value: float) -> int:
    """A share as so many of 100; never none or all of them where it is neither."""
    return round(value * 100) if value <= 0 or value >= 1 else min(99, max(1, round(value * 100)))


def plural(number: int, one: str, many: str, locale: str) -> str:
    """A count with its noun: 1 customer, 4,214 customers."""
    return f"{whole(number, locale)} {noun(number, one, many)}"


def noun(number: int, one: str, many: str) -> str:
    """The noun of a count that is written elsewhere: customer of 1, customers of any other."""
    return one if abs(number) == 1 else many


def date_name(day: date, locale: str, today: date, form: str = LONG) -> str:
    """A day in words, with its year wherever that is not the reader's own: 3 November, 27 July 2015."""
    return _formed(form if day.year == today.year else f"y{form}", day, locale)


def day_name(day: date, locale: str, today: date) -> str:
    """A day near to now: Tuesday 3 November."""
    return date_name(day, locale, today, "MMMMEEEEd")


def full_day_name(day: date, locale: str) -> str:
    """A day with its year: 3 November 2025."""
    return str(format_date(day, "long", locale=_locale(locale)))


def month_name(day: date, locale: str) -> str:
    """The month of a day: October 2025."""
    return _formed("yMMMM", day, locale)


def clock_words(at: datetime, zone: ZoneInfo, locale: str) -> str:
    """A time of day on the wall's own clock: 07:00."""
    return str(format_time(at.astimezone(zone).time(), "short", locale=_locale(locale)))


def day_words(at: datetime, zone: ZoneInfo, locale: str) -> str:
    """The day of an instant that is now: Tuesday 3 November."""
    day = at.astimezone(zone).date()
    return day_name(day, locale, day)


def age_words(days: int, locale: str) -> str:
    """A length of time in its natural unit, rounded down: 1 day, 12 days, 5 weeks, 4 months, 2 years."""
    number, unit = days, "day"
    for size, name in ((730, "year"), (61, "month"), (14, "week")):
        if days >= size:
            number, unit = int(days / {"year": 365.25, "month": 30.44, "week": 7}[name]), name
            break
    return str(format_unit(number, f"duration-{unit}", locale=_locale(locale)))


def as_of_words(fact_at: datetime, now: datetime, zone: ZoneInfo, locale: str) -> str:
    """How old a fact is: as of today 07:00, as of yesterday, as of Tuesday 3 November, as of 3 November 2025."""
    fact_at = min(fact_at, now)
    day, today = fact_at.astimezone(zone).date(), now.astimezone(zone).date()
    days = (today - day).days
    if days == 0:
        return f"as of today {clock_words(fact_at, zone, locale)}"
    if days == 1:
        return "as of yesterday"
    near = days <= _NAMED_FOR and day.year == today.year
    return f"as of {day_name(day, locale, today) if near else full_day_name(day, locale)}"


def quote(text: str) -> str:
    """A customer's words between quotation marks, exactly as written."""
    return f"“{text}”"


@lru_cache(maxsize=4096)
def _formed(skeleton: str, day: date, locale: str) -> str:
    """A day in the nearest form that the locale knows; looking for that takes twenty times as long as writing it."""
    return str(format_skeleton(skeleton, day, locale=_locale(locale)))


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name.replace("_", "-"), sep="-")
