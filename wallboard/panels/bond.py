"""Are customers growing closer to us? For each of three to five key behaviours: how many do more than before, and how many less.

Those who do less are on the left, those who do more on the right, and the difference stands beside them. All other customers do
the same as before, or have no before. A sixth key behaviour raises a warning. For leaders, from four metres.
"""

from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.diverging import both_ways
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import BEHAVIOURS, DEEDS
from wallboard.metrics.bond import FEWEST, MOST, Bond, FlaggedBehaviour, MeasuredBond, bond, flagged_behaviours
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NOT_MEASURED
from wallboard.panel import OF_NAMED_DAYS, Connection, JudgedFeed, Options, Panel, Picture, Words

THAN = {"month before": "a month before", "same month last year": "a year before"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Each key behaviour in its newest month, and which are flagged."""

    bond: tuple[Bond, ...]
    flagged: tuple[FlaggedBehaviour, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Key behaviours, measured and flagged."""
    return Measured(bond(connection, scope), flagged_behaviours(connection, scope))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a behaviour, people to either side of its middle."""
    rows, flagged = measured.bond, measured.flagged
    if not rows:
        return Picture("Nobody has said what shows a bond", nothing("Flag three to five of the behaviours as key."))
    known = [row for row in rows if isinstance(row, MeasuredBond) and row.state == MEASURED]
    if not known:
        missing = "What customers did is not loaded for both a complete month and the month it is compared with."
        return Picture("No key behaviour can be compared", nothing(missing), alarm=_alarm(flagged, theme))
    if not all(row.holds for row in known):
        alarm = "These numbers do not add up to all customers. Do not use them; check the state of the data."
        return Picture("The behaviours do not sum to our customers", nothing("Check the state of the data: /status"), alarm=alarm)
    newest = max(row.month for row in known)
    most = max(1, *(max(row.growing, row.declining) for row in known))
    lines = [_row(row, most, newest, theme) for row in rows]
    poles = html.Span([html.Span("do less"), html.Span("do more")], className="poles")
    heads = [html.Span(""), poles, html.Span("difference")]
    body = html.Div([html.Div(heads, className="heads"), html.Ul(lines, className="trim"), _foot(known, flagged, theme)])
    body.className = "bond"
    return Picture(_headline(known, theme), body, note=theme.month(newest), alarm=_alarm(flagged, theme))


def _headline(known: list[MeasuredBond], theme: Theme) -> Words:
    """In how many of them more customers do less than do more."""
    weaker, of = sum(row.net < 0 for row in known), len(known)
    if not weaker:
        lead = f"In all {theme.whole(of)} behaviours" if of > 1 else f"{known[0].name}:"
        return [metric_link(lead, "growing_customers", "gain"), " as many customers do more as less, or more of them"]
    lead = f"In {theme.whole(weaker)} of {theme.whole(of)} behaviours" if of > 1 else f"{known[0].name}:"
    return [metric_link(lead, "declining_customers", "loss"), " more customers do less than do more"]


def _alarm(flagged: tuple[FlaggedBehaviour, ...], theme: Theme) -> str:
    count = len(flagged)
    if count <= MOST:
        return ""
    left = ", ".join(f"“{behaviour.name}”" for behaviour in flagged if not behaviour.shown)
    many, few = theme.number_words(count).capitalize(), theme.number_words(MOST)
    return f"{many} behaviours are flagged as key; choose {few}: {left} not shown."


def _row(row: Bond, most: int, newest: date, theme: Theme) -> Component:
    than = f"than {THAN[row.compared_with]}"
    if not isinstance(row, MeasuredBond) or row.state != MEASURED:
        words = "not measured" if row.state == NOT_MEASURED else "no customers"
        return html.Li([_name(row.name, than), html.P(words, className="empty")])
    if row.month != newest:
        than = f"in {theme.month(row.month)}, {than}"
    counts = (
        metric_link(theme.whole(row.declining), "declining_customers", "loss"),
        metric_link(theme.whole(row.growing), "growing_customers", "gain"),
    )
    tone = "gain" if row.net > 0 else "loss" if row.net < 0 else ""
    net = html.B(theme.signed(row.net), className=f"number {tone}".strip())
    return html.Li([_name(row.name, than), both_ways(row.declining, row.growing, most, counts, theme.whole(most)), net])


def _name(name: str, below: str) -> Component:
    return html.Div([html.B(name), html.Span(below)], className="what")


def _foot(known: list[MeasuredBond], flagged: tuple[FlaggedBehaviour, ...], theme: Theme) -> Component:
    """What each row adds up to, and who is not in it."""
    bases = sorted({row.active for row in known})
    others = "the others do the same, or are new"
    parts = [f"of {theme.plural(bases[0], 'customer', 'customers')}; {others}"] if len(bases) == 1 else []
    elsewhere = max(row.elsewhere for row in known)
    if elsewhere:
        parts.append(f"{theme.whole(elsewhere)} elsewhere not measured")
    if len(flagged) < FEWEST:
        parts.append(f"{theme.number_words(len(flagged))} flagged as key; three to five tell more")
    return html.P(" · ".join(parts), className="quiet small")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("behaviour", "behaviour_month", "customer_month"),
    metrics=("growing_customers", "declining_customers"),
    subject="What shows a bond with us",
    needs=((BEHAVIOURS,), (DEEDS,)),
    feeds=(JudgedFeed("customer_behaviours", monthly=True),),
    timeless=OF_NAMED_DAYS,
    smallest=(
        Smallest(25, 16),
        Smallest(76, 8),
    ),
)
