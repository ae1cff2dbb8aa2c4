"""The page of one task: what it is, a start button, the form or the steps, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import orjson
from dash import html
from dash.development.base_component import Component
from flask import Blueprint, request
from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.drawing.trials import cost_words, customers_words, fared_words
from wallboard.drawing.words import upper_first
from wallboard.metrics.scope import Scope
from wallboard.metrics.tasks import Task, attempts, tasks
from wallboard.records.users import User
from wallboard.screens.console.door import sign_in
from wallboard.screens.console.session import Sessions
from wallboard.screens.demo_note import demo_note
from wallboard.screens.trying.known import Known, known
from wallboard.screens.trying.result import result
from wallboard.screens.trying.routes import Routes
from wallboard.screens.trying.stopwatch import Stopwatch
from wallboard.settings import Room
from wallboard.store.connections import reading
from wallboard.store.lives import golden_rules

KEPT = "What you type stays in this tab until you finish. It is never sent and never stored: the room keeps only counts."
SCRIPTED = "This file has scripts of its own. The room does not run them, so what they would check is not checked here."


@dataclass(frozen=True)
class Trying:
    """The tasks of one room."""

    room: Room
    engine: Engine
    clock: Clock
    theme: Callable[[], Theme]

    @property
    def sessions(self) -> Sessions:
        """The sign-ins of this room."""
        return Sessions.of(self.clock, self.room.settings)

    def blueprint(self) -> Blueprint:
        """What the pages send to the room."""
        room = self.room
        return Routes(room.settings, self.engine, self.clock, room.media, self.sessions, Stopwatch()).blueprint()

    def page(self, path: str, query: Mapping[str, str]) -> Component:
        """The page at /try/<task>, all tasks at /try; raises NotFound with the nearest task."""
        key = path.removeprefix("/try").strip("/")
        theme, scope = self.theme(), Scope.of(self.room.settings, self.clock())
        with reading(self.engine) as connection:
            if not key:
                return self._around([html.A("← The walk", href="/journey")], everything(tasks(connection, scope), theme))
            task = known(connection, scope, self.room.media, key)
            tried = attempts(connection, scope, task.row.task)
            me = self.sessions.user(connection, request)
            if me is None and "sign" in query:
                return sign_in(connection, self.room.settings, golden_rules(connection, theme.today), path)
        over = "attempt" in query or "outcome" in query
        inside = result(task, tried, query, theme) if over else _to_try(task, me, theme)
        return self._around(_ways(task), inside, **_attributes(task, over, me))

    def _around(self, ways: list[Component], inside: list[Component], **attributes: str) -> Component:
        demo = demo_note(self.room.settings)
        back = html.Nav(ways, className="ways-out")
        return html.Main([back, *inside, *demo], className=f"page trying {self.room.settings.theme}", **attributes)


def everything(rows: Sequence[Task], theme: Theme) -> list[Component]:
    """Every task, one touch away."""
    head = html.Header([html.P("Try what we ask of customers"), html.H1("What do customers have to do?")])
    if not rows:
        return [head, html.P("Nothing to try yet: load what customers must do (tasks).", className="missing")]
    doors = [
        html.Li(
            html.A(
                [html.Strong(row.title, dir="auto"), html.Span(f"{row.touchpoint_name} · {_fares(row, theme)}")],
                href=f"/try/{row.task}",
            )
        )
        for row in rows
    ]
    return [head, html.Ul(doors, className="doors")]


def _fares(row: Task, theme: Theme) -> str:
    return f"{customers_words(row, theme)} · in this room: {fared_words(row, theme)}"


def _attributes(task: Known, over: bool, me: User | None) -> dict[str, str]:
    """What the page's script needs to know of the task, and of who tries it."""
    row = task.row
    facts: dict[str, object] = {"task": row.task, "kind": row.kind, "over": over, "media": row.media}
    facts["me"] = None if me is None else me.id
    if task.form:
        facts |= {"pages": task.form.pages, "fields": [asdict(field) for field in task.form.fields]}
    return {"data-try": orjson.dumps(facts).decode()}


def _ways(task: Known) -> list[Component]:
    stage = task.row.stage
    back = html.A(f"← {task.row.stage_name}", href=f"/journey/{stage}", **{"data-back": f"/journey/{stage}"})
    return [back, html.Span(task.row.touchpoint_name, dir="auto")]


