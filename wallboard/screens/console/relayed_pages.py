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
    found = relayed_by(page.connection, page.me.id)
    cards = [html.Li(_card(one, page)) for one in found]
    nothing = "You have not relayed anything yet. What did a customer tell you?"
    shown = html.Ul(cards, className="mine") if cards else html.P(nothing, className="hint")
    return [html.Header([html.H1("My relayed issues"), html.A("Relay an issue", href="/room/relay", className="act")]), shown]


def _card(one: Intake, page: PageContext) -> Component:
    said = html.P(stands(one, page), className="standing")
    lines = [html.P(one.title, className="title", dir="auto"), said, html.P(f"relayed {page.day(one.day)}", className="hint")]
    return html.A(html.Div(lines), href=f"/room/relayed/{one.number}", className="card")


def stands(one: Intake, page: PageContext) -> str:
    """In one sentence, what has become of it."""
    if one.issue is None:
        return verdict_words(one)
    life = one_issue(page.connection, one.issue).life
    owner = f"{page.names.name(life.owner)} answers for it; " if life.owner else ""
    return f"Issue {one.issue}: {owner}{waiting(life)}."


def one_relayed(page: PageContext, number: int) -> list[Component]:
    """One of them; for whoever relayed it, and for those who judge."""
    one = one_intake(page.connection, number)
    if one.actor != page.me.id and not page.allowed("judged"):
        raise RuleRefused("what was relayed", "somebody else has relayed this.", "Yours stand under My relayed issues.")
    by = [f"{page.names.name(one.judged_by)}, {page.day(one.judged_on)}"] if one.judged_by and one.judged_on else []
    why = [html.P(one.why, className="reason", dir="auto")] if one.why else []
    at_once = [html.P(stands(one, page), className="fate"), *why, *(html.P(said, className="hint") for said in by)]
    return [
        html.Header([html.H1(one.title, dir="auto")]),
        html.Section(at_once, className=f"became {'undecided' if one.verdict is None else one.verdict.replace(' ', '-')}"),
        html.Section([html.H2("What the customer said"), *evidence(one, page)]),
        *_steps(one, page),
        html.Section([html.H2("How much it matters"), weight(one, page)]),
    ]


def _steps(one: Intake, page: PageContext) -> list[Component]:
    """What the room has done since, without anybody's own notes."""
    if one.issue is None:
        return []
    view = one_issue(page.connection, one.issue)
    rows = [html.Li([html.B(KINDS[step.kind].title), html.Span(page.instant(step.at))]) for step in view.life.steps]
    answer = view.life.answer
    said = (
        [html.H2("Our answer"), html.Blockquote(answer.words, dir="auto", className="words")] if answer and answer.words else []
    )
    more = [html.P(html.A("Open the issue", href=f"/room/issue/{one.issue}"))] if not page.me.relays_only else []
    return [html.Section([html.H2("What the room has done"), html.Ol(rows, className="since"), *said, *more])]
