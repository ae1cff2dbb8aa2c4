"""What stands around every page of the console: where one can go, and who is signed in."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle.golden import GoldenRule
from wallboard.screens.console.navigation import navigation
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form
from wallboard.screens.demo_note import demo_note
from wallboard.settings import Settings


def shell(page: PageContext, path: str, inside: Sequence[Component], name: str) -> Component:
    """A page of somebody who is signed in."""
    return around(page.settings, [navigation(page, path), html.Div([*inside], className=name)], **{"data-me": str(page.me.id)})


def around(settings: Settings, inside: Sequence[Component], **more: str) -> Component:
    """The page itself; the room that holds demo data says so."""
    demo = demo_note(settings)
    toast = dbc.Toast(id="toast-now", is_open=False, duration=6000, class_name="toast-now")
    look = {"className": f"page console {settings.theme}", "data-bs-theme": settings.theme}
    return html.Main([*inside, toast, *demo], **look, **more)


def sign_out() -> Component:
    """A button to leave with."""
    return form("/room/leave", [], button("Sign out", calm=True), name="leave")


def rules_list(rules: Sequence[GoldenRule]) -> Component:
    """The golden rules with their version: one text for every room."""
    version = max((rule.version for rule in rules), default=1)
    items = [html.Li([html.B(str(rule.number)), html.Span(rule.rule)]) for rule in rules]
    head = html.H2(["The golden rules", html.Small(f"version {version}, the same in every room")])
    return html.Section([head, html.Ol(items)], className="golden")
