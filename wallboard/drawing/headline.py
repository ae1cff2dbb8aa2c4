"""The number of a panel that is read first: twice as large as the sentence that carries it, wherever that stands."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from babel.dates import format_skeleton, get_month_names
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.numbers import locale_of

Words: TypeAlias = str | Component | list[str | Component]

CLASS = "headline-number"

NUMBER = re.compile(
    r"(?<![\w“‘:.,])[−+]?[£$€¥]?(?!(?:19|20)\d\d(?![\d.,]))\d+(?:[.,\u00a0\u202f]\d+)*(?:[\u00a0\u202f]?(?:%|€|bn|[km]\b))?(?![\w:])"
)
"""A count, a share or an amount as the reader's locale writes it: no year, no clock, no first word of what a customer said.

Nor is it the day of a date, which the pattern of a locale (_dates) takes out first.
"""

QUOTED = re.compile(r"[“‘][^”’]*[”’]")


def with_number(headline: Words, body: object, locale: str = "en-GB") -> Words:
    """The headline with its first number as the headline number: of its coloured parts first; as it is where the body has one."""
    parts = headline if isinstance(headline, list) else [headline]
    if any(_is_headline_number(part) for part in _components([body, *parts])):
        return headline
    for number_in in (_coloured, _plain):
        for at, part in enumerate(parts):
            if (larger := number_in(part, locale)) is not None:
                return [*parts[:at], *larger, *parts[at + 1 :]]
    return headline


def _coloured(part: str | Component, locale: str) -> list[str | Component] | None:
    """A component of plain words with its number made large; None where it has none."""
    words = getattr(part, "children", None)
    if isinstance(part, str) or not isinstance(words, str) or (split := _plain(words, locale)) is None:
        return None
    properties = {name: value for name, value in part.to_plotly_json()["props"].items() if name != "children"}
    return [type(part)(split, **properties)]


def _plain(words: str | Component, locale: str) -> list[str | Component] | None:
    if not isinstance(words, str):
        return None
    masked = _dates(locale).sub(_hidden, QUOTED.sub(_hidden, words))
    if not (number := NUMBER.search(masked)):
        return None
    start, end = number.span()
    parts = [words[:start], html.B(words[start:end], className=CLASS), words[end:]]
    return [part for part in parts if part]


def _hidden(words: re.Match[str]) -> str:
    return "“" * len(words[0])


@lru_cache
def _dates(locale: str) -> re.Pattern[str]:
    """A day beside the name of its month, as the locale writes it: 31 May, June 29, 31. Dez."""
    there = locale_of(locale)
    names = {name.rstrip(".") for width in ("wide", "abbreviated") for name in get_month_names(width, locale=there).values()}
    month = rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})\b"
    is_day_first = str(format_skeleton("MMMd", date(2026, 12, 31), locale=there)).startswith("31")
    return re.compile(rf"\b\d{{1,2}}\.?\s{month}" if is_day_first else rf"{month}\.?\s\d{{1,2}}\b")


def _is_headline_number(part: Component) -> bool:
    return CLASS in (getattr(part, "className", "") or "").split()


def _components(part: object) -> Iterator[Component]:
    if isinstance(part, Component):
        yield part
        yield from _components(getattr(part, "children", None))
    elif isinstance(part, list | tuple):
        for child in part:
            yield from _components(child)
