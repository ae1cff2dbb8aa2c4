"""What stands around every page of the console: where one can go, and who is signed in."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle.golden import GoldenRule
from wallboard.records.access import Access, may_see
from wallboard.records.shrunk import shrunk_snapshots
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form
from wallboard.screens.demo_note import demo_note
from wallboard.settings import Settings

USERS, LOADS = "users", "loads"

ROOMS = (
    ("/room/issues", "Issues", "admitted"),
    ("/room/relay", "Relay an issue", "relayed"),
    ("/room/relayed", "My relayed issues", "relayed"),
    ("/room/sessions", "Sessions", "attended"),
    ("/room/commitments", "Commitments", "promised"),
    ("/room/roster", "Roster", "started"),
    ("/room/teams", "Teams", "experienced"),
    ("/room/rollout", "Roll-out", "aware"),
    ("/room/decisions", "Decisions", "promised"),
    ("/room/council", "Council", "raised"),
    ("/room/engagement", "Taking part", "raised"),
    ("/room/walk", "The walk", "marked"),
    ("/room/opportunities", "Opportunities", "marked"),
    ("/room/research", "Research", "learned"),
    ("/room/learned", "What we learned", "learned"),
    ("/room/events", "What happened", "learned"),
    ("/room/audit", "Who changed what", "judged"),
    ("/room/loads", "Loads", LOADS),
    ("/room/users", "Users", USERS),
)
FOR_GUESTS = ("/room", "/room/issues", "/room/relay", "/room/relayed")
"""Pages that a guest may open: relaying, and what becomes of what was relayed."""


def shell(page: PageContext, path: str, inside: Sequence[Component], name: str) -> Component:
    """A page of somebody who is signed in."""
    mine = f"{page.me.name}, {page.me.role}"
    who = dbc.NavLink(mine, href="/room", external_link=True, class_name="me")
    top = html.Nav([*doors(page, path), who], className="top nav nav-pills", **{"aria-label": "The console"})
    return around(page.settings, [top, html.Div([*inside], className=name)], **{"data-me": str(page.me.id)})


def around(settings: Settings, inside: Sequence[Component], **more: str) -> Component:
    """The page itself; the room that holds demo data says so."""
    demo = demo_note(settings)
    toast = dbc.Toast(id="toast-now", is_open=False, duration=6000, class_name="toast-now")
    look = {"className": f"page console {settings.theme}", "data-bs-theme": settings.theme}
    return html.Main([*inside, toast, *demo], **look, **more)


def doors(page: PageContext, path: str = "") -> list[Component]:
    """Links to what this person may open."""
    open_to = [(href, name) for href, name, kind in ROOMS if _may_open(page, kind)]
    return [dbc.NavLink(name, href=href, active=href == path, external_link=True) for href, name in open_to]


def _may_open(page: PageContext, kind: str) -> bool:
    """Guests relay and see what becomes of it; what is worked on is for those who work on it; loads while one waits for a yes."""
    if kind == USERS:
        return may_see(page.me, Access.USERS)
    if kind == LOADS:
        return may_see(page.me, Access.SHRUNK) and any(
            snapshot.accepted_by is None for snapshot in shrunk_snapshots(page.connection)
        )
    return not page.me.relays_only if kind == "admitted" else page.allowed(kind)


def is_for_guests(path: str) -> bool:
    """Whether a guest may open a page."""
    path = path.rstrip("/")
    return path in FOR_GUESTS or path.startswith("/room/relayed/")


def sign_out() -> Component:
    """A button to leave with."""
    return form("/room/leave", [], button("Sign out", calm=True), name="leave")


def rules_list(rules: Sequence[GoldenRule]) -> Component:
    """The golden rules with their version: one text for every room."""
    version = max((rule.version for rule in rules), default=1)
    items = [html.Li([html.B(str(rule.number)), html.Span(rule.rule)]) for rule in rules]
    head = html.H2(["The golden rules", html.Small(f"version {version}, the same in every room")])
    return html.Section([head, html.Ol(items)], className="golden")
