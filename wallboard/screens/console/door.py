"""The door: sign in; and inside, who one is, what one may do, and where to go."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection

from wallboard.lifecycle.golden import GoldenRule
from wallboard.records.users import anybody
from wallboard.screens.console.navigation import all_pages, open_places
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form, line
from wallboard.screens.console.shell import around, rules_list, sign_out
from wallboard.screens.console.users_page import own_sign_in
from wallboard.settings import Settings

FIRST = (
    "Nobody has been added to this room yet. At the machine that runs it: wallboard user add --login you --name “Your Name” "
    "--role president"
)


UNKNOWN = "Your company’s sign-in says that you are “{login}”. Nobody of that name is in this room: ask the president to add you."


def sign_in(
    connection: Connection,
    settings: Settings,
    rules: list[GoldenRule],
    path: str,
    unknown: str | None = None,
    refused: str | None = None,
) -> Component:
    """The form by which one signs in; afterwards the page that was asked for stands here.

    `unknown`: whom a trusted proxy names, and who is not in this room; `refused`: what was refused of a sign-in by the company.
    """
    fields = [
        line("login", "Your sign-in name", autoComplete="username", autoFocus=True),
        line("password", "Password", kind="password", autoComplete="current-password"),
    ]
    hint = [] if path == "/room" else [html.P("Sign in to see this page.", className="hint")]
    if unknown:
        hint = [html.P(UNKNOWN.format(login=unknown[:80]), className="alert", dir="auto")]
    if refused:
        hint = [html.P(refused, className="alert alert-warning", role="alert", dir="auto")]
    there = (
        [*_by_company(settings, path), form("/room/enter", fields, button("Sign in"), name="enter")]
        if anybody(connection)
        else [html.P(FIRST, className="hint")]
    )
    back = html.P(html.A("Back to the walls (no sign-in needed)", href="/"))
    left = html.Section([html.H1(settings.company), html.P("The room’s console", className="hint"), *hint, *there, back])
    return around(settings, [html.Div([left, rules_list(rules)], className="on-door")])


def _by_company(settings: Settings, path: str) -> list[Component]:
    """The way to the company's provider, where the room has one."""
    declared = settings.sign_in.openid_connect
    if declared is None:
        return []
    there = f"/room/company?{urlencode({'next': path})}"
    return [
        html.A(f"Sign in with {declared.label}", href=there, className="act"),
        html.P("or with an account of this room", className="hint"),
    ]


def inside(page: PageContext, rules: list[GoldenRule]) -> list[Component]:
    """Who is signed in, and the links for that role."""
    mandates = [page.names.function(function) for function in page.me.mandates]
    decides = (
        f"You decide for {', '.join(mandates)}."
        if mandates
        else "You have no mandate: you work on issues but do not decide them alone."
    )
    if page.me.relays_only:
        decides = "As a guest you relay what customers say, and see what becomes of it."
    here = [
        html.H1(page.me.name),
        html.P(f"You are signed in as {page.me.role}.", className="hint"),
        html.P(decides),
        all_pages(open_places(page)),
        html.P(html.A("The walls", href="/")),
        *own_sign_in(page),
        sign_out(),
    ]
    return [html.Section(here), rules_list(rules)]
