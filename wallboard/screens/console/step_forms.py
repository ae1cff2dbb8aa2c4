"""The form of a step, made from what its declaration asks for; two of them show more than their fields."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Protocol

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.catalogue import catalogue
from wallboard.lifecycle.decisions import VOTES
from wallboard.lifecycle.forms import Form, extra
from wallboard.lifecycle.history import RecordStep
from wallboard.lifecycle.kinds import StepKind
from wallboard.records.issue_views import IssueView
from wallboard.records.likely import likely_owner
from wallboard.records.teams import experiences_of
from wallboard.records.users import User
from wallboard.screens.console.deciding import Fields, deciding
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form, line, one_of, select, text, voice


class Subject(Protocol):
    """What lives by steps, and for which a form asks for the next one."""

    @property
    def number(self) -> int:
        """Its number in the store."""

    @property
    def perimeter(self) -> str:
        """Where its days are told."""

    @property
    def owner(self) -> int | None:
        """Who answers for it."""


def step_form(kind: StepKind, view: IssueView, page: PageContext, about: RecordStep | None = None) -> Component:
    """The form that takes a step of an issue; `about` is the earlier step that it refers to."""
    address = f"/room/do/{kind.verb}/{view.number}"
    fields = form_fields(kind, view, page, about)
    drawn = _AROUND[kind.verb](fields, view, page) if kind.verb in _AROUND else [*fields.values()]
    hint = [html.P(kind.hint, className="hint")] if kind.hint else []
    return form(address, [*drawn, *hint], button(kind.button), seen=view.life.seq, name=kind.verb if kind.verb in _AROUND else "")


def plain_form(
    kind: StepKind, subject: Subject, page: PageContext, seen: int, calm: bool = False, about: RecordStep | None = None
) -> Component:
    """The form that takes a step of anything, with nothing but its fields; `about` is the earlier step that it refers to."""
    hint = [html.P(kind.hint, className="hint")] if kind.hint else []
    inside = [*form_fields(kind, subject, page, about).values(), *hint]
    return form(f"/room/do/{kind.verb}/{subject.number}", inside, button(kind.button, calm=calm), seen=seen, name=kind.verb)


def form_fields(kind: StepKind, subject: Subject, page: PageContext, about: RecordStep | None = None) -> dict[str, Component]:
    """The fields that a kind of step asks for, by name."""
    return {name: _field(kind.form, name, subject, page, about) for name in kind.form.model_fields} if kind.form else {}


def fields_of(form: type[Form], subject: Subject, page: PageContext) -> list[Component]:
    """The fields of a form that takes no step of what it is about, in order."""
    return [_field(form, name, subject, page, None) for name in form.model_fields]


def _field(form: type[Form], name: str, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    """One field, by the control that its declaration names."""
    field, more = form.model_fields[name], extra(form, name)
    return _CONTROLS[more["control"]](
        _FieldDeclaration(name, field.title or "", field.description or "", more), view, page, about
    )


class _FieldDeclaration:
    """A field as its declaration asks for it."""

    def __init__(self, name: str, label: str, hint: str, more: Mapping[str, Any]) -> None:
        self.name, self.label, self.hint, self.more = name, label, hint, more


def _text(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    reads = {"data-reads": "yes"} if field.more.get("reads") else {}
    return text(field.name, field.label, field.hint, rows=field.more.get("rows", 2), **reads)


def _line(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    return line(field.name, field.label, field.hint)


def _day(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    today, within = page.today(view.perimeter), field.more.get("within")
    days = {"min": today.isoformat(), "max": (today + timedelta(days=within)).isoformat()} if within else {}
    offered = field.more.get("offered")
    value = (today + timedelta(days=offered)).isoformat() if offered else None
    return line(field.name, field.label, field.hint, kind="date", value=value, **days)


def _user(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    chosen = _CHOSEN[field.more["chosen"]](view, page) if "chosen" in field.more else None
    named = {str(user.id): _with_function(user, page) for user in page.names.answering()}
    return select(field.name, field.label, named, first="choose a person", hint=field.hint, chosen=str(chosen or ""))


def _likely_owner(view: Subject, page: PageContext) -> int | None:
    """Who likely answers for an issue that has nobody yet."""
    if not isinstance(view, IssueView) or view.owner is not None:
        return None
    return likely_owner(page.connection, view, page.names.users)


_CHOSEN: Mapping[str, Callable[[Subject, PageContext], int | None]] = MappingProxyType(
    {"owner": lambda view, _page: view.owner, "me": lambda _view, page: page.me.id, "likely": _likely_owner}
)
"""Who is chosen beforehand, by what the declaration of a field says."""


def _with_function(user: User, page: PageContext) -> str:
    return ", ".join(part for part in (user.name, page.names.function(user.function)) if part)


def _function(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    return select(field.name, field.label, page.names.functions, first=field.more["first"], hint=field.hint)


def _metric(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    known = {key: metric.name for key, metric in catalogue().items()}
    return select(field.name, field.label, known, first=field.more["first"], hint=field.hint)


def _level(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    here = view.life.level if isinstance(view, IssueView) else None
    rungs = {str(n): f"{n}. {rung.name}: {rung.entry}" for n, rung in enumerate(page.settings.escalation, 1) if n != here}
    return select(field.name, field.label, rungs, hint=field.hint)


def _choice(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    return one_of(field.name, field.label, {"yes": "Yes", "no": "No"}, identity=f"{field.name}-{view.number}")


def _options(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    return select(field.name, field.label, field.more["options"])


def _number(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    return line(field.name, field.label, field.hint, kind="number", min="1", max=str(field.more["most"]))


def _experience(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    """The reports of the current experience of what a team works on."""
    reported = experiences_of(page.connection, view.number)
    known = {str(number): f"{by}, {page.instant(at)}: {words[:80]}" for number, at, by, words in reported}
    return select(field.name, field.label, known, first="none has been written yet" if not known else None)


def _rating(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    marks = {str(mark): str(mark) for mark in range(1, 11)}
    return select(field.name, field.label, marks, first="from 1 to 10", hint=field.hint)


def _vote(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    return one_of(field.name, field.label, {vote: vote for vote in VOTES}, identity=f"vote-{view.number}")


def _step(field: _FieldDeclaration, view: Subject, page: PageContext, about: RecordStep | None) -> Component:
    """Which step a form is about."""
    return dbc.Input(type="hidden", name=field.name, value=str(about.seq) if about else "")


_CONTROLS: Mapping[str, Callable[[_FieldDeclaration, Subject, PageContext, RecordStep | None], Component]] = MappingProxyType(
    {
        "text": _text, "line": _line, "day": _day, "user": _user, "function": _function, "level": _level,
        "choice": _choice, "step": _step, "rating": _rating, "options": _options, "number": _number, "experience": _experience,
        "vote": _vote, "metric": _metric,
    }
)  # fmt: skip


def _beside(fields: Fields, view: IssueView, page: PageContext) -> list[Component]:
    """Golden rule 4: the answer beside the customer's own words, read while it is written; our own note apart from it."""
    del page
    theirs = html.Div([html.H3("The customer said"), voice(view.words)])
    ours = html.Div([fields["words"], html.Div(className="reading", role="status")])
    return [html.Div([theirs, ours], className="beside"), fields["note"]]


_Around = Callable[[Fields, IssueView, PageContext], list[Component]]

_AROUND: Mapping[str, _Around] = MappingProxyType({"decide": deciding, "answer": _beside})
"""Forms that show more than their fields."""
