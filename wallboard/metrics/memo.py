"""Metrics that several panels ask for are taken once: who asks again of the same store and scope gets the same rows."""

import inspect
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from wallboard.metrics.past import PastUse, past_in_use

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Results = dict[Hashable, "Future[Any]"]


class Memo:
    """The results of the newest few states of one store, and what they share of the past.

    Whoever measures the same store takes the same memo: pictures, and the scenes that are made of what is measured.
    """

    def __init__(self, keep: int = 3) -> None:
        self._keep = keep
        self._lock = Lock()
        self._states: OrderedDict[Hashable, tuple[_Results, PastUse]] = OrderedDict()
        self._past: dict[Hashable, Any] = {}

    @contextmanager
    def of(self, state: Hashable) -> Iterator[PastUse]:
        """Metrics taken inside share their results; `state` is the same only for the same rows in the store."""
        with self._lock:
            if state not in self._states or self._states[state][1].is_over:
                self._states[state] = {}, PastUse(self._past, state)
            results, past = self._states[state]
            self._states.move_to_end(state)
            while len(self._states) > self._keep:
                self._states.popitem(last=False)
        tokens = _current.set((self._lock, results)), past_in_use.set(past)
        try:
            yield past
        finally:
            _current.reset(tokens[0])
            past_in_use.reset(tokens[1])


def state_of(as_of: datetime, versions: Mapping[str, int]) -> Hashable:
    """The same only for the same instant and the same rows in the store."""
    return as_of, tuple(sorted(versions.items()))


_current: ContextVar[tuple[Lock, _Results] | None] = ContextVar("the memo in use", default=None)


def in_memo() -> bool:
    """True inside a memo: it may pay to measure more than was asked for."""
    return _current.get() is not None


def memoised(read: Callable[_P, _T]) -> Callable[_P, _T]:
    """Read once for the same scope and options inside a memo; outside of one, simply read.

    All who ask get the same object, which nobody changes. Who asks while another thread is reading waits for that one. A reading
    that fails is tried again by the next to ask.
    """
    signature = inspect.signature(read)

    @wraps(read)
    def once(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        current = _current.get()
        if current is None:
            return read(*args, **kwargs)
        lock, results = current
        call = signature.bind(*args, **kwargs)
        call.apply_defaults()
        key = (read, *list(call.arguments.values())[1:])
        with lock:
            theirs = results.get(key)
            mine: Future[_T] = results.setdefault(key, Future())
        if theirs:
            there: _T = theirs.result()
            return there
        try:
            mine.set_result(read(*args, **kwargs))
        except BaseException as failure:
            with lock:
                del results[key]
            mine.set_exception(failure)
            raise
        return mine.result()

    return once
