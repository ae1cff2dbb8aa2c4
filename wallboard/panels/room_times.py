"""How long the room takes, from admitting an issue, to alleviate it, to show the customer an answer, and to hear the reply.

One bar for each milestone, on one scale of days: half took no longer than this. Open issues count with the time they have taken
so far (Kaplan-Meier), and stand beside it with the oldest age.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.issues import no_issue_yet
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.room_counts import RoomSummary, room_summary
from wallboard.metrics.room_times import MilestoneTime, room_times
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Options, Panel, Picture


@dataclass(frozen=True, slots=True)
class Measured:
    """The three times."""

    times: tuple[MilestoneTime, ...]
    summary: RoomSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The three times."""
    return Measured(room_times(connection, scope), room_summary(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Three bars, each with what is still open."""
    if empty := no_issue_yet(measured.summary):
        return Picture(*empty)
    times = measured.times
    eased, answered = times[0].median_days, times[-1].median_days
    if eased is None:
        headline = "Fewer than half are alleviated yet" if times[0].reached else "Nothing has been alleviated yet"
    elif answered is None:
        none = "fewer than half are answered yet" if times[-1].reached else "no customer has answered yet"
        headline = f"Half are alleviated within {_days(eased, theme)}; {none}"
    else:
        headline = f"Half are alleviated within {_days(eased, theme)}, answered by the customer within {_days(answered, theme)}"
    scale = Scale.over("days", [time.median_days for time in times])
    rows = [html.Li(_time(time, scale, theme)) for time in times]
    return Picture(headline, html.Ul(rows, className="room-times"), note="days from admission until half had got so far")


def _time(time: MilestoneTime, scale: Scale, theme: Theme) -> list[Component]:
    all_of = f"{theme.whole(time.reached)} of {theme.whole(time.reached + time.not_yet)}"
    name = html.Div(
        [html.B(time.milestone), html.Span(f"{all_of}{', provisional' if time.provisional else ''}", className="quiet")]
    )
    if time.median_days is None:
        return [
            name,
            html.Span("fewer than half yet" if time.reached else "none yet", className="quiet not-yet"),
            _still(time, theme),
        ]
    number = metric_link(_number(time.median_days, theme), "room_time", "number")
    took = [scale.mark(time.median_days), scale.words(time.median_days, number)]
    return [name, html.Div(scale.well(took), className="took"), _still(time, theme)]


def _still(time: MilestoneTime, theme: Theme) -> Component:
    """Those that have not reached it, and within how many days nearly all do."""
    most = "" if time.p85_days is None else f"85 of 100 within {_days(time.p85_days, theme)}"
    if not time.not_yet:
        return html.Div([html.B("none is waiting"), html.Span(most, className="quiet")], className="still")
    oldest = f"oldest: {theme.plural(time.oldest_days or 0, 'day', 'days')}"
    below = " · ".join(filter(None, (oldest, most)))
    return html.Div([html.B(f"{theme.whole(time.not_yet)} not yet"), html.Span(below, className="quiet")], className="still")


def _number(days: float, theme: Theme) -> str:
    return theme.decimal(days) if days < 10 else theme.whole(days)


def _days(days: float, theme: Theme) -> str:
    return f"{_number(days, theme)} {'day' if _number(days, theme) == '1' else 'days'}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "user_account"),
    metrics=("room_time",),
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(38, 15),
        Smallest(51, 10),
        Smallest(76, 9),
    ),
)
