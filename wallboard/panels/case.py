"""The case for a customer room on its first day: customers lost, what failures cost, and complaints that nobody is on.

It needs no more than a file of tickets and a file of bills; where something is missing it
says what to load. For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.issues import beyond
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, noun, quote
from wallboard.metrics.availability import COMPLAINTS, CUSTOMERS
from wallboard.metrics.case import unowned_complaints
from wallboard.metrics.failures import failure_places, unit_costs
from wallboard.metrics.frames import frame
from wallboard.metrics.issues import open_summary
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.worth import lost_worth
from wallboard.panel import COMPLAINT_FEED, CUSTOMER_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many complaints."""

    months: int = Field(3, ge=1, le=12, description="complete months to sum")
    rows: int = Field(3, ge=1, le=8, description="complaints to show at the default screen and distance")
    letters: int = Field(80, ge=20, le=200, description="longest quote before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """What is lost, what failures cost, and who is waiting."""
    return {
        "lost": lost_worth(connection, scope, months=options.months),
        "failures": failure_places(connection, scope, months=options.months),
        "costs": unit_costs(connection, scope),
        "open": frame(open_summary(connection, scope), open_summary),
        "unowned": frame(unowned_complaints(connection, scope, limit=options.rows), unowned_complaints),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """Three numbers, each with its sentence, and the oldest complaints beneath."""
    lost, waiting = frames["lost"].iloc[0], frames["open"].iloc[0]
    if lost["state"] == "not measured" and waiting["state"] == "not measured":
        return Picture("There is no case to make", nothing("Neither customers nor complaints are loaded of these months."))
    numbers = [_lost(lost, theme), _failed(frames["failures"], frames["costs"], theme), _unowned(waiting, theme)]
    body = html.Div(
        [html.Div(numbers, className="numbers"), _oldest(frames["unowned"], waiting, options, theme)], className="case"
    )
    return Picture(_headline(lost, waiting, options, theme), body, note=f"in {theme.in_months(options.months)}")


def _headline(lost: "pd.Series[Any]", waiting: "pd.Series[Any]", options: Options, theme: Theme) -> str:
    said = []
    if lost["state"] != "not measured":
        left = int(lost["total_customers"])
        gone = theme.plural(left, "customer", "customers") if left else "nobody"
        said.append(f"{gone} left us in {theme.in_months(options.months)}")
    if waiting["state"] != "not measured":
        alone = int(waiting["without_owner"])
        stuck = f"nobody is on {theme.plural(alone, 'complaint', 'complaints')}"
        said.append(stuck if alone else "somebody is on every complaint" if waiting["open"] else "no complaint is open")
    sentence = ", and ".join(said)
    return sentence[0].upper() + sentence[1:]


def _lost(lost: "pd.Series[Any]", theme: Theme) -> Component:
    if lost["state"] == "not measured":
        return _number(html.B("?"), "customers left", "Load contracts or orders.")
    unknown = int(lost["value_unknown"] or 0)
    basis = "annual recurring value" if lost["basis"] == "annual recurring" else "purchases of twelve months"
    people = int(lost["total_customers"])
    count = told(theme.whole(people), "lost_customers", "loss")
    name = noun(people, "customer left", "customers left")
    if pd.isna(lost["total_value"]):
        return _number(count, name, f"What {noun(people, 'this customer was', 'they were')} worth is not known.")
    worth = [told(theme.money(float(lost["total_value"])), "lost_value"), f" left with them, {basis}"]
    more = f"; of {theme.whole(unknown)} the value is not known" if unknown else ""
    return _number(count, name, [*worth, more])


def _failed(failures: pd.DataFrame, costs: pd.DataFrame, theme: Theme) -> Component:
    if failures["state"].iloc[0] == "not measured":
        return _number(html.B("?"), "spent on our failures", "Load tickets or complaints.")
    count, uncosted = int(failures["failures"].sum()), int(failures["uncosted"].sum())
    counted = (
        ("complaint", "complaints") if failures["counted"].iloc[0] == "complaints" else ("failure contact", "failure contacts")
    )
    words = theme.plural(count, *counted)
    if not count:
        unsaid = int(failures["unclassified"].sum())
        why = f"{theme.plural(unsaid, 'complaint is', 'complaints are')} unclassified." if unsaid else ""
        return _number(html.B("0"), counted[1], why or "Map the column that says what is a complaint.")
    if uncosted == count:
        number = told(theme.whole(count), "failure_cost", "loss")
        return _number(number, noun(count, *counted), "Not costed yet: write what one costs into unit_costs.")
    cost = told(theme.money(float(failures["cost"].fillna(0).sum())), "failure_cost", "loss")
    partly = f"; partly costed: {theme.whole(uncosted)} without" if uncosted else ""
    since = theme.full_day(max(costs["valid_from"])) if len(costs) else ""
    return _number(cost, "spent on our failures", f"{words}, unit costs of {since}{partly}")


def _unowned(waiting: "pd.Series[Any]", theme: Theme) -> Component:
    if waiting["state"] == "not measured":
        return _number(html.B("?"), "unowned complaints", "Load tickets or complaints.")
    nobody, every = int(waiting["without_owner"]), int(waiting["open"])
    count = html.B(theme.whole(nobody), className="loss" if nobody else "")
    name = noun(nobody, "unowned complaint", "unowned complaints")
    if not every:
        return _number(count, name, "No complaint is open.")
    if nobody == every:
        return _number(count, name, "No open complaint names anybody who is on it.")
    return _number(count, name, f"out of {theme.plural(every, 'open complaint', 'open complaints')}")


def _number(number: Component, name: str, below: Any) -> Component:
    return html.Div([number, html.Span(name), html.P(below, className="quiet")])


def _oldest(unowned: pd.DataFrame, waiting: "pd.Series[Any]", options: Options, theme: Theme) -> Component:
    rows = [
        html.Li(
            [
                html.Span(quote(crop(row["words"], options.letters)), dir="auto")
                if row["words"]
                else html.Span("no words", className="quiet"),
                html.B(theme.plural(int(row["age_days"]), "day", "days")),
            ]
        )
        for row in unowned.head(theme.rows(options.rows)).to_dict("records")
    ]
    heading = html.P("waiting longest, with nobody on it", className="quiet") if rows else ""
    return html.Div(
        [heading, html.Ul(rows, className="trim", **beyond(int(waiting["without_owner"] or 0) - len(rows)))], className="oldest"
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "reason_day",
        "reason",
        "customer_movement",
        "undated_loss",
        "customer_day",
        "customer_month",
        "stage",
        "contact_month",
        "voice_day",
        "issue_type",
        "unit_cost",
        "voice",
        "complaint_day",
        "complaint_month",
    ),
    figures=("lost_customers", "lost_value", "failure_cost"),
    subject="What our customers cost us when they leave or wait",
    needs=((CUSTOMERS, COMPLAINTS),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(CUSTOMER_FEED, COMPLAINT_FEED),
)
