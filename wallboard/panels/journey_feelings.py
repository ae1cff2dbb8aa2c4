"""How customers feel along the whole journey, from −2 to +2, and what says so: how many were asked, by what, and when.

Straight from point to point, dashed where it is only assumed, broken where nobody knows; the lowest, the highest and the last
point stand out, for these are remembered.
"""

from collections import Counter
from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.curve import LOWEST, felt, height, peaks
from wallboard.drawing.curve_words import told_curve
from wallboard.drawing.evidence import asked, dated, value_of
from wallboard.drawing.marks import told
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import MINUS
from wallboard.metrics.availability import STAGES
from wallboard.metrics.emotions import emotion_curve
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Options, Panel, Picture, Words

SCALE = ((2, "+2"), (0, "0"), (-2, f"{MINUS}2"))


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """How customers feel at every stage."""
    return {"curve": emotion_curve(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """The curve, and beneath each point its evidence."""
    rows = rows_of(frames["curve"])
    kept = peaks(felt(frames["curve"]))
    grid = {"gridTemplateColumns": f"repeat({len(rows)}, minmax(0, 1fr))"}
    scale = [html.Span(words, style={"top": f"{height(at):.2f}%"}) for at, words in SCALE]
    body = [
        html.Div([html.Div(scale, className="axis"), told_curve(frames["curve"], theme, peak_words=True)], className="drawn"),
        html.Ul([_evidence(row, theme) for row in rows], className="feelings-why", style=grid),
    ]
    return Picture(_headline(rows, kept, theme), html.Div(body, className="feelings"), note=_unknown(rows, theme))


def _headline(rows: list[dict[str, Any]], kept: dict[str, str], theme: Theme) -> Words:
    at = {kind: row for row in rows if (kind := kept.get(row["stage"]))}
    low = at.get(LOWEST)
    if low is None:
        return _without_lowest(rows)
    value = told(value_of(low, theme), "feeling", "loss" if low["feeling"] < 0 else "gain")
    return [f"“{low['name']}” is where it hurts most: " if low["feeling"] < 0 else f"“{low['name']}” is lowest: ", value]


def _without_lowest(rows: list[dict[str, Any]]) -> str:
    """Nothing was measured, of too few, at one stage only, or the same everywhere."""
    states = Counter(row["state"] for row in rows)
    if states["measured"] > 1:
        return "Customers feel the same wherever they were asked"
    if states["measured"]:
        return "How customers feel is measured at one stage"
    few = "Too few customers have been asked how they feel"
    return few if states["too few"] else "How customers feel has not been measured yet"


def _unknown(rows: list[dict[str, Any]], theme: Theme) -> str:
    unknown, few = (sum(row["state"] == state for row in rows) for state in ("not measured", "too few"))
    parts = [f"{theme.plural(unknown, 'stage', 'stages')} not measured"] if unknown else []
    return " · ".join([*parts, *([f"{theme.plural(few, 'stage', 'stages')} told by too few"] if few else [])])


def _evidence(row: dict[str, Any], theme: Theme) -> Component:
    parts: list[Component] = [html.H3(row["name"])]
    if row["feeling"] is None:
        parts.append(html.P("nobody has asked", className="quiet"))
    else:
        when, says = dated(row["day"], row["stale"], theme, short=True), row["evidence"] or "no evidence named"
        parts += [
            html.P([html.B(asked(row, theme)), " ", says]),
            *([html.P(when)] if when else []),
        ]
    return html.Li(html.A(parts, href=f"/journey/{row['stage']}"))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "person", "emotion"),
    figures=("feeling",),
    subject="What our customers live through",
    needs=((STAGES,),),
    timeless="it describes the journey; each number in it has its own state",
)
