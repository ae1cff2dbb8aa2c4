"""Every contact point of the customer's life, stage by stage, in the customer's words; moments of truth are flagged.

Each with its state, how customers feel there where that was measured, and whether anybody answers for it.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.curve import feeling_words
from wallboard.drawing.evidence import asked, tone_of, truth
from wallboard.drawing.look import Look
from wallboard.drawing.marks import shape
from wallboard.drawing.words import plural, whole
from wallboard.metrics.availability import STAGES
from wallboard.metrics.emotions import touchpoint_emotions
from wallboard.metrics.frames import rows_of
from wallboard.metrics.journey import stages
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, touchpoint_states
from wallboard.panel import Connection, Frames, Options, Panel, Picture


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Stages, their contact points with states, and feelings there."""
    return {
        "stages": stages(connection, scope),
        "points": touchpoint_states(connection, scope),
        "felt": touchpoint_emotions(connection, scope),
    }


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One column a stage."""
    known, points = rows_of(frames["stages"]), rows_of(frames["points"])
    felt = {row["touchpoint"]: row for row in rows_of(frames["felt"])}
    columns = [_column(at, [one for one in points if one["stage"] == at["stage"]], felt, look) for at in known]
    grid = {"gridTemplateColumns": f"repeat({len(known)}, minmax(0, 1fr))"}
    nobody = sum(one["no_owner"] for one in points)
    note = f"{plural(nobody, 'contact', 'contacts', look.locale)} without an owner" if nobody else ""
    return Picture(_headline(points, look), html.Ul(columns, className="contacts", style=grid), note=note)


def _headline(points: list[dict[str, Any]], look: Look) -> Any:
    truths = [one for one in points if one["moment_of_truth"]]
    if not truths:
        return f"{plural(len(points), 'contact', 'contacts', look.locale)}, and no moment of truth is named"
    bad = sum(one["state"] == "attention" for one in truths)
    mark = truth()
    moments = plural(len(truths), "moment of truth", "moments of truth", look.locale)
    unknown = sum(one["state"] == "not measured" for one in truths)
    if not bad and unknown:
        return [mark, f"{moments}, {'none' if unknown == len(truths) else whole(len(truths) - unknown, look.locale)} measured"]
    return [mark, f"{moments}, {whole(bad, look.locale)} in trouble" if bad else f"{moments}, none in trouble"]


def _column(at: dict[str, Any], points: list[dict[str, Any]], felt: dict[str, dict[str, Any]], look: Look) -> Component:
    items = [_point(one, felt[one["touchpoint"]], look) for one in points] or [html.Li("no contact named yet", className="quiet")]
    head = html.H3(html.A(at["name"], href=f"/journey/{at['stage']}"))
    return html.Li([head, html.Ul(items, className="trim")])


def _point(one: dict[str, Any], felt: dict[str, Any], look: Look) -> Component:
    words: list[Component | str] = [truth()] if one["moment_of_truth"] else []
    words.append(one["name"])
    if felt["feeling"] is not None:
        few = felt["state"] == "too few"
        value = [" ", html.B(feeling_words(felt["feeling"], look.locale)), f" {asked(felt, look)}" if few else ""]
        words.append(html.Span(value, className="quiet" if few else tone_of(felt["feeling"])))
    if one["no_owner"]:
        words.append(html.Span(" nobody", className="alert"))
    return html.Li([shape(one["state"]), html.P(words)], className="moment" if one["moment_of_truth"] else "")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*dict.fromkeys((*READS, "emotion")),),
    subject="What our customers live through",
    needs=((STAGES,),),
    timeless="it describes the journey; each number in it has its own state",
)
