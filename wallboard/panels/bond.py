"""Do customers grow closer to us? For each of three to five key behaviours: how many do more, how many less, than before.

People stand to the right where they do more and to the left where they do less; those who do the same and those without a before
stand quietly beside them, and the four add up to all customers. A sixth flagged behaviour warns. For leaders, from four metres.
"""

from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.glyphs import customers_per_pictogram, metric_link, nothing, pictogram_key, pictograms
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import BEHAVIOURS, DEEDS
from wallboard.metrics.bond import FEWEST, MOST, Bond, FlaggedBehaviour, MeasuredBond, bond, flagged_behaviours
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NOT_MEASURED
from wallboard.panel import Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

THAN = {"month before": "a month before", "same month last year": "a year before"}


class Options(Base):
    """How much room the figures have."""

    figures_on_a_side: int = Field(8, ge=3, le=30, description="most figures of people on each side of a row")


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
    most = max(max(row.growing, row.declining) for row in known)
    per = customers_per_pictogram(most, options.figures_on_a_side)
    lines = [_row(row, per, newest, theme) for row in rows]
    heads = [html.Span(word) for word in ("more − less, and a month earlier", "do less", "do more", "same", "new")]
    body = html.Div([html.Div(heads, className="heads"), html.Ul(lines, className="trim"), _foot(known, flagged, per, theme)])
    body.className = "bond"
    return Picture(_headline(known, theme), body, note=theme.month(newest), alarm=_alarm(flagged, theme))


def _headline(known: list[MeasuredBond], theme: Theme) -> Words:
    """The behaviour that moved most, in people."""
    row = max(known, key=lambda row: abs(row.net))
    ways = [(row.growing, "more", "gain", "growing_customers"), (row.declining, "less", "loss", "declining_customers")]
    first, second = ways if row.net >= 0 else ways[::-1]
    people = theme.plural(first[0], "customer", "customers")
    return [
        f"{row.name}: ",
        metric_link(f"{people} {first[1]}", first[3], first[2]),
        f" than {THAN[row.compared_with]}, ",
        metric_link(f"{theme.whole(second[0])} {second[1]}", second[3], second[2]),
    ]


def _alarm(flagged: tuple[FlaggedBehaviour, ...], theme: Theme) -> str:
    count = len(flagged)
    if count <= MOST:
        return ""
    left = ", ".join(f"“{behaviour.name}”" for behaviour in flagged if not behaviour.shown)
    many, few = theme.number_words(count).capitalize(), theme.number_words(MOST)
    return f"{many} behaviours are flagged as key; choose {few}: {left} not shown."


def _row(row: Bond, per: int, newest: date, theme: Theme) -> Component:
    than = f"than {THAN[row.compared_with]}"
    if not isinstance(row, MeasuredBond) or row.state != MEASURED:
        words = "not measured" if row.state == NOT_MEASURED else "no customers"
        return html.Li([_name(row.name, than), html.P(words, className="empty")])
    if row.month != newest:
        than = f"in {theme.month(row.month)}, {than}"
    less, more = row.declining, row.growing
    left = [metric_link(theme.whole(less), "declining_customers", "number loss"), pictograms(less, per, "loss", "-x")]
    right = [metric_link(theme.whole(more), "growing_customers", "number gain"), pictograms(more, per, "gain", "x")]
    sides = [html.Div(left, className="pole loss"), html.Div(right, className="pole gain")]
    others = [html.Span(theme.whole(count), className="other") for count in (row.stable, row.new)]
    return html.Li([_name(row.name, f"{than}{_moved(row, theme)}"), *sides, *others])


def _name(name: str, below: str) -> Component:
    return html.Div([html.B(name), html.Span(below, className="quiet")], className="what")


def _moved(row: MeasuredBond, theme: Theme) -> str:
    """More less fewer, and whether that is better than a month ago."""
    if row.net_before is None:
        return ""
    return f" · {theme.signed(row.net)}, {theme.signed(row.net_before)}"


def _foot(known: list[MeasuredBond], flagged: tuple[FlaggedBehaviour, ...], per: int, theme: Theme) -> Component:
    """What one figure stands for, what each row adds up to, and who is not in it."""
    parts = [pictogram_key(per, theme)]
    bases = sorted({row.active for row in known})
    if len(bases) == 1:
        parts.append(f"each row is all {theme.plural(bases[0], 'customer', 'customers')}; new ones have no before")
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
    timeless="it names the months or the day that it tells",
)
