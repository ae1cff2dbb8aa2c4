"""The only place that asks what time it is; everything else is told."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""A function without arguments that gives the present instant, aware, in UTC."""


def running() -> datetime:
    """The instant now."""
    return datetime.now(UTC)


def stopped(at: datetime) -> Clock:
    """A clock that always says `at`; a room under it is replayed as it stood then."""
    instant = at.astimezone(UTC)
    return lambda: instant


def parse_instant(text: str, timezone: str) -> datetime:
    """Read `2026-06-30` or `2026-06-30T09:00` as local time of `timezone`; raises ValueError on anything else."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(timezone))


def elapsed() -> float:
    """Seconds on a clock that only goes forward; for measuring, never for dating."""
    return monotonic()
