"""Answers a pulse with nothing new before Flask is asked: every screen asks every two seconds, for months.

Of one that comes after two idle seconds, Flask and what stands around each of its routes are the larger part.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from wallboard.screens.guard import is_well_formed
from wallboard.screens.serialise import as_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = "/pulse"
ABOUT = {"Content-Type": "application/json", "Cache-Control": "no-store", "Vary": "Accept-Encoding"}
LARGEST = 400
"""Bytes of the longest answer that is given here: the application packs longer ones."""


@lru_cache(maxsize=256)
def _fields(query: str) -> Mapping[str, str] | None:
    """What an address asks, which a screen repeats for hours; None where the application says what is wrong with it."""
    if "state=" not in query or not query.isascii() or not is_well_formed(ADDRESS, query):
        return None
    pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
    return MappingProxyType(dict(reversed(pairs)))  # of two alike the first counts


class PulseMiddleware:
    """Stands before the application of one room, which answers whatever is not this one question, or fails here.

    `answer` is what the route itself says to the fields of an address, `headers` what the application sets on each answer.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        answer: Callable[[Mapping[str, str]], dict[str, object]],
        headers: Callable[[], Mapping[str, str]],
    ) -> None:
        self._application, self._answer, self._headers = application, answer, headers

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """One request, as any WSGI application answers it."""
        if environ["PATH_INFO"] == ADDRESS and environ["REQUEST_METHOD"] == "GET" and (body := self._unchanged(environ)):
            start_response("200 OK", [*ABOUT.items(), ("Content-Length", str(len(body))), *self._headers().items()])
            return [body]
        return self._application(environ, start_response)

    def _unchanged(self, environ: "WSGIEnvironment") -> bytes | None:
        """The answer to a screen that knows all but the time; None where there is more to say, or something is wrong."""
        try:
            fields = _fields(environ.get("QUERY_STRING", ""))
            if fields is None:
                return None
            answer = self._answer(fields)
        except Exception:  # the application says why
            return None
        body = as_bytes(answer) if "state" in answer and "tokens" not in answer else b""
        return body if len(body) <= LARGEST else None
