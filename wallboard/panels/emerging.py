"""What emerges from a walk: what was marked on the way, where customers feel worst, and where most is lost.

The end of the walkthrough: each becomes an opportunity to improve or to innovate, with its origin, ready for a vote.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import nothing, told
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.emerging import LOSS, LOWEST, READS, emerging_marks, emerging_offers
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


class Options(Base):
    """How much of the worst."""

    worst: int = Field(2, ge=1, le=4, description="most lowest points, and most losses, to show")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Marks of the newest walk, and what else speaks."""
    return {"marks": emerging_marks(connection, scope), "offers": emerging_offers(connection, scope, options.worst)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """Marks at the left, numbers that agree or disagree with them at the right."""
    marks, offers = frames["marks"], frames["offers"]
    left = html.Div([html.H3("Marked on the way"), *_marks(marks)])
    felt, lost = (offers[offers["origin"] == origin] for origin in (LOWEST, LOSS))
    right = html.Div(
        [
            html.H3("Where customers feel worst"),
            html.Ul([_felt(row, theme) for _, row in felt.iterrows()])
            if len(felt)
            else nothing("No feeling below the middle is known."),
            html.H3("Where most is lost, in 12 months"),
            html.Ul([_lost(row, theme) for _, row in lost.iterrows()])
            if len(lost)
            else nothing("No loss with a reason that customers gave is known."),
        ]
    )
    return Picture(_headline(marks, theme), html.Div([left, right], className="emerging"))


def _headline(marks: pd.DataFrame, theme: Theme) -> str:
    count = len(marks)
    if not count:
        return "Nothing has been marked on this walk yet"
    said = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{said} {'thing' if count == 1 else 'things'} to improve or innovate, seen on this walk"


def _marks(marks: pd.DataFrame) -> Iterator[Component]:
    if marks.empty:
        yield nothing("On a walk, whoever is signed in marks what strikes them: improve, or innovate.")
        return
    yield html.Ul([_mark(row) for _, row in marks.iterrows()], className="trim")


def _mark(row: "pd.Series[Any]") -> Component:
    place = [quote(str(row["stage_name"]))] if row["stage_name"] else []
    by = " · ".join([str(row["kind"]), *place, str(row["marked_by"])])
    return html.Li([html.Span(row["words"], className="words", dir="auto"), html.Span(by, className=f"quiet {row['kind']}")])


def _felt(row: "pd.Series[Any]", theme: Theme) -> Component:
    asked = f"n {int(row['n'])}" if row["n"] and not pd.isna(row["n"]) else "n not known"
    number = told(theme.decimal(float(row["feeling"])), "feeling", "loss")
    words = [
        html.Span(quote(str(row["stage_name"])), className="words"),
        html.Span(f"{row['basis']}, {asked}", className="quiet"),
    ]
    return html.Li([number, html.Div(words)])


def _lost(row: "pd.Series[Any]", theme: Theme) -> Component:
    customers = theme.whole(int(row["customers"]))
    if row["value"] is None:
        number, left = html.B(customers, className="loss"), "left, value unknown"
    else:
        number = told(theme.short_money(float(row["value"])), "lost_value", "loss")
        left = f"{customers} left and said why"
    words = [html.Span(quote(str(row["stage_name"])), className="words"), html.Span(left, className="quiet")]
    return html.Li([number, html.Div(words)])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    figures=("feeling", "lost_value"),
    timeless="it shows what the room itself has written down, up to now",
)
