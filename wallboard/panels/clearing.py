"""Until nothing is open: in how many weeks, if weeks go on as they went, in 85 of 100 runs; or that it is not expected.

Ten thousand runs draw past weeks, each with what was solved and what arrived in it. The heap shows in which week the runs were
clear. "Solved" is the helpdesk's word. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import Scale, columns
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import COMPLAINTS
from wallboard.metrics.forecasts import FEWEST, HORIZON, ClearedRuns, clearing
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.metrics.states import MEASURED, NO_CASES
from wallboard.panel import COMPLAINT_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

BARS = 26
"""Bars that can be told apart at four metres."""


class Options(Base):
    """Which weeks are drawn."""

    weeks: int = Field(26, ge=7, le=104, description="complete past weeks to draw from")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[ClearedRuns, ...]:
    """The runs, by weeks needed."""
    return clearing(connection, scope, weeks=options.weeks)


def draw(rows: tuple[ClearedRuns, ...], options: Options, theme: Theme) -> Picture:
    """One number and the heap of runs."""
    forecast = rows[0]
    if forecast.state == NO_CASES:
        return Picture("Nothing is open", nothing("Every complaint has been solved by its source."))
    if forecast.open is None or forecast.cleared_share is None:
        weeks = theme.plural(forecast.weeks_seen, "complete week", "complete weeks")
        return Picture("No forecast yet", nothing(f"There are {weeks}; a forecast needs {theme.whole(FEWEST)}."))
    open_now = f"{theme.plural(forecast.open, 'complaint', 'complaints')} open"
    body = html.Div(
        [_answer(forecast, forecast.cleared_share, theme), _heap(rows, theme), _basis(forecast, theme)], className="clearing"
    )
    return Picture(_headline(forecast), body, note=open_now)


def _headline(forecast: ClearedRuns) -> str:
    if forecast.week_85 is not None:
        return "Until nothing is open"
    if forecast.arrived > forecast.departed:
        return "Not expected to clear: more arrive than are solved"
    if forecast.arrived == forecast.departed:
        return "Not expected to clear: as many arrive as are solved"
    return "Not expected to clear: hardly more are solved than arrive"


def _answer(forecast: ClearedRuns, cleared: float, theme: Theme) -> Component:
    if forecast.week_85 is None:
        never = metric_link(theme.whole(100 - int(100 * cleared)), "weeks_to_clear", "figure loss")
        return html.P([never, html.Span(f"of 100 runs are not clear after {HORIZON // 52} years")], className="answer")
    weeks = forecast.week_85
    number = metric_link(theme.whole(weeks), "weeks_to_clear", "figure")
    return html.P([number, html.Span(f"{'week' if weeks == 1 else 'weeks'}, in 85 of 100 runs")], className="answer")


def _heap(rows: tuple[ClearedRuns, ...], theme: Theme) -> Component:
    """Runs by the week in which they were clear; those that never were are a hatched bar at the end."""
    last = max((row.weeks_needed or 1 for row in rows), default=1)
    wide = -(-last // BARS)
    heap = [0] * -(-last // wide)
    for row in rows:
        if row.weeks_needed is not None:
            heap[max(row.weeks_needed - 1, 0) // wide] += row.runs or 0
    limit = rows[0].week_85
    never = (rows[0].all_runs or 0) - sum(heap)
    scale = Scale.over("runs", [*heap, never], along="y")
    bars = [scale.mark(runs, "in" if limit is not None and n * wide < limit else "") for n, runs in enumerate(heap)]
    if never:
        bars.append(scale.mark(never, "never"))
    after = theme.plural(last, "week", "weeks")
    ends = [html.Span("1 week"), html.Span(f"{after} · never" if never else after)]
    meaning = "how many runs were clear in which week"
    return html.Div([columns(scale, bars, "runs", label=meaning), html.P(ends, className="ends")])


def _basis(forecast: ClearedRuns, theme: Theme) -> Component:
    weeks = theme.plural(forecast.weeks_seen, "week", "weeks")
    moved = f"{theme.whole(forecast.arrived)} arrived, {theme.whole(forecast.departed)} solved"
    parts: list[str | Component] = [f"{weeks}: {moved}"]
    if forecast.state == MEASURED and forecast.week_50 is not None and forecast.week_85 is not None:
        late = "" if forecast.week_95 is None else f", in 95 of 100 within {theme.whole(forecast.week_95)}"
        parts = [f"in 50 of 100 runs within {theme.whole(forecast.week_50)}{late}", html.Br(), *parts]
    return html.P(parts, className="quiet small")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("complaint_day", "complaint_month", "voice"),
    metrics=("weeks_to_clear",),
    subject="How long until nothing is open",
    needs=((COMPLAINTS,),),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(COMPLAINT_FEED,),
    verdict=True,
)