def _to_try(task: Known, me: User | None, theme: Theme) -> list[Component]:
    head = html.Header([html.P("Try what we ask of customers"), html.H1(task.row.title, dir="auto")])
    if task.why_not:
        words = f"{task.why_not} It cannot be tried now; the walk goes on."
        return [head, html.P(words, className="missing", role="alert"), html.P(_facts(task, theme), className="facts-of")]
    return [head, _before(task, me, theme), _bar(task), _work(task)]


def _facts(task: Known, theme: Theme) -> list[Component]:
    row = task.row
    sentences = [
        upper_first(customers_words(row, theme)),
        cost_words(row, theme),
        upper_first(f"in this room: {fared_words(row, theme)}"),
    ]
    return [html.Span(f"{words}.") for words in sentences if words]


def _before(task: Known, me: User | None, theme: Theme) -> Component:
    scripted = [html.P(SCRIPTED, className="hint")] if task.form and task.form.scripted else []
    hint = [html.P(KEPT, className="hint")] if task.row.kind == "form" else []
    start = html.Button("Start", type="button", className="start")
    inside = [
        html.P(_asks(task, theme), className="asks"),
        html.P(_facts(task, theme), className="facts-of"),
        html.Div([start, _recorded(me)], className="begin"),
        *hint,
        *scripted,
        html.P(className="refusal", role="alert", hidden=True),
    ]
    return html.Section([html.Div(inside, className="task-instructions"), *_peek(task)], className="before")


def _peek(task: Known) -> list[Component]:
    number = task.row.media
    return [html.Img(src=f"/media/{number}/page/1?width=800", alt="", className="peek")] if task.form and number else []


def _asks(task: Known, theme: Theme) -> str:
    match task.row.kind:
        case "form" if task.form:
            pages = theme.plural(len(task.form.pages), "page", "pages")
            return f"The real form: {theme.plural(task.fields, 'field', 'fields')} on {pages}."
        case "steps":
            return f"{theme.plural(task.fields, 'step', 'steps')}, one after the other. Do each of them for real."
        case _:
            return "A web form. It opens in another tab; the room keeps the time."


def _recorded(me: User | None) -> Component:
    if me is not None:
        return html.P(f"{me.name}, your attempt will be recorded: how long, how many errors, and whether you gave up.")
    words = ["Nobody is signed in: you may try, but it is not recorded. ", html.A("Sign in first", href="?sign=in")]
    return html.P([*words, " and come back here."], className="unrecorded")


def _bar(task: Known) -> Component:
    buttons = [html.Button("Give up", type="button", className="calm give-up")]
    if task.row.kind == "form":
        buttons.insert(0, html.Button("Send", type="button", className="send"))
    clock = html.Span([html.B("0:00", className="clock", role="timer"), html.Span("your time")])
    errors = html.Span([html.B("0", className="errors"), html.Span("errors so far")])
    filled = html.Span([html.B("0", className="filled"), html.Span(f"of {task.fields}")]) if task.fields else html.Span()
    return html.Div([clock, errors, filled, html.Div(buttons, className="buttons")], className="clockwork", hidden=True)


def _work(task: Known) -> Component:
    troubles = html.Div(className="troubles", role="alert", hidden=True)
    match task.row.kind:
        case "form":
            inside: list[Component] = [troubles, html.Div(className="paper-form")]
        case "steps":
            inside = [html.Ol([_step(words) for words in task.steps], className="to-do")]
        case _:
            address = str(task.row.address)
            link = html.A("Open it in another tab", href=address, target="_blank", rel="noopener noreferrer", className="open")
            inside = [
                html.P([link, html.Span(address, className="address")]),
                html.P("Come back here when you are through, and whenever something goes wrong."),
                html.Div(
                    [html.Button("Done", type="button", className="through"), _calm("Something went wrong", "wrong")],
                    className="buttons",
                ),
            ]
    return html.Section([*inside, html.P(className="refusal", role="alert", hidden=True)], className="work", hidden=True)


def _step(words: str) -> Component:
    done = html.Button("Done", type="button", className="step-done")
    buttons = html.Div([done, _calm("I cannot do this", "step-cannot")], className="buttons")
    return html.Li(html.Div([html.P(words, dir="auto"), buttons]))


def _calm(words: str, name: str) -> Component:
    return html.Button(words, type="button", className=f"calm {name}")
