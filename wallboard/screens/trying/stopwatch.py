"""How long attempts take by the server's own watch, which also runs in a room that is replayed as of an instant."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from wallboard.clock import elapsed

REMEMBERED = 2_000
"""Attempts at most; the oldest is forgotten first, and then the room's clock alone counts."""


class Stopwatch:
    """Seconds of each attempt from its beginning to its first end: an end that is sent twice takes the same."""

    def __init__(self, elapsed: Callable[[], float] = elapsed) -> None:
        self._elapsed = elapsed
        self._began: OrderedDict[str, float] = OrderedDict()
        self._took: dict[str, float] = {}
        self._lock = Lock()

    def begin(self, name: str) -> None:
        """An attempt begins."""
        with self._lock:
            self._took.pop(name, None)
            self._began[name] = self._elapsed()
            while len(self._began) > REMEMBERED:
                forgotten, _ = self._began.popitem(last=False)
                self._took.pop(forgotten, None)

    def end(self, name: str) -> float:
        """How long it took; 0 where its beginning has been forgotten, as by a restart."""
        with self._lock:
            if name not in self._began:
                return 0.0
            return self._took.setdefault(name, self._elapsed() - self._began[name])
