"""Today beside the future: how customers feel at each stage, how they should feel, and what it will be like.

A stage without a future says so; one that nobody has measured is not drawn as if somebody had.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.curve import feeling_words
from wallboard.drawing.evidence import asked_words, stale_only, tone_of, value_of
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.drawing.worth import noted
from wallboard.metrics.availability import STAGES
from wallboard.metrics.blueprint import BlueprintColumn, blueprint
from wallboard.metrics.emotions import ASSUMED, FUTURE, StageFeeling, emotion_curve
from wallboard.metrics.journey import Stage, stages
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import TOO_FEW
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Options, Panel, Picture, Words

LONGEST = 52
"""Words beyond are cut at a word: two lines of a wall."""

FEELINGS = Scale("feeling", 2.0, -2.0)


@dataclass(frozen=True, slots=True)
class Future:
    """The stages and their touchpoints as they shall be, and how they feel today and then."""

    stages: tuple[Stage, ...]
    points: tuple[BlueprintColumn, ...]
    today: tuple[StageFeeling, ...]
    future: tuple[StageFeeling, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Future:
    """The stages as they shall be, and how they feel today and then."""
    return Future(
        stages(connection, scope),
        blueprint(connection, scope),
        emotion_curve(connection, scope),
        emotion_curve(connection, scope, state=FUTURE),
    )


def draw(measured: Future, options: Options, theme: Theme) -> Picture:
    """One row a stage: today, the way to go, and what it will be like."""
    today, then = measured.today, measured.future
    head = html.Li([html.Span(words) for words in ("", "today", "", "one day", "")], className="head quiet small")
    words = _words(measured.stages, measured.points)
    rows = [_row(*four, theme) for four in zip(measured.stages, words, today, then, strict=True)]
    without = sum(not written and aim.feeling is None for written, aim in zip(words, then, strict=True))
    note = f"{theme.plural(without, 'stage', 'stages')} without a future" if without else ""
    return Picture(
        _headline(today, then, theme), html.Ul([head, *rows], className="stage-rows one-day"), note=noted("from −2 to +2", note)
    )


def _headline(today: tuple[StageFeeling, ...], then: tuple[StageFeeling, ...], theme: Theme) -> Words:
    """The longest way of those whose today enough customers told, or that somebody has assumed."""
    ways = [
        (aim.feeling - now.feeling, now.name)
        for now, aim in zip(today, then, strict=True)
        if now.state != TOO_FEW and now.feeling is not None and aim.feeling is not None
    ]
    if not ways:
        return "Nobody has said yet how it will be" if all(aim.feeling is None for aim in then) else "How it will be one day"
    far, name = max(ways, key=lambda way: way[0])
    return [f"“{name}” has furthest to go: ", metric_link(theme.decimal(far), "feeling"), " of 4"]


def _words(known: tuple[Stage, ...], points: tuple[BlueprintColumn, ...]) -> list[str]:
    """The future of each stage in words: its own, or those of its touchpoints."""
    of = {at.stage: [point.future for point in points if point.stage == at.stage and point.future] for at in known}
    return [at.future or "; ".join(of[at.stage]) for at in known]


def _row(at: Stage, written: str, now: StageFeeling, aim: StageFeeling, theme: Theme) -> Component:
    today: list[Component | str] = [html.B(value_of(now, theme), className=tone_of(now.feeling))]
    if now.state in (ASSUMED, TOO_FEW):
        today.append(html.Span(asked_words(now, theme), className="quiet small"))
    today += stale_only(now.day, now.stale, theme, short=True)
    goal = html.B(feeling_words(aim.feeling, theme), className="good") if aim.feeling is not None else html.Span("–")
    words = html.P(crop(written, LONGEST)) if written else html.P("no future written down", className="alert")
    cells = [html.H3(at.name), html.Div(today, className="now"), way(now.feeling, aim.feeling), goal, words]
    return html.Li(html.A(cells, href=f"/journey/{at.stage}"))


def way(now: float | None, aim: float | None) -> Component:
    """From today to the aim on the whole scale, −2 to +2; what is not known has no mark."""
    parts: list[Component] = [FEELINGS.point(0, "zero", tag=html.I)]
    if now is not None and aim is not None:
        parts.append(FEELINGS.mark(aim, "way", start=now))
    parts += [FEELINGS.point(now, f"today {tone_of(now)}")] if now is not None else []
    parts += [FEELINGS.point(aim, "aim")] if aim is not None else []
    return FEELINGS.well(parts, "ways")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee", "touchpoint", "function", "media", "emotion"),
    metrics=("feeling",),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(Smallest(76, 15),),
)
