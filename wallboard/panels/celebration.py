"""A moment of celebration: the customer's own words first, then the team whose complaints are falling, and whom the room thanks.

A recognition stands here until the day that was said with it. For everybody in the room, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, quotation
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.reward_rule import RUN
from wallboard.metrics.scope import Scope
from wallboard.metrics.team_cards import READS, TEAM, Celebration, celebrations
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(2, ge=1, le=6, description="recognitions besides the team's at the default screen and distance")
    letters: int = Field(150, ge=40, le=300, description="longest quotation, and reason, before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Celebration, ...]:
    """Whom we celebrate today."""
    return celebrations(connection, scope)


def draw(rows: tuple[Celebration, ...], options: Options, theme: Theme) -> Picture:
    """The newest team in full, the others beneath it."""
    if not rows:
        return Picture("Nobody is celebrated today", nothing("Whoever is rewarded or recognised stands here."))
    team = next((row for row in rows if row.kind == TEAM), None)
    others = [row for row in rows if row is not team]
    shown = others[: theme.rows(options.rows)]
    listed = [html.Ul([_thanked(row, options) for row in shown], className="thanked trim", **beyond(len(others) - len(shown)))]
    body = html.Div([*(_team(team, options, theme) if team else []), *(listed if others else [])], className="celebrated")
    return Picture(_headline(team, others, theme), body)


def _headline(team: Celebration | None, others: list[Celebration], theme: Theme) -> str:
    if team is not None:
        return f"Thank you, {team.name}"
    return f"Thank you, {others[0].name}" if len(others) == 1 else f"Thank you, all {theme.number_words(len(others))}"


def _team(team: Celebration, options: Options, theme: Theme) -> list[Component]:
    words = [html.Div(quotation(crop(team.quotation, options.letters), "a customer, when we began"))] if team.quotation else []
    fell = [html.P(_fell(team, theme), className="fell")] if team.recent is not None and team.base and team.base_weeks else []
    who = html.P(team.members, className="quiet", dir="auto")
    return [*words, *fell, html.P(crop(team.words, options.letters), dir="auto"), who]


def _fell(team: Celebration, theme: Theme) -> list[str | Component]:
    """Complaints a week before and now."""
    before, now = (team.base or 0) / (team.base_weeks or 1), (team.recent or 0) / RUN
    numbers = [html.B(theme.decimal(before)), html.B(theme.decimal(now), className="gain")]
    return [numbers[0], " complaints a week before, ", numbers[1], " in the last eight weeks"]


def _thanked(row: Celebration, options: Options) -> Component:
    return html.Li([html.B(row.name, dir="auto"), html.Span(crop(row.words, options.letters), dir="auto")])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(51, 15),
        Smallest(76, 13),
    ),
)
