"""Tickets that arrived and tickets that were solved, week by week, and how long one stays on average where that can be known.

Arrivals rise, departures hang; a week without any leaves a gap. Little's law gives the average time only where as many leave as
arrive and both ends of the period are alike; otherwise it says what is not stable. The current week is pale and never judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.charts import Trace, chart, count_ticks, day_ticks, figure, room_beside, side_words
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.flow_chart import Week, measured_weeks
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.year_before import flow_last_year
from wallboard.metrics.availability import TICKET_LOG
from wallboard.metrics.events import Subject
from wallboard.metrics.flow import LittlesLaw, ThroughputWeek, littles_law, throughput
from wallboard.metrics.scope import Scope, and_running, full_weeks, span
from wallboard.metrics.states import LEFT_CENSORED, NOT_MEASURED
from wallboard.metrics.year_before import WEEKS as WEEKS_BEFORE
from wallboard.metrics.year_before import FlowBefore, changed_on, flow_before
from wallboard.panel import Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    weeks: int = Field(12, ge=4, le=26, description="full weeks to show and to add up")


@dataclass(frozen=True, slots=True)
class Measured:
    """What came and went by week, and Little's law over these weeks."""

    weeks: tuple[ThroughputWeek, ...]
    law: LittlesLaw
    last_year: FlowBefore


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """What came and went by week, and Little's law over these weeks."""
    weeks = and_running(scope, options.weeks)
    read = throughput(connection, scope, weeks=weeks + WEEKS_BEFORE)
    before = flow_before(read, options.weeks, changed_on(connection, scope, PANEL.metrics))
    return Measured(read[-weeks:], littles_law(connection, scope, weeks=options.weeks)[0], before)


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Columns up and down; one sentence beneath."""
    weeks = measured_weeks(measured.weeks)
    if not weeks:
        return Picture("No complete week yet", nothing("The log of ticket events does not cover a whole one."))
    full = [week for week in weeks if week.complete]
    body = html.Div([_columns(weeks, theme), _law(measured.law, theme)], className="throughput")
    return Picture(_headline(full, theme), body, note=_note(measured))


def _headline(full: Sequence[Week], theme: Theme) -> Words:
    if not full:
        return "No full week has been counted yet"
    came, went = sum(week.arrived for week in full), sum(week.departed for week in full)
    weeks = theme.plural(len(full), "week", "weeks")
    solved = metric_link(theme.whole(went), "ticket_throughput")
    return [
        f"{weeks}: {theme.plural(came, 'ticket', 'tickets')} arrived, ",
        solved,
        f" {'was' if went == 1 else 'were'} solved",
    ]


def _note(measured: Measured) -> str:
    known = (week for week in measured.weeks if week.state != NOT_MEASURED)
    return "some from before the log began" if next(known).state == LEFT_CENSORED else "by week"


def _columns(weeks: Sequence[Week], theme: Theme) -> Component:
    most = max([1, *(max(week.arrived, week.departed) for week in weeks)])
    last = ([week for week in weeks if week.complete] or weeks)[-1]
    ends = [
        side_words(f"<b>{theme.whole(last.arrived)}</b> came", most / 2, theme.colours["ink"]),
        side_words(f"<b>{theme.whole(last.departed)}</b> solved", -most / 2, theme.colours["ink"]),
    ]
    steps = count_ticks(most, theme, 2)
    below = [(-mark, text) for mark, text in zip(steps["tickvals"], steps["ticktext"], strict=True) if mark]
    drawn = figure(
        [
            _bars(weeks, [week.arrived for week in weeks], theme.colours["quiet"]),
            _bars(weeks, [-week.departed for week in weeks], theme.colours["accent"]),
        ],
        barmode="relative",
        annotations=ends,
        margin={"r": room_beside(ends, theme)},
        xaxis={**day_ticks([week.monday for week in weeks], theme, 2), "showline": False},
        yaxis={
            "title": {"text": "tickets a week"},
            "tickvals": [*(mark for mark, _ in below), *steps["tickvals"]],
            "ticktext": [*(text for _, text in below), *steps["ticktext"]],
            "range": [-most, most],
        },
    )
    label = f"Week of {theme.short_day(last.monday)}: {theme.whole(last.arrived)} came, {theme.whole(last.departed)} solved"
    return chart(drawn, label, theme)


def _bars(weeks: Sequence[Week], counts: Sequence[int], colour: str) -> Trace:
    """A column a week; that of the running one is hatched."""
    hatched = {"shape": ["" if week.complete else "/" for week in weeks], "size": 14, "fillmode": "replace"}
    return {
        "type": "bar",
        "x": [week.monday.isoformat() for week in weeks],
        "y": counts,
        "marker": {"color": colour, "pattern": hatched},
    }


def _law(law: LittlesLaw, theme: Theme) -> Component:
    if law.weeks is not None:
        weeks = theme.decimal(law.weeks)
        average = metric_link(f"{weeks} weeks", "time_in_helpdesk")
        return html.P(["Stable: on average a ticket stays ", average], className="law")
    if law.state == "not stable":
        return html.P([html.B("Not stable, so no average: "), f"{law.why}."], className="law")
    return html.P("Too little has been counted for an average time.", className="law quiet")


def _axis(measured: Measured, options: Options) -> TimeAxis | None:
    weeks = [week.monday for week in measured_weeks(measured.weeks)]
    return TimeAxis(tuple(weeks), weeks[-1] + timedelta(days=6), (Subject(PANEL.metrics),)) if weeks else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("ticket_day", "metric_definition", "employee"),
    metrics=("ticket_throughput", "time_in_helpdesk"),
    subject="What comes to the helpdesk",
    needs=((TICKET_LOG,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(JudgedFeed("ticket_events"),),
    axis=_axis,
    last_year=lambda measured, _, theme: flow_last_year(measured.last_year, theme),
    smallest=(
        Smallest(25, 7),
        Smallest(38, 6),
        Smallest(51, 5),
        Smallest(76, 3),
    ),
)
