"""The customer's whole life with the company, stage by stage, in the customer's words: how each is, how it feels, who answers.

Every stage stands there, measured or not; evidence that is old says from when it is; a stage without an owner says so. Touch a
stage to walk into it.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.curve_words import told_curve
from wallboard.drawing.evidence import stale_only
from wallboard.drawing.marks import shape
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.availability import STAGES
from wallboard.metrics.emotions import emotion_curve
from wallboard.metrics.frames import rows_of
from wallboard.metrics.journey import people, stages
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, stage_state
from wallboard.metrics.voices import verbatims
from wallboard.panel import Connection, Frames, Options, Panel, Picture

LONGEST = 34

STATES = {"good": "good", "watch": "to watch", "attention": "in trouble", "not measured": "not measured"}


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Stages, their states and feelings, and one voice each that agrees with the state."""
    known, answering = stages(connection, scope), people(connection, scope)
    states = stage_state(connection, scope)
    voices = [
        verbatims(connection, scope, stage=row["stage"], limit=1, longest=LONGEST, state=row["state"]) for row in rows_of(states)
    ]
    return {
        "owner": answering[answering["person"] == scope.journey_owner],
        "stages": known,
        "states": states,
        "voices": pd.concat(voices) if voices else pd.DataFrame(),
        "curve": emotion_curve(connection, scope),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One column a stage: its words, its state, a voice, an owner; the curve runs through all of them."""
    known = rows_of(frames["stages"])
    states, felt = _by_stage(frames["states"]), _by_stage(frames["curve"])
    voices = _by_stage(frames["voices"].drop_duplicates("stage")) if len(frames["voices"]) else {}
    columns = [
        _column(n, stage, states[stage["stage"]], felt[stage["stage"]], voices.get(stage["stage"]), theme)
        for n, stage in enumerate(known, 1)
    ]
    curve = html.Li(told_curve(frames["curve"], theme), className="curve-row")
    grid = {"gridTemplateColumns": f"repeat({len(known)}, minmax(0, 1fr))"}
    body = html.Ul([*columns, curve], className="stages whole-life", style=grid)
    return Picture(_headline(frames["owner"]), body, note=_gaps(frames["states"], theme))


def _by_stage(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["stage"]: row for row in rows_of(frame)}


def _headline(owner: pd.DataFrame) -> str:
    who = owner.iloc[0]["name"] if len(owner) else "Nobody"
    return f"{who} answers for the whole journey"


def _gaps(states: pd.DataFrame, theme: Theme) -> str:
    ownerless = int(states["owner"].isna().sum())
    return f"{theme.plural(ownerless, 'stage', 'stages')} without an owner" if ownerless else ""


def _column(
    n: int, stage: dict[str, Any], state: dict[str, Any], felt: dict[str, Any], voice: dict[str, Any] | None, theme: Theme
) -> Component:
    owner = html.P(stage["owner"]) if stage["owner"] else html.P("nobody answers for it", className="alert")
    old = stale_only(felt["day"], felt["stale"], theme, short=True)
    said = stale_only(voice["day"], voice["stale"], theme, short=True) if voice else []
    says = html.P([quote(str(voice["words"])), *said], className="voice", dir="auto") if voice else None
    parts = [
        html.H3(stage["name"]),
        html.P([shape(state["state"]), html.Span(STATES[state["state"]])], className="state"),
        html.P(old, className="old"),
        says or html.P("nothing collected", className="voice quiet"),
        html.Div(owner, className="foot small"),
    ]
    return html.Li(html.A(parts, href=f"/journey/{stage['stage']}"), style={"gridColumn": n})


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*dict.fromkeys((*READS, "issue_type", "survey_response", "emotion")),),
    subject="What our customers live through",
    needs=((STAGES,),),
    timeless="it describes the journey; each number in it has its own state",
)
