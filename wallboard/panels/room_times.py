"""How long the room takes from admitting an issue until it is alleviated, until the customer sees an answer, and has answered.

Half took no longer than the large number, 85 of 100 no longer than the second; the open ones count with what they have taken so
far (Kaplan-Meier), and stand beside it with the oldest age.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.issues import no_issue_yet
from wallboard.drawing.theme import Theme
from wallboard.metrics.room_counts import RoomSummary, room_summary
from wallboard.metrics.room_times import MilestoneTime, room_times
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Options, Panel, Picture


@dataclass(frozen=True, slots=True)
class Measured:
    """The three times."""

    times: tuple[MilestoneTime, ...]
    summary: RoomSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The three times."""
    return Measured(room_times(connection, scope), room_summary(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Three numbers, each with what is still open."""
    if empty := no_issue_yet(measured.summary):
        return Picture(*empty)
    times = measured.times
    eased, answered = times[0].median_days, times[-1].median_days
    if eased is None:
        headline = "Not half are alleviated yet" if times[0].reached else "Nothing has been alleviated yet"
    elif answered is None:
        none = "not half are answered yet" if times[-1].reached else "no customer has answered yet"
        headline = f"Alleviated in {_days(eased, theme)}; {none}"
    else:
        headline = f"Alleviated in {_days(eased, theme)}, answered in {_days(answered, theme)}"
    rows = [html.Li(_time(time, theme)) for time in times]
    return Picture(headline, html.Ul(rows, className="room-times"), note="half took so long, open ones counted")


def _time(time: MilestoneTime, theme: Theme) -> list[Component]:
    name = html.Span(time.milestone, className="milestone")
    first: Component = html.Span("not half yet" if time.reached else "none yet", className="quiet")
    if time.median_days is not None:
        number, unit = _days(time.median_days, theme).split(" ")
        first = html.Span([metric_link(number, "room_time"), html.Small(unit)], className="took")
    n = f"n {time.reached}, provisional" if time.provisional else f"n {time.reached}"
    most = "not yet" if time.p85_days is None else _days(time.p85_days, theme)
    rest = html.Span(f"85 of 100: {most} ({n})" if time.reached else "", className="quiet")
    return [name, first, html.Div([rest, _still(time, theme)])]


def _still(time: MilestoneTime, theme: Theme) -> Component:
    if not time.not_yet:
        return html.Span("none is waiting", className="quiet")
    oldest = theme.plural(time.oldest_days or 0, "day", "days")
    return html.Span(f"{theme.whole(time.not_yet)} not yet, the oldest {oldest}")


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
    timeless="it shows what the room itself has written down, up to now",
)
