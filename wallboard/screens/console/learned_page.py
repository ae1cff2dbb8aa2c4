"""What we learned since last time, at arm's length: everything that is new, and the form that adds to the learning log."""

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.verdicts import SIGNALS
from wallboard.drawing.words import quote
from wallboard.metrics.learned import LEARNED, RESEARCH, SIGNAL, TRIED, VOICES, Learned, learned
from wallboard.metrics.scope import Scope
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form, select, text
from wallboard.screens.console.wording import who_may


def learned_page(page: PageContext) -> list[Component]:
    """What is new by its kind, and the form."""
    rows = learned(page.connection, Scope.of(page.settings, page.theme.now))
    since = f"Since the room met on {page.day(rows[0].since_day)}: this is new." if rows else ""
    none = "The room has not met before today. Whatever is new since its first meeting will appear here."
    head = html.Header([html.H1("What we learned since last time"), html.P(since or none, className="hint")])
    kinds: dict[str, tuple[str, Callable[[Learned, PageContext], str]]] = {
        VOICES: ("What customers said", _voices),
        RESEARCH: ("Research", _studied),
        SIGNAL: ("Signals", _signalled),
        TRIED: ("What we tried ourselves", _tried),
        LEARNED: ("What we wrote down", _wrote),
    }
    lists = [_kind(title, [row for row in rows if row.kind == kind], say, page) for kind, (title, say) in kinds.items()]
    return [head, html.Div([html.Div(lists if rows else [], className="kinds"), _form(page)], className="learned-log")]


def _kind(title: str, rows: list[Learned], say: Callable[[Learned, PageContext], str], page: PageContext) -> Component:
    lines = html.Ul([html.Li(say(row, page), dir="auto") for row in rows]) if rows else html.P("Nothing new.", className="hint")
    return html.Section([html.H2(title), lines])


def _voices(row: Learned, page: PageContext) -> str:
    name = quote(row.what) if row.key else "no stage"
    if not row.n:
        return f"{name}: nothing new"
    bad = f", {page.count(row.bad, 'complaint', 'complaints')}" if row.bad else ""
    return f"{name}: {page.count(row.n, 'voice', 'voices')}{bad}"


def _studied(row: Learned, page: PageContext) -> str:
    return f"{row.what} ({page.theme.sample(row.n)}): {row.detail}"


def _signalled(row: Learned, page: PageContext) -> str:
    return f"{row.what}: {SIGNALS.get(row.detail or '', row.detail)}, {page.day(row.day or row.since_day)}"


def _tried(row: Learned, page: PageContext) -> str:
    given_up = f", {row.bad} of them given up" if row.bad else ""
    return f"{row.what}: {page.count(row.n or 0, 'time', 'times')}{given_up}"


def _wrote(row: Learned, page: PageContext) -> str:
    return f"{row.what} ({row.detail}, {page.day(row.day or row.since_day)})"


def _form(page: PageContext) -> Component:
    if not page.allowed("learned"):
        return html.P(who_may("learned", page), className="hint")
    fields = [
        text("words", "What did you learn about our customers?", hint="one thing, in plain words", rows=3),
        select("stage", "Stage", page.names.stages, first="the whole journey"),
    ]
    return html.Section([html.H2("Write it down"), form("/room/do/learn/0", fields, button("Write it down"), name="learn")])
