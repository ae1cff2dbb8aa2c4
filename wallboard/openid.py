"""Asks a provider of OpenID Connect who somebody is (OpenID Connect Core 1.0, code flow, with PKCE of RFC 7636).

The libraries for it are imported when somebody signs in that way, and not before.
"""

import hmac
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from wallboard.clock import elapsed, running
from wallboard.errors import RoomError
from wallboard.single_sign_on import OpenIdConnect

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

log = logging.getLogger(__name__)

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures that only the provider can make: no `none`, and none that is made with a secret which two know."""

PATIENCE = 6.0
"""Seconds that the provider may be silent."""

KEPT, REFUSED_FOR = timedelta(hours=1).total_seconds(), 10.0
"""Seconds after which the provider is asked again what it offers; and for which nobody asks one that does not answer."""

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

LOCAL = "An account of the room goes on without it."


class ProviderSilent(RoomError):
    """The provider does not answer, or not as it should."""


class NotBelieved(RoomError):
    """What came back is not what the provider says of whoever asked."""


@dataclass
class Provider:
    """The provider of one room; what it offers and its keys are kept for an hour."""

    declared: OpenIdConnect
    ticks: Callable[[], float] = elapsed
    _offers: Mapping[str, Any] = field(default_factory=dict)
    _keys: Mapping[str, Any] | None = None
    _until: float = 0.0
    _silent_until: float = -1.0
    _lock: Lock = field(default_factory=Lock)

    def offers(self) -> Mapping[str, Any]:
        """The provider's discovery document (OpenID Connect Discovery 1.0); raises ProviderSilent."""
        with self._lock:
            if self._offers and self.ticks() < self._until:
                return self._offers
            if self.ticks() < self._silent_until:
                raise self._silence("has not answered a moment ago")
            try:
                self._offers, self._keys = self._discovered(), None
            except ProviderSilent:
                self._silent_until = self.ticks() + REFUSED_FOR
                raise
            self._until = self.ticks() + KEPT
            return self._offers

    def asks(self, come_back: str, state: str, nonce: str, verifier: str) -> str:
        """Where a browser goes to sign in there; raises ProviderSilent."""
        offers = self.offers()
        with self._client(come_back) as client:
            address, _ = client.create_authorization_url(
                offers["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return str(address)

    def says(self, code: str, come_back: str, nonce: str, verifier: str) -> dict[str, Any]:
        """What the provider says of whoever brought a code; raises ProviderSilent, or NotBelieved."""
        token = self._redeemed(code, come_back, verifier)
        if not isinstance(token.get("id_token"), str):
            raise NotBelieved("sign-in", "your company’s sign-in did not say who you are.", LOCAL)
        claims = self._read(token["id_token"], nonce, token.get("access_token"))
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise NotBelieved("sign-in", "this was meant for another sign-in.", "Sign in again.")
        return claims

    def sign_out(self, back: str) -> str | None:
        """Where a browser goes to sign out there (RP-Initiated Logout 1.0); None where the provider cannot."""
        address = self.offers().get("end_session_endpoint")
        if not isinstance(address, str) or not self._is_safe(address):
            return None
        query = urlencode({"client_id": self.declared.client_id, "post_logout_redirect_uri": back})
        return f"{address}{'&' if '?' in address else '?'}{query}"

    def _discovered(self) -> dict[str, Any]:
        issuer = self.declared.issuer
        offers = self._fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if offers.get("issuer") != issuer:
            raise self._silence(f"calls itself {str(offers.get('issuer'))[:120]!r}, and room.toml calls it {issuer!r}")
        for name in ENDPOINTS:
            if not self._is_safe(str(offers.get(name, ""))):
                raise self._silence(f"names no safe {name}")
        if "S256" not in offers.get("code_challenge_methods_supported", ["S256"]):
            raise self._silence("does not know S256 (PKCE)")
        return offers

    def _is_safe(self, address: str) -> bool:
        """Whether an address of the provider is one of https, or of plain HTTP where the issuer, on this machine, is one."""
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.scheme in ("https", urlsplit(self.declared.issuer).scheme)

    def _redeemed(self, code: str, come_back: str, verifier: str) -> dict[str, Any]:
        library = _library()
        endpoint = self.offers()["token_endpoint"]
        try:
            with self._client(come_back) as client:
                return dict(client.fetch_token(endpoint, code=code, code_verifier=verifier))
        except library.OAuthError as error:
            log.warning("the provider of sign-ins refused a code: %s", error)
            if error.error in ("invalid_client", "unauthorized_client"):
                raise self._silence("does not take the room’s client_id and secret") from None
            raise NotBelieved("sign-in", "it was not finished, or finished twice.", "Sign in again.") from None
        except (library.RequestException, ValueError) as error:
            raise self._silence("does not answer", error) from None

    def _read(self, token: str, nonce: str, access_token: object) -> dict[str, Any]:
        """The claims of an id token whose signature, issuer, audience, time and nonce hold."""
        library = _library()
        client, declared = self.declared.client_id, self.declared
        options = {"iss": {"essential": True, "value": declared.issuer}, "aud": {"essential": True, "value": client}}
        given = {"nonce": nonce, "client_id": client, "access_token": access_token}
        try:
            decoded = self._decoded(token)
            claims = library.CodeIDToken(decoded.claims, decoded.header, options, given)
            claims.validate(now=int(running().timestamp()), leeway=declared.skew_seconds)
        except library.ExpiredTokenError:
            clocks = "Sign in again; if it happens again, the clocks of both are apart."
            raise NotBelieved("sign-in", "what your company’s sign-in said has expired.", clocks) from None
        except (library.JoseError, ValueError, TypeError) as error:
            log.warning("an id token was not believed: %s", error)
            remedy = f"Sign in again; if it happens again, the room’s log says why. {LOCAL}"
            raise NotBelieved("sign-in", "what your company’s sign-in said could not be believed.", remedy) from None
        return dict(claims)

    def _decoded(self, token: str) -> Any:
        library = _library()
        try:
            return library.decoded(token, self._key_set(), ALGORITHMS)
        except library.InvalidKeyIdError:
            return library.decoded(token, self._key_set(anew=True), ALGORITHMS)

    def _key_set(self, *, anew: bool = False) -> Any:
        address = self.offers()["jwks_uri"]
        with self._lock:
            if self._keys is None or anew:
                self._keys = self._fetched(address)
            return self._keys

    def _fetched(self, address: str) -> dict[str, Any]:
        library = _library()
        try:
            with self._client() as client:
                answer = client.get(address, withhold_token=True)
                answer.raise_for_status()
                document = answer.json()
        except (library.RequestException, ValueError) as error:
            raise self._silence("does not answer", error) from None
        if not isinstance(document, dict):
            raise self._silence("does not answer as it should")
        return document

    def _client(self, come_back: str | None = None) -> "OAuth2Session":
        library = _library()
        declared = self.declared
        secret = declared.secret() if come_back else None
        methods = self._offers.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        client: OAuth2Session = library.OAuth2Session(
            declared.client_id,
            secret,
            token_endpoint_auth_method=basic if secret else "none",
            scope=" ".join(declared.scopes),
            redirect_uri=come_back,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
        )
        if declared.ca_file is not None:
            client.verify = str(declared.ca_file)
        return client

    def _silence(self, what: str, error: Exception | None = None) -> ProviderSilent:
        log.warning("the provider of sign-ins %s %s: %s", self.declared.issuer, what, error or "")
        return ProviderSilent("sign-in", f"the provider of your company’s sign-in {what}.", LOCAL)


def _library() -> Any:
    return import_module("wallboard.openid_library")
