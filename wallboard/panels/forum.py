"""The ledger and the forum: month by month, whether leaders met when they had planned to, and what became of the customer asset.

Held, put off or missed is a shape and a word; customers and their value stand beside it. For leaders, from four metres.
"""

from datetime import date
from typing import Any, Literal

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import nothing, shape, told
from wallboard.drawing.reader import SHORT
from wallboard.drawing.theme import Theme
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


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One row a period, the newest last, and the sums beneath."""
    flow, held = frames["flow"], frames["held"].iloc[0]
    known = flow[flow["state"] != "not measured"]
    if known.empty and held["state"] == "not measured":
        return Picture("No meeting and no customer of these months is known", nothing("What is loaded does not cover them."))
    by_period = dict(tuple(frames["meetings"].groupby("period_start")))
    heads = ("", "leaders met", "customers", "came less left", "in value")
    rows = [html.Li([html.Span(head) for head in heads], className="heads")]
    rows += [_row(row, by_period.get(row["period_start"]), options, theme) for row in flow.to_dict("records")]
    rows.append(_sums(known, held, theme))
    alarm = doubt(rows_of(known), theme) if len(known) else ""
    return Picture(
        _headline(known, held, theme),
        html.Ul(rows, className="forum"),
        note=f"by {options.unit}, customers at its end",
        alarm=alarm,
    )


def _headline(known: pd.DataFrame, held: "pd.Series[Any]", theme: Theme) -> str:
    lost = "" if known.empty else _asset(int(known["net"].sum()), theme)
    if held["state"] != "measured":
        why = "No calendar of meetings is loaded" if held["state"] == "not measured" else "No meeting was planned"
        return f"{why}; {lost}" if lost else why
    count, planned = theme.number_words(int(held["held"])).capitalize(), int(held["planned"])
    of = theme.number_words(planned)
    were, they = ("was", "it was") if held["held"] == 1 else ("were", "they were")
    met = f"{count} of {of} {'meeting' if planned == 1 else 'meetings'} {were} held when {they} planned"
    return f"{met}; {lost} meanwhile" if lost else met


def _asset(net: int, theme: Theme) -> str:
    if not net:
        return "the base stayed as large as it was"
    return f"the base {'lost' if net < 0 else 'gained'} {theme.plural(abs(net), 'customer', 'customers')}"


def _row(row: dict[Any, Any], met: pd.DataFrame | None, options: Options, theme: Theme) -> Component:
    running = row["state"] == "incomplete"
    name = theme.plain_month(row["period_start"]) if options.unit == "month" else row["period_name"]
    parts = [html.Span([name, _until(row, theme) if running else ""]), _met(met, options, theme)]
    if row["state"] == "not measured":
        parts += [html.Span("not measured", className="quiet"), html.Span(), html.Span()]
    else:
        parts += [
            html.Span(theme.whole(int(row["closing"]))),
            _change(int(row["net"]), theme),
            _value(row["net_value"], theme),
        ]
    return html.Li(parts, className="running" if running else "")


def _met(met: pd.DataFrame | None, options: Options, theme: Theme) -> Component:
    if met is None:
        return html.Span("none planned", className="quiet")
    if options.unit == "quarter":
        return html.Span([shape(SHAPE[one]) for one in met["outcome"]], className="met")
    last = met.iloc[-1]
    when = last["planned_on"] if last["outcome"] == "missed" else last["held_on"]
    day = _in_its_year(when, theme)
    said = f"{WORD[last['outcome']]}{' to' if last['outcome'] == 'postponed' else ''} {day}"
    more = [shape(SHAPE[one]) for one in met["outcome"]]
    return html.Span([*more, said], className="met")


def _in_its_year(day: date, theme: Theme) -> str:
    """A day without its year: the rows name it."""
    return theme.day(day, SHORT, near=day)


def _until(row: dict[Any, Any], theme: Theme) -> Component:
    return html.Span(f" to {_in_its_year(row['closing_day'], theme)}", className="quiet")


def _change(net: int, theme: Theme) -> Component:
    return html.B(theme.signed(net), className="gain" if net > 0 else "loss" if net < 0 else "")


def _value(value: float | None, theme: Theme) -> Component:
    if pd.isna(value):
        return html.Span("not known", className="quiet")
    amount = float(value or 0)
    words = theme.money(amount)
    return html.B(f"+{words}" if amount >= 0.005 else words, className="gain" if amount > 0 else "loss" if amount < 0 else "")


def _sums(known: pd.DataFrame, held: "pd.Series[Any]", theme: Theme) -> Component:
    met: Component = html.Span("no meetings known", className="quiet")
    if held["state"] == "measured":
        met = told(f"{theme.whole(int(held['held']))} of {theme.whole(int(held['planned']))}", "meetings_held")
    cells = [html.Span("together"), html.Span([met, html.Span(" on the day", className="quiet")])]
    if known.empty:
        return html.Li([*cells, html.Span("not measured", className="quiet"), html.Span(), html.Span()], className="sums")
    values = known["net_value"]
    worth = None if values.isna().any() else float(values.sum())
    now = told(theme.whole(int(known["closing"].iloc[-1])), "active_customers")
    cells[0] = html.Span(["together", _until(known.iloc[-1].to_dict(), theme)])
    net = int(known["net"].sum())
    change = told(theme.signed(net), "net_customers", "gain" if net > 0 else "loss" if net < 0 else "")
    return html.Li([*cells, now, change, _value(worth, theme)], className="sums")


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
