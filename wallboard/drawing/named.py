"""Customers on a wall by name or number: two lines each, who and worth beside what is done."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.words import crop, money, quote

NAME, WORDS = 31, 42
"""Letters that fit beside each other into one line of half a wall."""

SAYS = {"staff entered": "we entered", "inferred": "inferred", "we say": "we say"}
"""Who says why, where it is not the customer."""


def named(row: dict[str, Any], below: Component, done: Component, then: Component, look: Look) -> Component:
    """A company by its name, a person by the number, and what they are worth a year; beside it what is done; a line beneath."""
    name = html.B(crop(str(row["name"] or row["customer"]), NAME), className="name", dir="auto")
    return html.Li([name, html.Span(money(row["value"], look.currency, look.locale), className="pays"), done, below, then])


def why(row: dict[str, Any]) -> Component:
    """The customer's words in quotes; other words with who says them; and openly where nobody knows."""
    words, source = row["why"], row["why_source"]
    if not words:
        return html.Span("we do not know why", className="below quiet")
    if source == "customer said":
        return html.Span(quote(crop(str(words), WORDS)), className="below", dir="auto")
    by = f" ({SAYS.get(source, source)})"
    return html.Span([crop(str(words), WORDS - len(by)), html.Span(by, className="quiet")], className="below", dir="auto")


def listed(rows: list[Component]) -> Component:
    """The customers, as many as fit."""
    return html.Ul(rows, className="named trim silent")
