"""One issue on one page: the customer's words, the golden rules and what shows that they are kept, the gates, its whole life."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from wallboard.errors import RuleRefused
from wallboard.lifecycle.escalation import rung
from wallboard.lifecycle.gates import Passage, gates, waiting
from wallboard.lifecycle.golden import KEPT, Compliance, GoldenRule, compliance
from wallboard.lifecycle.life import Step
from wallboard.lifecycle.steps import KINDS as STEPS
from wallboard.records.choices import recording
from wallboard.records.issue_views import IssueView, one_issue
from wallboard.screens.console.other_forms import other_forms
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import fold, player, voice, written
from wallboard.screens.console.passed import passed
from wallboard.screens.console.step_forms import step_form
from wallboard.screens.console.wording import KINDS, due_words, says, who_may


def issue_page(page: PageContext, number: int, rules: list[GoldenRule]) -> list[Component]:
    """The page of one issue."""
    if page.me.relays_only:
        raise RuleRefused("the room", "guests relay issues, and see under My relayed issues what becomes of them.", "")
    view = one_issue(page.connection, number)
    main = [
        *_words(view, page),
        _compliance_line(rules, view, page),
        _facts(view, page),
        _gates(view, page),
        *other_forms(view, page),
        _life(view, page),
    ]
    return [html.Article(main), _rules(rules, view, page)]


def _words(view: IssueView, page: PageContext) -> Iterator[Component]:
    yield html.Div(voice(view.words), className="quotation-large", role="heading", **{"aria-level": "1"})
    provenance = [KINDS.get(view.kind, view.kind), view.channel, view.said_by, page.instant(view.said_at)]
    behind = f"heard again in {page.count(view.contacts, 'contact', 'contacts')}" if view.contacts else None
    functions = ", ".join(page.names.function(key) for key in view.functions)
    stake = f"{page.money(view.value)} a year at stake" if view.value else None
    line = " · ".join(part for part in (*provenance, behind, functions, stake, page.place(view.perimeter)) if part)
    yield html.P(line, className="hint", dir="auto")
    yield from player(recording(page.connection, view.recording, page.theme.today))


def _facts(view: IssueView, page: PageContext) -> Component:
    """Who answers for it, where it stands, what caused it, and whether it must move up the ladder."""
    life, names = view.life, page.names
    owner = (
        [html.B(names.name(life.owner)), " answers for it"]
        if life.owner
        else [html.B("Nobody", className="alert"), " answers for it yet"]
    )
    summary = [html.Span(owner), *([html.Span(waiting(life))] if life.owner else [])]
    cause = life.newest("cause")
    if cause:
        owned_up = any(step.refers == cause.seq for step in life.of("acknowledged"))
        state = "acknowledged" if owned_up else "not yet acknowledged"
        summary.append(html.Span(f"caused in {names.function(cause.function)}, {state}", className="" if owned_up else "alert"))
    here = rung(life, page.settings.escalation, page.today(view.perimeter))
    if here:
        words = due_words(here, page) if here.is_due else f"level {here.level}, {here.name}"
        summary.append(html.Span(words, className="alert" if here.is_due else ""))
    return html.P(summary, className="line")


def _gates(view: IssueView, page: PageContext) -> Component:
    return html.Ol([_gate(place, gate, view, page) for place, gate in enumerate(gates(view.life), 1)], className="gates")


def _gate(place: int, gate: Passage, view: IssueView, page: PageContext) -> Component:
    question = gate.kind.gate
    assert question is not None
    if gate.step is not None:
        days = (gate.step.day - view.admitted_on).days
        after = html.Span(page.count(days, "day", "days") if days else "same day", className="after")
        inside = html.Div([html.H2(gate.kind.title), *passed(gate.step, view, page)])
        return html.Li([html.I("✓", className="n"), inside, after], className="passed")
    if not gate.is_next:
        why = html.P(question.locked or question.takes, className="hint")
        return html.Li([html.I(str(place), className="n"), html.Div([html.H2(question.name), why])], className="later")
    kind = gate.kind.kind
    form = step_form(gate.kind, view, page) if page.allowed(kind) else html.P(who_may(kind, page), className="hint may-not")
    inside = html.Div([html.H2(question.name), html.P(question.takes, className="hint"), form])
    return html.Li([html.I(str(place), className="n"), inside], className="at-hand", id="next")


def _life(view: IssueView, page: PageContext) -> Component:
    """Every step, oldest first; what people noted for themselves stands here and never on a wall."""
    rows = [_step(step, page) for step in view.life.steps]
    return html.Section([html.H2("Its life so far"), html.Ol(rows, className="life")])


def _step(step: Step, page: PageContext) -> Component:
    wording = says(step, page)
    words = [html.P(written(wording), dir="auto")] if wording else []
    own = [fold("our own note", html.P(written(step.note), dir="auto"), name="note")] if step.note else []
    head = html.P([html.B(STEPS[step.kind].title), html.Span(f"{step.by}, {page.instant(step.at)}")])
    return html.Li([head, *words, *own], className=step.kind)


def _rules(rules: list[GoldenRule], view: IssueView, page: PageContext) -> Component:
    """The five rules, always in sight, each with what shows that this issue keeps it."""
    rows = [_rule(result, view, page) for result in _judged(rules, view, page)]
    version = max((rule.version for rule in rules), default=1)
    head = html.H2(["The golden rules", html.Small(f"version {version}, the same in every room")])
    return html.Aside([head, html.Ol(rows)], className="golden", id="rules")


def _judged(rules: list[GoldenRule], view: IssueView, page: PageContext) -> list[Compliance]:
    return [*compliance(rules, view.life, page.settings.escalation, page.today(view.perimeter))]


def _compliance_line(rules: list[GoldenRule], view: IssueView, page: PageContext) -> Component:
    """The five rules in one line, for a phone, where they stand beneath."""
    judged = _judged(rules, view, page)
    digits = [html.B(str(result.rule.number), className=_state(result)) for result in judged]
    keeping = sum(result.state == KEPT for result in judged)
    return html.A([html.Span(digits), f"golden rules kept: {keeping} of {len(rules)}"], href="#rules", className="rule-marks")


def _state(result: Compliance) -> str:
    return result.state.replace(" ", "-")


def _rule(result: Compliance, view: IssueView, page: PageContext) -> Component:
    words = html.Div([html.P(result.rule.rule), html.P(_shows(result, view, page), className="evidence")])
    return html.Li([html.B(str(result.rule.number)), words], className=_state(result))


def _shows(result: Compliance, view: IssueView, page: PageContext) -> str:
    by = f"{result.step.by}, {page.instant(result.step.at)}" if result.step else ""
    if result.state == KEPT:
        return f"kept: {KINDS.get(view.kind, view.kind)}, {by}" if result.rule.number == 1 else f"kept: {by}"
    if result.step and result.step.jargon:
        return f"look again: {page.count(result.step.jargon, 'word', 'words')} that a customer may not know; {by}"
    since = f" (since {page.day(result.since)})" if result.since else ""
    return f"{result.state}: {result.evidence}{since}" if result.evidence else result.state
