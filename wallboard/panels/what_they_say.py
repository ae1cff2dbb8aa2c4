"""What customers say when we ask them: each question as it was asked, how many answered, the score with its band, and any change.

Two formulas, scales or kinds of survey are never put together; a change is told only where chance alone would rarely make it, and
a response rate nobody can know is called unknown. For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import nothing, told
from wallboard.drawing.scores import counted_words, score_cells
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import ASKED
from wallboard.metrics.satisfaction import what_they_say
from wallboard.metrics.scope import Scope, rolling_months
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

FIGURES = {"NPS": "nps", "CSAT": "csat", "CES": "ces", "trust": "trust"}
HEADS = ("answered", "response rate", "score", "95 in 100 times between", "real change")
NARROW = 0.87
"""How much of a letter of a question a quiet letter takes."""


class Options(Base):
    """How far back, and which questions."""

    months: int = Field(3, ge=1, le=12, description="months to sum, against as many before")
    most: int = Field(5, ge=1, le=6, description="most questions to show")
    surveys: tuple[str, ...] = Field(
        (), description="only these surveys; empty: of the whole company first, then one of each kind"
    )
    letters: int = Field(
        80, ge=50, le=160, description="longest line of a question and its scale before the question is cut at a word"
    )


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Every question."""
    return {"said": what_they_say(connection, scope, months=options.months)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """A row a question: its words, then how many answered before what they scored."""
    said = frames["said"]
    if said.empty:
        return Picture("Nobody was asked", nothing(f"No answer is of these {options.months} months."))
    shown = _chosen(said, options, theme)
    head = html.P([html.Span(word, className=f"head-{n}") for n, word in enumerate(HEADS)], className="asked-head")
    rows = [_row(row, options, theme) for _, row in shown.iterrows()]
    body = html.Div([head, html.Ul(rows, className="asked trim"), _foot(shown, len(said) - len(shown), theme)], className="say")
    return Picture(_headline(shown), body, note=theme.plural(options.months, "month", "months"))


def _foot(shown: pd.DataFrame, left_out: int, theme: Theme) -> Component:
    partial = int(shown.drop_duplicates("survey")["partial"].dropna().sum())
    parts = ["Real: chance alone would rarely do it"]
    if partial:
        parts.append(f"{theme.plural(partial, 'half-filled answer', 'half-filled answers')} not counted")
    if left_out:
        parts.append(theme.plural(left_out, "more question", "more questions"))
    return html.P(" · ".join(parts), className="foot")


def _chosen(said: pd.DataFrame, options: Options, theme: Theme) -> pd.DataFrame:
    """The surveys that are asked for; else those on the whole company, then one of each measure and formula, then others."""
    if options.surveys:
        said = said[said["survey"].isin(options.surveys)]
    again = said.groupby(["kind", "measure", "formula"]).cumcount()
    again = again.where(said["kind"] != "relationship", 0)
    apart = ((said["measure"] == "trust") & (said["kind"] != "relationship")).astype(int)
    order = pd.DataFrame({"again": again, "apart": apart}).sort_values(["apart", "again"], kind="stable").index
    return said.loc[sorted(order[: theme.rows(options.most)])]


def _headline(shown: pd.DataFrame) -> str:
    """What has changed beyond chance, by its survey."""
    worse, better = (_named(shown[shown["change"] == change]) for change in ("down", "up"))
    if worse and better:
        return f"Worse: {worse}. Better: {better}"
    if worse or better:
        return f"{'Worse' if worse else 'Better'}: {worse or better}"
    known = shown["change"] == "no change"
    return "No change that chance alone would not make" if known.any() else "What they say, with nothing to compare it to yet"


def _named(changed: pd.DataFrame) -> str:
    names = [crop("recommending us" if row["measure"] == "NPS" else row["survey"], 24) for _, row in changed.iterrows()]
    return " and ".join(names) if len(names) < 3 else f"{len(names)} of them"


def _row(row: "pd.Series[Any]", options: Options, theme: Theme) -> Component:
    about = "as a whole" if row["kind"] == "relationship" else crop(str(row["survey"]), 20)
    counted = f"{about} · {counted_words(row, theme)}"
    room = max(20, options.letters - round(NARROW * len(counted)))
    words = f"“{crop(str(row['wording']), room)}”" if row["wording"] else "The words are not known"
    asked = html.P([html.Span(words), html.Span(counted, className="quiet")], className="question")
    rate = theme.share(row["response_rate"]) if row["response_state"] == "measured" else str(row["response_state"])
    cells = [
        html.Span(theme.whole(int(row["n"])), className="number n"),
        html.Span(told(rate, "response_rate") if row["response_state"] == "measured" else rate, className="rate quiet"),
    ]
    return html.Li([asked, *cells, *score_cells(row, theme, FIGURES.get(row["measure"], ""))])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("score_day", "question", "invitation_day"),
    figures=("nps", "csat", "ces", "trust", "response_rate"),
    subject="What customers say when they are asked",
    needs=((ASKED,),),
    judges=lambda scope, options: rolling_months(scope, options.months),
    feeds=(JudgedFeed("survey_responses"),),
)
