"""The console's pages by their address: who is signed in sees what the role may see, everybody else the door."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from dash import html
from dash.development.base_component import Component
from flask import Blueprint, request
from sqlalchemy import Connection, Engine

from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.errors import NotFound, RoomError, RuleRefused
from wallboard.lifecycle.golden import GoldenRule
from wallboard.metrics.memo import Memo
from wallboard.openid import Provider
from wallboard.records.choices import choices
from wallboard.records.minutes import no_numbers
from wallboard.records.users import User, roles_for
from wallboard.screens.console.commitments_page import commitments_page
from wallboard.screens.console.company_sign_in import CompanySignIn, refused
from wallboard.screens.console.council_page import council_page
from wallboard.screens.console.decision_parts import decisions_page
from wallboard.screens.console.door import inside, sign_in
from wallboard.screens.console.engagement_page import engagement_page
from wallboard.screens.console.events_page import events_page
from wallboard.screens.console.issue_page import issue_page
from wallboard.screens.console.learned_page import learned_page
from wallboard.screens.console.lists import lists
from wallboard.screens.console.loads_page import loads_page
from wallboard.screens.console.navigation import is_for_guests
from wallboard.screens.console.opportunity_pages import opportunities_page, opportunity_page
from wallboard.screens.console.page_context import PageContext, not_at_all
from wallboard.screens.console.relay_page import relay_form
from wallboard.screens.console.relayed_pages import my_relayed, one_relayed
from wallboard.screens.console.research_page import research_page
from wallboard.screens.console.rollout_page import rollout_page
from wallboard.screens.console.roster_page import roster_page
from wallboard.screens.console.routes import Routes
from wallboard.screens.console.rows_page import rows_page
from wallboard.screens.console.session import Sessions
from wallboard.screens.console.session_page import session_page
from wallboard.screens.console.sessions_page import sessions_page
from wallboard.screens.console.shell import shell
from wallboard.screens.console.team_page import team_page
from wallboard.screens.console.teams_page import teams_page
from wallboard.screens.console.throttle import Tries
from wallboard.screens.console.trail_page import trail
from wallboard.screens.console.user_routes import UserRoutes
from wallboard.screens.console.users_page import users_page
from wallboard.screens.console.walk_page import walk_page
from wallboard.screens.rested import RestedNumbers
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.lives import golden_rules


@dataclass(frozen=True)
class Console:
    """The console of one room."""

    settings: Settings
    engine: Engine
    clock: Clock
    theme: Callable[[], Theme]
    views: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    """The scenes of the journey and of a stage, by name and question."""
    silent: Callable[[], Mapping[str, float]] = dict
    """Seconds since each screen of the room was heard."""
    begun: Callable[[int], str | None] | None = None
    """What is told which session has begun, after that has been written."""
    mailed: Callable[[], None] | None = None
    """What sends the letters that have been queued."""
    rested: RestedNumbers | None = None
    """Knows the frozen numbers of sessions."""
    measured: Memo = field(default_factory=Memo)
    """What pictures have measured of the newest states of the store."""

    @property
    def sessions(self) -> Sessions:
        """The sign-ins of this room."""
        return Sessions.of(self.clock, self.settings)

    def blueprint(self) -> Blueprint:
        """What the pages send to and ask of the room."""
        tries = Tries()
        company = self._company(tries)
        signed_out = company.sign_out if company else None
        given = (self.settings, self.engine, self.clock, self.sessions, tries)
        routes = Routes(*given, self.begun, self.mailed, signed_out).blueprint()
        if company is not None:
            routes.register_blueprint(company.blueprint())
        routes.register_blueprint(UserRoutes(self.settings, self.engine, self.clock, self.sessions, tries).blueprint())
        return routes

    def _company(self, tries: Tries) -> CompanySignIn | None:
        declared = self.settings.sign_in.openid_connect
        if declared is None:
            return None
        return CompanySignIn(self.settings, self.engine, self.clock, self.sessions, tries, Provider(declared))

    def page(self, path: str, query: dict[str, str]) -> Component:
        """The page at an address below /room; raises NotFound, or the refusal of what one may not see."""
        with reading(self.engine) as connection:
            theme = self.theme()
            rules = golden_rules(connection, theme.today)
            me = self.sessions.user(connection, request)
            if me is None:
                return sign_in(connection, self.settings, rules, path, self.sessions.named_by_proxy(request), refused(request))
            page = self._page_context(connection, theme, me, query)
            try:
                name, parts = _parts(page, path, rules)
            except RoomError as refusal:
                name, parts = (
                    "none",
                    [html.H1("There is nothing to show here"), html.P(refusal.sentence)],
                )
            return shell(page, path, parts, name)

    def _page_context(self, connection: Connection, theme: Theme, me: User, query: dict[str, str]) -> PageContext:
        known = choices(connection), roles_for(connection)
        freeze = self.begun or not_at_all
        numbers = partial(self.rested.of, connection, theme) if self.rested else no_numbers
        return PageContext(
            connection, self.settings, theme, me, *known, query, self.views, self.silent, freeze, numbers, self.measured
        )


def _parts(page: PageContext, path: str, rules: list[GoldenRule]) -> tuple[str, list[Component]]:
    """The name and the parts of a page; raises NotFound, or RuleRefused where the role has no business there."""
    if page.me.relays_only and not is_for_guests(path):
        raise RuleRefused("the room", "This page is for those who work in this room.", "As a guest you relay what customers say.")
    match [part for part in path.split("/") if part]:
        case ["room"]:
            return "on-door", inside(page, rules)
        case ["room", "issues"]:
            return "on-issues", lists(page) if not page.me.relays_only else my_relayed(page)
        case ["room", "relay"]:
            return "on-relaying", relay_form(page)
        case ["room", "relayed"]:
            return "on-relayed", my_relayed(page)
        case ["room", "relayed", number] if _is_number(number):
            return "on-relayed single", one_relayed(page, int(number))
        case ["room", "issue", number] if _is_number(number):
            return "on-issue", issue_page(page, int(number), rules)
        case ["room", "walk"]:
            return "on-walk", walk_page(page)
        case ["room", "opportunities"]:
            return "on-opportunities", opportunities_page(page)
        case ["room", "opportunity", number] if _is_number(number):
            return "on-opportunity", opportunity_page(page, int(number))
        case ["room", "rollout"]:
            return "on-rollout", rollout_page(page)
        case ["room", "roster"]:
            return "on-roster", roster_page(page)
        case ["room", "teams"]:
            return "on-teams", teams_page(page)
        case ["room", "team", number] if _is_number(number):
            return "on-team", team_page(page, int(number))
        case ["room", "research"]:
            return "on-research", research_page(page)
        case ["room", "learned"]:
            return "on-learned", learned_page(page)
        case ["room", "events"]:
            return "on-events", events_page(page)
        case ["room", "sessions"]:
            return "on-sessions", sessions_page(page)
        case ["room", "session", number] if _is_number(number):
            return "on-session", session_page(page, int(number))
        case ["room", "council"]:
            return "on-commitments", council_page(page)
        case ["room", "engagement"]:
            return "on-commitments", engagement_page(page)
        case ["room", "decisions"]:
            return "on-commitments", decisions_page(page)
        case ["room", "commitments"]:
            return "on-commitments", commitments_page(page)
        case ["room", "users"]:
            return "admin-page", users_page(page)
        case ["room", "loads"]:
            return "admin-page", loads_page(page)
        case ["room", "rows"]:
            return "admin-page", rows_page(page)
        case ["room", "audit"]:
            return "on-audit", trail(page)
        case _:
            raise NotFound(path, "there is no such page in the room.", "Begin at /room")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12
