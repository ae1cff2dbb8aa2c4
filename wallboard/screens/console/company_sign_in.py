"""Sign-in by the company's provider of OpenID Connect: there, back, and what is said where it did not work.

Nothing is kept at the server between both: state, nonce and the verifier of PKCE follow from a secret of the browser's own.
"""

import hmac
import logging
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from flask import Blueprint, Request, Response, redirect, request
from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.errors import NotSignedIn, RoomError
from wallboard.openid import LOCAL, NotBelieved, Provider
from wallboard.records.acting import acting
from wallboard.records.passwords import hashed
from wallboard.records.users import add, enter_as, known, named
from wallboard.screens.console.session import BY_COMPANY, Sessions
from wallboard.screens.console.throttle import Tries
from wallboard.settings import Settings
from wallboard.single_sign_on import OpenIdConnect
from wallboard.store.connections import reading

THERE, BACK = "/room/company", "/room/company/back"
ON_THE_WAY, REFUSED = "room_company", "room_refused"
"""Cookies: the secret of a sign-in on its way, and what was refused of it."""

MINUTES = 10
"""So long somebody may take to sign in there."""

ASK = "Ask the president to add you."
AGAIN = "Sign in again, in one tab."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CompanySignIn:
    """Answers browsers that sign in by the company's provider."""

    settings: Settings
    engine: Engine
    clock: Clock
    sessions: Sessions
    tries: Tries
    provider: Provider

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("company", __name__)
        routes.add_url_rule(THERE, view_func=self.there, endpoint="there")
        routes.add_url_rule(BACK, view_func=self.back, endpoint="back")
        return routes

    def there(self) -> Response:
        """Send a browser to the provider, and remember where it wanted to go."""
        secret, page = token_urlsafe(32), page_of_here(request.args.get("next"))
        try:
            address = self.provider.asks(
                self._address(BACK), _derived(secret, "state", page), _derived(secret, "nonce"), _derived(secret, "verifier")
            )
        except RoomError as refusal:
            return self._refused(refusal, page)
        answer = _to(address)
        self._give(answer, ON_THE_WAY, f"{secret}.{quote(page, safe='')}", MINUTES * 60)
        return answer

    def back(self) -> Response:
        """Take in whoever comes back with what the provider gave; each way back is gone once."""
        page = "/room"
        try:
            secret, page = self._on_the_way()
            claims = self._claims(secret)
            answer = self._entered(claims, page)
        except RoomError as refusal:
            answer = self._refused(refusal, page)
        answer.delete_cookie(ON_THE_WAY, path=THERE, httponly=True, samesite="Lax", secure=self._is_private())
        return answer

    def sign_out(self) -> str | None:
        """Where a browser that signed in there goes to sign out there too; None where it need not."""
        if request.cookies.get(BY_COMPANY) is None or not self.provider.declared.signs_out_there:
            return None
        try:
            return self.provider.sign_out(self._address("/room"))
        except RoomError:
            return None

    def _on_the_way(self) -> tuple[str, str]:
        """The secret of this browser and the page it wanted; raises NotBelieved where another one was sent out."""
        secret, _, page = request.cookies.get(ON_THE_WAY, "").partition(".")
        page = page_of_here(unquote(page))
        state = request.args.get("state", "")
        if not secret or not hmac.compare_digest(_derived(secret, "state", page).encode(), state.encode()):
            raise NotBelieved("sign-in", "this browser has not asked for it, or too long ago.", AGAIN)
        return secret, page

    def _claims(self, secret: str) -> dict[str, Any]:
        error, code, issuer = (request.args.get(name, "") for name in ("error", "code", "iss"))
        if issuer and issuer != self.provider.declared.issuer:
            raise NotBelieved("sign-in", "this came from another provider.", AGAIN)
        if error or not code:
            log.warning("the provider of sign-ins let somebody not in: %r", error[:80])
            raise NotBelieved("sign-in", "your company’s sign-in did not let you in.", LOCAL)
        self.tries.one_more("the company’s sign-in", request.remote_addr or "")
        return self.provider.says(code, self._address(BACK), _derived(secret, "nonce"), _derived(secret, "verifier"))

    def _entered(self, claims: dict[str, Any], page: str) -> Response:
        """The browser with a sign-in of the room; raises NotSignedIn where the person is not of it."""
        login = login_of(self.provider.declared, claims)
        with reading(self.engine) as connection:
            is_known, me = known(connection, login), named(connection, login)
        role = None if is_known else role_of(self.provider.declared, claims)
        if role is not None:
            self._added(login, str(claims.get("name") or login), role)
        elif me is None:
            raise NotSignedIn("sign-in", f"“{login}” is not in this room, or has left it.", ASK)
        secret = enter_as(self.engine, self.clock(), login)
        self.tries.entered("the company’s sign-in", request.remote_addr or "")
        answer = _to(page)
        self.sessions.give(request, answer, secret)
        self._give(answer, BY_COMPANY, "1", 12 * 3600, path="/room")
        return answer

    def _added(self, login: str, name: str, role: str) -> None:
        nobody_knows_it = hashed(token_urlsafe(32))
        with acting(self.engine, self.settings, self.clock, None) as act:
            add(act, login, " ".join(name.split())[:80], role, nobody_knows_it)

    def _refused(self, refusal: RoomError, page: str) -> Response:
        """Back to the door, where the refusal stands for a minute."""
        answer = _to(page if page.startswith("/room") else "/room")
        self._give(answer, REFUSED, quote(_sentence(refusal)[:600]), 60, path="/")
        return answer

    def _give(self, answer: Response, name: str, value: str, seconds: int, path: str = THERE) -> None:
        given = {"httponly": True, "samesite": "Lax", "secure": self._is_private(), "path": path}
        answer.set_cookie(name, value, max_age=seconds, **given)  # type: ignore[arg-type]

    def _is_private(self) -> bool:
        return request.is_secure or self.settings.https

    def _address(self, path: str) -> str:
        """An address of this room, as the provider knows it."""
        here = self.settings.address or f"{'https' if self._is_private() else 'http'}://{request.host}"
        return f"{here.rstrip('/')}{path}"


