"""What deserves to be celebrated: a figure that is better than for a long time, and by more than chance alone moves it.

Only a process-behaviour signal makes a milestone; a good month inside the usual range makes none, and the panel says so. For
leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.issues import beyond
from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.words import month_name, share, signed, whole
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.milestones import milestones
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import CUSTOMER_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(2, ge=1, le=5, description="most milestones to show")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Favourable signals of the last complete month, and whether there is such a month."""
    return {"milestones": milestones(connection, scope), "flow": customer_flow(connection, scope, months=2)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One row a milestone: the number, and what had been usual."""
    found = frames["milestones"]
    if (frames["flow"]["state"] == "not measured").all():
        return Picture(
            "No whole month can be told",
            nothing(NOT_WHOLE),
        )
    if found.empty:
        return Picture("No milestone this month", nothing("What moved stayed within what chance alone does."))
    rows = [_row(row, look) for _, row in found.head(options.rows).iterrows()]
    return Picture(_headline(found.iloc[0], look), html.Ul(rows, className="milestones trim", **beyond(len(found) - len(rows))))


def _headline(row: "pd.Series[Any]", look: Look) -> str:
    if str(row["signal"]).startswith("run"):
        return f"{row['name']}: {row['in_a_row']} good months in a row"
    return f"{row['name']}: {month_name(row['month'], look.locale)} was the best of {row['best_of']} months"


def _row(row: "pd.Series[Any]", look: Look) -> Component:
    low, high = (_written(row["figure"], float(row[name]), look) for name in ("usual_low", "usual_high"))
    run = str(row["signal"]).startswith("run")
    why = f"{row['in_a_row']} months on the good side of" if run else "outside what is usual,"
    words = html.Span(f"{row['name']}: {why} {low} to {high}")
    return html.Li([told(_written(row["figure"], float(row["value"]), look), str(row["figure"]), "gain"), words])


def _written(figure: str, value: float, look: Look) -> str:
    if figure == "retention_rate":
        return share(value, look.locale, 1)
    return signed(value, look.locale) if figure == "net_customers" else whole(value, look.locale)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement", "undated_loss", "retention_month"),
    figures=("new_customers", "won_back_customers", "lost_customers", "net_customers", "retention_rate"),
    subject="What there is to celebrate",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    verdict=True,
)
