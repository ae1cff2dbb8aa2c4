"""Did we earn the right to customer growth? Yes, no or not yet, for the last complete month, with the numbers in the sentence.

The answer is the largest thing on the wall. Yes only where customers and their value both grew; mixed is "Not yet", and the
sentence says which one fell. For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.words import money, plural, whole
from wallboard.metrics.customers import growth_verdict
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Options, Panel, Picture, Words

ANSWERS = {"yes": "Yes.", "no": "No.", "not yet": "Not yet.", "not measured": "Unclear."}
ALARM = "These numbers do not add up. Do not use them; look at the state of the data."
BASIS = {"annual recurring": "a year", "trailing 12m revenue": "in twelve months’ purchases"}


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The verdict of the last complete month."""
    return {"verdict": growth_verdict(connection, scope)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """The answer, and the sentence that carries its numbers."""
    row = frames["verdict"].iloc[0]
    if row["state"] != "complete":
        return Picture("", nothing("Not measured yet: load customers and their contracts or orders, covering one whole month."))
    if not row["holds"]:
        return Picture("", nothing("No answer: the numbers contradict each other."), alarm=ALARM)
    answer = ANSWERS[row["verdict"]]
    sentence = html.P(_sentence(row, look), className="sentence")
    return Picture("", html.Div([html.P(answer, className="answer"), sentence], className="verdict"))


def _sentence(row: "pd.Series[Any]", look: Look) -> Words:
    people, value = int(row["net_customers"]), row["net_value"]
    if pd.isna(value):
        return [_people(people, look), " than a month before; what they are worth is not known yet."]
    but = ", but" if row["verdict"] == "not yet" else " and"
    return [
        _people(people, look),
        f" than a month before{but} together worth ",
        _worth(value, BASIS[row["basis"]], look),
        f"; of {whole(int(row['value_unknown']), look.locale)} the value is not known." if row["value_unknown"] else ".",
    ]


def _people(net: int, look: Look) -> Component:
    if net == 0:
        return told("Not one customer more", "net_customers", "loss")
    words = plural(abs(net), "customer", "customers", look.locale)
    number, _, noun = words.partition(" ")
    return told(f"{number} {'more' if net > 0 else 'fewer'} {noun}", "net_customers", "gain" if net > 0 else "loss")


def _worth(net: float, basis: str, look: Look) -> Component:
    if net == 0:
        return told("neither more nor less", "net_value", "loss")
    amount = money(abs(net), look.currency, look.locale)
    return told(f"{amount} {'more' if net > 0 else 'less'} {basis}", "net_value", "gain" if net > 0 else "loss")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement"),
    figures=("net_customers", "net_value"),
    bare=True,
)
