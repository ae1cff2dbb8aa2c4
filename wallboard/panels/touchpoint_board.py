"""One touchpoint on one board: what the customer gets, how well it is done, what they say, and who answers for it.

Pictures of packaging or letters stand beside the KPIs against their targets, as failures in 1,000 where a share is near 100 %,
complaints per 1,000, the survey score with n and interval, the owner and the promise. For leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.evidence import stale_only
from wallboard.drawing.glyphs import STATE_WORDS, bar, nothing, quotation, shape
from wallboard.drawing.kpi_words import failures, kpi_words
from wallboard.drawing.scale import Scale
from wallboard.drawing.scores import on_scale, score_words
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import STAGES
from wallboard.metrics.complaints import ComplaintRate, complaint_rate
from wallboard.metrics.journey import Place, journey_map
from wallboard.metrics.kpis import MISSED_FIRST, KpiResult, kpi_board
from wallboard.metrics.media import MediaFile, touchpoint_media
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import SurveyScore, scores
from wallboard.metrics.statistics import Interval
from wallboard.metrics.touchpoints import READS, TouchpointState, worst_touchpoints
from wallboard.metrics.voices import Verbatim, verbatims
from wallboard.panel import COMPLAINT_FEED, OF_THE_JOURNEY, Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

TONES = {True: "good", False: "loss", None: "calm"}
SEEN = ("packaging", "communication", "screenshot", "paperwork")

WITHOUT_RATE = {"no cases": "nobody was there who could complain", "too few": "too few were there for a rate"}


class Options(Base):
    """Which touchpoint."""

    touchpoint: str | None = Field(None, description="the touchpoint's key; without it a priority one, the worst first")
    nth: int = Field(1, ge=1, le=9, description="which of the priority touchpoints, where none is named")
    weeks: int = Field(4, ge=1, le=26, description="complete weeks behind the KPIs and the complaints")
    kpis: int = Field(2, ge=1, le=4, description="KPIs to show, those with a missed target first")
    letters: int = Field(80, ge=20, le=200, description="longest quote before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Board:
    """Everything known about the touchpoint; without one there is nothing."""

    place: tuple[Place, ...] = ()
    state: tuple[TouchpointState, ...] = ()
    kpis: tuple[KpiResult, ...] = ()
    complaints: tuple[ComplaintRate, ...] = ()
    scores: tuple[SurveyScore, ...] = ()
    media: tuple[MediaFile, ...] = ()
    voices: tuple[Verbatim, ...] = ()


def measure(connection: Connection, scope: Scope, options: Options) -> Board:
    """Everything known about the touchpoint."""
    states = worst_touchpoints(connection, scope)
    at = options.touchpoint or (states[options.nth - 1].touchpoint if options.nth <= len(states) else None)
    if at is None:
        return Board()
    own = tuple(state for state in states if state.touchpoint == at)
    mood = own[0].state if own else ""
    return Board(
        place=tuple(place for place in journey_map(connection, scope) if place.touchpoint == at),
        state=own,
        kpis=kpi_board(connection, scope, touchpoint=at, weeks=options.weeks),
        complaints=complaint_rate(connection, scope, touchpoint=at, weeks=options.weeks),
        scores=scores(connection, scope, touchpoint=at),
        media=touchpoint_media(connection, scope, touchpoint=at),
        voices=verbatims(connection, scope, touchpoint=at, limit=1, longest=options.letters, state=mood),
    )


def draw(measured: Board, options: Options, theme: Theme) -> Picture:
    """Three columns: what they get, how well, who."""
    if not measured.place:
        return Picture("", nothing(_missing(options)))
    columns = [
        _seen(measured, options, theme),
        html.Div(_measures(measured, options, theme), className="kpis"),
        _answers(measured, theme, named=options.touchpoint is None),
    ]
    return Picture("", html.Div(columns, className="point"))


def _missing(options: Options) -> str:
    if options.touchpoint:
        return f"There is no touchpoint '{options.touchpoint}' in the journey: name another."
    if options.nth == 1:
        return "The journey has stages, and no touchpoint at any of them."
    return f"The journey has fewer than {options.nth} touchpoints."


def _seen(board: Board, options: Options, theme: Theme) -> Component:
    pictures = [file for file in board.media if file.kind in SEEN and file.playable]
    parts: list[Component] = []
    if not pictures:
        parts.append(html.P("no picture yet", className="empty"))
    else:
        picture = min(pictures, key=lambda file: SEEN.index(file.kind))
        when = f", {theme.day(picture.captured_on)}" if picture.captured_on else ""
        parts += [
            html.Img(src=f"/media/{picture.media}", alt=picture.caption or ""),
            html.P(f"{picture.caption or ''}{when}", className="quiet small"),
        ]
    for voice in board.voices:
        old = stale_only(voice.day, voice.stale, theme)
        parts.append(html.Div([*quotation(crop(voice.words, options.letters)), *old], className="quote"))
    return html.Div(parts, className="seen")


def _measures(board: Board, options: Options, theme: Theme) -> list[Component]:
    chosen = sorted(board.kpis, key=lambda kpi: MISSED_FIRST[kpi.meets])[: theme.rows(options.kpis)]
    rows: list[Component] = [_kpi(row, theme) for row in chosen]
    if left := len(board.kpis) - len(chosen):
        rows.append(html.P(f"and {theme.whole(left)} more {'KPI' if left == 1 else 'KPIs'}", className="quiet small"))
    rows += [_complaints(row, theme) for row in board.complaints[:1]]
    rows += [_score(row, theme) for row in board.scores[:1]]
    return rows or [html.P("not measured", className="empty")]


def _kpi(row: KpiResult, theme: Theme) -> Component:
    cases = theme.plural(int(row.denominator or 0), "case", "cases")
    if row.value is None:
        why = {"too few": cases, "not measured": f"last told {theme.day(row.newest_day)}"}
        return _line(row.name, row.state, "quiet", None, why.get(row.state, ""))
    is_share, goal = row.unit == "share", row.target
    words = kpi_words(row.value, goal, row.unit, row.better, theme)
    tone = TONES[row.meets]
    coloured = "" if tone == "calm" else tone
    aim = f"target {words.target} · " if words.target else ""
    if words.unit:
        fail, least = failures(row.value), None if goal is None else failures(goal)
        scale = Scale.over(f"failures in 1,000: {row.name}", [1.25 * fail, 1.25 * (least or 0.0)])
        below = f"{words.unit}, {aim}{theme.sample(row.denominator or 0)}"
        return _line(row.name, words.number, coloured, bar(scale, fail, tone, least), below)
    drawn = bar(Scale("share", 1.0), row.value, tone, goal) if is_share else None
    return _line(row.name, words.number, coloured, drawn, f"{aim}{cases}")


def _complaints(row: ComplaintRate, theme: Theme) -> Component:
    if row.complaints is None:
        return _line("Complaints", "not measured", "quiet", None, "nothing is loaded of these weeks")
    now, before = row.per_1000, row.previous_per_1000
    if now is None:
        why = "a rate is not known: exposure missing" if row.exposure is None else WITHOUT_RATE[row.state]
        return _line("Complaints", theme.whole(row.complaints), "", None, why)
    was = f"{theme.decimal(before)} in the weeks before" if before is not None else "not known before"
    drawn = bar(Scale("complaints per 1,000", max(now, before or 0) * 1.5 or 1), now, "calm", before)
    return _line(f"Complaints per 1,000 {row.exposure_kind}", theme.decimal(now), "", drawn, was)


def _score(row: SurveyScore, theme: Theme) -> Component:
    value, band, _ = score_words(row, theme)
    known = Interval.of(row.score, row.low, row.high)
    drawn = None if known is None else on_scale(known, row)
    return _line("How they score it", value, "loss" if row.judged in ("attention", "watch") else "", drawn, band)


def _line(name: str, value: str, tone: str, drawn: Component | None, below: str) -> Component:
    parts = [html.Span(name), html.B(value, className=f"number {tone}")]
    return html.Div([*parts, *([drawn] if drawn else []), html.Span(below, className="below")], className="kpi")


def _answers(board: Board, theme: Theme, *, named: bool) -> Component:
    """Who answers; `named` where the title of the scene cannot say at which touchpoint."""
    place = board.place[0]
    owner = html.P(place.owner, className="name") if place.owner else html.P("nobody yet", className="name alert")
    team = ", with ".join(part for part in (place.function, place.supplier) if part)
    which = [html.P(f"“{place.touchpoint_name}”", className="name", dir="auto")] if named else []
    parts: list[Component] = [html.Div([*which, html.P("answers for it", className="quiet"), owner, html.P(team)])]
    promised: list[Component] = [html.P("nothing yet")]
    if place.promised:
        days = (place.promised_by - theme.today).days if place.promised_by else None
        promised = [html.P(html.B(place.promised)), _due(days, theme)]
    parts.append(html.Div([html.P("promised", className="quiet"), *promised], className="card"))
    parts += [html.Div([html.P([shape(state.state), " ", html.B(STATE_WORDS[state.state])])]) for state in board.state]
    return html.Div(parts, className="answers")


def _due(days: int | None, theme: Theme) -> Component:
    if days is None:
        return html.P("no date", className="quiet")
    if days < 0:
        return html.P([shape("attention"), f" {theme.plural(-days, 'day', 'days')} late"], className="alert")
    return html.P([shape("watch" if days < 30 else "good"), f" due in {theme.plural(days, 'day', 'days')}"])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*READS, "issue_type", "survey_response", "media"),
    bare=True,
    feeds=(COMPLAINT_FEED, JudgedFeed("touchpoint_kpis"), JudgedFeed("survey_responses")),
    subject="What customers meet here",
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(25, 16),
        Smallest(76, 7),
    ),
)
