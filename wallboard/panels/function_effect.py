"""Your effect on customers: what is traced to each function that never meets one, in complaints, money, customers and words.

A function with nothing traced to it says so: that is not the same as no complaints. Touch one to read three real voices behind
it. For leaders and the functions themselves, from four metres.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.drilldown import voices
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.metrics.availability import FUNCTIONS, VOICES
from wallboard.metrics.causes import FunctionEffect, function_effect
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many functions."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    functions: int = Field(5, ge=1, le=8, description="functions to name, those with most complaints first")
    letters: int = Field(56, ge=20, le=120, description="longest quote before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[FunctionEffect, ...]:
    """What is traced to each function."""
    return function_effect(connection, scope, months=options.months)


def draw(rows: tuple[FunctionEffect, ...], options: Options, theme: Theme) -> Picture:
    """One row a function."""
    if not rows:
        return Picture(
            "Nothing is traced to a function", nothing("No complaint of these months names the function that caused it.")
        )
    span = theme.months(rows[0].period_start, rows[0].period_end)
    shown = rows[: theme.rows(options.functions)]
    body = html.Ul([_row(row, options, theme) for row in shown], className="effects trim", **beyond(len(rows) - len(shown)))
    return Picture(_headline(rows, theme), body, note=span)


def _headline(rows: Sequence[FunctionEffect], theme: Theme) -> str:
    traced = [row.complaints for row in rows if row.complaints is not None]
    if not traced:
        return "Nothing is traced to those who never meet a customer"
    complaints = theme.plural(sum(traced), "complaint", "complaints")
    return f"{complaints} were caused by those who never meet a customer"


def _row(row: FunctionEffect, options: Options, theme: Theme) -> Component:
    below = [html.Span("a supplier", className="quiet")] if row.outsourced else []
    name = html.Div([html.B(row.name), *below])
    if row.complaints is None:
        silent = html.Span(
            [shape("not measured"), "nothing traced here, which does not mean no effect"], className="quiet silence"
        )
        return html.Li([name, silent], className="untraced")
    count = theme.plural(row.complaints, "complaint", "complaints")
    numbers = html.Div([html.B(count, className="loss"), html.Span(_cost(row, theme), className="quiet")], className="traced")
    words = html.Span(quote(crop(row.words, options.letters)), dir="auto") if row.words else None
    opens = voices(f"caused by {row.name}", row.period_start, row.period_end, cause=row.function)
    return html.Li(
        [
            name,
            numbers,
            html.Div(_left(row, theme), className="traced"),
            html.Div(words or html.Span("no words", className="quiet"), className="words"),
        ],
        **opens,
    )


def _cost(row: FunctionEffect, theme: Theme) -> str:
    if row.cost is None:
        return "not costed"
    without = f"; {theme.whole(row.uncosted)} uncosted" if row.uncosted else ""
    return f"{theme.money(row.cost)}{without}"


def _left(row: FunctionEffect, theme: Theme) -> list[Component]:
    """Who left after it, and what they took with them."""
    if row.left is None:
        return []
    if not row.left:
        return [html.Span("nobody left", className="quiet")]
    value = "value unknown" if row.left_unknown == row.left else f"with {theme.money(row.lost_value or 0.0)}"
    return [html.B(f"{theme.whole(row.left)} left"), html.Span(value, className="quiet")]


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("cause_month", "cause_loss_month", "customer_event", "function", "voice", "voice_day"),
    subject="What is traced to each function",
    needs=((FUNCTIONS,), (VOICES,)),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(JudgedFeed("voice", monthly=True),),
    smallest=(
        Smallest(25, 14),
        Smallest(76, 6),
    ),
)
