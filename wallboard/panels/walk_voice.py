"""The second frame of a guided walk: one customer's own words from these months, before any number is seen.

The latest complaint that says something, exactly as it was said; where nobody has said anything, it says so.
"""

from dash import html
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.agenda import OpeningVoice, chosen_voice, opening_voice
from wallboard.metrics.availability import ANSWERS, WORDS
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_SINGLE_THINGS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Whose words."""

    stage: str | None = Field(None, description="the stage at which words are looked for first")
    chosen: str = Field("", description="where the words stand that somebody chose in a session; else the strongest")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[OpeningVoice, ...]:
    """One voice."""
    if options.chosen:
        return chosen_voice(connection, scope, options.chosen)
    return opening_voice(connection, scope, options.stage)


def draw(rows: tuple[OpeningVoice, ...], options: Options, theme: Theme) -> Picture:
    """The words as large as the glass; where, how and when they were said."""
    if not rows:
        gone = "These words were withdrawn." if options.chosen else "No customer has told us anything in words."
        return Picture("", nothing(gone))
    row = rows[0]
    words = html.Blockquote(quote(row.words), className="first-voice", dir="auto")
    return Picture("", html.Div([words, html.P(_by(row, theme), className="quiet")], className="opening voice-first"))


def _by(row: OpeningVoice, theme: Theme) -> str:
    place = f"at “{row.stage_name}”" if row.stage_name else None
    return " · ".join(part for part in ("a customer", place, row.channel, theme.day(row.day)) if part)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice", "survey_response", "stage", "issue_type", "employee"),
    bare=True,
    subject="What customers say",
    needs=((WORDS, ANSWERS),),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(25, 8),
        Smallest(38, 6),
        Smallest(51, 5),
        Smallest(76, 4),
    ),
)
