"""Businesses as accounts: all branches of one company together, what they are worth, and whether we talk to somebody there.

A branch counts once, under its topmost parent. Names and contacts never hang on a wall: sign in and touch the panel to see
them. For leaders and for those who visit these customers, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import customers_per_pictogram, metric_link, nothing, pictograms
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import noun
from wallboard.drawing.worth import NOT_KNOWN, worth
from wallboard.metrics.accounts import Account, accounts
from wallboard.metrics.availability import ACCOUNTS
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many accounts."""

    limit: int = Field(5, ge=1, le=12, description="accounts to name, the most valuable first")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Account, ...]:
    """The most valuable accounts."""
    return accounts(connection, scope, limit=options.limit)


def draw(rows: tuple[Account, ...], options: Options, theme: Theme) -> Picture:
    """A row an account, by its rank: its branches, its value, and what is open."""
    if not rows:
        return Picture("No business is a customer of ours now", nothing("Those that were have left."))
    per = customers_per_pictogram(max(row.customers for row in rows), 12)
    listed = [_row(account, place, per, theme) for place, account in enumerate(rows, 1)]
    note = f"{theme.month(rows[0].month)} · {_together(rows, theme)}"
    return Picture(_headline(rows, theme), html.Ul(listed, className="accounts trim"), note=note)


def _together(rows: tuple[Account, ...], theme: Theme) -> str:
    known = [row.value for row in rows if row.value is not None]
    if not known or rows[0].all_value is None:
        return NOT_KNOWN
    every = worth(rows[0].all_value, rows[0].all_unknown, theme)
    return f"worth {theme.money(sum(known))} of {every}"


def _headline(rows: tuple[Account, ...], theme: Theme) -> list[str | Component]:
    inside = sum(row.customers for row in rows)
    people = metric_link(theme.whole(inside), "active_customers")
    named = theme.plural(len(rows), "account", "accounts")
    every = theme.plural(rows[0].all_customers, "business customer", "business customers")
    return [people, f" of our {every} {noun(inside, 'belongs', 'belong')} to {named}"]


def _row(account: Account, place: int, per: int, theme: Theme) -> Component:
    known = account.contact
    contact = html.Span("we have a contact" if known else "nobody we talk to", className="quiet" if known else "alert")
    branches = theme.plural(account.customers, "branch", "branches")
    open_ = account.open_complaints
    still = theme.plural(open_, "open complaint", "open complaints") if open_ else "nothing open"
    return html.Li(
        [
            html.Div([html.Strong("Largest account" if place == 1 else f"Account {place}"), contact]),
            html.Div([pictograms(account.customers, per, "calm-people"), html.Span(branches, className="quiet")]),
            html.Div([
                metric_link(worth(account.value, account.value_unknown, theme), "customer_value"),
                html.Span(still, className="alert" if open_ else "quiet"),
            ]),
        ]
    )  # fmt: skip


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("account_month", "customer", "customer_alias", "voice"),
    metrics=("active_customers", "customer_value"),
    subject="Which of our customers are businesses",
    needs=((ACCOUNTS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 7),
    ),
)
