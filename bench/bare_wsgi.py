"""A WSGI application that does nothing, served as the room is: the least that an answer costs on this machine.

Run by bench.beside as a program of its own: `python -m bench.bare_wsgi PORT`.
"""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from wallboard.serve import serve_forever

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BODY = b'{"build":"%s"}' % (b"0" * 160)
"""As long as a pulse with nothing new."""


def application(_: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """The same bytes to whatever is asked."""
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))])
    return [BODY]


if __name__ == "__main__":
    serve_forever(application, "127.0.0.1", int(sys.argv[1]))
