"""A small provider of OpenID Connect, over HTTP: it signs tokens, keeps codes and verifiers, and errs as it is told."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Thread
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "room", "kept in a file"
Claims = dict[str, Any]


def _key() -> ECKey:
    return ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)


@dataclass
class OpenIdProvider:
    """One provider; `mend` changes what it says of a person, `encode` how it signs that."""

    issuer: str = ""
    key: ECKey = field(default_factory=_key)
    person: Claims = field(default_factory=lambda: {"preferred_username": "fay"})
    mend: Callable[[Claims], Any] = lambda _: None
    encode: Callable[[Claims], str] | None = None
    document: Claims = field(default_factory=dict)
    silent: bool = False
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __call__(self, environ: Any, start: Any) -> Any:
        request = Request(environ)
        self.asked.append(request.path)
        return self.answer(request)(environ, start)

    def answer(self, request: Request) -> Response:
        if self.silent:
            return Response("Bad gateway", 502)
        if request.path.endswith("/.well-known/openid-configuration"):
            return _json(self.offers())
        if request.path == "/keys":
            return _json(dict(KeySet([self.key]).as_dict(private=False)))
        return self.redeemed(request) if request.path == "/token" else Response("", 404)

    def offers(self) -> Claims:
        named = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        addresses = {name: f"{self.issuer}/{path}" for name, path in {**named, "end_session_endpoint": "out"}.items()}
        return {"issuer": self.issuer, "code_challenge_methods_supported": ["S256"]} | addresses | self.document

    def signs_in(self, asked: str) -> str:
        """What a browser brings back that went to `asked` and whose person signed in there."""
        query = {name: values[0] for name, values in parse_qs(asked.partition("?")[2]).items()}
        assert query["response_type"] == "code" and query["client_id"] == CLIENT and query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return urlencode({"code": code, "state": query["state"], "iss": self.issuer})

    def redeemed(self, request: Request) -> Response:
        basic = b64decode(request.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        if basic != f"{CLIENT}:{SECRET}":
            return _json({"error": "invalid_client"}, 401)
        asked = self.codes.pop(request.form["code"], None)
        challenge = urlsafe_b64encode(sha256(request.form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"] or request.form["redirect_uri"] != asked["redirect_uri"]:
            return _json({"error": "invalid_grant"}, 400)
        now = int(time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        claimed = claims | self.person
        self.mend(claimed)
        return _json({"access_token": "a", "token_type": "Bearer", "id_token": (self.encode or self.signed)(claimed)})

    def signed(self, claims: Claims) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)

    def by_the_clients_secret(self, claims: Claims) -> str:
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET.encode()), algorithms=["HS256"])

    def by_another_key(self, claims: Claims) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, _key())


def unsigned(claims: Claims) -> str:
    parts = ({"alg": "none"}, claims)
    return ".".join([*(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts), ""])


def _json(content: Claims, status: int = 200) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")


@contextmanager
def providing() -> Iterator[OpenIdProvider]:
    provider = OpenIdProvider()
    server = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