def page_of_here(wanted: str | None) -> str:
    """A page of this room's console that may be gone to after a sign-in; the console itself where it is of anywhere else."""
    page = wanted or ""
    parts = urlsplit(page) if page.isprintable() else urlsplit("")
    is_here = not parts.scheme and not parts.netloc and (parts.path == "/room" or parts.path.startswith(("/room/", "/try")))
    is_plain = is_here and "\\" not in page and "//" not in parts.path and ".." not in parts.path
    return page if is_plain and not parts.path.startswith(THERE) and len(page) <= 400 else "/room"


def login_of(declared: OpenIdConnect, claims: dict[str, Any]) -> str:
    """The room's name for a person of whom the provider says something; raises NotSignedIn where it says too little."""
    login = claims.get(declared.claim)
    if not isinstance(login, str) or not login.strip() or len(login.strip()) > 80 or not login.strip().isprintable():
        raise NotSignedIn("sign-in", f"your company’s sign-in does not say who you are ({declared.claim}).", ASK)
    needs_mail = bool(declared.domains) or declared.claim == "email"
    mail = claims.get("email")
    is_own = isinstance(mail, str) and claims.get("email_verified", True) in (True, "true")
    if needs_mail and not is_own:
        raise NotSignedIn("sign-in", "your company’s sign-in has not made sure of your mail address.", ASK)
    if declared.domains and str(mail).rpartition("@")[2].lower() not in declared.domains:
        raise NotSignedIn("sign-in", "your mail address is of none of the companies that work in this room.", ASK)
    return login.strip().lower()


def role_of(declared: OpenIdConnect, claims: dict[str, Any]) -> str | None:
    """The role of somebody who comes for the first time, by the first group of room.toml that the person is in."""
    claimed = claims.get(declared.groups_claim)
    groups = (
        {str(group) for group in claimed} if isinstance(claimed, list) else {str(claimed)} if isinstance(claimed, str) else set()
    )
    return next((role for group, role in declared.roles.items() if group in groups), None)


def refused(asking: Request) -> str | None:
    """What was refused a moment ago of a sign-in by the company."""
    return unquote(asking.cookies.get(REFUSED, ""))[:600] or None


def _sentence(refusal: RoomError) -> str:
    sentence = f"{refusal.what} {refusal.remedy}".strip()
    return sentence[:1].upper() + sentence[1:]


def _derived(secret: str, what: str, more: str = "") -> str:
    return hmac.digest(secret.encode(), f"{what} {more}".encode(), "sha256").hex()


def _to(address: str) -> Response:
    answer = redirect(address, 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]
