"""What becomes of what somebody has relayed: it changes when the room acts."""

from dash import html
from dash.development.base_component import Component

from wallboard.errors import RuleRefused
from wallboard.lifecycle.gates import waiting
from wallboard.lifecycle.steps import KINDS
from wallboard.records.intakes import Intake, one_intake, relayed_by
from wallboard.records.issue_views import one_issue
from wallboard.screens.console.judging import evidence, verdict_words, weight
from wallboard.screens.console.page_context import PageContext


def my_relayed(page: PageContext) -> list[Component]:
    """All that one has brought, newest first, each with where it stands now."""
    relayed = relayed_by(page.connection, page.me.id)
    cards = [html.Li(_card(intake, page)) for intake in relayed]
    nothing = "You have not relayed anything yet. What did a customer tell you?"
    shown = html.Ul(cards, className="mine") if cards else html.P(nothing, className="hint")
    return [html.Header([html.H1("My relayed issues"), html.A("Relay an issue", href="/room/relay", className="act")]), shown]


def _card(intake: Intake, page: PageContext) -> Component:
    state = html.P(stands(intake, page), className="standing")
    lines = [
        html.P(intake.title, className="title", dir="auto"),
        state,
        html.P(f"relayed {page.day(intake.day)}", className="hint"),
    ]
    return html.A(html.Div(lines), href=f"/room/relayed/{intake.number}", className="card")


def stands(intake: Intake, page: PageContext) -> str:
    """In one sentence, what has become of it."""
    if intake.issue is None:
        return verdict_words(intake)
    life = one_issue(page.connection, intake.issue).life
    owner = f"{page.names.name(life.owner)} answers for it; " if life.owner else ""
    return f"Issue {intake.issue}: {owner}{waiting(life)}."


def one_relayed(page: PageContext, number: int) -> list[Component]:
    """One of them; for whoever relayed it, and for those who judge."""
    intake = one_intake(page.connection, number)
    if intake.actor != page.me.id and not page.allowed("judged"):
        raise RuleRefused("what was relayed", "somebody else has relayed this.", "Yours stand under My relayed issues.")
    by = [f"{page.names.name(intake.judged_by)}, {page.day(intake.judged_on)}"] if intake.judged_by and intake.judged_on else []
    why = [html.P(intake.why, className="reason", dir="auto")] if intake.why else []
    at_once = [html.P(stands(intake, page), className="fate"), *why, *(html.P(line, className="hint") for line in by)]
    return [
        html.Header([html.H1(intake.title, dir="auto")]),
        html.Section(at_once, className=f"became {'undecided' if intake.verdict is None else intake.verdict.replace(' ', '-')}"),
        html.Section([html.H2("What the customer said"), *evidence(intake, page)]),
        *_steps(intake, page),
        html.Section([html.H2("How much it matters"), weight(intake, page)]),
    ]


def _steps(intake: Intake, page: PageContext) -> list[Component]:
    """What the room has done since, without anybody's own notes."""
    if intake.issue is None:
        return []
    view = one_issue(page.connection, intake.issue)
    rows = [html.Li([html.B(KINDS[step.kind].title), html.Span(page.instant(step.at))]) for step in view.life.steps]
    answer = view.life.answer
    answered = (
        [html.H2("Our answer"), html.Blockquote(answer.words, dir="auto", className="words")] if answer and answer.words else []
    )
    more = [html.P(html.A("Open the issue", href=f"/room/issue/{intake.issue}"))] if not page.me.relays_only else []
    return [html.Section([html.H2("What the room has done"), html.Ol(rows, className="since"), *answered, *more])]
