"""Teams on their cycle: which of the five steps each reports next and by when, and the reward that it was promised.

A report whose day has passed is said to be missed; a team that was rewarded stays as long as it is celebrated. For
leaders, and for those in the teams, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, upper_first
from wallboard.lifecycle.team_reports import REPORTS
from wallboard.metrics.reward_rule import DESCENDING, NO, RISING, TOO_EARLY, TOO_LITTLE
from wallboard.metrics.scope import Scope
from wallboard.metrics.team_cards import READS, TeamCard, team_cards
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base

SAYS = {
    DESCENDING: "complaints are falling",
    RISING: "complaints are rising",
    NO: "not falling yet",
    TOO_LITTLE: "too little data to say",
    TOO_EARLY: "too early to say",
}
"""What the rule said, in a few words."""


class Options(Base):
    """How many."""

    rows: int = Field(4, ge=1, le=8, description="teams to show at the default screen and distance, the next to report first")
    letters: int = Field(30, ge=20, le=120, description="longest reward before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[TeamCard, ...]:
    """The teams."""
    return team_cards(connection, scope)


def draw(rows: tuple[TeamCard, ...], options: Options, theme: Theme) -> Picture:
    """One card a team."""
    if not rows:
        return Picture("No team works on the roster", nothing("Task one in the console, under Teams."))
    shown = rows[: theme.rows(options.rows)]
    cards = html.Ul([_card(row, options, theme) for row in shown], className="cycles trim", **beyond(len(rows) - len(shown)))
    return Picture(_headline(rows, theme), cards, note="five reports to a promised reward")


def _headline(rows: tuple[TeamCard, ...], theme: Theme) -> str:
    running = sum(row.rewarded_on is None for row in rows)
    counts = ((sum(row.missed > 0 for row in rows if row.rewarded_on is None), "late"), (len(rows) - running, "rewarded"))
    teams = [f"{theme.number_words(running)} {'team' if running == 1 else 'teams'}"] if running else []
    rest = [f"{theme.number_words(number)} {words}" for number, words in counts if number]
    return upper_first(", ".join([*teams, *rest]))


def _card(row: TeamCard, options: Options, theme: Theme) -> Component:
    done = len(REPORTS) if row.rewarded_on else row.step - 1
    steps = [html.I(className="passed" if n < done else "next" if n == done else "") for n in range(len(REPORTS))]
    head = html.Div([html.B(row.name, dir="auto"), html.Span(steps, className="steps")], className="head")
    promised = html.Span(["promised: ", html.Span(crop(row.reward, options.letters), dir="auto")], className="quiet")
    return html.Li(
        [head, html.Span(_where(row, theme), className="alert" if row.missed and not row.rewarded_on else ""), promised]
    )


def _where(row: TeamCard, theme: Theme) -> str:
    """What comes next, or what is missed, or what the rule said."""
    if row.rewarded_on is not None:
        return f"rewarded on {theme.short_day(row.rewarded_on)}: complaints are falling"
    if row.missed:
        return f"missed {theme.short_day(row.due_on)}: {row.step_name}"
    if row.verdict is not None:
        return f"{SAYS[row.verdict]}, {theme.short_day(row.checked_on)}" if row.checked_on else SAYS[row.verdict]
    return f"by {theme.short_day(row.due_on)}: {row.step_name}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 16),
        Smallest(38, 8),
        Smallest(76, 7),
    ),
)
