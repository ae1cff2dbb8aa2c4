"""The room as a process of its own, whose CPU time and memory can be read from outside."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import clock_gettime, sleep

from bench.rooms import Ready
from wallboard.clock import elapsed

MAIN = "from wallboard.cli import main; main()"
_SCHEDULED = 2
"""Linux's name for the CPU clock of another process is made of its id and of this (CPUCLOCK_SCHED)."""


@dataclass(eq=False)
class Server:
    """`wallboard serve`, and one connection to it that stays open."""

    port: int
    process: "subprocess.Popen[bytes]"
    started: float
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, address: str) -> bytes:
        """The body at an address."""
        self.connection.request("GET", address)
        return self.connection.getresponse().read()

    def cpu(self) -> float:
        """Milliseconds of CPU that the process has used so far, to the nanosecond: /proc counts in hundredths of a second."""
        return clock_gettime(~self.process.pid << 3 | _SCHEDULED) * 1000

    def memory(self) -> float:
        """Resident megabytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def serving(ready: Ready) -> Iterator[Server]:
    """A fresh process that answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-c", MAIN, "--root", str(ready.room.root), "serve", "--port", str(port), "--at", ready.at]
    began = elapsed()
    process = subprocess.Popen(command, cwd=ready.checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answering(port)
        yield Server(port, process, elapsed() - began)
    finally:
        process.terminate()
        process.wait(10)


def answering(port: int, address: str = "/healthz", within: float = 300) -> None:
    """Wait until a server answers there."""
    end = elapsed() + within
    while elapsed() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", address)
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            sleep(0.05)
        finally:
            connection.close()
    raise TimeoutError(f"the room did not answer on port {port} within {within:.0f} s")
