"""Names of months and weekdays as other languages write them, turned into the English ones that a date format reads."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH = {"b": _MONTHS, "h": _MONTHS, "B": _FULL, "a": _DAYS, "A": _FULL_DAYS, "p": ("AM", "PM")}
"""Directives of strptime that stand for a name, and the names that they read."""

_OLDER = {("de", "mrz"): 2}
"""Short names that CLDR, and with it babel, gives no more and programs still write."""

_DIRECTIVE = re.compile(r"%(.)")
_WORD = re.compile(r"[^\W\d_]+(?:\.(?=[^\W\d_]))?[^\W\d_]*\.?")


def in_english(text: str, date_format: str, language: str) -> str:
    """A written date with its names in English; unchanged where a name is not known, or where there are more or fewer."""
    names = [directive for directive in _DIRECTIVE.findall(date_format) if directive in _ENGLISH or directive == "Z"]
    literal = {word.casefold() for word in _WORD.findall(_DIRECTIVE.sub(" ", date_format))}
    words = [word for word in _WORD.finditer(text) if word[0].casefold() not in literal and word[0] not in ("T", "Z")]
    if len(words) != len(names):
        return text
    dotted = {directive for directive in names if f"%{directive}." in date_format}
    for word, name in reversed(list(zip(words, names, strict=True))):
        place = _place(word[0], name, language)
        if place is not None:
            dot = "." if name in dotted and word[0].endswith(".") else ""
            text = text[: word.start()] + _ENGLISH[name][place] + dot + text[word.end() :]
    return text


def named(date_format: str) -> bool:
    """True where a format reads the name of a month or a day."""
    return any(directive in _ENGLISH for directive in _DIRECTIVE.findall(date_format))


def _place(word: str, name: str, language: str) -> int | None:
    kind = {"b": "months", "h": "months", "B": "months", "a": "days", "A": "days", "p": "halves"}.get(name)
    if kind is None:
        return None
    bare = word.casefold().rstrip(".")
    own = _names(language, kind).get(bare)
    return own if own is not None else _names("en", kind).get(bare)


@cache
def _names(language: str, kind: str) -> Mapping[str, int]:
    """Every form of a language's names, in small letters and without a dot, to its place from 0."""
    locale = Locale.parse(language, sep="-")
    places: dict[str, int] = {}
    for place, form in _forms(locale, kind):
        places.setdefault(form.casefold().rstrip("."), place)
    if kind == "months":
        starts = [(form[:3].casefold(), place) for form, place in places.items() if len(form) > 3]
        english = {name.casefold(): place for place, name in enumerate(_MONTHS)}
        for start, place in starts:
            alone = {other for begins, other in starts if begins == start} == {place}
            if alone and english.get(start, place) == place:
                places.setdefault(start, place)
        places |= {form: place for (tongue, form), place in _OLDER.items() if tongue == locale.language}
    return places


def _forms(locale: Locale, kind: str) -> Iterator[tuple[int, str]]:
    if kind == "halves":
        for widths in locale.day_periods.values():
            for forms in widths.values():
                yield from ((place, forms[half]) for place, half in enumerate(("am", "pm")) if half in forms)
        return
    first = 1 if kind == "months" else 0
    for widths in (locale.months if kind == "months" else locale.days).values():
        for width in ("wide", "abbreviated"):
            yield from ((int(number) - first, form) for number, form in widths.get(width, {}).items())
