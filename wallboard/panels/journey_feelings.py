"""How customers feel along the whole journey, from −2 to +2, and how we know: how many were asked, how, and when.

Straight from point to point, dashed where it is only assumed, broken where nobody knows; the lowest, the highest and the last
point stand out, because those are remembered.
"""

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.curve import LOWEST, curve_points, height, peaks
from wallboard.drawing.curve_words import labelled_curve
from wallboard.drawing.evidence import asked_words, dated, value_of
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import MINUS
from wallboard.metrics.availability import STAGES
from wallboard.metrics.emotions import StageFeeling, emotion_curve
from wallboard.metrics.scope import Scope
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Options, Panel, Picture, Words

SCALE = ((2, "+2"), (0, "0"), (-2, f"{MINUS}2"))


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[StageFeeling, ...]:
    """How customers feel at every stage."""
    return emotion_curve(connection, scope)


def draw(rows: tuple[StageFeeling, ...], options: Options, theme: Theme) -> Picture:
    """The curve, and beneath each point its evidence."""
    peak_of = peaks(curve_points(rows))
    grid = {"gridTemplateColumns": f"repeat({len(rows)}, minmax(0, 1fr))"}
    scale = [html.Span(words, style={"top": f"{height(at):.2f}%"}) for at, words in SCALE]
    body = [
        html.Div([html.Div(scale, className="axis"), labelled_curve(rows, theme, peak_words=True)], className="drawn"),
        html.Ul([_evidence(row, theme) for row in rows], className="feelings-why", style=grid),
    ]
    return Picture(_headline(rows, peak_of, theme), html.Div(body, className="feelings"), note=_unknown(rows, theme))


def _headline(rows: Sequence[StageFeeling], peak_of: dict[str, str], theme: Theme) -> Words:
    at = {kind: row for row in rows if (kind := peak_of.get(row.stage))}
    low = at.get(LOWEST)
    if low is None or low.feeling is None:
        return _without_lowest(rows)
    value = metric_link(value_of(low, theme), "feeling", "loss" if low.feeling < 0 else "gain")
    return [f"“{low.name}” is where it hurts most: " if low.feeling < 0 else f"“{low.name}” is lowest: ", value]


def _without_lowest(rows: Sequence[StageFeeling]) -> str:
    """Nothing was measured, of too few, at one stage only, or the same everywhere."""
    states = Counter(row.state for row in rows)
    if states["measured"] > 1:
        return "Customers feel the same wherever they were asked"
    if states["measured"]:
        return "How customers feel is measured at one stage"
    few = "Too few customers have been asked how they feel"
    return few if states["too few"] else "How customers feel has not been measured yet"


def _unknown(rows: Sequence[StageFeeling], theme: Theme) -> str:
    unknown, few = (sum(row.state == state for row in rows) for state in ("not measured", "too few"))
    parts = [f"{theme.plural(unknown, 'stage', 'stages')} not measured"] if unknown else []
    return " · ".join([*parts, *([f"{theme.plural(few, 'stage', 'stages')} with too few answers"] if few else [])])


def _evidence(row: StageFeeling, theme: Theme) -> Component:
    parts: list[Component] = [html.H3(row.name)]
    if row.feeling is None:
        parts.append(html.P("nobody has asked", className="quiet"))
    else:
        when, says = dated(row.day, row.stale, theme, short=True), row.evidence or "no evidence named"
        parts += [
            html.P([html.B(asked_words(row, theme)), " ", says]),
            *([html.P(when)] if when else []),
        ]
    return html.Li(html.A(parts, href=f"/journey/{row.stage}"))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee", "emotion"),
    metrics=("feeling",),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    unmarked="it goes along the journey; its months say when each stage was asked",
    no_last_year="it goes along the journey; its months say when each stage was asked",
    smallest=(Smallest(76, 13),),
)
