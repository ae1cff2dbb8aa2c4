"""What the sign-in by OpenID Connect uses of its libraries, which no server holds before somebody signs in that way."""

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
    "JWSRegistry",
    "JoseError",
    "KeySet",
    "OAuth2Session",
    "OAuthError",
    "RequestException",
    "jwt",
]
