"""What the panels about the room's issues share: an age by shape and word, and what to do when empty."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.metrics.room_counts import RoomSummary
from wallboard.metrics.room_issues import BEYOND, LATER, UNKNOWN, WITHIN
from wallboard.metrics.states import MEASURED, NO_CASES

EMPTY = "Relay an issue in the room’s console, with the customer’s own words."
_STATES = {WITHIN: "good", LATER: "watch", BEYOND: "attention", UNKNOWN: "not measured"}


def no_issue(state: str) -> Component:
    """What stands where the room has no issue yet."""
    return nothing(EMPTY if state == NO_CASES else "Add the people of the room: wallboard user add. Then relay an issue.")


def no_issue_yet(summary: RoomSummary) -> tuple[str, Component] | None:
    """The headline and the body of a room without an issue; None where there is one."""
    return None if summary.state == MEASURED else ("No issue is in the room yet", no_issue(summary.state))


def beyond(rows: int) -> dict[str, str]:
    """What a list that is trimmed to its panel has to know of rows that were not even drawn: it says them with those it drops."""
    return {"data-beyond": str(rows)} if rows > 0 else {}


def age(days: int, state: str, theme: Theme) -> Component:
    """An age with the shape of its state; the state is said in words beside it."""
    return html.Span([shape(_STATES[state]), html.B(theme.plural(days, "day", "days"))], className="days")


def said_by_customer(words: str, letters: int) -> Component:
    """The customer's words, cut at a word where there is no room for more."""
    return html.Span(quote(crop(words, letters)), className="words", dir="auto")
