"""The emotion curve of the whole journey at the foot of a stage, with where we are on it, and the ways on from here.

Which stage of how many, how customers feel there with n and how we know, and the scenes of the stage. Where nobody knows, it
says so.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.curve import HIGHEST, LOWEST, curve, curve_points, feeling_words, peaks
from wallboard.drawing.evidence import asked_words
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.emotions import StageFeeling, emotion_curve
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_JOURNEY, Connection, Panel, Picture
from wallboard.panel import Options as Base

REMEMBERED = {LOWEST: "the lowest point of the journey", HIGHEST: "the highest point of the journey"}


class Options(Base):
    """Which stage, and where one can go from it."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    scenes: dict[str, str] = Field(
        {}, description="the stage's scenes by name, as their tabs are called; the first is shown first"
    )


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[StageFeeling, ...]:
    """How customers feel at every stage."""
    return emotion_curve(connection, scope)


def draw(rows: tuple[StageFeeling, ...], options: Options, theme: Theme) -> Picture:
    """The curve, and beside it where one stands."""
    at = next((n for n, row in enumerate(rows) if row.stage == options.stage), None)
    parts = [html.P([html.B(f"{at + 1} of {len(rows)}"), " ", *_feeling(rows[at], rows, theme)])] if at is not None else []
    drawn = html.Div(curve(rows, theme, here=options.stage), className="drawn")
    beside = html.Div([*parts, _tabs(options)], className="beside")
    return Picture("", html.Div([drawn, beside], className="strip-of"))


def _feeling(row: StageFeeling, rows: tuple[StageFeeling, ...], theme: Theme) -> list[Component]:
    if row.feeling is None:
        return [html.Span("nobody has asked how they feel here", className="quiet")]
    few = row.state == "too few"
    tone = "quiet" if few else "loss" if row.feeling < 0 else "gain"
    words = [REMEMBERED.get(peaks(curve_points(rows)).get(row.stage, ""), "how they feel here")]
    words.append(asked_words(row, theme))
    words += ["too few to say"] if few else []
    if row.stale and row.day:
        words.append(f"from {theme.month(row.day)}")
    return [
        html.B(feeling_words(row.feeling, theme), className=f"felt {tone}"),
        html.Span(f" {', '.join(words)}", className="quiet"),
    ]


def _tabs(options: Options) -> Component:
    first = next(iter(options.scenes), "")
    at = f"/journey/{options.stage}"
    tabs = [
        html.A(words, href=at if name == first else f"{at}?scene={name}", **{"data-tab": name})
        for name, words in options.scenes.items()
    ]
    return html.Nav(tabs, className="tabs", hidden=len(tabs) < 2)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee", "emotion"),
    bare=True,
    subject="The journey",
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(25, 4),
        Smallest(38, 3),
        Smallest(51, 2),
    ),
)
