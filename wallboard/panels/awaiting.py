"""Answers that no customer has been shown yet, and answers that a customer has seen but not replied to, with their ages.

Silence is not a yes: such an issue stays open. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.issues import beyond, no_issue_yet, said_by_customer
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.room_counts import RoomSummary, room_summary
from wallboard.metrics.room_times import PRESENTATION, REACTION, AwaitedAnswer
from wallboard.metrics.room_times import awaiting as waiting
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(3, ge=1, le=6, description="issues to show of each, at the default screen and distance")
    letters: int = Field(56, ge=20, le=200, description="longest quote before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """What waits, and whether there are issues at all."""

    awaiting: tuple[AwaitedAnswer, ...]
    summary: RoomSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """What waits, and whether there are issues at all."""
    return Measured(waiting(connection, scope), room_summary(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Two lists: shown without an answer, of which the headline speaks, and not shown yet."""
    if empty := no_issue_yet(measured.summary):
        return Picture(*empty)
    shown = [answer for answer in measured.awaiting if answer.waits_for == REACTION]
    unshown = [answer for answer in measured.awaiting if answer.waits_for == PRESENTATION]
    if shown:
        number = metric_link(theme.plural(len(shown), "customer has", "customers have"), "room_awaiting")
        headline: list[str | Component] = [number, " seen our answer but not yet said yes or no"]
    else:
        headline = ["No customer owes us an answer"]
    parts = [
        _part("awaiting the customer’s answer", shown, options.rows, options, theme),
        _part("waiting to be shown", unshown, max(1, options.rows - 1), options, theme),
    ]
    return Picture(headline, html.Div(parts, className="awaiting"))


def _part(name: str, answers: Sequence[AwaitedAnswer], most: int, options: Options, theme: Theme) -> Component:
    head = html.P([html.B(theme.whole(len(answers)), className="number"), f" {name}"], className="part-head")
    listed = [_row(answer, options, theme) for answer in answers[: theme.rows(most)]]
    return html.Div([head, html.Ul(listed, className="trim", **beyond(len(answers) - len(listed))) if listed else ""])


def _row(answer: AwaitedAnswer, options: Options, theme: Theme) -> Component:
    days = html.B(theme.plural(answer.age_days, "day", "days"))
    shown = f", shown to {answer.to_whom}" if answer.to_whom else ""
    owner = html.Span([answer.owner or "nobody yet", html.Span(crop(shown, 50), className="to-whom")], className="quiet")
    return html.Li([said_by_customer(answer.words, options.letters), owner, days])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "user_account", "function"),
    metrics=("room_awaiting",),
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 16),
        Smallest(38, 14),
        Smallest(76, 8),
    ),
)
