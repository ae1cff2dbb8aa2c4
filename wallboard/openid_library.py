"""What the sign-in by OpenID Connect uses of its libraries, which no server holds before somebody signs in that way."""

from collections.abc import Collection
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException

__all__ = [
    "CodeIDToken",
    "ExpiredTokenError",
    "InvalidKeyIdError",
    "JoseError",
    "OAuth2Session",
    "OAuthError",
    "RequestException",
    "decoded",
]


def decoded(token: str, keys: Any, algorithms: Collection[str]) -> Any:
    """A token whose signature one of the keys made (RFC 7517, RFC 7519); raises JoseError."""
    signatures = JWSRegistry(algorithms=list(algorithms), strict_check_header=False)
    return jwt.decode(token, KeySet.import_key_set(keys), None, signatures)
