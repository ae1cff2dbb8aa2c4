"""Who depends on whom: every function and supplier against every stage, with where it works, gives a handoff and takes one.

The number is that of the touchpoints at which it works; "gives" and "takes" are the handoffs there, exactly those that are
declared. Whoever works at no stage, and hands nothing on, is named beneath. For leaders, from four metres.
"""

from collections import defaultdict
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import FUNCTIONS, STAGES
from wallboard.metrics.dependencies import READS, Dependency, dependencies
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_JOURNEY, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many functions."""

    rows: int = Field(9, ge=1, le=14, description="functions to show, those with most handoffs first")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Dependency, ...]:
    """Every function against every stage."""
    return dependencies(connection, scope)


def draw(measured: tuple[Dependency, ...], options: Options, theme: Theme) -> Picture:
    """Functions down, stages across."""
    by_function: dict[str, list[Dependency]] = defaultdict(list)
    for row in measured:
        by_function[row.function].append(row)
    lines = [rows for rows in by_function.values() if any(map(_busy, rows))]
    if not lines:
        return Picture("No function works at any stage yet", nothing("No touchpoint and no handoff names a function."))
    lines.sort(key=lambda rows: -sum(row.gives + row.takes for row in rows))
    shown = lines[: theme.rows(options.rows)]
    heads = [html.Span(), *(html.Span(f"“{row.stage_name}”", dir="auto") for row in shown[0])]
    body = [html.Li(heads, className="heads"), *(_line(rows, theme) for rows in shown)]
    listed = html.Ul(body, className="depends trim", style={"--columns": str(len(shown[0]))}, **beyond(len(lines) - len(shown)))
    idle = [rows[0].function_name for rows in by_function.values() if rows not in lines]
    return Picture(_headline(lines, theme), listed, _note(idle, theme))


def _busy(row: Dependency) -> bool:
    return bool(row.works_at or row.gives or row.takes)


def _headline(lines: Sequence[Sequence[Dependency]], theme: Theme) -> str:
    handoffs = sum(row.gives for rows in lines for row in rows)
    if not handoffs:
        return f"{theme.plural(len(lines), 'function works', 'functions work')} for one customer, and no handoff is declared"
    passing = theme.plural(handoffs, "handoff ties", "handoffs tie")
    return f"{passing} {theme.plural(len(lines), 'function', 'functions')} and suppliers to one customer"


def _note(idle: Sequence[str], theme: Theme) -> str:
    if not idle:
        return ""
    more = f" and {theme.whole(len(idle) - 1)} more" if len(idle) > 1 else ""
    return f"at no stage: {idle[0]}{more}"


def _line(rows: Sequence[Dependency], theme: Theme) -> Component:
    first = rows[0]
    below = [html.Span("supplier", className="quiet")] if first.outsourced else []
    return html.Li([html.Div([html.B(first.function_name), *below], className="who"), *(_cell(row, theme) for row in rows)])


def _cell(row: Dependency, theme: Theme) -> Component:
    if not _busy(row):
        return html.Div(className="none")
    works = [html.B(theme.whole(row.works_at), className="works")] if row.works_at else []
    passes = [f"gives {theme.whole(row.gives)}"] if row.gives else []
    passes += [f"takes {theme.whole(row.takes)}"] if row.takes else []
    return html.Div([*works, *(html.Span(words) for words in passes)], className="meets" if row.works_at else "passes")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    subject="Who depends on whom",
    needs=((STAGES,), (FUNCTIONS,)),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(38, 16),
        Smallest(76, 8),
    ),
)
