"""Single customers on a wall, which never says who they are: two lines each, what kind and worth beside what is done."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.drawing.worth import worth
from wallboard.metrics.churn_risk import ReturnedCustomer, RiskyCustomer

WORDS = 42
"""Letters that fit into one line of half a wall."""

SAYS = {"staff entered": "we entered", "inferred": "inferred", "we say": "we say"}
"""Who says why, where it is not the customer."""


Named = RiskyCustomer | ReturnedCustomer
"""One customer whom a wall speaks of."""


def named(row: Named, since: str, below: Component, done: Component, then: Component, theme: Theme) -> Component:
    """A company or a person, since when, and what they are worth a year; beside it what is done; a line beneath.

    Name and number are for no wall: they stand behind the row, for who is signed in.
    """
    name = html.B(f"{'Company' if row.company else 'Customer'}{since}", className="name")
    return html.Li([name, html.Span(worth(row.value, None, theme), className="pays"), done, below, then])


def why(row: Named) -> Component:
    """The customer's words in quotes; other words with who says them; and openly where nobody knows."""
    source = row.why_source or ""
    if not row.why:
        return html.Span("we do not know why", className="below quiet")
    if source == "customer said":
        return html.Span(quote(crop(row.why, WORDS)), className="below", dir="auto")
    by = f" ({SAYS.get(source, source)})"
    return html.Span([crop(row.why, WORDS - len(by)), html.Span(by, className="quiet")], className="below", dir="auto")


def listed(rows: list[Component], total: int) -> Component:
    """The customers, as many as fit, and how many more there are in all."""
    return html.Ul(rows, className="named trim noted", **beyond(total - len(rows)))
