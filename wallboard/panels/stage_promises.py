"""What we promise at one stage, where each promise was made, and what customers are given.

The number against its target, kept or not; a promise that no KPI measures says so.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing
from wallboard.drawing.promised import delivered, made_words, promise_words
from wallboard.drawing.words import plural, whole
from wallboard.metrics.frames import rows_of
from wallboard.metrics.promises import promises
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The promises of the stage."""
    return {"promises": promises(connection, scope, stage=options.stage)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One block a promise."""
    made = [row for row in rows_of(frames["promises"]) if row["words"]]
    if not made:
        return Picture("Nothing is promised here", nothing("Load promises: what you say to customers at this stage, and where."))
    return Picture(_headline(made, look), html.Ul([_one(row, look) for row in made], className="promised-here trim"))


def _one(row: dict[str, Any], look: Look) -> Component:
    words = html.Div([promise_words(row), html.P(made_words(row, look), className="quiet small")])
    return html.Li([words, delivered(row, look)])


def _headline(made: list[dict[str, Any]], look: Look) -> str:
    judged = [row for row in made if row["kept"] is not None]
    if not judged:
        return "Nobody knows whether we keep it" if len(made) == 1 else "Nobody knows whether we keep them"
    kept = sum(bool(row["kept"]) for row in judged)
    if len(judged) == 1:
        return "We keep what we promise" if kept else "We do not keep what we promise"
    return f"We keep {whole(kept, look.locale)} of {plural(len(judged), 'measured promise', 'measured promises', look.locale)}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "person", "touchpoint", "function", "promise", "kpi_day"),
    figures=("promise_delivered",),
)
