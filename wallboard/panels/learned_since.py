"""What we have learned since last time: what is new since the room last met, and nothing else.

New voices by stage, including older ones that were loaded since, research that was finished, signals, tasks that somebody
tried, and what people wrote in the learning log. A stage from which nothing new was heard shows it. For leaders, from four
metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, stacked
from wallboard.drawing.issues import beyond
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.verdicts import SIGNALS
from wallboard.drawing.words import crop
from wallboard.metrics.learned import LEARNED, READS, RESEARCH, SIGNAL, TRIED, VOICES, Learned, learned
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import complaint_shifts
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base

KINDS = {RESEARCH: "research", LEARNED: "lesson", TRIED: "we tried", SIGNAL: "signal"}
MANY = {
    RESEARCH: ("study", "studies"),
    LEARNED: ("lesson", "lessons"),
    TRIED: ("task tried", "tasks tried"),
    SIGNAL: ("signal", "signals"),
}


class Options(Base):
    """How much of each."""

    rows: int = Field(7, ge=1, le=15, description="new things to name besides the voices")
    letters: int = Field(62, ge=30, le=200, description="longest sentence before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Learned, ...]:
    """Everything new."""
    return learned(connection, scope)


def draw(rows: tuple[Learned, ...], options: Options, theme: Theme) -> Picture:
    """Voices by stage on the left, everything else on the right."""
    if not rows:
        why = "The room has not met before today. What is new since then will appear here."
        return Picture("What we learned since last time", nothing(why))
    voices = [row for row in rows if row.kind == VOICES]
    others = [row for kind in KINDS for row in rows if row.kind == kind]
    scale = Scale.over("voices", [row.n for row in voices])
    left = html.Ul([_voices(row, scale, theme) for row in voices if row.key or row.n], className="sources trim")
    shown = [_other(row, options, theme) for row in others[: theme.rows(options.rows)]]
    left_out = beyond(len(others) - len(shown))
    none = nothing("No research, no signal, no task tried, nothing written.")
    right = html.Ul(shown, className="news trim", **left_out) if shown else none
    since = f"since we met on {theme.day(rows[0].since_day)}"
    return Picture(_headline(voices, others, theme), html.Div([left, right], className="learned"), note=since)


def _headline(voices: list[Learned], others: list[Learned], theme: Theme) -> str:
    counts = [(kind, sum(row.kind == kind for row in others)) for kind in KINDS]
    parts = [theme.plural(number, *MANY[kind]) for kind, number in counts if number]
    count = sum(row.n or 0 for row in voices)
    if count:
        parts.insert(0, theme.plural(count, "voice", "voices"))
    return f"Since last time: {', '.join(parts)}" if parts else "We learned nothing since last time"


def _voices(row: Learned, scale: Scale, theme: Theme) -> Component:
    name = row.what if row.key else "no stage"
    if not row.n:
        return html.Li([html.Span(name), html.B("nothing new", className="quiet")])
    complaints = f", {theme.plural(row.bad, 'complaint', 'complaints')}" if row.bad else ""
    count = html.B([theme.whole(row.n), html.Span(complaints, className="quiet")])
    parts = stacked(scale, [(row.bad or 0, "bad"), (row.n - (row.bad or 0), "plain")])
    return html.Li([html.Span(name), count, parts])


def _other(row: Learned, options: Options, theme: Theme) -> Component:
    words = html.Span(crop(_says(row, theme), options.letters), dir="auto")
    return html.Li([html.Span(KINDS[row.kind], className="kind"), words])


def _says(row: Learned, theme: Theme) -> str:
    if row.kind == SIGNAL:
        return f"{row.what}: {SIGNALS.get(row.detail or '', row.detail)}"
    number = theme.whole(row.n) if row.n is not None else "not known"
    if row.kind == TRIED:
        given_up = f", {theme.whole(row.bad)} of them given up" if row.bad else ""
        return f"{row.what}: {number} {'time' if row.n == 1 else 'times'}{given_up}"
    if row.kind == RESEARCH:
        return f"{row.what} ({theme.sample(row.n)})"
    return f"{str(row.detail).partition(' ')[0]}: {row.what}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    shifts=lambda connection, scope, _: complaint_shifts(connection, scope),
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(51, 11),
        Smallest(76, 6),
    ),
)
