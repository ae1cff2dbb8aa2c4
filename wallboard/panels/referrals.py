"""Who recommends us, by customer group: how many customers did, to how many people, and how many of those joined.

What customers did, not what they said they might do. Recommendations that cannot be traced to a customer are shown separately.
For leaders, from four metres.
"""

from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import customers_per_pictogram, metric_link, nothing, pictogram_key, pictograms
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import REFERRALS
from wallboard.metrics.referrals import Referrals, referrals
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

NO_RATE = {"too few": "too few for a share", "no cases": "nobody left", "not measured": "more than are customers now"}


class Options(Base):
    """How far back."""

    months: Literal[1, 3, 12] = Field(12, description="complete months to look back: 1, 3 or 12")
    groups: int = Field(5, ge=1, le=8, description="customer groups to show, those who sent most first")
    pictograms_in_a_row: int = Field(16, ge=5, le=40, description="most pictograms in one row")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Referrals, ...]:
    """By group, in all, and unattributed."""
    return referrals(connection, scope, months=options.months)


def draw(rows: tuple[Referrals, ...], options: Options, theme: Theme) -> Picture:
    """One row a group: its people who sent somebody, and what came of it."""
    every = next(row for row in rows if row.part == "all")
    if every.referrers is None:
        return Picture("Who sends us customers is not known", nothing("The referrals loaded do not cover these months."))
    nobody = next(row for row in rows if row.part == "unattributed")
    groups = sorted((row for row in rows if row.part == "group"), key=lambda row: (-(row.referrers or 0), -(row.active or 0)))
    shown = groups[: theme.rows(options.groups)]
    per = customers_per_pictogram(max((row.referrers or 0 for row in shown), default=1), options.pictograms_in_a_row)
    lines = [_row(row, per, theme) for row in shown]
    scale = f"{pictogram_key(per, theme)} who sent somebody"
    body = html.Div(
        [
            html.Ul(lines, className="trim", **beyond(len(groups) - len(lines))),
            _apart(nobody, theme),
            html.P(scale, className="quiet small"),
        ]
    )
    body.className = "referrals"
    span = f"{theme.plural(options.months, 'month', 'months')} to {theme.month(every.period_end)}"
    return Picture(_headline(every, theme), body, note=span)


def _headline(every: Referrals, theme: Theme) -> Words:
    if not every.referrers:
        return f"None of our {theme.plural(every.active or 0, 'customer', 'customers')} recommended us to anybody"
    of = f" of {theme.plural(every.active or 0, 'customer', 'customers')} recommended us: "
    joined = metric_link(theme.whole(every.converted or 0), "referred_converted", "gain")
    people = f" of {theme.whole(every.referred or 0)} joined"
    return [metric_link(theme.whole(every.referrers), "referral_rate", "gain"), of, joined, people]


def _row(row: Referrals, per: int, theme: Theme) -> Component:
    sent = [
        metric_link(theme.whole(row.referrers or 0), "referral_rate", "number"),
        html.Span(f"of {theme.whole(row.active or 0)}", className="quiet"),
    ]
    name = html.Div([html.B(row.customer_group or "no known group"), html.Span(_rate(row, theme), className="quiet")])
    return html.Li([name, html.Div(sent, className="sent"), pictograms(row.referrers or 0, per, "gain"), _came(row, theme)])


def _rate(row: Referrals, theme: Theme) -> str:
    if row.rate is None or row.low is None or row.high is None:
        return NO_RATE[row.state]
    return f"{theme.share(row.rate)} ({theme.share(row.low)} to {theme.share(row.high)})"


def _came(row: Referrals, theme: Theme) -> Component:
    if not row.referred:
        return html.Div(html.Span("nobody sent", className="quiet"), className="came")
    came = metric_link(theme.whole(row.converted or 0), "referred_converted")
    return html.Div([came, html.Span(f"of {theme.whole(row.referred)} came", className="quiet")], className="came")


def _apart(nobody: Referrals, theme: Theme) -> Component:
    """Those whom nobody known has sent; shown even where there are none."""
    if not nobody.referred:
        return html.P("We know who recommended everybody who came this way.", className="apart quiet")
    sent, came = theme.whole(nobody.referred), theme.whole(nobody.converted or 0)
    return html.P([html.B(f"{sent} more, referrer unknown"), f"; {came} joined"], className="apart")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("referral_month", "customer_month"),
    metrics=("referral_rate", "referred_converted"),
    subject="Who sends us customers",
    needs=((REFERRALS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(JudgedFeed("referrals", monthly=True),),
    smallest=(
        Smallest(38, 16),
        Smallest(76, 8),
    ),
)
