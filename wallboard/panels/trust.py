"""How far customers trust those who serve them: every partner we have given work to, and our own people separately.

One row for each partner, the least trusted first: how many answered, the score with its band, and whether customers trust it
less or more than us. For leaders, from four metres.
"""

from collections import defaultdict
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.scores import counted_words, score_card
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import TRUST
from wallboard.metrics.scope import Scope, rolling_months
from wallboard.metrics.trust import PartnerTrust, trust
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

AGAINST = {"up": ("more than us", "gain"), "down": ("less than us", "loss"), "no change": ("no clear difference", "quiet")}
_Question = tuple[str | None, str | None, float | None, float | None]


class Options(Base):
    """How far back."""

    months: int = Field(3, ge=1, le=12, description="months to sum, against as many before")
    letters: int = Field(26, ge=20, le=120, description="longest list of touchpoints before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[PartnerTrust, ...]:
    """Every partner and ourselves."""
    return trust(connection, scope, months=options.months)


def draw(rows: tuple[PartnerTrust, ...], options: Options, theme: Theme) -> Picture:
    """Ourselves, and a row a partner; one question only, that with the most answers."""
    questions: dict[_Question, list[PartnerTrust]] = defaultdict(list)
    for row in rows:
        questions[_question(row)].append(row)
    answered = [group for group in questions.values() if _answers(group)]
    if not answered:
        return Picture(
            "Nobody was asked whom they trust", nothing(f"No answer of these {options.months} months is of the measure trust.")
        )
    partners = max(answered, key=_answers)
    order = sorted(partners, key=lambda row: (row.partner != "", row.score is None, row.score or 0.0))
    listed = html.Ul([_row(row, options, theme) for row in order], className="asked trim noted")
    body = html.Div([listed, _wording(partners[0], theme)], className="say trusted")
    return Picture(_headline(partners), body, note=_note(len(answered) - 1, options, theme))


def _question(row: PartnerTrust) -> _Question:
    return row.survey, row.formula, row.scale_min, row.scale_max


def _answers(partners: Sequence[PartnerTrust]) -> int:
    return sum(row.n for row in partners)


def _wording(row: PartnerTrust, theme: Theme) -> Component:
    words = f"“{crop(row.wording, 40)}”" if row.wording else "The words are not known"
    return html.P(words, className="foot")


def _note(others: int, options: Options, theme: Theme) -> str:
    span = theme.plural(options.months, "month", "months")
    return f"{span}, without {theme.plural(others, 'other question', 'other questions')}" if others else span


def _headline(partners: Sequence[PartnerTrust]) -> str:
    less, more = ([row.partner_name for row in partners if row.against_ours == change] for change in ("down", "up"))
    if less:
        return f"Customers trust {_and(less)} less than us"
    if more:
        return f"Customers trust {_and(more)} more than us"
    if any(row.against_ours == "no change" for row in partners):
        return "No partner is trusted less or more than we are"
    return "Whom customers trust; nobody to compare with yet"


def _and(names: list[str]) -> str:
    return (
        names[0]
        if len(names) == 1
        else f"{', '.join(names[:-1])} and {names[-1]}"
        if len(names) < 4
        else f"{len(names)} partners"
    )


def _row(row: PartnerTrust, options: Options, theme: Theme) -> Component:
    name = html.Span(row.partner_name or "Ourselves")
    where = crop(row.contact_points, options.letters) if row.partner else "all other touchpoints"
    against, tone = AGAINST.get(row.against_ours or "", ("too few to tell" if row.partner and row.n else "", "quiet"))
    facts: list[str | Component] = [f"{theme.sample(row.n)} · {counted_words(row, theme)}" if row.survey else theme.sample(0)]
    if against:
        facts += [" · ", html.B(against, className=tone)]
    return score_card(row, [name, html.Span(where, className="quiet")], facts, theme, "trust")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("score_day", "question", "touchpoint", "function"),
    metrics=("trust",),
    subject="Whom customers trust",
    needs=((TRUST,),),
    judges=lambda scope, options: rolling_months(scope, options.months),
    feeds=(JudgedFeed("survey_responses"),),
    smallest=(
        Smallest(38, 9),
        Smallest(51, 8),
        Smallest(76, 7),
    ),
)
