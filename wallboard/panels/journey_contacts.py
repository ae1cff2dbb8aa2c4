"""Every contact point of the customer's life, stage by stage, in the customer's words; moments of truth are flagged.

Each with its state, how customers feel there where that was measured, and whether anybody answers for it.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.curve import feeling_words
from wallboard.drawing.evidence import asked, tone_of, truth
from wallboard.drawing.marks import shape
from wallboard.drawing.theme import Theme
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


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One column a stage."""
    known, points = rows_of(frames["stages"]), rows_of(frames["points"])
    felt = {row["touchpoint"]: row for row in rows_of(frames["felt"])}
    columns = [_column(at, [one for one in points if one["stage"] == at["stage"]], felt, theme) for at in known]
    grid = {"gridTemplateColumns": f"repeat({len(known)}, minmax(0, 1fr))"}
    nobody = sum(one["no_owner"] for one in points)
    note = f"{theme.plural(nobody, 'contact', 'contacts')} without an owner" if nobody else ""
    return Picture(_headline(points, theme), html.Ul(columns, className="contacts", style=grid), note=note)


def _headline(points: list[dict[str, Any]], theme: Theme) -> Any:
    truths = [one for one in points if one["moment_of_truth"]]
    if not truths:
        return f"{theme.plural(len(points), 'contact', 'contacts')}, and no moment of truth is named"
    bad = sum(one["state"] == "attention" for one in truths)
    mark = truth()
    moments = theme.plural(len(truths), "moment of truth", "moments of truth")
    unknown = sum(one["state"] == "not measured" for one in truths)
    if not bad and unknown:
        return [mark, f"{moments}, {'none' if unknown == len(truths) else theme.whole(len(truths) - unknown)} measured"]
    return [mark, f"{moments}, {theme.whole(bad)} in trouble" if bad else f"{moments}, none in trouble"]


def _column(at: dict[str, Any], points: list[dict[str, Any]], felt: dict[str, dict[str, Any]], theme: Theme) -> Component:
    items = [_point(one, felt[one["touchpoint"]], theme) for one in points] or [
        html.Li("no contact named yet", className="quiet")
    ]
    head = html.H3(html.A(at["name"], href=f"/journey/{at['stage']}"))
    return html.Li([head, html.Ul(items, className="trim")])


def _point(one: dict[str, Any], felt: dict[str, Any], theme: Theme) -> Component:
    words: list[Component | str] = [truth()] if one["moment_of_truth"] else []
    words.append(one["name"])
    if felt["feeling"] is not None:
        few = felt["state"] == "too few"
        value = [" ", html.B(feeling_words(felt["feeling"], theme)), f" {asked(felt, theme)}" if few else ""]
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
