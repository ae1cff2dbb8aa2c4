"""From where we were to where we are, in customers and in what they are worth: what came, what came back, what left.

Opening + new + won back − lost = closing; in value the customers who stayed and grew or shrank stand apart. The steps begin at
the level of the opening, which is why no bar of it is drawn. For leaders, from four metres.
"""

from typing import Any, Literal

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing
from wallboard.drawing.steps import Step, bridge
from wallboard.drawing.words import month_name, plural, short_money, signed, whole
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

BASIS = {"annual recurring": "worth a year", "trailing 12m revenue": "twelve months’ purchases"}
UNTOLD = {
    "left-censored": "What they are worth cannot be told yet: the records are younger than a year.",
    "not measured": "What they are worth is not known: load amounts, or a rate for their currency.",
}
FIGURES = (
    "active_customers", "customer_value", "new_customers", "new_value", "won_back_customers", "lost_customers", "lost_value",
    "net_customers", "net_value",
)  # fmt: skip


class Options(Base):
    """Over which span."""

    unit: Literal["month", "quarter", "year"] = Field("month", description="month, or quarter or year of the fiscal year")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The last periods, the last complete one among them."""
    return {"flow": customer_flow(connection, scope, months=2, unit=options.unit)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """Two bridges, one above the other: people, and what they are worth."""
    done = frames["flow"][frames["flow"]["state"].isin(("complete", "left-censored"))]
    if done.empty or not done.iloc[-1]["opening"] + done.iloc[-1]["new"]:
        return Picture(f"No whole {options.unit} yet", nothing("Load customers and their contracts or orders."))
    row = done.iloc[-1]
    if not row["holds"]:
        alarm = "These numbers do not add up. Do not use them; look at the state of the data."
        return Picture("Opening, in and out are not closing", nothing("See the state of the data: /status"), alarm=alarm)
    body = html.Div([_people(row, look), _value(row, look)], className="bridges")
    return Picture(_headline(row, options, look), body, note=_span(row, options, look))


def _headline(row: "pd.Series[Any]", options: Options, look: Look) -> str:
    came, left = int(row["new"] + row["won_back"]), int(row["lost"])
    more = plural(abs(came - left), "customer", "customers", look.locale)
    if came == left:
        return f"As many came as left in this {options.unit}"
    fewer = "more" if came > left else "fewer"
    number, _, noun = more.partition(" ")
    return f"{number} {fewer} {noun} at the end of the {options.unit} than at its start"


def _span(row: "pd.Series[Any]", options: Options, look: Look) -> str:
    first = month_name(row["period_start"], look.locale)
    return first if options.unit == "month" else f"{first} to {month_name(row['period_end'], look.locale)}"


def _people(row: "pd.Series[Any]", look: Look) -> Component:
    steps = [
        Step("came", int(row["new"]), signed(int(row["new"]), look.locale), "new_customers"),
        Step("came back", int(row["won_back"]), signed(int(row["won_back"]), look.locale), "won_back_customers"),
        Step("left", -int(row["lost"]), signed(-int(row["lost"]), look.locale), "lost_customers"),
    ]
    ends = [whole(int(row[name]), look.locale) for name in ("opening", "closing")]
    return bridge(("customers before", ends[0]), steps, ("customers now", ends[1]), "active_customers", "customers")


def _value(row: "pd.Series[Any]", look: Look) -> Component:
    if row["value_state"] != "measured":
        return nothing(UNTOLD[row["value_state"]])
    sizes = (
        ("came", row["new_value"], "new_value"),
        ("came back", row["won_back_value"], "net_value"),
        ("took more", row["expansion_value"], "customer_value"),
        ("took less", -row["contraction_value"], "customer_value"),
        ("left", -row["lost_value"], "lost_value"),
    )
    steps = [Step(word, float(size), _amount(float(size), look), figure) for word, size, figure in sizes]
    ends = [short_money(float(row[name]), look.currency, look.locale) for name in ("opening_value", "closing_value")]
    return bridge((BASIS[row["basis"]], ends[0]), steps, ("now", ends[1]), "customer_value", "value")


def _amount(size: float, look: Look) -> str:
    if not round(size):
        return "0"
    written = short_money(size, look.currency, look.locale)
    return f"+{written}" if size > 0 else written


PANEL = Panel(Options, measure, draw, reads=("customer_day", "customer_month", "customer_movement"), figures=FIGURES)
