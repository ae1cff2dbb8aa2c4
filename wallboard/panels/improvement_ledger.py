"""What was improved: initiatives begun and finished, and of each finished one the complaints before it began and after.

One row an initiative, the newest first; the numbers were frozen on the days on which it began and was finished. One that did not
work stands there too. For leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.initiative_ledger import READS, FinishedInitiative, LedgerMonth, finished_initiatives, ledger_months
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(4, ge=1, le=8, description="finished initiatives to show at the default screen and distance")
    months: int = Field(12, ge=1, le=36, description="complete months that are counted")
    letters: int = Field(40, ge=20, le=120, description="longest title before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """The months, and what was finished."""

    months: tuple[LedgerMonth, ...]
    finished: tuple[FinishedInitiative, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The months, and what was finished."""
    return Measured(ledger_months(connection, scope, options.months), finished_initiatives(connection, scope))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row an initiative that was finished."""
    rows, note = measured.finished, _note(measured.months, theme)
    if not rows:
        return Picture("No initiative has been finished yet", nothing("Finish one in the console, under Roster."), note=note)
    shown = rows[: theme.rows(options.rows)]
    listed = html.Ul(
        [_row(row, options, theme) for row in shown], className="ledger trim noted", **beyond(len(rows) - len(shown))
    )
    return Picture(_headline(rows, theme), listed, note=note)


def _headline(rows: tuple[FinishedInitiative, ...], theme: Theme) -> str:
    worked = sum(row.worked for row in rows)
    return f"{theme.number_words(len(rows)).capitalize()} finished, {theme.number_words(worked) if worked else 'none'} worked"


def _note(months: tuple[LedgerMonth, ...], theme: Theme) -> str:
    begun, finished, last = sum(row.begun for row in months), sum(row.finished for row in months), months[-1]
    if not begun + finished:
        return ""
    lately = f"{theme.month(last.month)}: {theme.whole(last.begun)} begun, {theme.whole(last.finished)} finished"
    return f"{lately} · {len(months)} months: {theme.whole(begun)} and {theme.whole(finished)}"


def _row(row: FinishedInitiative, options: Options, theme: Theme) -> Component:
    title = html.B(crop(row.title, options.letters), dir="auto")
    where = f"{row.function}, {row.touchpoint_name}, {theme.short_day(row.finished_on)}"
    what = html.Div([title, html.Span(where, className="quiet", dir="auto")])
    numbers = html.B(_numbers(row, theme), className="gain" if row.worked else "")
    verdict = html.Span("it worked" if row.worked else "it did not work", className="quiet")
    return html.Li([shape("good" if row.worked else "watch"), what, html.Div([numbers, verdict], className="now")])


def _numbers(row: FinishedInitiative, theme: Theme) -> str:
    if row.before is None or row.after is None:
        return "not measured"
    return f"{theme.whole(row.before)} → {theme.whole(row.after)} complaints"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    subject="What was improved",
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 10),
        Smallest(38, 7),
        Smallest(51, 6),
        Smallest(76, 5),
    ),
)
