"""Complaints that arrive and complaints that the source calls solved, by week, and how many are open.

The open count is the largest thing; the two lines say whether it grows or shrinks. The current week is drawn but never judged.
"Solved" is the helpdesk's word: an issue is over only when the customer has accepted the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.charts import Trace, chart, count_ticks, day_ticks, end_label, figure, line, room_beside
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.flow_chart import Week, measured_weeks
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.year_before import flow_last_year
from wallboard.metrics.availability import COMPLAINTS
from wallboard.metrics.events import COMPLAINTS as COMPLAINT_METRICS
from wallboard.metrics.events import Subject
from wallboard.metrics.issues import ComplaintWeek, OpenSummary, issue_flow, open_summary
from wallboard.metrics.scope import Scope, and_running, full_weeks, span
from wallboard.metrics.year_before import WEEKS as WEEKS_BEFORE
from wallboard.metrics.year_before import FlowBefore, changed_on, flow_before
from wallboard.panel import COMPLAINT_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

JUDGED_WEEKS = 4


class Options(Base):
    """How far back."""

    weeks: int = Field(26, ge=4, le=104, description="weeks to show")


LINE, PLOT = 52, 150
"""The height of a label, and that of the chart where the panel is one of two on a wall, in canvas pixels."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Flow by week, and what is open."""

    flow: tuple[ComplaintWeek, ...]
    open: OpenSummary
    last_year: FlowBefore


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Flow by week, and what is open."""
    weeks = and_running(scope, options.weeks)
    read = issue_flow(connection, scope, weeks=weeks + WEEKS_BEFORE)
    before = flow_before(read, JUDGED_WEEKS, changed_on(connection, scope, ("complaints",)))
    return Measured(read[-weeks:], open_summary(connection, scope)[0], before)


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Two lines and one number."""
    flow = measured_weeks(measured.flow)
    if not flow:
        return Picture("No complete week yet", nothing("The complaints loaded do not cover a whole week."))
    full = [week for week in flow if week.complete]
    body = html.Div([_lines(flow, full, theme), _open(measured.open, theme)], className="arrivals")
    return Picture(_headline(full, theme), body, note="complaints by week")


def _headline(full: Sequence[Week], theme: Theme) -> str:
    recent = full[-JUDGED_WEEKS:]
    if len(recent) < JUDGED_WEEKS:
        return "Fewer than four whole weeks so far"
    came, went = sum(week.arrived for week in recent), sum(week.departed for week in recent)
    if came == went:
        return "In four weeks as many were solved as arrived"
    difference = theme.whole(abs(came - went))
    return f"In four weeks {difference} more {'arrived than were solved' if came > went else 'were solved than arrived'}"


def _lines(flow: Sequence[Week], full: Sequence[Week], theme: Theme) -> Component:
    newest, last = flow[-1], (full or flow)[-1]
    traces = _traces(full, theme)
    if full and newest is not last:
        traces += _traces([last, newest], theme, width=4, dash="dot", opacity=0.8)
    ends = _ends(last, newest.monday.isoformat(), max(max(week.arrived, week.departed) for week in flow), theme)
    mondays = [week.monday for week in flow]
    axis = {**day_ticks(mondays, theme), "range": [mondays[0].isoformat(), mondays[-1].isoformat()]}
    counts = count_ticks(max(max(week.arrived, week.departed) for week in flow), theme, 2)
    margin = {"l": 8, "r": room_beside(ends, theme), "t": 10, "b": 8}
    drawn = figure(traces, annotations=ends, margin=margin, xaxis=axis, yaxis=counts)
    label = f"Complaints by week: last complete week {last.arrived} arrived, {last.departed} were solved."
    return chart(drawn, label, theme)


def _traces(weeks: Sequence[Week], theme: Theme, **style: object) -> list[Trace]:
    """Both lines through some weeks."""
    mondays = [week.monday.isoformat() for week in weeks]
    return [
        line(mondays, [week.departed for week in weeks], theme.colours["accent"], **style),
        line(mondays, [week.arrived for week in weeks], theme.colours["ink"], **style),
    ]


def _ends(last: Week, at: str, highest: int, theme: Theme) -> list[Trace]:
    """The labels of both lines, pushed apart where the lines end closer to each other than a line of text is high."""
    arrived, departed = last.arrived, last.departed
    apart = max(0, round((LINE - PLOT * abs(arrived - departed) / max(1, highest)) / 2))
    up = 1 if arrived >= departed else -1
    return [
        end_label(at, arrived, f"{theme.whole(arrived)} arrived", theme.colours["ink"], yshift=apart * up),
        end_label(at, departed, f"{theme.whole(departed)} solved", theme.colours["accent"], yshift=-apart * up),
    ]


def _open(now: OpenSummary, theme: Theme) -> Component:
    count, nobody = now.open or 0, now.without_owner or 0
    number = html.B(theme.whole(count), className="headline-number huge")
    parts: list[Component] = [html.P([number, "open now"], className="open-now")]
    if count:
        parts.append(
            html.P([html.B(theme.whole(nobody)), " with nobody working on it"], className="alert" if nobody else "quiet")
        )
        parts.append(html.P(f"oldest: {theme.plural(now.oldest_age_days or 0, 'day', 'days')}", className="quiet"))
    return html.Div(parts, className="open")


def _axis(measured: Measured, options: Options) -> TimeAxis | None:
    weeks = [week.monday for week in measured_weeks(measured.flow)]
    return TimeAxis(tuple(weeks), weeks[-1], (Subject(COMPLAINT_METRICS),)) if weeks else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("complaint_day", "complaint_month", "voice", "metric_definition", "employee"),
    subject="How many complaints arrive and are solved",
    needs=((COMPLAINTS,),),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(COMPLAINT_FEED,),
    axis=_axis,
    last_year=lambda measured, _, theme: flow_last_year(measured.last_year, theme),
    smallest=(
        Smallest(25, 6),
        Smallest(38, 5),
        Smallest(51, 4),
    ),
)
