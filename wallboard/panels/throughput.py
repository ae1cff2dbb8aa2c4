"""Tickets that arrived and tickets that were solved, week by week, and how long one stays on average where that can be said.

Arrivals rise, departures hang; a week without any stays as a gap. Little's law tells the average time only where as many leave as
come and both ends of the weeks are alike; else it says what is not stable. The running week is pale and never judged.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import TICKET_LOG
from wallboard.metrics.flow import littles_law, throughput
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope, and_running, full_weeks, span
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    weeks: int = Field(12, ge=4, le=26, description="full weeks to show and to add up")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """What came and went by week, and Little's law over these weeks."""
    return {
        "weeks": throughput(connection, scope, weeks=and_running(scope, options.weeks)),
        "law": littles_law(connection, scope, weeks=options.weeks),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """Columns up and down; one sentence beneath."""
    weeks = [row for row in rows_of(frames["weeks"]) if row["state"] != "not measured"]
    if not weeks:
        return Picture("No week can be told", nothing("The log of ticket events does not cover a whole one."))
    full = [row for row in weeks if row["complete"]]
    law = rows_of(frames["law"])[0]
    body = html.Div([_columns(weeks, theme), _law(law, theme)], className="throughput")
    return Picture(_headline(full, theme), body, note=_note(weeks))


def _headline(full: list[dict[str, Any]], theme: Theme) -> Words:
    if not full:
        return "No full week has been counted yet"
    came, went = (sum(row[name] for row in full) for name in ("arrived", "departed"))
    weeks = theme.plural(len(full), "week", "weeks")
    solved = told(theme.whole(went), "ticket_throughput", "gain")
    return [
        f"{weeks}: {theme.plural(came, 'ticket', 'tickets')} arrived, ",
        solved,
        f" {'was' if went == 1 else 'were'} solved",
    ]


def _note(weeks: list[dict[str, Any]]) -> str:
    return "some from before the log began" if weeks[0]["state"] == "left-censored" else "by week"


def _columns(weeks: list[dict[str, Any]], theme: Theme) -> Component:
    most = max([1, *(row[name] for row in weeks for name in ("arrived", "departed"))])
    came, went = (Scale("tickets", most, along=along) for along in ("y", "-y"))
    bars = [
        html.Li(
            [came.well(came.mark(row["arrived"], "stalk came")), went.well(went.mark(row["departed"], "stalk went"))],
            className="" if row["complete"] else "running",
        )
        for row in weeks
    ]
    last = [row for row in weeks if row["complete"]][-1:] or weeks[-1:]
    ends = html.Div(
        [html.Span([html.B(theme.whole(last[0][name])), word]) for name, word in (("arrived", " came"), ("departed", " solved"))],
        className="ends",
    )
    dates = html.P(
        [
            html.Span(theme.short_day(weeks[0]["week_start"])),
            html.Span(f"week of {theme.short_day(last[0]['week_start'])}"),
        ],
        className="quiet dates",
    )
    return html.Div([html.Ul(bars), ends, dates], className="plot")


def _law(law: dict[str, Any], theme: Theme) -> Component:
    if law["state"] == "measured":
        weeks = theme.decimal(law["weeks"])
        said = told(f"{weeks} weeks", "time_in_helpdesk")
        return html.P(["Stable: on average a ticket stays ", said], className="law")
    if law["state"] == "not stable":
        return html.P([html.B("Not stable, so no average: "), f"{law['why']}."], className="law")
    return html.P("Too little has been counted for an average time.", className="law quiet")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("ticket_day",),
    figures=("ticket_throughput", "time_in_helpdesk"),
    subject="What comes to the helpdesk",
    needs=((TICKET_LOG,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(JudgedFeed("ticket_events"),),
)
