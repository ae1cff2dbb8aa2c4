"""What else can be done with an issue, folded beneath the one next thing."""

from collections.abc import Iterator

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle.gates import next_gate
from wallboard.lifecycle.life import Step
from wallboard.records.desk import Told
from wallboard.screens.console.deciding import decide_form
from wallboard.screens.console.desk import Desk
from wallboard.screens.console.gate_forms import address, alleviate_form, answer_form, own_form, people
from wallboard.screens.console.parts import button, fold, form, line, select, text
from wallboard.screens.console.wording import says, who_may


def other_forms(told: Told, desk: Desk) -> list[Component]:
    """Everything that this person may do besides the next thing; what the role may not do is said at the end."""
    if next_gate(told.life) is None:
        return [_section([_reopen(told, desk)])] if desk.allowed("reopened") else []
    found = [*_people(told, desk), *_work(told, desk), *_again(told, desk), *_cause(told, desk), *_ladder(told, desk)]
    return [_section(found)]


def _section(found: list[Component]) -> Component:
    return html.Section([html.H2("Something else"), *found], className="others")


def _people(told: Told, desk: Desk) -> Iterator[Component]:
    if told.life.owner is None:
        return
    if desk.allowed("owned"):
        yield fold("Another person answers for it", own_form(told, desk))
    if desk.allowed("joined"):
        functions = select("function", "From which function", desk.names.functions, first="no function")
        asked = [people(desk, "Who works on it too?"), functions]
        yield fold("Somebody else works on it too", _form("join", told, asked, "Write it down"))


def _work(told: Told, desk: Desk) -> Iterator[Component]:
    """What is done now and next; what stands in the way is never enough alone."""
    life = told.life
    finished = {step.refers for step in life.of("alleviated", "done")}
    current = life.newest("alleviation")
    if current and current.seq not in finished and desk.allowed("alleviated"):
        note = line("note", "How do we know?")
        yield fold(f"It has been alleviated: {_short(current)}", _form("alleviated", told, [note], "It has been alleviated"))
    if current and desk.allowed("alleviation"):
        yield fold("Something else is done now", alleviate_form(told, desk))
    for step in life.of("action"):
        if step.seq not in finished and desk.allowed("done"):
            asked = [_refers(step), line("note", "What came of it?")]
            yield fold(f"Done: {says(step, desk)[:120]}", _form("done", told, asked, "It is done"))
    if desk.allowed("action"):
        asked = [
            text("words", "What is the next step?"),
            people(desk, "Who does it?"),
            line("due_on", "Until when?", kind="date"),
        ]
        yield fold("The next step towards a cure", _form("plan", told, asked, "Plan it"))
    if desk.allowed("limit"):
        hint = "kept beside what is done now; never instead of it"
        yield fold(
            "What stands in the way", _form("limit", told, [text("words", "What stands in the way?", hint)], "Write it down")
        )


def _again(told: Told, desk: Desk) -> Iterator[Component]:
    """What has been passed already, once more: a new answer, a new decision, or the decision taken back."""
    following, standing = next_gate(told.life), told.life.newest("decided")
    if standing is None:
        return
    if following in ("presented", "accepted") and desk.allowed("answered"):
        yield fold("Another answer", answer_form(told, desk))
    if desk.allowed("decided"):
        yield fold("Decide anew", decide_form(address("decide", told), told, desk))
    if desk.allowed("reversed"):
        asked = [_refers(standing), text("words", "Why is it taken back?", hint="it stays in the room’s memory, and is counted")]
        yield fold("Take the decision back", _form("reverse", told, asked, "Take it back"))


def _cause(told: Told, desk: Desk) -> Iterator[Component]:
    cause = told.life.newest("cause")
    open_cause = cause and not any(step.refers == cause.seq for step in told.life.of("acknowledged"))
    if cause and open_cause:
        if desk.me.function == cause.function and desk.allowed("acknowledged"):
            name = f"Acknowledge the cause: {_short(cause)}"
            yield fold(name, _form("acknowledge", told, [_refers(cause)], "Yes, that is us"), opened=True)
        else:
            where = desk.names.function(cause.function)
            yield html.P(f"Not yet acknowledged: somebody of {where} says “yes, that is us”.", className="alert")
    if desk.allowed("cause"):
        asked = [
            text("words", "What causes it?"),
            select("function", "Which function causes it?", desk.names.functions, first="choose one"),
        ]
        yield fold("Name the cause", _form("cause", told, asked, "This causes it"))


def _ladder(told: Told, desk: Desk) -> Iterator[Component]:
    if not desk.allowed("escalated"):
        yield html.P(who_may("escalated", desk).replace(" does this", " moves it up the ladder, decides and names who answers"),
                     className="hint may-not")  # fmt: skip
        return
    rungs = enumerate(desk.settings.escalation, 1)
    levels = {str(n): f"{n}. {one.name}: {one.entry}" for n, one in rungs if n != told.life.level}
    if levels:
        asked = [select("level", "To which level?", levels), text("words", "Why?")]
        yield fold("Move it on the ladder", _form("escalate", told, asked, "Move it"))


def _reopen(told: Told, desk: Desk) -> Component:
    del desk
    asked = [text("words", "What does the customer say now?", hint="in the customer’s words")]
    return fold("The customer comes back", _form("reopen", told, asked, "Open it again"))


def _form(verb: str, told: Told, asked: list[Component], words: str) -> Component:
    return form(address(verb, told), asked, button(words), seen=told.life.seq)


def _refers(step: Step) -> Component:
    """Which step a form is about."""
    return dbc.Input(type="hidden", name="refers", value=str(step.seq))


def _short(step: Step) -> str:
    return (step.words or "")[:100]
