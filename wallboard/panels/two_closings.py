"""Two ends, never one: what the helpdesk calls solved, and what customers have closed by accepting the room's answer; by week.

A helpdesk solves tickets and a room closes issues, so one is drawn as bars and the other as squares to be counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import customers_per_pictogram, metric_link, nothing, tally
from wallboard.drawing.scale import Scale, columns
from wallboard.drawing.theme import Theme
from wallboard.drawing.year_before import last_year
from wallboard.metrics.events import COMPLAINTS, Subject
from wallboard.metrics.issues import ComplaintWeek, issue_flow
from wallboard.metrics.room_flow import RoomWeek, room_flow
from wallboard.metrics.scope import Scope, and_running
from wallboard.metrics.states import NOT_MEASURED
from wallboard.metrics.year_before import WEEKS, YearBefore, changed_on, total, weeks_before
from wallboard.panel import COMPLAINT_FEED, OF_NAMED_DAYS, Connection, Panel, Picture
from wallboard.panel import Options as Base

SQUARES = 7
"""Squares that stand above each other in the height of a line."""


class Options(Base):
    """How far back."""

    weeks: int = Field(26, ge=4, le=52, description="complete weeks to count")


@dataclass(frozen=True, slots=True)
class Measured:
    """Both flows, over the same weeks."""

    helpdesk: tuple[ComplaintWeek, ...]
    room: tuple[RoomWeek, ...]
    solved_before: YearBefore | None
    closed_before: YearBefore | None


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Both flows, over the same weeks: the room's last one is always that of today, which runs."""
    weeks = and_running(scope, options.weeks)
    helpdesk, room = (
        issue_flow(connection, scope, weeks=weeks + WEEKS),
        room_flow(connection, scope, weeks=options.weeks + 1 + WEEKS),
    )
    shown = [week.week_start for week in helpdesk[-weeks:] if week.complete and week.departed is not None]
    held = [week.week_start for week in room[-options.weeks - 1 :] if week.complete and week.closed is not None]
    solved = {week.week_start: (week.departed, week.state) for week in helpdesk}
    closed = {week.week_start: (week.closed, week.state) for week in room}
    return Measured(
        helpdesk=helpdesk[-weeks:],
        room=room[-options.weeks - 1 :],
        solved_before=total(weeks_before(solved, shown, changed_on(connection, scope, COMPLAINTS))),
        closed_before=total(weeks_before(closed, held, changed_on(connection, scope, PANEL.metrics))),
    )


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """What was solved as bars by week, beneath it what was closed as squares to be counted."""
    helpdesk = [week for week in measured.helpdesk if week.complete]
    room = [week for week in measured.room if week.complete]
    if all(state == NOT_MEASURED for state in (*(week.state for week in helpdesk), *(week.state for week in room))):
        return Picture(
            "What was closed is not known", nothing("No ticket is loaded for these weeks, and no issue is in the room.")
        )
    departed, accepted = [week.departed for week in helpdesk], [week.closed for week in room]
    solved, closed = _sum(departed), _sum(accepted)
    mondays, its = [week.week_start for week in helpdesk], [week.week_start for week in room]
    rows = [
        _solved(solved, departed, mondays, measured.solved_before, theme),
        _closed(closed, accepted, its, measured.closed_before, theme),
    ]
    span = theme.plural(options.weeks, "week", "weeks")
    unknown = departed.count(None)
    note = f"{span}, by week" + (f", {theme.whole(unknown)} not measured" if unknown and solved is not None else "")
    return Picture(_headline(solved, closed, theme), html.Div(rows, className="closings"), note=note)


def _headline(solved: int | None, closed: int | None, theme: Theme) -> str:
    first = "What the helpdesk solves is not measured" if solved is None else f"The helpdesk solved {theme.whole(solved)}"
    return f"{first}; customers closed {'none yet' if closed is None else theme.whole(closed)}"


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _solved(
    total: int | None, counts: Sequence[int | None], mondays: Sequence[date], before: YearBefore | None, theme: Theme
) -> Component:
    scale = Scale.over("solved a week", counts, along="y")
    bars = [None if count is None else scale.mark(count) for count in counts]
    number = None if total is None else html.B(theme.whole(total), className="headline-number")
    most = f"; at most {theme.whole(scale.high)} a week" if total else ""
    words = f"tickets that the helpdesk marked solved{most}"
    return _line(number, "solved by the helpdesk", words, columns(scale, bars, "calm", periods=mondays), _before(before, theme))


def _closed(
    total: int | None, counts: Sequence[int | None], mondays: Sequence[date], before: YearBefore | None, theme: Theme
) -> Component:
    per = customers_per_pictogram(max((count or 0 for count in counts), default=0), SQUARES)
    number = None if total is None else metric_link(theme.whole(total), "room_closed", "headline-number gain")
    square = "an issue" if per == 1 else theme.plural(per, "issue", "issues")
    words = f"a customer accepted the answer; a square is {square}"
    return _line(number, "closed by the customers", words, tally(counts, "gain", per, mondays), _before(before, theme))


def _before(row: YearBefore | None, theme: Theme) -> str:
    return last_year(row, theme.whole, "same weeks")


def _line(number: Component | None, name: str, meaning: str, drawn: Component, before: str) -> Component:
    total = number or html.Span("not measured", className="quiet")
    then = [html.Span(before, className="quiet last-year")] if before else []
    label = html.Div([total, html.Span(name, className="name"), html.Span(meaning, className="quiet"), *then], className="label")
    picture = html.Div(drawn, className="by-week", role="img", **{"aria-label": f"{name}, by week"})
    return html.Div([label, picture], className="closing")


def _axis(measured: Measured, options: Options) -> TimeAxis | None:
    weeks = tuple(week.week_start for week in measured.room if week.complete)
    subjects = Subject((*COMPLAINTS, "tickets_open", "ticket_throughput")), Subject(PANEL.metrics)
    return TimeAxis(weeks, weeks[-1] + timedelta(days=6), subjects) if weeks else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "issue",
        "issue_step",
        "issue_function",
        "issue_type",
        "user_account",
        "complaint_day",
        "complaint_month",
        "voice",
        "metric_definition",
        "employee",
    ),
    metrics=("room_closed",),
    feeds=(COMPLAINT_FEED,),
    timeless=OF_NAMED_DAYS,
    axis=_axis,
    smallest=(
        Smallest(51, 14),
        Smallest(76, 13),
    ),
)
