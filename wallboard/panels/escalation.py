"""The ladder of escalation: who decides at each level, how many open issues stand there, and where escalation is due.

Beneath it, whether the room decides itself and sticks to it. For leaders, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.issues import no_issue_yet, said_by_customer
from wallboard.drawing.marks import shape, told
from wallboard.drawing.theme import Theme
from wallboard.metrics.frames import rows_of
from wallboard.metrics.room_issues import room_summary
from wallboard.metrics.room_rules import escalation_ladder, room_decisions
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Options, Panel, Picture


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The ladder, and the decisions."""
    return {
        "ladder": escalation_ladder(connection, scope),
        "decisions": room_decisions(connection, scope),
        "summary": room_summary(connection, scope),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One rung a level, the highest on top."""
    if empty := no_issue_yet(frames["summary"]):
        return Picture(*empty)
    rungs = rows_of(frames["ladder"])
    due = sum(row["due"] for row in rungs)
    headline: list[str | Component] = ["No escalation is due"]
    if due:
        headline = [told(theme.plural(due, "escalation", "escalations"), "room_escalation_due", "alert"), " due"]
    ladder = html.Ul([_rung(row, theme) for row in reversed(rungs)], className="ladder")
    words = next((row["due_words"] for row in rungs if row["due_words"]), None)
    stuck = html.P([shape("attention"), said_by_customer(words, 60)], className="stuck silent") if words else ""
    decided = _decisions(rows_of(frames["decisions"])[0], theme)
    return Picture(headline, html.Div([ladder, stuck, decided], className="escalation"))


def _rung(row: dict[str, Any], theme: Theme) -> Component:
    most = theme.plural(row["max_days"], "day", "days")
    named = html.Div([html.Span(row["name"], className="name"), html.Span(f"up to {most}", className="quiet")])
    due = html.Span("none due", className="quiet")
    if row["due"]:
        due = html.Span([shape("attention"), f"{row['due']} due"], className="alert due")
    return html.Li([named, html.B(theme.whole(row["issues"])), due])


def _decisions(row: dict[str, Any], theme: Theme) -> Component:
    if not row["decisions"]:
        return html.P("Nothing has been decided yet.", className="quiet")
    count = theme.plural(row["decisions"], "decision", "decisions")
    undone = f"{theme.whole(row['reversed'])} reversed"
    if row["durable_share"] is None:
        return html.P(f"{count}, {row['in_the_room']} with every mandate in the room, {undone}")
    inside = theme.share(row["in_the_room_share"])
    stand = told(theme.share(row["durable_share"]), "room_durability")
    return html.P([f"{inside} of {count} taken with every mandate in the room; ", stand, f" stand, {undone}"])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "user_account", "mandate", "sitting_attendee"),
    figures=("room_escalation_due", "room_durability"),
    timeless="it shows what the room itself has written down, up to now",
)
