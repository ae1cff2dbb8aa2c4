"""The service blueprint: what customers hold and do, what they see of us, what we do unseen, and what all of it rests on.

One column for each touchpoint: the moments of truth that hurt most, or all of one stage. The lines of interaction, of
visibility and of internal interaction run between the rows; what nobody has written down says so.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.curve import feeling_words
from wallboard.drawing.evidence import stale_only, tone_of, truth
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import STAGES
from wallboard.metrics.blueprint import BlueprintColumn, blueprint
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import TOO_FEW
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base

ABOVE = (("evidence", "physical evidence"), ("name", "customer actions"))
BELOW = (("frontstage", "frontstage"), ("backstage", "backstage"), ("support", "support processes"))
LINES = {"frontstage": "line of interaction", "backstage": "line of visibility", "support": "line of internal interaction"}
"""The line that runs above each layer."""
UNNAMED = {
    "packaging": "packaging",
    "communication": "a letter or a message",
    "screenshot": "a picture",
    "paperwork": "paperwork",
}
"""What is said of evidence that has no words of its own, by its kind."""


class Options(Base):
    """Which touchpoints."""

    stage: str = Field("", description="all touchpoints of this stage; empty: the moments of truth of the whole journey")
    most: int = Field(3, ge=1, le=4, description="columns at most, those with the lowest feeling first")
    after: int = Field(0, ge=0, le=40, description="leave out so many of them, which stand on an earlier scene")
    letters: int = Field(42, ge=20, le=120, description="longest words of a cell before they are cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[BlueprintColumn, ...]:
    """The lines at every touchpoint asked for."""
    return blueprint(connection, scope, stage=options.stage or None)


def draw(rows: tuple[BlueprintColumn, ...], options: Options, theme: Theme) -> Picture:
    """One row a layer, and the three lines between them."""
    wanted = [row for row in rows if options.stage or row.moment_of_truth]
    if not wanted:
        return Picture("No moment of truth is named yet", nothing("Say in the touchpoints which ones are a moment of truth."))
    chosen = sorted(wanted, key=_pain)[options.after : options.after + options.most]
    if not chosen:
        return Picture("That was all of it", nothing("Every other one stands on the scene before this one."))
    shown = [row for row in rows if row in chosen]
    layers = [_head(shown)]
    for layer, words in (*ABOVE, *BELOW):
        if layer in LINES:
            layers.append(html.Li([html.Span(LINES[layer]), html.I()], className=f"line {layer}"))
        layers.append(_layer(layer, words, shown, options, theme))
    width = {"--columns": str(len(shown))}
    what = ("contact", "contacts") if options.stage else ("moment of truth", "moments of truth")
    note = f"{theme.whole(len(shown))} of {theme.plural(len(wanted), *what)}" if len(shown) < len(wanted) else ""
    return Picture(_headline(shown, theme), html.Ul(layers, className="blueprint", style=width), note=note)


def _pain(column: BlueprintColumn) -> tuple[bool, float]:
    """The lowest feeling first; what nobody knows, or too few say, last."""
    known = column.feeling if column.state != TOO_FEW else None
    return known is None, known or 0.0


def _headline(shown: list[BlueprintColumn], theme: Theme) -> Words:
    worst = min(shown, key=_pain)
    if worst.feeling is None or worst.state == TOO_FEW:
        return "Behind the moments of truth" if all(column.moment_of_truth for column in shown) else "Behind what they meet"
    value = metric_link(feeling_words(worst.feeling, theme), "feeling", tone_of(worst.feeling))
    return [f"Behind “{worst.name}”: ", value]


def _head(shown: list[BlueprintColumn]) -> Component:
    cells = [html.A(column.stage_name, href=f"/journey/{column.stage}") for column in shown]
    return html.Li([html.Span(""), *cells], className="stage-of quiet small")


def _layer(layer: str, words: str, shown: list[BlueprintColumn], options: Options, theme: Theme) -> Component:
    return html.Li(
        [html.Span(words, className="quiet small"), *(_cell(layer, column, options, theme) for column in shown)], className=layer
    )


def _cell(layer: str, column: BlueprintColumn, options: Options, theme: Theme) -> Component:
    if layer == "name":
        flag = [truth()] if column.moment_of_truth else []
        return html.P([*flag, column.name])
    words: str | None = getattr(column, layer) or (UNNAMED.get(column.evidence_kind or "") if layer == "evidence" else None)
    if not words:
        return html.P("nothing collected" if layer == "evidence" else "not written down", className="quiet")
    old = stale_only(column.captured_on, column.stale, theme) if layer == "evidence" else []
    return html.P([crop(words, options.letters), *([" ", *old] if old else [])])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "touchpoint", "employee", "function", "media", "emotion"),
    metrics=("feeling",),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(Smallest(76, 14),),
)
