"""The customer's whole life with the company, stage by stage, in the customer's words, and who answers for each stage.

Every stage stands there, measured or not; a stage without an owner says so. Touch a stage to walk into it.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, shape
from wallboard.drawing.words import plural, quote
from wallboard.metrics.journey import people, stages
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, stage_state
from wallboard.metrics.voices import verbatims
from wallboard.panel import Connection, Frames, Options, Panel, Picture

LONGEST = 44


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Stages, their states, and one voice each."""
    known, answering = stages(connection, scope), people(connection, scope)
    voices = [verbatims(connection, scope, stage=stage, limit=1, longest=LONGEST) for stage in known["stage"]]
    return {
        "owner": answering[answering["person"] == scope.journey_owner],
        "stages": known,
        "states": stage_state(connection, scope),
        "voices": pd.concat(voices) if voices else pd.DataFrame(),
    }


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One column a stage: its words, its state, a voice, an owner."""
    known = frames["stages"]
    if known.empty:
        return Picture("No stages yet", nothing("Load the journey: stages and touchpoints."))
    states = frames["states"].set_index("stage")
    voices = frames["voices"].drop_duplicates("stage").set_index("stage") if len(frames["voices"]) else pd.DataFrame()
    columns = [_column(i, stage, states, voices, look) for i, (_, stage) in enumerate(known.iterrows(), 1)]
    return Picture(_headline(frames["owner"]), html.Ul(columns, className="stages"), note=_gaps(states, look))


def _headline(owner: pd.DataFrame) -> str:
    who = owner.iloc[0]["name"] if len(owner) else "Nobody"
    return f"{who} answers for the whole journey"


def _gaps(states: pd.DataFrame, look: Look) -> str:
    ownerless = int(states["owner"].isna().sum())
    return f"{plural(ownerless, 'stage', 'stages', look.locale)} without an owner" if ownerless else "every stage has an owner"


def _column(number: int, stage: "pd.Series[Any]", states: pd.DataFrame, voices: pd.DataFrame, look: Look) -> Component:
    state = states.loc[stage["stage"]]
    words = voices.loc[stage["stage"]]["words"] if stage["stage"] in voices.index else None
    owner = html.P(stage["owner"]) if stage["owner"] else html.P("nobody answers for it", className="alert")
    parts = [
        html.P([shape(state["state"]), html.Span(f"{number}", className="quiet")], className="step"),
        html.H3(stage["name"]),
        html.P(quote(str(words)), className="voice", dir="auto")
        if words
        else html.P("nothing collected", className="voice quiet"),
        html.Div([_heard(state, look), owner], className="foot small"),
    ]
    return html.Li(html.A(parts, href=f"/journey/{stage['stage']}"))


def _heard(state: "pd.Series[Any]", look: Look) -> Component:
    if pd.isna(state["complaints"]):
        return html.P(["nothing", html.Br(), "heard"], className="quiet")
    count, noun = plural(int(state["complaints"]), "complaint", "complaints", look.locale).rsplit(" ", 1)
    return html.P([html.B(count), html.Br(), noun], className="quiet")


PANEL = Panel(Options, measure, draw, reads=(*READS, "issue_type", "survey_response"))
