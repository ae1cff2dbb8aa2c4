"""How long the room takes from admitting an issue until it is alleviated, until the customer sees an answer, and has answered.

Half took no longer than the large number, 85 of 100 no longer than the second; the open ones count with what they have taken so
far (Kaplan-Meier), and stand beside it with the oldest age.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.issues import no_issue
from wallboard.drawing.marks import told
from wallboard.drawing.theme import Theme
from wallboard.metrics.frames import rows_of
from wallboard.metrics.room_issues import room_summary
from wallboard.metrics.room_times import room_times
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Options, Panel, Picture


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The three times."""
    return {"times": room_times(connection, scope), "summary": room_summary(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """Three numbers, each with what is still open."""
    state = rows_of(frames["summary"])[0]["state"]
    if state != "measured":
        return Picture("No issue is in the room yet", no_issue(state))
    times = rows_of(frames["times"])
    eased, answered = times[0]["median_days"], times[-1]["median_days"]
    if eased is None:
        headline = "Not half are alleviated yet" if times[0]["reached"] else "Nothing has been alleviated yet"
    elif answered is None:
        none = "not half are answered yet" if times[-1]["reached"] else "no customer has answered yet"
        headline = f"Alleviated in {_days(eased, theme)}; {none}"
    else:
        headline = f"Alleviated in {_days(eased, theme)}, answered in {_days(answered, theme)}"
    rows = [html.Li(_time(row, theme)) for row in times]
    return Picture(headline, html.Ul(rows, className="room-times"), note="half took so long, open ones counted")


def _time(row: dict[str, Any], theme: Theme) -> list[Component]:
    name = html.Span(row["milestone"], className="milestone")
    first: Component = html.Span("not half yet" if row["reached"] else "none yet", className="quiet")
    if row["median_days"] is not None:
        number, unit = _days(row["median_days"], theme).split(" ")
        first = html.Span([told(number, "room_time"), html.Small(unit)], className="took")
    n = f"n {row['reached']}, provisional" if row["provisional"] else f"n {row['reached']}"
    most = "not yet" if row["p85_days"] is None else _days(row["p85_days"], theme)
    rest = html.Span(f"85 of 100: {most} ({n})" if row["reached"] else "", className="quiet")
    return [name, first, html.Div([rest, _still(row, theme)])]


def _still(row: dict[str, Any], theme: Theme) -> Component:
    if not row["not_yet"]:
        return html.Span("none is waiting", className="quiet")
    oldest = theme.plural(int(row["oldest_days"]), "day", "days")
    return html.Span(f"{theme.whole(row['not_yet'])} not yet, the oldest {oldest}")


def _number(days: float, theme: Theme) -> str:
    return theme.decimal(days) if days < 10 else theme.whole(days)


def _days(days: float, theme: Theme) -> str:
    return f"{_number(days, theme)} {'day' if _number(days, theme) == '1' else 'days'}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "user_account"),
    figures=("room_time",),
    timeless="it shows what the room itself has written down, up to now",
)
