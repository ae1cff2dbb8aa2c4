"""The room beside a plain Dash wall, in one run: the same 100,000 tickets, the same three charts; what a screen of either costs.

Times move from machine to machine, the ratios hardly. Asked as screens ask, two seconds apart, and back to back; in turn with a
WSGI application that does nothing, which is the least that an answer costs on the machine.
"""

import http.client
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from time import sleep

import orjson
from playwright.sync_api import Browser

from bench.plain_wall import asked
from bench.rooms import REPOSITORY
from bench.server import Server, answering, serving
from bench.table import Figure, judged, middle
from bench.tickets import room_of_tickets
from wallboard.clock import elapsed

APART, IN_A_ROW, WARM = 15, 200, 8
"""Pulses two seconds apart, back to back, and before memory is read, after the first heartbeats have been written."""

VISITS, STARTS = 5, 3
"""New browsers that look at each wall, in turn: a busy minute of the machine falls on all of them. And starts of a server."""

BROWSER_MS = 1_500
"""A new window loads pages of the browser's own; the visit, of either wall, begins when they have come."""

SECONDS = 2.0
OURS, WORDS, PLAIN = "/wall/bench?screen=desk", "/wall/words?screen=desk", "/"
STANDS = """() => document.querySelectorAll('.scene.shown .frame[data-state=current]').length === {panels}
        && !document.querySelector('.scene.shown .waiting') && document.fonts.status === 'loaded'"""
DRAWN = {
    OURS: STANDS.format(panels=3) + " && document.querySelectorAll('.scene.shown .main-svg .trace').length > 0",
    WORDS: STANDS.format(panels=2),
    PLAIN: """() => document.fonts.status === 'loaded' && [...document.querySelectorAll('.js-plotly-plot')]
        .filter((chart) => chart.querySelector('.main-svg .trace')).length === 3""",
}
"""What somebody sees who waits: of all three pictures the last one that they will see, no sentence in the place of one, every
curve and bar drawn, and the words in their typeface."""


@dataclass(frozen=True)
class Cost:
    """What one of the two walls costs: seconds (and milliseconds of CPU) of a start, megabytes, milliseconds of CPU, bytes."""

    start: float
    start_cpu: float
    memory: float
    apart: tuple[float, float]
    in_a_row: tuple[float, float]
    """Of one question, and of one to the application that does nothing, asked in turn."""

    answer: float


