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
from wallboard.records.desk import Told, one_issue
from wallboard.screens.console.desk import Desk
from wallboard.screens.console.other_forms import other_forms
from wallboard.screens.console.parts import fold, player, voice, written
from wallboard.screens.console.passed import passed
from wallboard.screens.console.step_forms import step_form
from wallboard.screens.console.wording import KINDS, due_words, says, who_may


def issue_page(desk: Desk, number: int, rules: list[GoldenRule]) -> list[Component]:
    """The page of one issue."""
    if desk.me.relays_only:
        raise RuleRefused("the room", "guests relay issues, and see under My relayed issues what becomes of them.", "")
    told = one_issue(desk.connection, number)
    main = [
        *_words(told, desk),
        _marks(rules, told, desk),
        _facts(told, desk),
        _gates(told, desk),
        *other_forms(told, desk),
        _life(told, desk),
    ]
    return [html.Article(main), _rules(rules, told, desk)]


def _words(told: Told, desk: Desk) -> Iterator[Component]:
    yield html.Div(voice(told.words), className="said-large", role="heading", **{"aria-level": "1"})
    heard = [KINDS.get(told.kind, told.kind), told.heard_through, told.said_by, desk.instant(told.said_at)]
    behind = f"heard again in {desk.count(told.contacts, 'contact', 'contacts')}" if told.contacts else None
    functions = ", ".join(desk.names.function(key) for key in told.functions)
    stake = f"{desk.money(told.value)} a year at stake" if told.value else None
    line = " · ".join(part for part in (*heard, behind, functions, stake, desk.place(told.perimeter)) if part)
    yield html.P(line, className="hint", dir="auto")
    yield from player(recording(desk.connection, told.recording, desk.look.today))


def _facts(told: Told, desk: Desk) -> Component:
    """Who answers for it, where it stands, what caused it, and whether it must move up the ladder."""
    life, names = told.life, desk.names
    owner = (
        [html.B(names.name(life.owner)), " answers for it"]
        if life.owner
        else [html.B("Nobody", className="alert"), " answers for it yet"]
    )
    said = [html.Span(owner), *([html.Span(waiting(life))] if life.owner else [])]
    cause = life.newest("cause")
    if cause:
        owned_up = any(step.refers == cause.seq for step in life.of("acknowledged"))
        state = "acknowledged" if owned_up else "not yet acknowledged"
        said.append(html.Span(f"caused in {names.function(cause.function)}, {state}", className="" if owned_up else "alert"))
    here = rung(life, desk.settings.escalation, desk.today(told.perimeter))
    if here:
        words = due_words(here, desk) if here.is_due else f"level {here.level}, {here.name}"
        said.append(html.Span(words, className="alert" if here.is_due else ""))
    return html.P(said, className="line")


def _gates(told: Told, desk: Desk) -> Component:
    return html.Ol([_gate(place, gate, told, desk) for place, gate in enumerate(gates(told.life), 1)], className="gates")


def _gate(place: int, gate: Passage, told: Told, desk: Desk) -> Component:
    asked = gate.kind.gate
    assert asked is not None
    if gate.step is not None:
        days = (gate.step.day - told.admitted_on).days
        after = html.Span(desk.count(days, "day", "days") if days else "same day", className="after")
        inside = html.Div([html.H2(gate.kind.title), *passed(gate.step, told, desk)])
        return html.Li([html.I("✓", className="n"), inside, after], className="passed")
    if not gate.is_next:
        why = html.P(asked.locked or asked.takes, className="hint")
        return html.Li([html.I(str(place), className="n"), html.Div([html.H2(asked.name), why])], className="later")
    kind = gate.kind.kind
    form = step_form(gate.kind, told, desk) if desk.allowed(kind) else html.P(who_may(kind, desk), className="hint may-not")
    inside = html.Div([html.H2(asked.name), html.P(asked.takes, className="hint"), form])
    return html.Li([html.I(str(place), className="n"), inside], className="at-hand", id="next")


def _life(told: Told, desk: Desk) -> Component:
    """Every step, oldest first; what people noted for themselves stands here and never on a wall."""
    rows = [_step(step, desk) for step in told.life.steps]
    return html.Section([html.H2("Its life so far"), html.Ol(rows, className="life")])


def _step(step: Step, desk: Desk) -> Component:
    said = says(step, desk)
    words = [html.P(written(said), dir="auto")] if said else []
    own = [fold("our own note", html.P(written(step.note), dir="auto"), name="note")] if step.note else []
    head = html.P([html.B(STEPS[step.kind].title), html.Span(f"{step.by}, {desk.instant(step.at)}")])
    return html.Li([head, *words, *own], className=step.kind)


def _rules(rules: list[GoldenRule], told: Told, desk: Desk) -> Component:
    """The five rules, always in sight, each with what shows that this issue keeps it."""
    rows = [_rule(one, told, desk) for one in _judged(rules, told, desk)]
    version = max((one.version for one in rules), default=1)
    head = html.H2(["The golden rules", html.Small(f"version {version}, the same in every room")])
    return html.Aside([head, html.Ol(rows)], className="golden", id="rules")


def _judged(rules: list[GoldenRule], told: Told, desk: Desk) -> list[Compliance]:
    return [*compliance(rules, told.life, desk.settings.escalation, desk.today(told.perimeter))]


def _marks(rules: list[GoldenRule], told: Told, desk: Desk) -> Component:
    """The five rules in one line, for a phone, where they stand beneath."""
    judged = _judged(rules, told, desk)
    marks = [html.B(str(one.rule.number), className=_state(one)) for one in judged]
    kept = sum(one.state == KEPT for one in judged)
    return html.A([html.Span(marks), f"golden rules kept: {kept} of {len(rules)}"], href="#rules", className="rule-marks")


def _state(one: Compliance) -> str:
    return one.state.replace(" ", "-")


def _rule(one: Compliance, told: Told, desk: Desk) -> Component:
    words = html.Div([html.P(one.rule.rule), html.P(_shows(one, told, desk), className="evidence")])
    return html.Li([html.B(str(one.rule.number)), words], className=_state(one))


def _shows(one: Compliance, told: Told, desk: Desk) -> str:
    by = f"{one.step.by}, {desk.instant(one.step.at)}" if one.step else ""
    if one.state == KEPT:
        return f"kept: {KINDS.get(told.kind, told.kind)}, {by}" if one.rule.number == 1 else f"kept: {by}"
    if one.step and one.step.jargon:
        return f"look again: {desk.count(one.step.jargon, 'word', 'words')} that a customer may not know; {by}"
    since = f" (since {desk.day(one.since)})" if one.since else ""
    return f"{one.state}: {one.evidence}{since}" if one.evidence else one.state
