"""The roll-out of the room: in which phase each part of the business is since when, who coaches there, and what that covers.

One row for each part of the business with its customers; beneath, which functions no awareness workshop has reached, and how many
in the teams of pilots volunteered. For leaders, from four metres.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, noun
from wallboard.metrics.rollout import (
    COVERED,
    PHASE_STATE,
    READS,
    PilotTeam,
    RolloutPart,
    WorkshopFunction,
    coverage,
    pilot_teams,
    rollout_parts,
    workshop_functions,
)
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(4, ge=1, le=8, description="parts of the business to show at the default screen and distance")
    letters: int = Field(70, ge=20, le=160, description="longest reason and list of functions before they are cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """The parts of the business, the functions that are part of the solution, and the teams of pilots."""

    parts: tuple[RolloutPart, ...]
    functions: tuple[WorkshopFunction, ...]
    pilots: tuple[PilotTeam, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """How far the roll-out is."""
    return Measured(rollout_parts(connection, scope), workshop_functions(connection, scope), pilot_teams(connection, scope))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a part of the business, then the people."""
    if all(part.phase is None for part in measured.parts):
        return Picture("The roll-out has not begun", nothing("Begin it in the console, under Roll-out."))
    shown = measured.parts[: theme.rows(options.rows)]
    parts = [_part(part, options, theme) for part in shown]
    listed = html.Ul(
        [*parts, *_people(measured, options, theme)], className="parts trim", **beyond(len(measured.parts) - len(shown))
    )
    return Picture(_headline(measured.parts, theme), listed, note=_without(measured.parts, theme))


def _headline(parts: tuple[RolloutPart, ...], theme: Theme) -> Words:
    """Which share of customers, and of their value, lives in parts that work with the room."""
    whole = coverage(parts)
    if whole.customers is None:
        working = sum(part.phase in COVERED for part in parts)
        return f"The room works in {theme.whole(working)} of {theme.plural(len(parts), 'part', 'parts')} of the business"
    if whole.customers == 1:
        return "The room covers all customers"
    value = f" and {theme.share(whole.value)} of their value" if whole.value is not None else ""
    return f"The room covers {theme.share(whole.customers)} of customers{value}"


def _without(parts: tuple[RolloutPart, ...], theme: Theme) -> str:
    """Which parts of the business the room does not cover yet."""
    missing = [_named(part, theme) for part in parts if part.phase not in COVERED]
    return f"not covered: {', '.join(missing)}" if missing else "every part of the business works with it"


def _named(part: RolloutPart, theme: Theme) -> str:
    return theme.perimeters.get(part.perimeter, part.perimeter)


def _part(part: RolloutPart, options: Options, theme: Theme) -> Component:
    lines = [html.B(_named(part, theme), dir="auto"), html.Span(_phases(part, theme), className="quiet"), *_beside(part, options)]
    share = theme.share(part.customers_share) if part.customers_share is not None else "not measured"
    now = [html.B(share)]
    if part.customers is not None:
        now.append(html.Span(theme.plural(part.customers, "customer", "customers"), className="quiet"))
    return html.Li([shape(PHASE_STATE[part.phase]), html.Div(lines), html.Div(now, className="now")])


def _phases(part: RolloutPart, theme: Theme) -> str:
    """Each phase with its day, in the order in which they came."""
    begun = (("aware", part.aware_on), ("pilot", part.pilot_on), ("deployed", part.deployed_on))
    phases = sorted(((day, phase) for phase, day in begun if day), key=lambda each: each[0])
    if not phases:
        return "not begun"
    return " → ".join(f"{phase} {theme.short_day(day)}" for day, phase in phases)


def _beside(part: RolloutPart, options: Options) -> Iterator[Component]:
    """Who coaches, and why the pilot was left out, on one line."""
    if not part.phase:
        return
    coached = f"coached by {part.coaches}" if part.coaches else "nobody from a pilot coaches here"
    why = [f"no pilot: {part.left_out}"] if part.left_out else []
    yield html.Span(crop("; ".join([coached, *why]), options.letters), className="quiet" if part.coaches else "alert", dir="auto")


def _people(measured: Measured, options: Options, theme: Theme) -> Iterator[Component]:
    """How many functions a workshop has reached, with those that it has not; how many in the pilots' teams volunteered."""
    functions, pilots = measured.functions, measured.pilots
    if functions:
        missing = [row.name for row in functions if row.last_on is None]
        words = crop(f"never came: {', '.join(missing)}", options.letters) if missing else "every function that is involved came"
        came = f"{len(functions) - len(missing)} of {len(functions)}"
        yield _line("Awareness workshops", words, came, noun(len(functions), "function", "functions"), bool(missing))
    members = sum(team.members for team in pilots)
    if members:
        names = crop(", ".join(team.name for team in pilots), options.letters)
        volunteers = f"{sum(team.volunteers for team in pilots)} of {members}"
        yield _line("Pilot teams" if len(pilots) > 1 else "Pilot team", names, volunteers, "volunteered", False)


def _line(title: str, words: str, number: str, of: str, lacks: bool) -> Component:
    mark = shape("watch" if lacks else "good")
    titled = html.Div([html.B(title), html.Span(words, className="alert" if lacks else "quiet", dir="auto")])
    return html.Li([mark, titled, html.Div([html.B(number), html.Span(of, className="quiet")], className="now")])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    subject="How far the roll-out is",
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 13),
        Smallest(38, 10),
        Smallest(51, 9),
        Smallest(76, 8),
    ),
)
