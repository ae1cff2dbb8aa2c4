"""Exports that were refused because they had far fewer rows than before, and the word that one is right."""

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.errors import RuleRefused
from wallboard.records.access import Access, may_see
from wallboard.records.acting import Acting
from wallboard.records.shrunk import Snapshot, accept_shrunk, shrunk_snapshots
from wallboard.screens.console.actions import Action, Done
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form
from wallboard.screens.console.sent import Sent


def loads_page(page: PageContext) -> list[Component]:
    """What waits for a yes; raises RuleRefused for whoever may not say it."""
    if not may_see(page.me, Access.SHRUNK):
        raise RuleRefused("the room", "Only a facilitator or the president can confirm a smaller export.", "")
    waiting = [html.Li(_snapshot(snapshot, page)) for snapshot in shrunk_snapshots(page.connection)]
    hint = "An export with far fewer rows than before may be half-written: what it leaves out would be deleted."
    head = html.Header([html.H1("Exports that have shrunk"), html.P(hint, className="hint")])
    listed = html.Ul(waiting, className="admin-list") if waiting else html.P("Nothing is waiting.")
    return [head, listed, html.P(html.A("What has been loaded", href="/status"))]


def _snapshot(snapshot: Snapshot, page: PageContext) -> Component:
    now, before = (page.theme.whole(count) for count in (snapshot.rows_now, snapshot.rows_before))
    summary = html.P(
        [html.B(snapshot.source), f" {snapshot.file}: {now} rows, {before} before; refused {page.instant(snapshot.refused_at)}"]
    )
    if snapshot.accepted_by is not None:
        return html.Div([summary, html.P(f"{snapshot.accepted_by} has confirmed it: the next load takes it.")])
    said_of = {"source": snapshot.source, "content": snapshot.content}
    hidden = [dbc.Input(type="hidden", name=name, value=value) for name, value in said_of.items()]
    words = f"This is right: {page.theme.whole(snapshot.rows_before - snapshot.rows_now)} rows may go"
    return form("/room/do/accept-shrink/0", [summary, *hidden], button(words), name="accept-shrink")


def _accept(act: Acting, _none: int, sent: Sent) -> Done:
    snapshot = accept_shrunk(act, sent.text("source") or "", sent.text("content") or "")
    return Done(f"Written down: the next load takes {snapshot.file}.", "/room/loads")


LOAD_ACTIONS: dict[str, Action] = {"accept-shrink": _accept}
"""What is said about loads."""
