"""The form of a step, made from what its declaration asks for; the two that show more than their fields are drawn by hand."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle.forms import extra
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.life import Step
from wallboard.records.desk import Told
from wallboard.records.members import Member
from wallboard.screens.console.deciding import decide_form
from wallboard.screens.console.desk import Desk
from wallboard.screens.console.parts import button, form, line, one_of, select, text, voice


def step_form(kind: StepKind, told: Told, desk: Desk, about: Step | None = None) -> Component:
    """The form that takes a step of a kind; `about` is the earlier step that it refers to."""
    address = f"/room/do/{kind.verb}/{told.number}"
    if kind.verb in _BY_HAND:
        return form(address, _BY_HAND[kind.verb](told, desk), button(kind.button), seen=told.life.seq, name=kind.verb)
    fields = [_field(kind, name, told, desk, about) for name in (kind.form.model_fields if kind.form else ())]
    hint = [html.P(kind.hint, className="hint")] if kind.hint else []
    return form(address, [*fields, *hint], button(kind.button), seen=told.life.seq)


def _field(kind: StepKind, name: str, told: Told, desk: Desk, about: Step | None) -> Component:
    """One field, by the control that its declaration names."""
    assert kind.form is not None
    asked, more = kind.form.model_fields[name], extra(kind.form, name)
    return _CONTROLS[more["control"]](_Asked(name, asked.title or "", asked.description or "", more), told, desk, about)


class _Asked:
    """A field as its declaration asks for it."""

    def __init__(self, name: str, label: str, hint: str, more: Mapping[str, Any]) -> None:
        self.name, self.label, self.hint, self.more = name, label, hint, more


def _text(one: _Asked, told: Told, desk: Desk, about: Step | None) -> Component:
    return text(one.name, one.label, one.hint, rows=one.more.get("rows", 2))


def _line(one: _Asked, told: Told, desk: Desk, about: Step | None) -> Component:
    return line(one.name, one.label, one.hint)


def _day(one: _Asked, told: Told, desk: Desk, about: Step | None) -> Component:
    today, within = desk.today(told.perimeter), one.more.get("within")
    days = {"min": today.isoformat(), "max": (today + timedelta(days=within)).isoformat()} if within else {}
    return line(one.name, one.label, one.hint, kind="date", **days)


def _member(one: _Asked, told: Told, desk: Desk, about: Step | None) -> Component:
    chosen = told.life.owner if one.more.get("chosen") == "owner" else None
    named = {str(member.id): _with_function(member, desk) for member in desk.names.answering()}
    return select(one.name, one.label, named, first="choose a person", chosen=str(chosen or ""))


def _with_function(member: Member, desk: Desk) -> str:
    return ", ".join(part for part in (member.name, desk.names.function(member.function)) if part)


def _function(one: _Asked, told: Told, desk: Desk, about: Step | None) -> Component:
    return select(one.name, one.label, desk.names.functions, first=one.more["first"])


def _level(one: _Asked, told: Told, desk: Desk, about: Step | None) -> Component:
    rungs = enumerate(desk.settings.escalation, 1)
    return select(one.name, one.label, {str(n): f"{n}. {rung.name}: {rung.entry}" for n, rung in rungs if n != told.life.level})


def _choice(one: _Asked, told: Told, desk: Desk, about: Step | None) -> Component:
    return one_of(one.name, one.label, {"yes": "Yes", "no": "No"}, identity=f"{one.name}-{told.number}")


def _step(one: _Asked, told: Told, desk: Desk, about: Step | None) -> Component:
    """Which step a form is about."""
    return dbc.Input(type="hidden", name=one.name, value=str(about.seq) if about else "")


_CONTROLS: Mapping[str, Callable[[_Asked, Told, Desk, Step | None], Component]] = MappingProxyType(
    {
        "text": _text, "line": _line, "day": _day, "member": _member, "function": _function, "level": _level,
        "choice": _choice, "step": _step,
    }
)  # fmt: skip


def _answer(told: Told, desk: Desk) -> list[Component]:
    """Golden rule 4: the answer beside the customer's own words, read while it is written; our own note apart from it."""
    del desk
    theirs = html.Div([html.H3("The customer said"), voice(told.words)])
    hint = "as you would say it to this customer"
    ours = html.Div(
        [text("words", "We answer", hint, rows=6, **{"data-reads": "yes"}), html.Div(className="reading", role="status")]
    )
    note = text("note", "Our own note", hint="for the room only: never on a wall, never to the customer")
    return [html.Div([theirs, ours], className="beside"), note]


_BY_HAND: Mapping[str, Callable[[Told, Desk], list[Component]]] = MappingProxyType({"decide": decide_form, "answer": _answer})
