"""Slows down whoever guesses passwords."""

from collections import deque
from collections.abc import Callable
from math import ceil
from threading import Lock

from wallboard.clock import elapsed
from wallboard.errors import TooManyTries

TRIES, WITHIN = 10, 300.0
"""So many tries in so many seconds; then one waits."""

REMEMBERED = 10_000
"""Names and addresses at most; the oldest is forgotten first."""


class Tries:
    """When each name was tried from each address; a lost memory (a restart) only helps whoever waits."""

    def __init__(self, elapsed: Callable[[], float] = elapsed) -> None:
        self._elapsed = elapsed
        self._tried: dict[tuple[str, str], deque[float]] = {}
        self._lock = Lock()

    def one_more(self, login: str, address: str) -> None:
        """Count a try; raises TooManyTries with how long to wait. An unknown name is counted like a known one."""
        key, now = (login.strip().lower()[:80], address), self._elapsed()
        with self._lock:
            tried = self._tried.pop(key, deque())
            while tried and tried[0] <= now - WITHIN:
                tried.popleft()
            self._tried[key] = tried
            if len(self._tried) > REMEMBERED:
                self._tried.pop(next(iter(self._tried)))
            if len(tried) >= TRIES:
                raise TooManyTries("sign-in", f"{TRIES} tries did not work.", f"Try again {_in(tried[0] + WITHIN - now)}.")
            tried.append(now)

    def entered(self, login: str, address: str) -> None:
        """The password was right: the tries before are forgotten."""
        with self._lock:
            self._tried.pop((login.strip().lower()[:80], address), None)


def _in(seconds: float) -> str:
    if seconds <= 60:
        return "in a minute"
    return f"in {ceil(seconds / 60)} minutes"
