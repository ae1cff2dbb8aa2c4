"""Passwords: hashed and compared with argon2, which takes long and much memory on purpose; never inside a transaction."""

from functools import cache
from secrets import token_urlsafe
from threading import BoundedSemaphore
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from wallboard.errors import RuleRefused

SHORTEST, LONGEST = 10, 1_000
"""Letters of a password."""

Hashed = NewType("Hashed", str)
"""An argon2 hash: all that the store ever keeps of a password."""

_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)
"""Each hash takes 64 MB: however many strangers try to sign in, two are worked out at a time."""


def hashed(password: str) -> Hashed:
    """The hash of a new password; raises RuleRefused where it is too short or too long."""
    if len(password) < SHORTEST:
        raise RuleRefused("password", "is too short.", f"Take {SHORTEST} letters or more.")
    if len(password) > LONGEST:
        raise RuleRefused("password", "is too long.", f"Take {LONGEST:,} characters at most.")
    return _hash(password)


def fits(known: str | None, password: str) -> bool:
    """Whether a password is the one that was hashed; None (nobody of that name) takes as long as a wrong password."""
    compared = known or _nobody()
    with _AT_ONCE:
        try:
            return _HASHER.verify(compared, password[: LONGEST + 1]) and known is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def _hash(password: str) -> Hashed:
    with _AT_ONCE:
        return Hashed(_HASHER.hash(password))


@cache
def _nobody() -> Hashed:
    """The hash of a password that nobody has: made when it is first needed, as it costs every other start of the program time."""
    return _hash(token_urlsafe(16))
