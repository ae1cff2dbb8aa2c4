"""The page of one task: what it is, a start button, the form or the steps, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component
from flask import Blueprint, request
from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.drawing.trials import cost_words, customers_words, fared_words
from wallboard.metrics.scope import Scope
from wallboard.metrics.tasks import Attempt, Task, attempts, tasks
from wallboard.records.users import User
from wallboard.screens.console.door import sign_in
from wallboard.screens.console.session import Sessions
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
        return Sessions(self.clock, self.room.settings.https)

    def blueprint(self) -> Blueprint:
        """What the pages send to the room."""
        room = self.room
        return Routes(room.settings, self.engine, self.clock, room.media, self.sessions, Stopwatch()).blueprint()

    def page(self, path: str, asked: Mapping[str, str]) -> Component:
        """The page at /try/<task>, all tasks at /try; raises NotFound with the nearest task."""
        key = path.removeprefix("/try").strip("/")
        theme, scope = self.theme(), Scope.of(self.room.settings, self.clock())
        with reading(self.engine) as connection:
            if not key:
                return self._around([html.A("← The walk", href="/journey")], everything(tasks(connection, scope), theme))
            found = known(connection, scope, self.room.media, key)
            tried = attempts(connection, scope, found.row.task)
            me = self.sessions.user(connection, request)
            if me is None and "sign" in asked:
                return sign_in(connection, self.room.settings, golden_rules(connection, theme.today), path)
        over = "attempt" in asked or "outcome" in asked
        inside = result(found, tried, asked, theme) if over else _to_try(found, tried, me, theme)
        return self._around(_ways(found), inside, **_told(found, over, me))

    def _around(self, ways: list[Component], inside: list[Component], **told: str) -> Component:
        demo = [html.Footer("Demo data", className="demo")] if self.room.settings.demo else []
        back = html.Nav(ways, className="ways-out")
        return html.Main([back, *inside, *demo], className=f"page trying {self.room.settings.theme}", **told)


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


def _told(found: Known, over: bool, me: User | None) -> dict[str, str]:
    """What the page's script needs to know of the task, and of who tries it."""
    row = found.row
    said: dict[str, Any] = {"task": row.task, "kind": row.kind, "over": over, "media": row.media}
    said["me"] = None if me is None else me.id
    if found.form:
        said |= {"pages": found.form.pages, "fields": [asdict(field) for field in found.form.fields]}
    return {"data-try": orjson.dumps(said).decode()}


def _ways(found: Known) -> list[Component]:
    stage = found.row.stage
    back = html.A(f"← {found.row.stage_name}", href=f"/journey/{stage}", **{"data-back": f"/journey/{stage}"})
    return [back, html.Span(found.row.touchpoint_name, dir="auto")]


def _to_try(found: Known, tried: Sequence[Attempt], me: User | None, theme: Theme) -> list[Component]:
    head = html.Header([html.P("Try what we ask of customers"), html.H1(found.row.title, dir="auto")])
    if found.why_not:
        words = f"{found.why_not} It cannot be tried now; the walk goes on."
        return [head, html.P(words, className="missing", role="alert"), html.P(_facts(found, theme), className="facts-of")]
    return [head, _before(found, me, theme), _bar(found), _work(found)]


def _facts(found: Known, theme: Theme) -> list[Component]:
    row = found.row
    said = [_capital(customers_words(row, theme)), cost_words(row, theme), _capital(f"in this room: {fared_words(row, theme)}")]
    return [html.Span(f"{one}.") for one in said if one]


def _before(found: Known, me: User | None, theme: Theme) -> Component:
    scripted = [html.P(SCRIPTED, className="hint")] if found.form and found.form.scripted else []
    kept = [html.P(KEPT, className="hint")] if found.row.kind == "form" else []
    start = html.Button("Start", type="button", className="start")
    inside = [
        html.P(_asks(found, theme), className="asks"),
        html.P(_facts(found, theme), className="facts-of"),
        html.Div([start, _recorded(me)], className="begin"),
        *kept,
        *scripted,
        html.P(className="refusal", role="alert", hidden=True),
    ]
    return html.Section([html.Div(inside, className="told-of"), *_peek(found)], className="before")


def _peek(found: Known) -> list[Component]:
    number = found.row.media
    return [html.Img(src=f"/media/{number}/page/1?width=800", alt="", className="peek")] if found.form and number else []


def _asks(found: Known, theme: Theme) -> str:
    match found.row.kind:
        case "form" if found.form:
            pages = theme.plural(len(found.form.pages), "page", "pages")
            return f"The real form: {theme.plural(found.fields, 'field', 'fields')} on {pages}."
        case "steps":
            return f"{theme.plural(found.fields, 'step', 'steps')}, one after the other. Do each of them for real."
        case _:
            return "A form of the web. It opens in another tab; the room keeps the time."


def _recorded(me: User | None) -> Component:
    if me is not None:
        return html.P(f"{me.name}, your attempt will be recorded: how long, how many errors, and whether you gave up.")
    words = ["Nobody is signed in: you may try, but it is not recorded. ", html.A("Sign in first", href="?sign=in")]
    return html.P([*words, " and come back here."], className="unrecorded")


def _bar(found: Known) -> Component:
    buttons = [html.Button("Give up", type="button", className="calm give-up")]
    if found.row.kind == "form":
        buttons.insert(0, html.Button("Send", type="button", className="send"))
    clock = html.Span([html.B("0:00", className="clock", role="timer"), html.Span("your time")])
    errors = html.Span([html.B("0", className="errors"), html.Span("errors so far")])
    filled = html.Span([html.B("0", className="filled"), html.Span(f"of {found.fields}")]) if found.fields else html.Span()
    return html.Div([clock, errors, filled, html.Div(buttons, className="buttons")], className="clockwork", hidden=True)


def _work(found: Known) -> Component:
    troubles = html.Div(className="troubles", role="alert", hidden=True)
    match found.row.kind:
        case "form":
            inside: list[Component] = [troubles, html.Div(className="paper-form")]
        case "steps":
            inside = [html.Ol([_step(words) for words in found.steps], className="to-do")]
        case _:
            address = str(found.row.address)
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


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
