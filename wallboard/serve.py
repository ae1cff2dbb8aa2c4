"""The production server."""

import ctypes
import gc
import resource
from collections.abc import Callable
from typing import TYPE_CHECKING

from waitress import create_server

from wallboard.errors import NotServed

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 12

LIMITS: dict[str, object] = {
    "connection_limit": 3_000,  # 400 screens and followers, each with the six connections that a browser opens
    "channel_timeout": 30,  # a screen asks every two seconds: who is silent for longer gives its place to others
    "cleanup_interval": 10,
    "asyncore_use_poll": True,  # select() knows no more than 1,024 files
    "max_request_header_size": 32_768,
    "max_request_body_size": 8_000_000,  # twice what the largest form may bring; each route allows less by itself
    "inbuf_overflow": 1_000_000,
}
"""What the server takes from strangers."""

_FILES = 8_192
_ARENA_MAX = -8
"""glibc's name for it (malloc.h)."""


def serve_forever(
    server: "WSGIApplication", host: str, port: int, proxy: str | None = None, begun: Callable[[], None] | None = None
) -> None:
    """Serve until the process is stopped; raises NotServed where somebody else listens already.

    `proxy` is the address of the one proxy that is believed when it says who asks, and by which scheme; `begun` is called
    when somebody who asks is heard.
    """
    gc.collect()
    gc.enable()
    use_one_arena()
    gc.freeze()  # what was made to start with lives for months: looking through it again costs a picture 90 ms
    _allow_files()
    try:
        listening = create_server(
            server, host=host, port=port, threads=THREADS, ident="customer-room", **LIMITS, **proxied(proxy)
        )
    except OSError as error:
        remedy = "Stop what listens there, or choose another with --port (make demo PORT=8051)."
        raise NotServed(f"{host}:{port}", f"the room cannot be served here ({error.strerror}).", remedy) from None
    if begun is not None:
        begun()
    listening.run()


def proxied(proxy: str | None) -> dict[str, object]:
    """How far headers of a proxy are believed: not at all, unless room.toml names the proxy."""
    if proxy is None:
        return {"clear_untrusted_proxy_headers": True}
    believed = {"x-forwarded-for", "x-forwarded-proto"}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": believed,
        "clear_untrusted_proxy_headers": True,
    }


def use_one_arena() -> None:
    """Let all threads take memory from one place, where the C library knows of several.

    glibc would keep a place for each thread that once made something large, and give little of it back: 5 to 20 MB.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_ARENA_MAX, 1)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def _allow_files() -> None:
    """Every connection is a file: let this process have as many as the system allows it, up to what it needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
