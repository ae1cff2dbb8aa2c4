"""Lights a room for a test: the production server in a thread, or the whole program as a process that can be killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import orjson
from dash import Dash
from sqlalchemy import Engine
from waitress.server import create_server
from waitress.wasyncore import close_all

from tests.browser.watching import until
from wallboard.app import create_app
from wallboard.clock import Clock
from wallboard.serve import LIMITS, THREADS
from wallboard.settings import Room
from wallboard.store.open import open_store

_dark: list[int] = []
"""Ports of rooms that are not lit any more: a browser that has been there has the scripts of the next one compiled already."""
MAIN = "from wallboard.cli import main; main()"


@dataclass(frozen=True)
class Lit:
    """A room that is being served."""

    room: Room
    url: str
    engine: Engine
    dash: Dash

    def health(self) -> dict[str, Any]:
        """What /healthz says."""
        return health(self.url)


@contextmanager
def served(room: Room, clock: Clock, port: int | None = None) -> Iterator[Lit]:
    """The room behind waitress, on a free port unless told otherwise."""
    with free_port() if port is None else nullcontext(port) as there, _served(room, clock, there) as lit:
        yield lit


@contextmanager
def _served(room: Room, clock: Clock, port: int) -> Iterator[Lit]:
    engine = open_store(room.store_url)
    dash = create_app(room, clock, engine)
    sockets: dict[int, Any] = {}
    server = create_server(dash.server, map=sockets, host="127.0.0.1", port=port, threads=THREADS, **LIMITS)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Lit(room, f"http://127.0.0.1:{server.effective_port}", engine, dash)
    finally:
        _end(server, thread, sockets)
        engine.dispose()


def _end(server: Any, thread: Thread, sockets: dict[int, Any]) -> None:
    """Let the server's thread go, then what still answers, and close last what they pull and listen to.

    Closed by the thread itself, the trigger was gone before this one had pulled it whenever an answer had just woken the thread.
    """
    held: dict[int, Any] = {}

    def leave() -> None:
        held.update(sockets)
        sockets.clear()

    server.trigger.pull_trigger(leave)
    thread.join(10)
    server.task_dispatcher.shutdown()
    close_all(held, ignore_all=True)


@contextmanager
def free_port() -> Iterator[int]:
    """A port that nobody listens on just now: where a room has stood before, or another one."""
    port = next((known for known in reversed(_dark) if _is_free(known)), 0) or new_port()
    if port in _dark:
        _dark.remove(port)
    try:
        yield port
    finally:
        _dark.append(port)


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def new_port() -> int:
    """A port that nobody listens on just now, and where no room has stood."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Program:
    """`wallboard serve` as a process of its own."""

    def __init__(self, root: Path, port: int, at: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-c", MAIN, "--root", str(root), "serve", "--port", str(port), "--at", at]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it is well."""
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONWARNINGS": "default"}
        )
        until(self.answers, within=90)

    def kill(self) -> None:
        """End it without a chance to say goodbye."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def answers(self) -> bool:
        """Whether it is well."""
        try:
            return bool(health(self.url)["app"] == "customer-room")
        except (URLError, ConnectionError, TimeoutError):
            return False


def health(url: str) -> dict[str, Any]:
    """What /healthz says."""
    with urlopen(f"{url}/healthz", timeout=20) as answer:
        status: dict[str, Any] = orjson.loads(answer.read())
    return status
