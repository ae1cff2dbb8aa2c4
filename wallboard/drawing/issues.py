"""What the panels about the room's issues share: an age by shape and word, and what to do when empty."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, shape
from wallboard.drawing.words import crop, plural, quote

EMPTY = "Relay an issue in the room’s console, with the customer’s own words."
_STATES = {
    "within the expectation": "good",
    "older than half took": "watch",
    "beyond the expectation": "attention",
    "no expectation yet": "not measured",
}


def no_issue(state: str) -> Component:
    """What stands where the room has no issue yet."""
    return nothing(EMPTY if state == "no cases" else "Add the people of the room: wallboard person add. Then relay an issue.")


def age(days: int, state: str, look: Look) -> Component:
    """An age with the shape of its state; the state is said in words beside it."""
    return html.Span([shape(_STATES[state]), html.B(plural(days, "day", "days", look.locale))], className="days")


def said_by_customer(words: str, letters: int) -> Component:
    """The customer's words, cut at a word where there is no room for more."""
    return html.Span(quote(crop(words, letters)), className="words", dir="auto")
