"""How customers react at a stage: the score they give, how often they complain, what it costs, and their words as written.

The score has its n and interval; too few answers show the count and no score. What failures here cost us stands beside the hours
they cost our customers: two numbers, never one. An empty lane says "nothing collected".
"""

from collections.abc import Iterator
from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import not_since
from wallboard.drawing.clips import opened_by_a_walk
from wallboard.drawing.marks import nothing, said
from wallboard.drawing.scores import score_words
from wallboard.drawing.theme import Theme
from wallboard.metrics.complaints import stage_complaints
from wallboard.metrics.failures import failure_places
from wallboard.metrics.frames import frame, rows_of
from wallboard.metrics.media import stage_media
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import scores
from wallboard.metrics.touchpoints import READS, stage_state
from wallboard.metrics.voices import verbatims
from wallboard.panel import COMPLAINT_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

ONE_LINE = 30
"""How many characters of where something was said fit on a line of the lane."""


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    voices: int = Field(3, ge=1, le=8, description="most verbatims to show")
    letters: int = Field(50, ge=40, le=300, description="longest verbatim before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Score, complaints, cost and voices of the stage."""
    complaints = frame(stage_complaints(connection, scope), stage_complaints)
    costs = frame(failure_places(connection, scope, months=1), failure_places)
    states = stage_state(connection, scope)
    state = "".join(states.loc[states["stage"] == options.stage, "state"])
    media = stage_media(connection, scope, stage=options.stage, stale_days=scope.visible_days)
    return {
        "media": media[media["lane"] == "react"],
        "scores": scores(connection, scope, stage=options.stage),
        "complaints": complaints[complaints["stage"] == options.stage],
        "costs": costs[costs["key"] == options.stage] if options.stage else costs.head(0),
        "voices": verbatims(connection, scope, stage=options.stage, limit=options.voices, longest=options.letters, state=state),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """A number first, then what it costs, then the words."""
    parts = [*_score(frames, theme), *_complaints(frames, theme), *_costs(frames, theme)]
    voices = [html.Li(said(str(row["words"]), _by(row, theme))) for row in rows_of(frames["voices"])]
    if voices:
        parts.append(html.Ul(voices, className="voices trim silent"))
    parts += opened_by_a_walk(rows_of(frames["media"]), theme)
    return Picture("How they react", html.Div(parts, className="react") if parts else nothing("nothing collected"))


def _score(frames: Frames, theme: Theme) -> Iterator[Component]:
    for _, row in frames["scores"].head(1).iterrows():
        value, band, _ = score_words(row, theme)
        number = html.P(value, className="big" if row["state"] == "measured" else "quiet")
        yield html.Div([number, html.P(band, className="quiet small")], className="score")


def _complaints(frames: Frames, theme: Theme) -> Iterator[Component]:
    for row in rows_of(frames["complaints"]):
        if row["complaints"] is not None:
            count = theme.plural(int(row["complaints"]), "complaint", "complaints")
            before = f", {theme.whole(int(row['previous']))} before" if row["previous"] is not None else ""
            yield html.P([html.B(count), f" in four weeks{before}"])
        elif row["heard_to"] is not None:
            yield html.P(f"complaints {not_since(row['heard_to'], theme)}", className="quiet")


def _costs(frames: Frames, theme: Theme) -> Iterator[Component]:
    """What failures here cost us in the last complete month, and, apart from it, what time they cost our customers."""
    for row in rows_of(frames["costs"]):
        if not row["failures"]:
            continue
        us = html.B(theme.money(row["cost"])) if row["cost"] is not None else "not costed"
        hours = row["customer_hours"]
        them = html.B(_time(hours, theme)) if hours is not None else "not timed"
        month = html.Span(f" in {theme.month(row['period_start'])}", className="quiet small")
        if row["cost"] is None and hours is None:
            yield html.P(["what it costs us and them is not known", month], className="cost quiet")
            continue
        yield html.P(["costs us ", us, ", and them ", them, month], className="cost")


def _time(hours: float, theme: Theme) -> str:
    """Whole hours; minutes of less than one."""
    if hours < 1:
        return theme.plural(round(60 * hours), "minute", "minutes")
    return theme.plural(round(hours), "hour", "hours")


def _by(row: dict[str, Any], theme: Theme) -> str:
    heard = str(row["heard_through"]).replace("_", " ")
    rated = row["score"] is not None and row["scale_max"] is not None
    stars = [f"{row['score']:g} of {row['scale_max']:g}"] if rated else []
    whole = " · ".join([heard, *stars, theme.day(row["day"])])
    return whole if len(whole) <= ONE_LINE or not stars else " · ".join([*stars, theme.day(row["day"])])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*READS, "media", "contact_month", "unit_cost", "survey_response", "issue_type"),
    feeds=(COMPLAINT_FEED,),
    timeless="it lists single things, each with its day",
)
