"""Measures that several panels ask for are taken once: who asks again of the same store and scope gets a copy."""

import inspect
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import pandas as pd

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Found = dict[Hashable, "Future[Any]"]


class Shelf:
    """What was measured of the newest few states of one store."""

    def __init__(self, keep: int = 3) -> None:
        self._keep = keep
        self._lock = Lock()
        self._states: OrderedDict[Hashable, _Found] = OrderedDict()

    @contextmanager
    def sharing(self, state: Hashable) -> Iterator[None]:
        """Measures taken inside share what they find; `state` is the same only for the same rows in the store."""
        with self._lock:
            known = self._states.setdefault(state, {})
            self._states.move_to_end(state)
            while len(self._states) > self._keep:
                self._states.popitem(last=False)
        token = _here.set((self._lock, known))
        try:
            yield
        finally:
            _here.reset(token)


_here: ContextVar[tuple[Lock, _Found] | None] = ContextVar("shared measures", default=None)


def is_sharing() -> bool:
    """True inside a `sharing` block: it may pay to measure more than was asked for."""
    return _here.get() is not None


def shared(measure: Callable[_P, pd.DataFrame]) -> Callable[_P, pd.DataFrame]:
    """Take a measure once for the same scope and options inside a `sharing` block; outside of one, simply take it.

    Each who asks gets a copy. Who asks while another thread is measuring waits for that one. A measure that fails is tried
    again by the next to ask.
    """
    once = shared_reading(measure)

    @wraps(measure)
    def copied(*args: _P.args, **kwargs: _P.kwargs) -> pd.DataFrame:
        return once(*args, **kwargs).copy(deep=False)

    return copied


def shared_reading(read: Callable[_P, _T]) -> Callable[_P, _T]:
    """Like `shared`, for what nobody changes: all who ask get the same object."""
    signature = inspect.signature(read)

    @wraps(read)
    def once(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        here = _here.get()
        if here is None:
            return read(*args, **kwargs)
        lock, known = here
        asked = signature.bind(*args, **kwargs)
        asked.apply_defaults()
        key = (read, *list(asked.arguments.values())[1:])
        with lock:
            found = known.get(key)
            mine: Future[_T] | None = None if found else known.setdefault(key, Future())
        if found:
            there: _T = found.result()
            return there
        assert mine is not None
        try:
            mine.set_result(read(*args, **kwargs))
        except BaseException as failure:
            with lock:
                del known[key]
            mine.set_exception(failure)
            raise
        return mine.result()

    return once
