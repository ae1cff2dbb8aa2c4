"""How customers react at a stage: the score they give, how often they complain, what it costs, and their words as written.

The score has its n and interval; with too few answers there is a count and no score. What failures here cost us stands beside
the hours they cost our customers: two numbers, never one. An empty lane says "nothing collected".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import not_since
from wallboard.drawing.cell import Smallest
from wallboard.drawing.clips import opened_by_a_walk
from wallboard.drawing.glyphs import nothing, quotation
from wallboard.drawing.scores import score_words
from wallboard.drawing.theme import Theme
from wallboard.metrics.complaints import StageComplaints, stage_complaints
from wallboard.metrics.failures import FailurePlace, failure_places
from wallboard.metrics.media import MediaFile, stage_media
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import SurveyScore, scores
from wallboard.metrics.touchpoints import READS, stage_state
from wallboard.metrics.voices import Verbatim, verbatims
from wallboard.panel import COMPLAINT_FEED, OF_SINGLE_THINGS, Connection, Panel, Picture
from wallboard.panel import Options as Base

ONE_LINE = 30
"""How many characters of where something was said fit on a line of the lane."""


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    voices: int = Field(3, ge=1, le=8, description="most verbatims to show")
    letters: int = Field(50, ge=40, le=300, description="longest verbatim before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Reaction:
    """Score, complaints, cost and voices of the stage."""

    media: tuple[MediaFile, ...]
    scores: tuple[SurveyScore, ...]
    complaints: tuple[StageComplaints, ...]
    costs: tuple[FailurePlace, ...]
    voices: tuple[Verbatim, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Reaction:
    """Score, complaints, cost and voices of the stage."""
    at = options.stage
    state = next((row.state for row in stage_state(connection, scope) if row.stage == at), "")
    files = stage_media(connection, scope, stage=at)
    costs = failure_places(connection, scope, months=1)
    return Reaction(
        media=tuple(file for file in files if file.lane == "react"),
        scores=scores(connection, scope, stage=at),
        complaints=tuple(row for row in stage_complaints(connection, scope) if row.stage == at),
        costs=tuple(row for row in costs if at and row.key == at),
        voices=verbatims(connection, scope, stage=at, limit=options.voices, longest=options.letters, state=state),
    )


def draw(measured: Reaction, options: Options, theme: Theme) -> Picture:
    """A number first, then what it costs, then the words."""
    parts = [*_score(measured, theme), *_complaints(measured, theme), *_costs(measured, theme)]
    voices = [html.Li(quotation(row.words, _by(row, theme))) for row in measured.voices]
    if voices:
        parts.append(html.Ul(voices, className="voices trim silent"))
    parts += opened_by_a_walk(measured.media, theme)
    return Picture("How they react", html.Div(parts, className="react") if parts else nothing("nothing collected"))


def _score(measured: Reaction, theme: Theme) -> Iterator[Component]:
    for row in measured.scores[:1]:
        value, band, _ = score_words(row, theme)
        number = html.P(value, className="big" if row.state == "measured" else "quiet")
        yield html.Div([number, html.P(band, className="quiet small")], className="score")


def _complaints(measured: Reaction, theme: Theme) -> Iterator[Component]:
    for row in measured.complaints:
        if row.complaints is not None:
            count = theme.plural(row.complaints, "complaint", "complaints")
            before = f", {theme.whole(row.previous)} before" if row.previous is not None else ""
            yield html.P([html.B(count), f" in four weeks{before}"])
        elif row.heard_to is not None:
            yield html.P(f"complaints {not_since(row.heard_to, theme)}", className="quiet")


def _costs(measured: Reaction, theme: Theme) -> Iterator[Component]:
    """What failures here cost us in the last complete month, and, apart from it, what time they cost our customers."""
    for row in measured.costs:
        if not row.failures:
            continue
        us = html.B(theme.money(row.cost)) if row.cost is not None else "not costed"
        them = html.B(_time(row.customer_hours, theme)) if row.customer_hours is not None else "not timed"
        month = html.Span(f" in {theme.month(row.period_start)}", className="quiet small")
        if row.cost is None and row.customer_hours is None:
            yield html.P(["what it costs us and them is not known", month], className="cost quiet")
            continue
        yield html.P(["costs us ", us, ", and them ", them, month], className="cost")


def _time(hours: float, theme: Theme) -> str:
    """Whole hours; minutes of less than one."""
    if hours < 1:
        return theme.plural(round(60 * hours), "minute", "minutes")
    return theme.plural(round(hours), "hour", "hours")


def _by(row: Verbatim, theme: Theme) -> str:
    channel = row.channel.replace("_", " ")
    stars = [f"{row.score:g} of {row.scale_max:g}"] if row.score is not None and row.scale_max is not None else []
    whole = " · ".join([channel, *stars, theme.day(row.day)])
    return whole if len(whole) <= ONE_LINE or not stars else " · ".join([*stars, theme.day(row.day)])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*READS, "media", "contact_month", "unit_cost", "survey_response", "issue_type"),
    feeds=(COMPLAINT_FEED,),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(25, 12),
        Smallest(38, 11),
        Smallest(51, 9),
    ),  # by hand: its lane is as high as what happened in that stage
)
