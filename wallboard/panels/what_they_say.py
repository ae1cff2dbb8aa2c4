"""What customers say when we ask them: each question as it was asked, how many answered, the score with its band, and any change.

Different formulas, scales or kinds of survey are never combined; a change is reported only where chance alone would rarely make
it, and a response rate that nobody can know is called unknown. For leaders, from four metres.
"""

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.scores import counted_words, score_card
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import RESPONSE_RATES
from wallboard.metrics.satisfaction import QuestionScore, what_they_say
from wallboard.metrics.scope import Scope, rolling_months
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

METRIC_OF = {"NPS": "nps", "CSAT": "csat", "CES": "ces", "trust": "trust"}


class Options(Base):
    """How far back, and which questions."""

    months: int = Field(3, ge=1, le=12, description="months to sum, against as many before")
    most: int = Field(6, ge=1, le=8, description="most questions to show")
    surveys: tuple[str, ...] = Field(
        (), description="only these surveys; empty: of the whole company first, then one of each kind"
    )
    letters: int = Field(37, ge=20, le=160, description="longest question and its survey before the question is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[QuestionScore, ...]:
    """Every question."""
    return what_they_say(connection, scope, months=options.months)


def draw(rows: tuple[QuestionScore, ...], options: Options, theme: Theme) -> Picture:
    """A row a question: its words, then how many answered before what they scored."""
    if not rows:
        return Picture("Nobody was asked", nothing(f"No answer is of these {options.months} months."))
    shown = _chosen(rows, options, theme)
    listed = html.Ul([_row(row, options, theme) for row in shown], className="asked trim noted", **beyond(len(rows) - len(shown)))
    body = html.Div([listed, _foot(shown, theme)], className="say")
    return Picture(_headline(shown), body, note=theme.plural(options.months, "month", "months"))


def _foot(shown: Sequence[QuestionScore], theme: Theme) -> Component:
    partial = sum({row.survey: row.partial or 0 for row in shown}.values())
    parts = ["95% interval"]
    if partial:
        parts.append(f"{theme.whole(partial)} unfinished responses not counted")
    return html.P(" · ".join(parts), className="foot")


def _chosen(rows: Sequence[QuestionScore], options: Options, theme: Theme) -> list[QuestionScore]:
    """The surveys that are asked for; else those on the whole company, then one of each measure and formula, then others."""
    known = [row for row in rows if not options.surveys or row.survey in options.surveys]
    seen: Counter[tuple[str, str, str]] = Counter()
    order = []
    for place, row in enumerate(known):
        kind = row.kind, row.measure, row.formula
        whole = row.kind == "relationship"
        order.append((row.measure == "trust" and not whole, 0 if whole else seen[kind], place))
        seen[kind] += 1
    return [known[place] for place in sorted(place for *_, place in sorted(order)[: theme.rows(options.most)])]


def _headline(shown: Sequence[QuestionScore]) -> str:
    """What has changed beyond chance, by its survey."""
    worse, better = (_named([row for row in shown if row.change == change]) for change in ("down", "up"))
    if worse and better:
        return f"Worse: {worse}. Better: {better}"
    if worse or better:
        return f"{'Worse' if worse else 'Better'}: {worse or better}"
    if any(row.change == "no change" for row in shown):
        return "No clear change in what customers say"
    return "What they say; nothing to compare it with yet"


def _named(changed: Sequence[QuestionScore]) -> str:
    names = [crop("recommendation" if row.measure == "NPS" else f"the score “{row.survey}”", 34) for row in changed]
    return " and ".join(names) if len(names) < 3 else f"{len(names)} of them"


def _row(row: QuestionScore, options: Options, theme: Theme) -> Component:
    about = "" if row.kind == "relationship" else crop(row.survey, 20)
    room = max(16, options.letters - len(about))
    words = f"“{crop(row.wording, room)}”" if row.wording else "The words are not known"
    rate: str | Component = f"rate {row.response_state}"
    if row.response_rate is not None:
        rate = metric_link(f"{theme.share(row.response_rate)} answered", "response_rate")
    facts = [f"{theme.sample(row.n)}, ", rate, f" · {counted_words(row, theme)}"]
    return score_card(row, [html.Span(words), html.Span(about, className="quiet")], facts, theme, METRIC_OF.get(row.measure, ""))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("score_day", "question", "invitation_day"),
    metrics=("nps", "csat", "ces", "trust", "response_rate"),
    subject="What customers say when they are asked",
    needs=((RESPONSE_RATES,),),
    judges=lambda scope, options: rolling_months(scope, options.months),
    feeds=(JudgedFeed("survey_responses"),),
    smallest=(
        Smallest(38, 9),
        Smallest(51, 7),
        Smallest(76, 6),
    ),
)
