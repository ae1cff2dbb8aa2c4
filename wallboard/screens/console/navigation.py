"""Where one can go in the console: few places, and under each of them its pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.records.access import Access, may_see
from wallboard.records.shrunk import shrunk_snapshots
from wallboard.screens.console.page_context import PageContext

USERS, LOADS, WORKING = "users", "loads", "working"
"""What opens a page where no kind of step does: the right to see users, a load that waits for a yes, not to be a guest."""


FOR_GUESTS = ("/room", "/room/issues", "/room/relay", "/room/relayed")
"""Pages that a guest may open: relaying, and what becomes of what was relayed."""


@dataclass(frozen=True)
class ConsolePage:
    """One page: its name, the kind of step (or the word above) that opens it, and where its single things stand."""

    address: str
    name: str
    opens: str
    single: str = ""

    def holds(self, path: str) -> bool:
        """Whether a path is this page, or one of its things."""
        path = path.rstrip("/")
        return path == self.address or (bool(self.single) and path.startswith(self.single))


@dataclass(frozen=True)
class Place:
    """Pages that belong together."""

    name: str
    pages: tuple[ConsolePage, ...]


PLACES = (
    Place(
        "Issues",
        (
            ConsolePage("/room/issues", "All issues", WORKING, "/room/issue/"),
            ConsolePage("/room/relay", "Relay an issue", "relayed"),
            ConsolePage("/room/relayed", "My relayed issues", "relayed", "/room/relayed/"),
        ),
    ),
    Place(
        "Sessions",
        (
            ConsolePage("/room/sessions", "All sessions", "attended", "/room/session/"),
            ConsolePage("/room/commitments", "Commitments", "promised"),
            ConsolePage("/room/decisions", "Decisions", "promised"),
            ConsolePage("/room/council", "Council", "raised"),
        ),
    ),
    Place(
        "Improvements",
        (
            ConsolePage("/room/opportunities", "Opportunities", "marked", "/room/opportunity/"),
            ConsolePage("/room/roster", "Roster", "started"),
            ConsolePage("/room/teams", "Teams", "experienced", "/room/team/"),
            ConsolePage("/room/rollout", "Roll-out", "aware"),
        ),
    ),
    Place(
        "Customers",
        (
            ConsolePage("/room/walk", "The walk", "marked"),
            ConsolePage("/room/research", "Research", "learned"),
            ConsolePage("/room/learned", "What we learned", "learned"),
            ConsolePage("/room/events", "What happened", "learned"),
        ),
    ),
    Place(
        "The room",
        (
            ConsolePage("/room/engagement", "Taking part", "raised"),
            ConsolePage("/room/audit", "Who changed what", "judged"),
            ConsolePage("/room/loads", "Loads", LOADS, "/room/rows"),
            ConsolePage("/room/users", "Users", USERS),
        ),
    ),
)


def is_for_guests(path: str) -> bool:
    """Whether a guest may open a page."""
    path = path.rstrip("/")
    return path in FOR_GUESTS or path.startswith("/room/relayed/")


def open_places(page: PageContext) -> list[Place]:
    """The places with the pages that this person may open."""
    allowed = ((place.name, tuple(each for each in place.pages if _may_open(page, each))) for place in PLACES)
    return [Place(name, pages) for name, pages in allowed if pages]


def navigation(page: PageContext, path: str) -> Component:
    """The bar above each page: the places, the pages of the one where one is, and who is signed in.

    A phone shows where one is, and all of them at a touch.
    """
    places, here = open_places(page), None
    for place in places:
        here = next((each for each in place.pages if each.holds(path)), here)
    listed = html.Ul([_place(place, here, path) for place in places], id="places", className="places")
    who = html.Span([html.Span(page.me.name, dir="auto"), html.Span(f", {page.me.role}", className="role")])
    me = html.A(who, href="/room", className="me", **_current(path.rstrip("/") == "/room"))
    menu = html.Button(
        ["Menu", html.Span(here.name if here else "")],
        type="button",
        className="menu btn btn-secondary",
        **{"aria-expanded": "false", "aria-controls": "places"},
    )
    return html.Nav([menu, listed, me], className="top", **{"aria-label": "The console"})


def all_pages(places: Sequence[Place]) -> Component:
    """All pages by their places, for the first page."""
    return html.Div(
        [html.Section([html.H2(place.name), html.Ul([html.Li(_link(each)) for each in place.pages])]) for place in places],
        className="all-pages",
    )


def _place(place: Place, here: ConsolePage | None, path: str) -> Component:
    """A place leads to its first page; its pages stand beneath it where one is in it, and on a phone always."""
    inside = here in place.pages
    first = html.A(place.name, href=place.pages[0].address, className="place")
    pages = html.Ul([html.Li(_link(each, here, path)) for each in place.pages])
    return html.Li([first, pages], className="here" if inside else "")


def _link(each: ConsolePage, here: ConsolePage | None = None, path: str = "") -> Component:
    exactly = path.rstrip("/") == each.address
    return html.A(each.name, href=each.address, **_current(each == here, "page" if exactly else "true"))


def _current(is_here: bool, how: str = "page") -> dict[str, str]:
    return {"aria-current": how} if is_here else {}


def _may_open(page: PageContext, each: ConsolePage) -> bool:
    """Guests relay and see what becomes of it; what is worked on is for those who work on it; loads while one waits for a yes."""
    opens = each.opens
    if page.me.relays_only and not is_for_guests(each.address):
        return False
    if opens == USERS:
        return may_see(page.me, Access.USERS)
    if opens == LOADS:
        return may_see(page.me, Access.SHRUNK) and any(
            snapshot.accepted_by is None for snapshot in shrunk_snapshots(page.connection)
        )
    return not page.me.relays_only if opens == WORKING else page.allowed(opens)
