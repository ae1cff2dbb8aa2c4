"""The ledger and the forum: month by month, whether leaders met when they had planned to, and what became of the customer asset.

Held, put off or missed is a shape and a word; customers and their value stand beside it. For leaders, from four metres.
"""

from datetime import date
from typing import Any, Literal

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, shape, told
from wallboard.drawing.spans import number_words, plain_month
from wallboard.drawing.words import SHORT, date_name, money, plural, signed, whole
from wallboard.drawing.worth import doubt
from wallboard.metrics.availability import CUSTOMERS, MEETINGS
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.forum import meetings, meetings_held
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope
from wallboard.panel import CUSTOMER_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

SHAPE = {"held": "good", "postponed": "watch", "missed": "attention"}
WORD = {"held": "held", "postponed": "put off", "missed": "not held"}


class Options(Base):
    """How far back, and in which steps."""

    periods: int = Field(6, ge=2, le=8, description="complete months or quarters to show, besides the running one")
    unit: Literal["month", "quarter"] = Field("month", description="a row is a month or a quarter")
    kind: str = Field("monthly", description="which meetings of the calendar count")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Meetings and customers of the same periods."""
    flow = customer_flow(connection, scope, months=options.periods + 1, unit=options.unit)
    asked: dict[str, Any] = {"months": options.periods, "unit": options.unit, "kind": options.kind}
    return {
        "flow": flow if flow["state"].iloc[-1] == "incomplete" else flow.iloc[1:],
        "meetings": meetings(connection, scope, **asked),
        "held": meetings_held(connection, scope, **asked),
    }


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One row a period, the newest last, and the sums beneath."""
    flow, held = frames["flow"], frames["held"].iloc[0]
    known = flow[flow["state"] != "not measured"]
    if known.empty and held["state"] == "not measured":
        return Picture("No meeting and no customer of these months is known", nothing("What is loaded does not cover them."))
    by_period = dict(tuple(frames["meetings"].groupby("period_start")))
    heads = ("", "leaders met", "customers", "came less left", "in value")
    rows = [html.Li([html.Span(head) for head in heads], className="heads")]
    rows += [_row(row, by_period.get(row["period_start"]), options, look) for row in flow.to_dict("records")]
    rows.append(_sums(known, held, look))
    alarm = doubt(rows_of(known), look) if len(known) else ""
    return Picture(
        _headline(known, held, look),
        html.Ul(rows, className="forum"),
        note=f"by {options.unit}, customers at its end",
        alarm=alarm,
    )


def _headline(known: pd.DataFrame, held: "pd.Series[Any]", look: Look) -> str:
    lost = "" if known.empty else _asset(int(known["net"].sum()), look)
    if held["state"] != "measured":
        why = "No calendar of meetings is loaded" if held["state"] == "not measured" else "No meeting was planned"
        return f"{why}; {lost}" if lost else why
    count, planned = number_words(int(held["held"]), look.locale).capitalize(), int(held["planned"])
    of = number_words(planned, look.locale)
    were, they = ("was", "it was") if held["held"] == 1 else ("were", "they were")
    met = f"{count} of {of} {'meeting' if planned == 1 else 'meetings'} {were} held when {they} planned"
    return f"{met}; {lost} meanwhile" if lost else met


def _asset(net: int, look: Look) -> str:
    if not net:
        return "the base stayed as large as it was"
    return f"the base {'lost' if net < 0 else 'gained'} {plural(abs(net), 'customer', 'customers', look.locale)}"


def _row(row: dict[Any, Any], met: pd.DataFrame | None, options: Options, look: Look) -> Component:
    running = row["state"] == "incomplete"
    name = plain_month(row["period_start"], look.locale, look.today) if options.unit == "month" else row["period_name"]
    parts = [html.Span([name, _until(row, look) if running else ""]), _met(met, options, look)]
    if row["state"] == "not measured":
        parts += [html.Span("not measured", className="quiet"), html.Span(), html.Span()]
    else:
        parts += [
            html.Span(whole(int(row["closing"]), look.locale)),
            _change(int(row["net"]), look),
            _value(row["net_value"], look),
        ]
    return html.Li(parts, className="running" if running else "")


def _met(met: pd.DataFrame | None, options: Options, look: Look) -> Component:
    if met is None:
        return html.Span("none planned", className="quiet")
    if options.unit == "quarter":
        return html.Span([shape(SHAPE[one]) for one in met["outcome"]], className="met")
    last = met.iloc[-1]
    when = last["planned_on"] if last["outcome"] == "missed" else last["held_on"]
    day = _in_its_year(when, look)
    said = f"{WORD[last['outcome']]}{' to' if last['outcome'] == 'postponed' else ''} {day}"
    more = [shape(SHAPE[one]) for one in met["outcome"]]
    return html.Span([*more, said], className="met")


def _in_its_year(day: date, look: Look) -> str:
    """A day without its year: the rows name it."""
    return date_name(day, look.locale, day, SHORT)


def _until(row: dict[Any, Any], look: Look) -> Component:
    return html.Span(f" to {_in_its_year(row['closing_day'], look)}", className="quiet")


def _change(net: int, look: Look) -> Component:
    return html.B(signed(net, look.locale), className="gain" if net > 0 else "loss" if net < 0 else "")


def _value(value: float | None, look: Look) -> Component:
    if pd.isna(value):
        return html.Span("not known", className="quiet")
    amount = float(value or 0)
    words = money(amount, look.currency, look.locale)
    return html.B(f"+{words}" if amount >= 0.005 else words, className="gain" if amount > 0 else "loss" if amount < 0 else "")


def _sums(known: pd.DataFrame, held: "pd.Series[Any]", look: Look) -> Component:
    met: Component = html.Span("no meetings known", className="quiet")
    if held["state"] == "measured":
        met = told(f"{whole(int(held['held']), look.locale)} of {whole(int(held['planned']), look.locale)}", "meetings_held")
    cells = [html.Span("together"), html.Span([met, html.Span(" on the day", className="quiet")])]
    if known.empty:
        return html.Li([*cells, html.Span("not measured", className="quiet"), html.Span(), html.Span()], className="sums")
    values = known["net_value"]
    worth = None if values.isna().any() else float(values.sum())
    now = told(whole(int(known["closing"].iloc[-1]), look.locale), "active_customers")
    cells[0] = html.Span(["together", _until(known.iloc[-1].to_dict(), look)])
    net = int(known["net"].sum())
    change = told(signed(net, look.locale), "net_customers", "gain" if net > 0 else "loss" if net < 0 else "")
    return html.Li([*cells, now, change, _value(worth, look)], className="sums")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("meeting", "customer_movement", "undated_loss", "customer_day", "customer_month"),
    figures=("meetings_held", "active_customers", "net_customers"),
    subject="What became of our customers while leaders met",
    needs=((CUSTOMERS, MEETINGS),),
    feeds=(CUSTOMER_FEED,),
    timeless="it names the months or the day that it tells",
)
