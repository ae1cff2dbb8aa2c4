"""Customers who may leave: what they are worth, why in their words, what we are doing about it, who is doing it, and by when.

Customers who have asked to leave but are still here, and those somebody is working to keep; the ones nobody is working on come
first, then the most valuable. Where nobody acts, it says so. Names never hang on a wall: sign in and touch the panel to see
them. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.named import WORDS, listed, named, why
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.drawing.worth import yearly
from wallboard.metrics.availability import CONTRACTS, CUSTOMER_ACTIONS
from wallboard.metrics.churn_risk import RiskyCustomer, at_risk
from wallboard.metrics.scope import Scope
from wallboard.panel import CUSTOMER_FEED, OF_SINGLE_THINGS, Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How many of them."""

    rows: int = Field(3, ge=1, le=8, description="customers to show at the default screen and distance")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[RiskyCustomer, ...]:
    """The most valuable of those at risk."""
    return at_risk(connection, scope, limit=options.rows)


def draw(rows: tuple[RiskyCustomer, ...], options: Options, theme: Theme) -> Picture:
    """One row a customer: who and worth, why, what is done."""
    if not rows:
        words = "Nobody has asked to leave who is still here, and no action is about keeping a customer."
        return Picture("Nobody is known to be at risk", nothing(words))
    lines = [
        named(row, _since(row, theme), why(row), _done(row), _then(row, theme), theme) for row in rows[: theme.rows(options.rows)]
    ]
    stake = yearly(rows[0].total_value, rows[0].total_unknown, theme)
    return Picture(_headline(rows[0], theme), listed(lines, rows[0].total), note=f"{stake} at stake")


def _headline(row: RiskyCustomer, theme: Theme) -> Words:
    risk = f"{theme.plural(row.total, 'customer', 'customers')} may leave"
    if not row.unattended:
        return f"{risk}; somebody is working on every case"
    alone = html.B(theme.whole(row.unattended), className="alert")
    return [f"{risk}; nobody is working on ", alone]


def _since(row: RiskyCustomer, theme: Theme) -> str:
    return f" since {theme.month(row.came_on)}" if row.came_on else ""


def _done(row: RiskyCustomer) -> Component:
    if not row.action:
        return html.B("■ nobody is working on it", className="done alert")
    return html.Span(crop(row.action, WORDS), className="done", dir="auto")


def _then(row: RiskyCustomer, theme: Theme) -> Component:
    """Who does it and by when; or what came of it; or since when they wait."""
    if not row.action:
        since = f"asked to leave on {theme.day(row.asked_on)}" if row.asked_on else ""
        return html.Span(since, className="then quiet")
    if row.done_on:
        outcome = crop(row.outcome or "outcome not recorded", WORDS - 12)
        return html.Span(f"done {theme.day(row.done_on)}: {outcome}", className="then quiet")
    owner = row.owner or "nobody by name"
    if row.due and row.overdue:
        late = html.B(f"■ was due {theme.day(row.due)}", className="alert")
        return html.Span([f"{owner}, ", late], className="then quiet")
    due = f"by {theme.day(row.due)}" if row.due else "no date set"
    return html.Span(f"{owner}, {due}", className="then quiet")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contract", "customer", "customer_alias", "customer_event", "reason", "action", "employee", "exchange_rate"),
    subject="Who may leave",
    needs=((CONTRACTS, CUSTOMER_ACTIONS),),
    feeds=(JudgedFeed(CUSTOMER_FEED.feed),),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(25, 14),
        Smallest(38, 9),
        Smallest(51, 7),
        Smallest(76, 5),
    ),
)
