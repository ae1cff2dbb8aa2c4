"""What was so on earlier days, kept for ten minutes: a room whose tables change each minute does not measure all of it twice.

Rows that are dated later change nothing of it. Only who loads the past anew does: whatever was made of results that an earlier
state of the store gave says until when they are kept, and is to be made again then.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar, cast

from wallboard.clock import elapsed
from wallboard.metrics.scope import Scope

KEPT_FOR = 600.0
"""Seconds."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Past:
    """One result, the day on which it was measured, when (in seconds), and of which state of the store."""

    today: date
    since: float
    state: Hashable
    result: object


class PastUse:
    """Uses what is kept while one state of the store is measured.

    renew_at: when the first result is measured anew that another state gave (in seconds of elapsed); None where none was used.
    """

    def __init__(self, past: dict[Hashable, _Past], state: Hashable) -> None:
        self._past, self._state = past, state
        self.renew_at: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether what was made of it is to be made again."""
        return self.renew_at is not None and elapsed() >= self.renew_at

    def of(self, key: Hashable, today: date, read: Callable[[], _T], passing: tuple[type, ...]) -> _T:
        """The result that is kept, or a new one; those of the types `passing` are not kept."""
        past, now = self._past.get(key), elapsed()
        if past and past.today == today and now - past.since < KEPT_FOR:
            if past.state != self._state:
                self.renew_at = min(self.renew_at or past.since + KEPT_FOR, past.since + KEPT_FOR)
            return cast(_T, past.result)
        result = read()
        if not isinstance(result, passing):
            self._past[key] = _Past(today, now, self._state, result)
        return result


past_in_use: ContextVar[PastUse | None] = ContextVar("what is kept of the past", default=None)
"""That of the memo inside which metrics are taken (wallboard.metrics.memo)."""


def days_ago(scope: Scope, days: int, what: Hashable, read: Callable[[Scope], _T], passing: tuple[type, ...] = ()) -> _T:
    """What `read` gives as of so many days ago, at that hour: kept by its name `what` inside a memo, outside simply read."""

    def measured() -> _T:
        return read(replace(scope, as_of=scope.as_of - timedelta(days=days)))

    use = past_in_use.get()
    if use is None:
        return measured()
    return use.of((what, days, scope.perimeters, scope.places), scope.today, measured, passing)
