"""The escalation ladder: who decides at each level, how many open issues are there, and where escalation is due.

Below it, whether the room decides for itself and sticks to its decisions. For leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, shape
from wallboard.drawing.issues import no_issue_yet, said_by_customer
from wallboard.drawing.theme import Theme
from wallboard.metrics.room_counts import RoomSummary, room_summary
from wallboard.metrics.room_rules import DecisionsTaken, LadderLevel, escalation_ladder, room_decisions
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Options, Panel, Picture


@dataclass(frozen=True, slots=True)
class Measured:
    """The ladder, and the decisions."""

    ladder: tuple[LadderLevel, ...]
    decisions: DecisionsTaken
    summary: RoomSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The ladder, and the decisions."""
    return Measured(
        ladder=escalation_ladder(connection, scope),
        decisions=room_decisions(connection, scope)[0],
        summary=room_summary(connection, scope)[0],
    )


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One rung a level, the highest on top."""
    if empty := no_issue_yet(measured.summary):
        return Picture(*empty)
    rungs = measured.ladder
    due = sum(rung.due for rung in rungs)
    headline: list[str | Component] = ["No escalation is due"]
    if due:
        headline = [metric_link(theme.plural(due, "escalation", "escalations"), "room_escalation_due", "alert"), " due"]
    ladder = html.Ul([_rung(rung, theme) for rung in reversed(rungs)], className="ladder")
    words = next((rung.due_words for rung in rungs if rung.due_words), None)
    stuck = html.P([shape("attention"), said_by_customer(words, 60)], className="stuck silent") if words else ""
    decided = _decisions(measured.decisions, theme)
    return Picture(headline, html.Div([ladder, stuck, decided], className="escalation"))


def _rung(rung: LadderLevel, theme: Theme) -> Component:
    most = theme.plural(rung.max_days, "day", "days")
    named = html.Div([html.Span(rung.name, className="name"), html.Span(f"up to {most}", className="quiet")])
    due = html.Span("none due", className="quiet")
    if rung.due:
        due = html.Span([shape("attention"), f"{rung.due} due"], className="alert due")
    return html.Li([named, html.B(theme.whole(rung.issues)), due])


def _decisions(taken: DecisionsTaken, theme: Theme) -> Component:
    if not taken.decisions:
        return html.P("Nothing has been decided yet.", className="quiet")
    count = theme.plural(taken.decisions, "decision", "decisions")
    undone = f"{theme.whole(taken.reversed)} reversed"
    if taken.durable_share is None or taken.in_the_room_share is None:
        return html.P(f"{count}, {taken.in_the_room} with every mandate in the room, {undone}")
    inside = theme.share(taken.in_the_room_share)
    stand = metric_link(theme.share(taken.durable_share), "room_durability")
    return html.P([f"{inside} of {count} taken with every mandate in the room; ", stand, f" stand, {undone}"])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "user_account", "mandate", "attendee"),
    metrics=("room_escalation_due", "room_durability"),
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(38, 13),
        Smallest(51, 9),
        Smallest(76, 8),
    ),
)
