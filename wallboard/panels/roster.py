"""The roster of the few: what the whole company works on, who sponsors it since when, and its target measure then and now.

One row for each item: its complaints in the eight weeks before it came to the roster and in the newest eight, against the target.
For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, together
from wallboard.metrics.roster import READS, RosterTarget, roster_targets
from wallboard.metrics.roster_alarms import SILENT
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import INCOMPLETE, MEASURED, TOO_FEW
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(4, ge=1, le=8, description="roster items to show at the default screen and distance")
    letters: int = Field(36, ge=20, le=120, description="longest title before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[RosterTarget, ...]:
    """What stands on the roster."""
    return roster_targets(connection, scope)


def draw(rows: tuple[RosterTarget, ...], options: Options, theme: Theme) -> Picture:
    """One row an item, the longest there first."""
    if not rows:
        return Picture("Nothing is on the roster yet", nothing("Choose the few in the console, under Roster."))
    shown = rows[: theme.rows(options.rows)]
    listed = html.Ul([_row(row, options, theme) for row in shown], className="few trim", **beyond(len(rows) - len(shown)))
    return Picture(_headline(rows, theme), listed, note=_unit(rows, theme))


def _headline(rows: tuple[RosterTarget, ...], theme: Theme) -> str:
    many = f"{theme.number_words(len(rows)).capitalize()} on the roster"
    reached = sum(row.reached for row in rows)
    return f"{many}, {theme.number_words(reached) if reached else 'none'} on target"


def _unit(rows: tuple[RosterTarget, ...], theme: Theme) -> str:
    many = sum(row.initiatives for row in rows)
    at_work = f" · {theme.plural(many, 'initiative runs', 'initiatives run')} for it" if many else ""
    return f"complaints {'per 1,000 orders' if rows[0].adjusted else 'a week'}, eight weeks{at_work}"


def _row(row: RosterTarget, options: Options, theme: Theme) -> Component:
    title = html.B(crop(row.title, options.letters), dir="auto")
    silent = row.silent_days is not None and row.silent_days >= SILENT
    words = [html.Span(f", nothing for {row.silent_days} days", className="alert")] if silent else []
    who = html.Span([f"{row.sponsor}, since {theme.short_day(row.since)}", *words], className="quiet")
    shared = together(row.functions.splitlines(), ())  # what they are promised stands on the cards of their teams
    aim = [html.Span(crop(shared, options.letters), className="quiet", dir="auto")] if shared else []
    target = f"target {theme.share(row.less_by / 100)} less"
    now = html.Div([html.B(_numbers(row, theme), className=_tone(row)), html.Span(target, className="quiet")], className="now")
    mark = shape("good" if row.reached else "not measured" if row.change is None else "watch")
    return html.Li([mark, html.Div([title, who, *aim]), now])


def _tone(row: RosterTarget) -> str:
    return "gain" if row.reached else ""


def _numbers(row: RosterTarget, theme: Theme) -> str:
    """Then and now; where there is no now, why."""
    if row.state == INCOMPLETE and row.before is not None:
        return f"{theme.decimal(row.before)}, too early to judge"
    if row.state == TOO_FEW:
        return "too few to compare"
    if row.state != MEASURED or row.before is None or row.now is None:
        return "not measured"
    return f"{theme.decimal(row.before)} → {theme.decimal(row.now)}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 13),
        Smallest(38, 9),
        Smallest(51, 8),
        Smallest(76, 7),
    ),
)
