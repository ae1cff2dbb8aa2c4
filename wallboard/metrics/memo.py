"""Metrics that several panels ask for are taken once: who asks again of the same store and scope gets the same rows."""

import inspect
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Results = dict[Hashable, "Future[Any]"]


class Memo:
    """The results of the newest few states of one store."""

    def __init__(self, keep: int = 3) -> None:
        self._keep = keep
        self._lock = Lock()
        self._states: OrderedDict[Hashable, _Results] = OrderedDict()

    @contextmanager
    def of(self, state: Hashable) -> Iterator[None]:
        """Metrics taken inside share their results; `state` is the same only for the same rows in the store."""
        with self._lock:
            results = self._states.setdefault(state, {})
            self._states.move_to_end(state)
            while len(self._states) > self._keep:
                self._states.popitem(last=False)
        token = _current.set((self._lock, results))
        try:
            yield
        finally:
            _current.reset(token)


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
