"""The production server: places for 400 screens and followers, and who is asking, whatever a header says."""

import ctypes
import gc
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.request import Request, urlopen

import pytest
from flask import Flask, request
from waitress.server import create_server
from waitress.wasyncore import close_all

from tests.conftest import REPOSITORY
from wallboard import serve
from wallboard.serve import LIMITS, _allow_files, proxied, serve_forever


@contextmanager
def serving(**more: Any) -> Iterator[int]:
    """A server that answers who asks and by which scheme, with the limits of the room; gives its port."""
    flask_app = Flask("told")
    flask_app.add_url_rule("/", view_func=lambda: f"{request.remote_addr} {request.scheme}", methods=["GET", "POST"])
    sockets: dict[int, Any] = {}
    server = create_server(flask_app, map=sockets, host="127.0.0.1", port=0, threads=2, **LIMITS, **more)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.trigger.pull_trigger(lambda: close_all(sockets, ignore_all=True))
        thread.join(10)
        server.task_dispatcher.shutdown()


def asked(port: int, data: bytes | None = None, **headers: str) -> str:
    query = Request(
        f"http://127.0.0.1:{port}/", data=data, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    with urlopen(query, timeout=20) as answer:
        return str(answer.read().decode())


def test_silent_connections_do_not_keep_a_screen_out() -> None:
    _allow_files()
    with serving() as port:
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(450)]
        assert asked(port).startswith("127.0.0.1")
        for connection in silent:
            connection.close()


ARENAS = """
import ctypes, os, sys, tempfile, threading
from wallboard.serve import use_one_arena

def arenas():
    library = ctypes.CDLL(None)
    library.fopen.restype = library.fdopen.restype = ctypes.c_void_p
    with tempfile.NamedTemporaryFile() as file:
        stream = ctypes.c_void_p(library.fopen(file.name.encode(), b"w"))
        library.malloc_info(0, stream)
        library.fclose(stream)
        return open(file.name).read().count("<heap nr=")

use_one_arena()
barrier = threading.Barrier(6)
def work():
    kept = [bytes(3000) for _ in range(100)]
    barrier.wait()
threads = [threading.Thread(target=work) for _ in range(5)]
for thread in threads: thread.start()
barrier.wait()
print(arenas())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="the C library tells nothing of its arenas")
def test_all_threads_take_memory_from_one_place() -> None:
    done = subprocess.run([sys.executable, "-c", ARENAS], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    assert done.stdout.strip() == "1"


@pytest.mark.parametrize(
    ("proxy", "who"), [(None, "127.0.0.1 http"), ("127.0.0.1", "10.1.2.3 https"), ("10.9.9.9", "127.0.0.1 http")]
)
def test_a_proxy_is_believed_only_where_the_room_names_it(proxy: str | None, who: str) -> None:
    with serving(**proxied(proxy)) as port:
        assert asked(port, X_Forwarded_For="10.1.2.3", X_Forwarded_Proto="https") == who


@pytest.mark.slow
def test_a_lit_room_looks_for_garbage_again_but_not_through_what_it_started_with(monkeypatch: pytest.MonkeyPatch) -> None:
    lit: list[tuple[bool, bool]] = []

    def run() -> None:
        lit.append((gc.isenabled(), gc.get_freeze_count() > 10_000))

    monkeypatch.setattr(serve, "create_server", lambda *_, **__: SimpleNamespace(run=run))
    gc.disable()
    try:
        serve_forever(Flask("lit"), "127.0.0.1", 0)
    finally:
        gc.enable()
        gc.unfreeze()
    assert lit == [(True, True)]


def test_a_body_that_no_route_takes_is_not_taken_in() -> None:
    with serving() as port, socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n")
        line.settimeout(20)
        assert b"413" in line.recv(200)
