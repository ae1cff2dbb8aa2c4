"""Through which sources a stage is heard: how much each brought, how recent it is, and which ones hear nothing here.

A stage heard through only one source is flagged by a triangle and in words, one that nobody hears by a ring.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import bar, nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import SCORES, VOICES
from wallboard.metrics.complaint_types import Listening, listening
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage, and how far back."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    weeks: int = Field(13, ge=1, le=52, description="weeks to look back")
    rows: int = Field(4, ge=1, le=10, description="sources to name, the loudest first")
    letters: int = Field(60, ge=20, le=200, description="longest list of silent sources before the rest is counted")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Listening, ...]:
    """Voices of the stage by source."""
    return tuple(row for row in listening(connection, scope, weeks=options.weeks) if row.stage == options.stage)


def draw(rows: tuple[Listening, ...], options: Options, theme: Theme) -> Picture:
    """A row a source; beneath, those that hear nothing here."""
    if not rows:
        return Picture("How we hear from them here", nothing("None of our sources hears customers here."))
    loud = sorted((row for row in rows if row.voices), key=lambda row: (-row.voices, row.channel))
    silent = sorted(row.channel for row in rows if not row.voices)
    most = max([1, *(row.voices for row in loud)])
    lines = [_row(row, most, theme) for row in loud[: theme.rows(options.rows)]]
    deaf = html.P(f"silent here: {theme.listed(silent, options.letters)}", className="quiet") if silent else ""
    body = html.Div(
        [
            html.Ul(lines, className="trim", **beyond(len(loud) - len(lines)))
            if lines
            else nothing("Nobody hears from them here."),
            deaf,
        ],
        className="ears-here",
    )
    return Picture(_headline(loud, theme), body, note=theme.plural(options.weeks, "week", "weeks"))


def _headline(loud: list[Listening], theme: Theme) -> list[str | Component]:
    if not loud:
        return [shape("not measured"), " Nobody hears from them here"]
    if len(loud) == 1:
        return [shape("watch"), f" Only one source covers: {loud[0].channel}"]
    return [f"Heard through {theme.number_words(len(loud))} sources"]


def _row(row: Listening, most: int, theme: Theme) -> Component:
    voices = html.B(theme.whole(row.voices))
    newest = html.Span(theme.short_day(row.latest) if row.latest else "", className="quiet")
    return html.Li([html.Span(row.channel, dir="auto"), voices, newest, bar(Scale("voices", most), row.voices, "calm")])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "source_week", "score_day", "stage", "touchpoint"),
    subject="How we hear from them",
    needs=((VOICES, SCORES),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    smallest=(
        Smallest(25, 12),
        Smallest(38, 7),
        Smallest(76, 6),
    ),
)
