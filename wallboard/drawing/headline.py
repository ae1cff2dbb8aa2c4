"""The number of a panel that is read first: twice as large as the sentence that carries it, wherever that stands."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

Words: TypeAlias = str | Component | list[str | Component]

CLASS = "headline-number"

NUMBER = re.compile(
    r"(?<![\w“‘:.,])[−+]?[£$€¥]?(?!(?:19|20)\d\d(?![\d.,]))\d+(?:[.,\u00a0\u202f]\d+)*(?:[\u00a0\u202f]?(?:%|€|bn|[km]\b))?(?![\w:])"
)
"""A count, a share or an amount as the reader's locale writes it: no year, no clock, no first word of what a customer said."""

QUOTED = re.compile(r"[“‘][^”’]*[”’]")


def with_number(headline: Words, body: object) -> Words:
    """The headline with its first number as the headline number: of its coloured parts first; as it is where the body has one."""
    parts = headline if isinstance(headline, list) else [headline]
    if any(_is_headline_number(part) for part in _components([body, *parts])):
        return headline
    for number_in in (_coloured, _plain):
        for at, part in enumerate(parts):
            if (larger := number_in(part)) is not None:
                return [*parts[:at], *larger, *parts[at + 1 :]]
    return headline


def _coloured(part: str | Component) -> list[str | Component] | None:
    """A component of plain words with its number made large; None where it has none."""
    words = getattr(part, "children", None)
    if isinstance(part, str) or not isinstance(words, str) or (split := _plain(words)) is None:
        return None
    kept = {name: value for name, value in part.to_plotly_json()["props"].items() if name != "children"}
    return [type(part)(split, **kept)]


def _plain(words: str | Component) -> list[str | Component] | None:
    if not isinstance(words, str):
        return None
    masked = QUOTED.sub(lambda quote: "“" * len(quote[0]), words)
    if not (number := NUMBER.search(masked)):
        return None
    start, end = number.span()
    parts = [words[:start], html.B(words[start:end], className=CLASS), words[end:]]
    return [part for part in parts if part]


def _is_headline_number(part: Component) -> bool:
    return CLASS in (getattr(part, "className", "") or "").split()


def _components(part: object) -> Iterator[Component]:
    if isinstance(part, Component):
        yield part
        yield from _components(getattr(part, "children", None))
    elif isinstance(part, list | tuple):
        for child in part:
            yield from _components(child)
