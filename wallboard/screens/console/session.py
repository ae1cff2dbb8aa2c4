"""Who is signed in with a browser, and whether what it sends was sent from a page of this room."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Self
from urllib.parse import urlsplit

from flask import Request, Response
from sqlalchemy import Connection, Engine

from wallboard.clock import Clock
from wallboard.errors import NotFromHere, NotSignedIn
from wallboard.records.users import SIGNED_IN_FOR, User, named, who
from wallboard.settings import Settings
from wallboard.single_sign_on import TrustedProxy
from wallboard.store.connections import reading

SIGNED_IN = "room"
AT_THE_DOOR = "room_door"
KNOWN = "room_known"
BY_COMPANY = "room_by_company"
"""Cookies: the secret of a sign-in, of a browser that has not signed in yet, the proof that somebody has before, and that the
sign-in came from the company's provider."""

_YEAR = timedelta(days=365)

TOKEN = "X-Room-Token"
"""The header that carries what only a page of this room can read."""


@dataclass(frozen=True)
class Sessions:
    """The cookies of one room; `https`: the room is only reached by https, through a proxy that does not say so."""

    clock: Clock
    https: bool
    proxy: TrustedProxy | None = None

    @classmethod
    def of(cls, clock: Clock, settings: Settings) -> Self:
        """The sign-ins of a room by its settings."""
        return cls(clock, settings.https, settings.sign_in.trusted_proxy)

    def user(self, connection: Connection, request: Request) -> User | None:
        """Who is signed in: by the room's own sign-in, else whom the trusted proxy names."""
        me = who(connection, self.clock(), request.cookies.get(SIGNED_IN))
        login = None if me else self.named_by_proxy(request)
        return named(connection, login) if login else me

    def named_by_proxy(self, request: Request) -> str | None:
        """Whom the trusted proxy names; raises NotSignedIn where the header comes from another address."""
        login = request.headers.get(self.proxy.header, "").strip() if self.proxy else ""
        if self.proxy and login and not self.proxy.trusts(request.remote_addr):
            raise NotSignedIn(
                "sign-in",
                f"this came with the header {self.proxy.header}, but not from the proxy that room.toml trusts.",
                "Open the room by the address of the proxy.",
            )
        return login or None

    def signed_in(self, engine: Engine, request: Request) -> User:
        """Who is signed in; raises NotSignedIn."""
        with reading(engine) as connection:
            me = self.user(connection, request)
        if me is None:
            again = "Sign in again in another tab, then send this again."
            raise NotSignedIn("the room", "nobody is signed in here any more.", again)
        return me

    def give(self, request: Request, response: Response, secret: str, name: str = SIGNED_IN) -> None:
        """Let the browser keep a secret that no script can read and no other site can use."""
        response.set_cookie(
            name,
            secret,
            max_age=SIGNED_IN_FOR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure or self.https,
        )

    def known_browser(self, request: Request, login: str, hashed: str | None) -> str | None:
        """The name of a browser in which this person has signed in before: what strangers try is not counted against it."""
        name, _, proof = request.cookies.get(KNOWN, "").partition(".")
        if hashed is None or not name or not hmac.compare_digest(_proof(login, name, hashed).encode(), proof.encode()):
            return None
        return f"browser {name}"

    def remember(self, request: Request, response: Response, login: str, hashed: str | None) -> None:
        """Let a browser prove later that this person has signed in with it; a new password ends that."""
        if hashed is None:
            return
        name = token_urlsafe(16)
        response.set_cookie(
            KNOWN,
            f"{name}.{_proof(login, name, hashed)}",
            max_age=_YEAR,
            path="/room/enter",
            httponly=True,
            samesite="Lax",
            secure=request.is_secure or self.https,
        )

    def take_away(self, response: Response) -> None:
        """Let the browser forget its sign-in."""
        response.delete_cookie(SIGNED_IN, httponly=True, samesite="Lax", secure=self.https)
        response.delete_cookie(BY_COMPANY, path="/room", httponly=True, samesite="Lax", secure=self.https)


def _proof(login: str, name: str, hashed: str) -> str:
    return hmac.digest(hashed.encode(), f"{login.strip().lower()} {name}".encode(), "sha256").hex()


def secret_of(request: Request) -> str | None:
    """The browser's secret, signed in or at the door."""
    return request.cookies.get(SIGNED_IN) or request.cookies.get(AT_THE_DOOR)


def new_secret() -> str:
    """The secret of a browser that comes to the door."""
    return token_urlsafe(32)


def token_of(secret: str) -> str:
    """What a page must send back with everything that it writes; it follows from the secret and does not give it away."""
    return hmac.digest(secret.encode(), b"what this browser writes", "sha256").hex()


def sent_from_here(request: Request) -> None:
    """Raises NotFromHere unless a page of this room has sent it."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise NotFromHere("the room", "this was sent from another site.", "Nothing was saved.")
    secret, token = secret_of(request), request.headers.get(TOKEN, "")
    if secret is None or not hmac.compare_digest(token_of(secret).encode(), token.encode()):
        raise NotFromHere("the room", "this was not sent from a page that the room has given you.", "Reload the page.")
