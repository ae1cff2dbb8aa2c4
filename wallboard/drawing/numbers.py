"""Numbers, shares and money in words, as the reader's locale writes them."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale
from babel.numbers import format_compact_currency, format_compact_decimal, format_currency, format_decimal, get_currency_symbol
from babel.units import format_unit

from wallboard.drawing.words import MINUS, noun

_NUMBER = re.compile(r"[#0][#0,.]*")
_MILLION = 1_000_000
_FINEST = 2
"""The most digits of a percentage that anybody reads from four metres."""
_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MINUTE = 60


@cache
def locale_of(name: str) -> Locale:
    """Babel's locale of a name such as en-GB."""
    return Locale.parse(name.replace("_", "-"), sep="-")


@lru_cache(maxsize=4096)
def _digits_of(locale: str, number: float, pattern: str) -> str:
    return str(format_decimal(number, format=pattern, locale=locale_of(locale)))


@dataclass(frozen=True)
class Numbers:
    """How one reader writes numbers: a locale such as en-GB, and the room's currency such as GBP."""

    locale: str
    currency: str

    def whole(self, number: float) -> str:
        """A whole number: 4,214."""
        return self._sign(round(number)) + self._digits(abs(round(number)))

    def thousands(self, number: float) -> str:
        """A count where there is no room for all of its digits: 202K."""
        return str(format_compact_decimal(round(number), format_type="short", locale=locale_of(self.locale), fraction_digits=0))

    def decimal(self, number: float, digits: int = 1) -> str:
        """A number with exactly that many digits after its sign: 4.2."""
        return self._sign(round(number, digits)) + self._digits(abs(number), "#,##0." + "0" * digits if digits else "#,##0")

    def signed(self, number: float) -> str:
        """A change as a whole number: +12, −5, 0."""
        return f"+{self.whole(number)}" if round(number) > 0 else self.whole(number)

    def money(self, amount: float, currency: str = "") -> str:
        """An amount without cents from 100 on, and in millions from a million on: £96,000, £1.2 million."""
        known, size, currency = locale_of(self.locale), abs(amount), currency or self.currency
        if size < 99.995:
            return self._sign(amount) + str(format_currency(size, currency, locale=known))
        if round(size) < _MILLION:
            number = self._digits(round(size))
        else:
            number = format_compact_decimal(round(size), format_type="long", locale=known, fraction_digits=1)
        placed = _NUMBER.sub(number, known.currency_formats["standard"].pattern.partition(";")[0], count=1)
        return self._sign(amount) + placed.replace("¤", get_currency_symbol(currency, locale=known))

    def short_money(self, amount: float, of_millions: int = 2) -> str:
        """An amount that must be narrow: £147K, £1.29M, £1.294M with three digits; below ten thousand as money writes it."""
        if abs(amount) < 10_000:
            return self.money(amount)
        digits, known = of_millions if abs(amount) >= _MILLION else 0, locale_of(self.locale)
        short = format_compact_currency(abs(amount), self.currency, format_type="short", locale=known, fraction_digits=digits)
        return self._sign(amount) + str(short)

    def narrow_money(self, amount: float) -> str:
        """An amount in a column: as money writes it, but millions in short: £147,200, £1.29M."""
        return self.short_money(amount) if abs(amount) >= _MILLION else self.money(amount)

    def share(self, value: float, digits: int = 0) -> str:
        """A share in per cent: 97%, 99.6%; of all and of nothing without digits, never rounded to either: >99.99%, <0.01%."""
        if value in (0, 1):
            return self._percent(self.whole(value * 100))
        while round(value * 100, digits) in (0, 100) and digits < _FINEST:
            digits += 1
        if round(value * 100, digits) in (0, 100) and 0 < value < 1:
            least = 10**-_FINEST
            edge = self.decimal(least if value < 0.5 else 100 - least, _FINEST)
            return ("<" if value < 0.5 else ">") + self._percent(edge)
        return self._percent(self.decimal(value * 100, digits))

    def plural(self, number: int, singular: str, many: str) -> str:
        """A count with its noun: 1 customer, 4,214 customers."""
        return f"{self.whole(number)} {noun(number, singular, many)}"

    def sample(self, n: float | None) -> str:
        """How many answers or cases a number rests on: n = 212; None where nobody wrote it down."""
        return "n not known" if n is None else f"n\u00a0=\u00a0{self.whole(n)}"

    def number_words(self, number: int) -> str:
        """A small number as a word, to begin a sentence with: five; from thirteen on in digits."""
        return _WORDS[number] if 0 <= number < len(_WORDS) else self.whole(number)

    def in_months(self, number: int) -> str:
        """A length of time: one month, three months."""
        return f"{self.number_words(number)} {noun(number, 'month', 'months')}"

    def in_minutes(self, seconds: float) -> str:
        """A length of time in a sentence: 40 seconds, 11 minutes, 2.5 minutes."""
        if seconds < 2 * _MINUTE:
            return self.plural(round(seconds), "second", "seconds") if round(seconds) != _MINUTE else "1 minute"
        minutes = seconds / _MINUTE
        fine = minutes < 10 and abs(minutes - round(minutes)) >= 0.05
        return f"{self.decimal(minutes)} minutes" if fine else self.plural(round(minutes), "minute", "minutes")

    def in_hours(self, hours: float) -> str:
        """A length of time that many customers spend: 227 hours, 40 minutes."""
        return self.plural(round(hours), "hour", "hours") if hours >= 2 else self.in_minutes(hours * 3600)

    def age(self, days: int) -> str:
        """A length of time in its natural unit, rounded down: 1 day, 12 days, 5 weeks, 4 months, 2 years."""
        number, unit = days, "day"
        for size, name in ((730, "year"), (61, "month"), (14, "week")):
            if days >= size:
                number, unit = int(days / {"year": 365.25, "month": 30.44, "week": 7}[name]), name
                break
        return str(format_unit(number, f"duration-{unit}", locale=locale_of(self.locale)))

    def listed(self, parts: list[str], letters: int) -> str:
        """Parts joined by middle dots as far as they fit into so many letters, and how many more there are."""
        fitting: list[str] = []
        for part in parts:
            if fitting and sum(map(len, fitting)) + 3 * len(fitting) + len(part) > letters:
                break
            fitting.append(part)
        left = len(parts) - len(fitting)
        return " · ".join([*fitting, *([f"and {self.whole(left)} more"] if left else [])])

    def _digits(self, number: float, pattern: str = "#,##0") -> str:
        return _digits_of(self.locale, number, pattern)

    def _sign(self, number: float) -> str:
        return MINUS if number < 0 else ""

    def _percent(self, number: str) -> str:
        return _NUMBER.sub(number, locale_of(self.locale).percent_formats[None].pattern.partition(";")[0], count=1)