def figures(folder: Path, browser: Browser) -> list[Figure]:
    """Each figure of ours beside the aim, and how much of the plain wall's that is."""
    ready, store = room_of_tickets(folder), folder / "tickets.sqlite"
    with serving(ready) as room, _plain(store) as dash:
        visits = _visits(browser, {OURS: room, WORDS: room, PLAIN: dash})
    ours, plain = _costs(
        _Side(lambda: serving(ready), IN_A_ROW, _pulse),
        _Side(lambda: _plain(store), IN_A_ROW // 10, _callback),
    )
    return [
        *_first_visits(visits),
        judged("memory of the server, warm", ours.memory, 150, "MB", _of(ours.memory, plain.memory, "MB")),
        judged("start of the server", ours.start, 2, "s", _of(ours.start, plain.start, "s")),
        Figure("its CPU", f"{ours.start_cpu / 1000:.1f} s", note=_of(ours.start_cpu, plain.start_cpu, "s", 1000)),
        *_pulses("pulse, two seconds apart", ours.apart, plain.apart),
        *_pulses("pulse, back to back", ours.in_a_row, plain.in_a_row),
        judged("its answer", ours.answer, 300, "B", _of(ours.answer, plain.answer, "B")),
    ]


def _first_visits(visits: dict[str, list["Visit"]]) -> list[Figure]:
    (ours, words, plain) = (_middle(visits[path][1:]) for path in (OURS, WORDS, PLAIN))
    cold = visits[OURS][0].seconds, visits[PLAIN][0].seconds
    return [
        judged("first visit: bytes", ours.size / 1e6, 2.5, "MB", _of(ours.size, plain.size, "MB", 1e6, 1 / 3)),
        judged("first visit: requests", ours.requests, 30, "", _of(ours.requests, plain.requests)),
        _timed("first visit: until it is drawn", ours.seconds, plain.seconds),
        _timed("the same of a scene without a chart", words.seconds, plain.seconds),
        Figure("its bytes", f"{words.size / 1e6:.1f} MB", note=f"{words.requests:.0f} requests"),
        Figure("the very first visit after a start, which measures", f"{cold[0]:.2f} s", note=_of(*cold, "s")),
    ]


def _pulses(what: str, ours: tuple[float, float], plain: tuple[float, float]) -> list[Figure]:
    spent, floor = ours
    return [
        judged(what, spent, 1, "ms CPU", _of(spent, plain[0], "ms")),
        Figure(
            "the same of a WSGI application that does nothing",
            f"{floor:.1f} ms CPU",
            note=f"a pulse is {spent / floor:.1f} of it",
        ),
    ]


def _timed(what: str, ours: float, plain: float) -> Figure:
    return Figure(what, f"{ours:.2f} s", "≤ 1/3", ours <= plain / 3, _of(ours, plain, "s"))


def _of(ours: float, plain: float, unit: str = "", scale: float = 1.0, most: float | None = None) -> str:
    aim = "" if most is None else f", aim {most:.2f}"
    return f"plain Dash {plain / scale:,.1f} {unit}; ours is {ours / plain:.2f} of it{aim}".replace("  ", " ")


@dataclass(frozen=True)
class _Side:
    """One of the two walls: how its server is lit, how often it is asked back to back, and what a screen of it asks."""

    light: Callable[[], AbstractContextManager[Server]]
    in_a_row: int
    ask: Callable[[Server], Callable[[], int]]


def _costs(*sides: _Side) -> list[Cost]:
    """Of each wall: both are asked in the same minute, in turn, so that a busy one of the machine falls on both."""
    starts = [_starts(side) for side in sides]
    with ExitStack() as lit:
        servers = [lit.enter_context(side.light()) for side in sides]
        asks = [side.ask(server) for side, server in zip(sides, servers, strict=True)]
        for _ in range(WARM):
            sizes = [once() for once in asks]
            sleep(SECONDS)
        memory = [server.memory() for server in servers]
        bare = lit.enter_context(_started([sys.executable, "-m", "bench.bare_wsgi"], "/"))
        *apart, floor = _cpu({**dict(zip(servers, asks, strict=True)), bare: lambda: len(bare.get("/"))}, APART, SECONDS)
        costs = []
        for nth, (side, server, once) in enumerate(zip(sides, servers, asks, strict=True)):
            spent, least = _cpu({server: once, bare: lambda: len(bare.get("/"))}, side.in_a_row, 0.0)
            costs.append(Cost(*starts[nth], memory[nth], (apart[nth], floor), (spent, least), sizes[nth]))
        return costs


def _starts(side: _Side) -> tuple[float, float]:
    """Seconds, and milliseconds of CPU, until a server answers: of several the middle one."""
    seconds, spent = [], []
    for _ in range(STARTS):
        with side.light() as server:
            seconds.append(server.started)
            spent.append(server.cpu())
    return middle(seconds), middle(spent)


def _cpu(asked: dict[Server, Callable[[], int]], times: int, pause: float) -> list[float]:
    """Milliseconds of CPU for one question and the pause after it, of each server."""
    before = [server.cpu() for server in asked]
    for _ in range(times):
        for once in asked.values():
            once()
        sleep(pause)
    return [(server.cpu() - earlier) / times for server, earlier in zip(asked, before, strict=True)]


def _pulse(server: Server) -> Callable[[], int]:
    """As a screen asks that has seen the last answer."""
    wall = OURS.partition("?")[0]
    address = f"/pulse?path={wall}&screen=desk"
    shown = orjson.loads(server.get(address))
    for name in shown["tokens"]:
        server.get(f"/picture/{name}?path={wall}&screen=desk")
    shown = orjson.loads(server.get(address))
    address += f"&state={shown['state']}"
    return lambda: len(server.get(address))


def _callback(server: Server) -> Callable[[], int]:
    """As Dash's own renderer asks when the interval has passed."""
    body = orjson.dumps(asked(1))

    def ask() -> int:
        server.connection.request("POST", "/_dash-update-component", body, {"Content-Type": "application/json"})
        answer = server.connection.getresponse()
        content = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(content[:200])
        return len(content)

    return ask


@dataclass(frozen=True)
class Visit:
    """Seconds until a wall stands there as it will, bytes as they came over the line, and requests, of a new browser."""

    seconds: float
    size: float
    requests: float


def _middle(visits: list[Visit]) -> Visit:
    return Visit(*(middle([getattr(visit, part.name) for visit in visits]) for part in fields(Visit)))


def _visits(browser: Browser, servers: dict[str, Server]) -> dict[str, list[Visit]]:
    """Of each wall; the first one is the first that its server answers at all."""
    visits: dict[str, list[Visit]] = {path: [] for path in servers}
    for _ in range(VISITS):
        for path, server in servers.items():
            visits[path].append(_visit(browser, f"{server.url}{path}", DRAWN[path]))
    return visits


def _visit(browser: Browser, address: str, drawn: str) -> Visit:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    try:
        page = context.new_page()
        page.wait_for_timeout(BROWSER_MS)
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        sizes: list[float] = []
        line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        began = elapsed()
        page.goto(address, wait_until="commit")
        page.wait_for_function(drawn, timeout=300_000)
        took = elapsed() - began
        page.wait_for_timeout(1_500)
        return Visit(took, sum(sizes), float(len(sizes)))
    finally:
        context.close()


def _plain(store: Path) -> AbstractContextManager[Server]:
    return _started([sys.executable, "-m", "bench.plain_wall", str(store)], "/_dash-layout")


@contextmanager
def _started(command: list[str], address: str) -> Iterator[Server]:
    """A program that is told its port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    began = elapsed()
    process = subprocess.Popen([*command, str(port)], cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answering(port, address)
        yield Server(port, process, elapsed() - began)
    finally:
        process.terminate()
        process.wait(10)
