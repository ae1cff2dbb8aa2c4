"""Do customers grow closer to us? For each of three to five key behaviours: how many do more, how many less, than before.

People stand to the right where they do more and to the left where they do less; those who do the same and those without a before
stand quietly beside them, and the four add up to all customers. A sixth flagged behaviour warns. For leaders, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import customers_per_figure, figures, nothing, told
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import BEHAVIOURS, DEEDS
from wallboard.metrics.bond import FEWEST, MOST, bond, flagged_behaviours
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import NOT_MEASURED
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

THAN = {"month before": "a month before", "same month last year": "a year before"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SIDES = (("declining", "less", "loss", "declining_customers"), ("growing", "more", "gain", "growing_customers"))


class Options(Base):
    """How much room the figures have."""

    figures_on_a_side: int = Field(8, ge=3, le=30, description="most figures of people on each side of a row")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Each key behaviour in its newest month, and which are flagged."""
    return {"bond": bond(connection, scope), "flagged": flagged_behaviours(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One row a behaviour, people to either side of its middle."""
    rows, flagged = rows_of(frames["bond"]), rows_of(frames["flagged"])
    if not rows:
        return Picture("Nobody has said what shows a bond", nothing("Flag three to five of the behaviours as key."))
    measured = [row for row in rows if row["state"] == "measured"]
    if not measured:
        missing = "What customers did is not loaded of both a complete month and the one with which it is compared."
        return Picture("No key behaviour can be compared", nothing(missing), alarm=_alarm(flagged))
    if any(row["holds"] is False for row in measured):
        alarm = "These numbers do not add up to all customers. Do not use them; look at the state of the data."
        return Picture("The behaviours do not sum to our customers", nothing("See the state of the data: /status"), alarm=alarm)
    newest = max(row["month"] for row in measured)
    most = max(row[kind] for row in measured for kind in ("growing", "declining"))
    per = customers_per_figure(most, options.figures_on_a_side)
    lines = [_row(row, per, newest, theme) for row in rows]
    heads = [html.Span(word) for word in ("more − less, and a month earlier", "do less", "do more", "same", "new")]
    body = html.Div([html.Div(heads, className="heads"), html.Ul(lines, className="trim"), _foot(measured, flagged, per, theme)])
    body.className = "bond"
    return Picture(_headline(measured, theme), body, note=theme.month(newest), alarm=_alarm(flagged))


def _headline(measured: list[dict[str, Any]], theme: Theme) -> Words:
    """The behaviour that moved most, in people."""
    one = max(measured, key=lambda row: abs(row["net"]))
    than = THAN[one["compared_with"]]
    more, less = (theme.plural(one[kind], "customer", "customers") for kind in ("growing", "declining"))
    first, second = (
        ((more, "more", "gain"), (less, "less", "loss")) if one["net"] >= 0 else ((less, "less", "loss"), (more, "more", "gain"))
    )
    figure = {"gain": "growing_customers", "loss": "declining_customers"}
    return [
        f"{one['name']}: ",
        told(f"{first[0]} {first[1]}", figure[first[2]], first[2]),
        f" than {than}, ",
        told(f"{second[0].split(' ')[0]} {second[1]}", figure[second[2]], second[2]),
    ]


def _alarm(flagged: list[dict[str, Any]]) -> str:
    count = len(flagged)
    if count <= MOST:
        return ""
    left = ", ".join(f"“{one['name']}”" for one in flagged if not one["shown"])
    return f"{_number(count).capitalize()} behaviours are flagged as key; choose {_number(MOST)}: {left} not shown."


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _row(row: dict[str, Any], per: int, newest: Any, theme: Theme) -> Component:
    than = f"than {THAN[row['compared_with']]}"
    if row["state"] != "measured":
        words = "not measured" if row["state"] == NOT_MEASURED else "no customers"
        return html.Li([_name(row["name"], than), html.P(words, className="empty")])
    if row["month"] != newest:
        than = f"in {theme.month(row['month'])}, {than}"
    sides = [
        html.Div(
            [
                told(theme.whole(row[kind]), figure, f"number {tone}"),
                figures(row[kind], per, tone, "-x" if word == "less" else "x"),
            ],
            className=f"pole {tone}",
        )
        for kind, word, tone, figure in SIDES
    ]
    others = [html.Span(theme.whole(row[kind]), className="other") for kind in ("stable", "new")]
    return html.Li([_name(row["name"], f"{than}{_moved(row, theme)}"), *sides, *others])


def _name(name: str, below: str) -> Component:
    return html.Div([html.B(name), html.Span(below, className="quiet")], className="what")


def _moved(row: dict[str, Any], theme: Theme) -> str:
    """More less fewer, and whether that is better than a month ago."""
    if row["net_before"] is None:
        return ""
    return f" · {theme.signed(row['net'])}, {theme.signed(row['net_before'])}"


def _foot(measured: list[dict[str, Any]], flagged: list[dict[str, Any]], per: int, theme: Theme) -> Component:
    """What one figure stands for, what each row adds up to, and who is not in it."""
    said = [f"one figure is {theme.plural(per, 'customer', 'customers')}"]
    bases = sorted({row["active"] for row in measured})
    if len(bases) == 1:
        said.append(f"each row is all {theme.plural(bases[0], 'customer', 'customers')}; new ones have no before")
    elsewhere = max(row["elsewhere"] for row in measured)
    if elsewhere:
        said.append(f"{theme.whole(elsewhere)} elsewhere not measured")
    if len(flagged) < FEWEST:
        said.append(f"{_number(len(flagged))} flagged as key; three to five tell more")
    return html.P(" · ".join(said), className="quiet small")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("behaviour", "behaviour_month", "customer_month"),
    figures=("growing_customers", "declining_customers"),
    subject="What shows a bond with us",
    needs=((BEHAVIOURS,), (DEEDS,)),
    feeds=(JudgedFeed("customer_behaviours", monthly=True),),
    timeless="it names the months or the day that it tells",
)
