"""Who changed what, before and after."""

from math import ceil

import orjson
from dash import html
from dash.development.base_component import Component

from wallboard.errors import RuleRefused
from wallboard.records.trail import Change, changes, count_changes
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import fold
from wallboard.screens.console.wording import who_may

SIZE = 50
LONGEST = 2_000
"""Letters of one row that are shown; the store keeps all of it."""

CALLED = {
    "issue_step": "step of issue",
    "issue_voice": "voice of issue",
    "intake": "relayed issue",
    "shrunk_snapshot": "export that has shrunk",
    "verdict": "verdict on relayed issue",
}
"""What people call the rows of the store that are named otherwise there."""


def trail(page: PageContext) -> list[Component]:
    """One page of all changes, newest first."""
    if not page.allowed("judged"):
        raise RuleRefused("the room", who_may("judged", page), "")
    pages = max(1, ceil(count_changes(page.connection) / SIZE))
    number = page.query.get("page", "1")
    at = min(pages, max(1, int(number[:6]))) if number.isascii() and number.isdigit() else 1
    rows = [html.Li(_change(change, page)) for change in changes(page.connection, at, SIZE)]
    links = [(at - 1, "Newer"), (at + 1, "Older")]
    turn = [html.A(words, href=f"/room/audit?page={to}") for to, words in links if 1 <= to <= pages]
    foot = html.Nav([*turn, html.Span(f"page {at} of {pages}")], className="chips")
    shown = html.Ol(rows, className="trail") if rows else html.P("Nobody has changed anything yet.", className="hint")
    return [html.Header([html.H1("Who changed what")]), shown, foot]


def _change(change: Change, page: PageContext) -> Component:
    when = f"{page.theme.full_day(change.at.astimezone(page.theme.zone).date())}, {page.theme.clock(change.at)}"
    head = [
        html.B(change.by or "the program"),
        html.Span(f"{_called(change.changed)} {change.row_key}: {change.did}"),
        html.Span(when),
    ]
    sides = [html.Div([html.H3("before"), *_row(change.was)]), html.Div([html.H3("after"), *_row(change.became)])]
    return fold(head, html.Div(sides, className="sides"))


def _called(table: str) -> str:
    return CALLED.get(table, _spoken(table))


def _row(json_text: str | None) -> list[Component]:
    if json_text is None:
        return [html.P("nothing", className="hint")]
    row = orjson.loads(json_text)
    fields = [(key, value) for key, value in row.items() if value is not None] if isinstance(row, dict) else [("row", row)]
    return [html.Dl([part for key, value in fields for part in (html.Dt(_spoken(key)), html.Dd(_shown(value), dir="auto"))])]


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _spoken(name: str) -> str:
    return name.replace("_", " ")
