"""What our own failures cost: the contacts they caused at what each costs us, month by month and by stage.

Contacts without a unit cost are said, never taken as nothing; the customers' own time is told apart, in hours. Beneath
stands what one contact costs, and since when. For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import bar, nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import VOICES
from wallboard.metrics.failures import failure_cost, failure_places, unit_costs
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    months: int = Field(12, ge=3, le=24, description="complete months to show")
    letters: int = Field(70, ge=40, le=400, description="longest list of unit costs before the rest is counted")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Months, the stages of the newest one, and what one contact costs."""
    return {
        "months": failure_cost(connection, scope, months=options.months),
        "stages": failure_places(connection, scope, months=1),
        "costs": unit_costs(connection, scope),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """The newest month as a number, the months before as bars, its stages as rows."""
    months = frames["months"][frames["months"]["state"] != "not measured"]
    if months.empty:
        return Picture("No whole month can be told", nothing("The contacts that are loaded begin in the running month."))
    newest = months.iloc[-1]
    left = html.Div([_number(newest, theme), _bars(months, theme)], className="by-month")
    body = html.Div(
        [left, _stages(frames["stages"], theme), _basis(newest, frames["costs"], options, theme)], className="failing"
    )
    return Picture(_headline(newest, theme), body, note=theme.month(newest["month"]))


def _headline(newest: "pd.Series[Any]", theme: Theme) -> str:
    who = "A failure of ours" if newest["counted"] == "failures" else "A complaint"
    count = theme.plural(int(newest["failures"]), "contact", "contacts")
    if newest["state"] == "no cases":
        return f"{who} caused no contact"
    hours = newest["customer_hours"]
    time = f" and {theme.plural(round(hours), 'hour', 'hours')} of our customers’ time" if pd.notna(hours) and hours >= 1 else ""
    return f"Our failures caused {count}{time}" if newest["counted"] == "failures" else f"{count} were complaints{time}"


def _number(newest: "pd.Series[Any]", theme: Theme) -> Component:
    if newest["state"] == "not costed":
        number = told(theme.whole(int(newest["failures"])), "failure_cost", "loss")
        return html.P([number, html.Span("contacts, not costed yet")])
    cost = told(theme.money(float(newest["cost"])), "failure_cost", "loss")
    without = int(newest["uncosted"])
    partly = f"partly costed: {theme.plural(without, 'contact', 'contacts')} without a unit cost" if without else "all costed"
    return html.P([cost, html.Span(partly)])


def _bars(months: pd.DataFrame, theme: Theme) -> Component:
    costed = months["cost"].notna().any()
    values = [None if pd.isna(one) else float(one) for one in months["cost" if costed else "failures"]]
    scale = Scale.over("a month", values, along="y")
    bars = []
    for n, (value, row) in enumerate(zip(values, months.to_dict("records"), strict=True)):
        kind = "newest" if n == len(values) - 1 else ""
        name = html.Span(theme.month_label(row["month"])) if (len(values) - 1 - n) % 3 == 0 else ""
        bars.append(html.Li([scale.well(scale.mark(value) if value is not None else html.Span("?")), name], className=kind))
    return html.Ul(bars, className="months")


def _stages(stages: pd.DataFrame, theme: Theme) -> Component:
    costed = stages["cost"].notna() & (stages["failures"] > 0)
    name = "cost" if costed.any() or not stages["failures"].sum() else "failures"
    scale = Scale.over("stages", stages[name])
    rows = []
    for row in stages.to_dict("records"):
        value = row[name]
        if not row["key"] and not row["failures"]:
            continue
        text = "not costed" if pd.isna(value) else "none" if not value else _words(value, name, theme)
        drawn = bar(scale, float(value), "loss") if pd.notna(value) and value else ""
        rows.append(html.Li([html.Span(row["name"]), html.B(text, className="" if drawn else "quiet"), drawn]))
    return html.Ul(rows, className="at-stages trim")


def _words(value: float, name: str, theme: Theme) -> str:
    return theme.money(value) if name == "cost" else theme.whole(value)


def _basis(newest: "pd.Series[Any]", costs: pd.DataFrame, options: Options, theme: Theme) -> Component:
    if costs.empty:
        words = "Write what a phone call, an e-mail or any contact costs into unit_costs."
    else:
        parts = _prices(costs, theme)
        since = theme.full_day(max(costs["valid_from"]))
        words = f"Unit costs of {since}: {theme.listed(parts, options.letters)}"
    unsaid = int(newest["unclassified"])
    lines = [html.P(words)]
    if newest["counted"] == "complaints":
        lines.append(html.P("No kind of issue says yet whether it is a failure: every complaint counts."))
    elif unsaid:
        count = theme.plural(unsaid, "complaint", "complaints")
        lines.append(html.P(f"{count} more: unclassified, so not costed"))
    return html.Div(lines, className="basis")


def _prices(costs: pd.DataFrame, theme: Theme) -> list[str]:
    """Each activity with its cost; in brackets where it is another one."""
    said: dict[str, list[str]] = {}
    for row in sorted(costs.to_dict("records"), key=lambda row: row["perimeter"] or ""):
        amount = theme.money(float(row["amount"]), row["currency"])
        said.setdefault(row["activity"], []).append(
            f"({theme.perimeters.get(row['perimeter'], row['perimeter'])} {amount})" if row["perimeter"] else amount
        )
    return [f"{activity} {' '.join(amounts)}" for activity, amounts in said.items()]


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_month", "voice_day", "issue_type", "stage", "unit_cost"),
    figures=("failure_cost",),
    subject="What our failures cost",
    needs=((VOICES,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(JudgedFeed("voice", monthly=True),),
)
