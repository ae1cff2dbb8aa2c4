"""What we promise at each stage and where it stands, beside what customers are given: kept, not kept, or never measured.

One promise a stage, the one that is kept worst first; the others stand at the stage. A stage without a promise says so.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing
from wallboard.drawing.promised import BROKEN, DOUBTFUL, KEPT, delivered, made_words, promise_words, verdict
from wallboard.drawing.words import plural, whole
from wallboard.metrics.frames import rows_of
from wallboard.metrics.promises import promises
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Options, Panel, Picture

WORST_FIRST = (BROKEN, DOUBTFUL, "", KEPT)


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Every promise and what was delivered."""
    return {"promises": promises(connection, scope)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One row a stage."""
    rows = rows_of(frames["promises"])
    if not rows:
        return Picture("No stages yet", nothing("Load the journey: stages and touchpoints, and what you promise customers."))
    stages: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        stages.setdefault(row["stage"], []).append(row)
    head = html.Li(
        [html.Span(words) for words in ("", "we promise", "where, since when", "customers get")], className="head quiet small"
    )
    body = html.Ul([head, *(_row(own, look) for own in stages.values())], className="promises")
    return Picture(_headline(rows, look), body, note=_note(rows, look))


def _headline(rows: list[dict[str, Any]], look: Look) -> str:
    made = [row for row in rows if row["words"]]
    if not made:
        return "We promise nothing that anybody has written down"
    judged = [row for row in made if row["kept"] is not None]
    if not judged:
        return f"{plural(len(made), 'promise', 'promises', look.locale)}, and nobody knows whether they are kept"
    kept = sum(bool(row["kept"]) for row in judged)
    if len(judged) == 1:
        return f"The one promise that is measured is {'kept' if kept else 'not kept'}"
    are = "is" if kept == 1 else "are"
    return f"{whole(kept, look.locale)} of {whole(len(judged), look.locale)} measured promises {are} kept"


def _note(rows: list[dict[str, Any]], look: Look) -> str:
    unknown = sum(bool(row["words"]) and row["kept"] is None for row in rows)
    return f"{whole(unknown, look.locale)} not measured" if unknown else ""


def _row(own: list[dict[str, Any]], look: Look) -> Component:
    worst = min(own, key=lambda row: WORST_FIRST.index(verdict(row)))
    of = [html.Br(), html.Span(f"1 of {whole(len(own), look.locale)}", className="quiet small")] if len(own) > 1 else []
    where = html.P(made_words(worst, look) if worst["words"] else [], className="quiet small")
    cells = [html.H3([worst["stage_name"], *of]), promise_words(worst), where, delivered(worst, look)]
    return html.Li(html.A(cells, href=f"/journey/{worst['stage']}"))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "person", "touchpoint", "function", "promise", "kpi_day"),
    figures=("promise_delivered",),
)
