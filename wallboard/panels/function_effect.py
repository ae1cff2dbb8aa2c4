"""Your effect on customers: what is traced to each function that never meets one, in complaints, money, customers and words.

A function to which nothing is traced says so: that is not the same as no complaint. A touch leads to three real voices behind
it. For leaders and the functions themselves, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.drilldown import voices
from wallboard.drawing.issues import beyond
from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, shape
from wallboard.drawing.spans import months_words
from wallboard.drawing.words import crop, money, plural, quote, whole
from wallboard.metrics.availability import FUNCTIONS, VOICES
from wallboard.metrics.causes import function_effect
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

Row = dict[str, Any]


class Options(Base):
    """How far back, and how many functions."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    functions: int = Field(5, ge=1, le=8, description="functions to name, those with most complaints first")
    letters: int = Field(56, ge=20, le=120, description="longest quote before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """What is traced to each function."""
    return {"functions": function_effect(connection, scope, months=options.months)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One row a function."""
    rows = rows_of(frames["functions"])
    if not rows:
        return Picture(
            "Nothing is traced to a function", nothing("No complaint of these months names the function that caused it.")
        )
    span = months_words(rows[0]["period_start"], rows[0]["period_end"], look.locale)
    shown = rows[: look.rows(options.functions)]
    body = html.Ul([_row(row, options, look) for row in shown], className="effects trim", **beyond(len(rows) - len(shown)))
    return Picture(_headline(rows, look), body, note=span)


def _headline(rows: list[Row], look: Look) -> str:
    traced = [row for row in rows if row["complaints"] is not None]
    if not traced:
        return "Nothing is traced to those who never meet a customer"
    complaints = plural(sum(int(row["complaints"]) for row in traced), "complaint", "complaints", look.locale)
    return f"{complaints} were caused by those who never meet a customer"


def _row(row: Row, options: Options, look: Look) -> Component:
    below = [html.Span("a supplier", className="quiet")] if row["outsourced"] else []
    name = html.Div([html.B(row["name"]), *below])
    if row["complaints"] is None:
        silent = html.Span(
            [shape("not measured"), "nothing is traced to it: no evidence, not no effect"], className="quiet silence"
        )
        return html.Li([name, silent], className="untraced")
    count = plural(int(row["complaints"]), "complaint", "complaints", look.locale)
    numbers = html.Div([html.B(count, className="loss"), html.Span(_cost(row, look), className="quiet")])
    said = (
        html.Span(quote(crop(row["words"], options.letters)), dir="auto")
        if row["words"]
        else html.Span("no words", className="quiet")
    )
    opens = voices(f"caused by {row['name']}", row["period_start"], row["period_end"], cause=row["function"])
    return html.Li([name, numbers, html.Div(_left(row, look)), html.Div(said, className="words")], **opens)


def _cost(row: Row, look: Look) -> str:
    if row["cost"] is None:
        return "not costed"
    without = f"; {whole(row['uncosted'], look.locale)} uncosted" if row["uncosted"] else ""
    return f"{money(row['cost'], look.currency, look.locale)}{without}"


def _left(row: Row, look: Look) -> list[Component]:
    """Who left after it, and what they took with them."""
    if row["left"] is None:
        return []
    if not row["left"]:
        return [html.Span("nobody left", className="quiet")]
    unknown = row["left_unknown"] == row["left"]
    value = "value unknown" if unknown else f"with {money(row['lost_value'], look.currency, look.locale)}"
    return [html.B(f"{whole(row['left'], look.locale)} left"), html.Span(value, className="quiet")]


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("cause_month", "cause_loss_month", "customer_event", "function", "voice", "voice_day"),
    subject="What is traced to each function",
    needs=((FUNCTIONS,), (VOICES,)),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(JudgedFeed("voice", monthly=True),),
)
