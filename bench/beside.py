"""The room beside a plain Dash wall, in one run: the same 100,000 tickets, the same three charts; what a screen of either costs.

Times move from machine to machine, the ratios hardly. Asked as screens ask, two seconds apart, and back to back.
"""

import http.client
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

import numpy as np
import orjson
import pandas as pd
from playwright.sync_api import Browser

from bench.plain_wall import asked
from bench.rooms import DEMO_AT, REPOSITORY, Ready, loaded
from bench.server import Server, answering, serving
from bench.table import Figure, judged, middle
from wallboard.clock import elapsed
from wallboard.settings import open_room

TICKETS, DAYS = 100_000, 730
APART, IN_A_ROW, WARM = 15, 200, 15
"""Pulses two seconds apart, pulses back to back, and pulses before memory is read."""

VISITS, STARTS = 3, 3
SECONDS = 2.0
KINDS = ("late", "broken", "billing", "nobody answers", "wrong parcel", "cannot sign in", "leaflet", "other")
STAGES = ("choose", "order", "wait", "receive", "use", "leave")
SOURCES = """
[stages]
feed = "stages"
file = "stages.parquet"
columns = {stage = "stage", seq = "seq", name = "name"}
[kinds]
feed = "issue_types"
file = "kinds.parquet"
columns = {issue_type = "kind", wording = "kind", demand = "demand"}
[tickets]
feed = "voice"
file = "tickets.parquet"
key = ["number"]
constants = {kind = "ticket", channel = "helpdesk", perimeter = "gb", complaint = true}
columns = {occurred_at = "at", stage = "stage", issue_type = "kind", words = "words"}
"""
WALL = """kind = "wall"
title = "What do customers tell us is wrong?"
[[scene]]
name  = "three"
grid  = ["weeks weeks", "kinds stages"]
[scene.panel.weeks]
show = "issue_rate"
[scene.panel.kinds]
show = "issue_pareto"
[scene.panel.stages]
show = "issue_stages"
"""
DESK = """
[screen.desk]
wall = "bench"
diagonal_in = 55
distance_m = 1.7
"""
"""Read from as near as the plain wall's type asks for: three pictures have room on it, as there."""

OURS, PLAIN = "/wall/bench?screen=desk", "/"
DRAWN = {
    OURS: """() => document.querySelectorAll('.scene.shown .frame[data-state=current]').length === 3
        && !document.querySelector('.scene.shown :is(.waiting, [data-fit], .too-small)') && document.fonts.status === 'loaded'
        && document.querySelectorAll('.scene.shown .main-svg .trace').length > 0""",
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
    visit: tuple[float, float, float]
    """Seconds until its charts stand there, bytes and requests of a new browser."""

    apart: float
    in_a_row: float
    answer: float


def figures(folder: Path, browser: Browser) -> list[Figure]:
    """Each figure of ours beside the aim, and how much of the plain wall's that is."""
    ready, store = _room(folder), folder / "tickets.sqlite"
    ours = _cost(lambda: serving(ready), OURS, _pulse, browser)
    plain = _cost(lambda: _plain(store), PLAIN, _callback, browser)
    return [
        judged("first visit: bytes", ours.visit[1] / 1e6, 2.5, "MB", _of(ours.visit[1], plain.visit[1], "MB", 1e6, 1 / 3)),
        judged("first visit: requests", ours.visit[2], 30, "", _of(ours.visit[2], plain.visit[2])),
        _timed("first visit: until it is drawn", ours.visit[0], plain.visit[0]),
        judged("memory of the server, warm", ours.memory, 150, "MB", _of(ours.memory, plain.memory, "MB")),
        judged("start of the server", ours.start, 2, "s", _of(ours.start, plain.start, "s")),
        Figure("its CPU", f"{ours.start_cpu / 1000:.1f} s", note=_of(ours.start_cpu, plain.start_cpu, "s", 1000)),
        judged("pulse, two seconds apart", ours.apart, 1, "ms CPU", _of(ours.apart, plain.apart, "ms")),
        judged("pulse, back to back", ours.in_a_row, 1, "ms CPU", _of(ours.in_a_row, plain.in_a_row, "ms")),
        judged("its answer", ours.answer, 300, "B", _of(ours.answer, plain.answer, "B")),
    ]


def _timed(what: str, ours: float, plain: float) -> Figure:
    return Figure(what, f"{ours:.2f} s", "≤ 1/3", ours <= plain / 3, _of(ours, plain, "s"))


def _of(ours: float, plain: float, unit: str = "", scale: float = 1.0, most: float | None = None) -> str:
    aim = "" if most is None else f", aim {most:.2f}"
    return f"plain Dash {plain / scale:,.1f} {unit}; ours is {ours / plain:.2f} of it{aim}".replace("  ", " ")


def _cost(light: Callable[[], Any], path: str, ask: Callable[[Server], Callable[[], int]], browser: Browser) -> Cost:
    starts = []
    for _ in range(STARTS - 1):
        with light() as server:
            starts.append((server.started, server.cpu()))
    with light() as server:
        starts.append((server.started, server.cpu()))
        visits = [_visit(browser, f"{server.url}{path}", DRAWN[path]) for _ in range(VISITS)]
        once = ask(server)
        for _ in range(WARM):
            size = once()
            sleep(SECONDS)
        memory = server.memory()
        apart = _cpu(server, once, APART, SECONDS)
        in_a_row = _cpu(server, once, IN_A_ROW if path == OURS else IN_A_ROW // 10, 0.0)
        visit = tuple(middle(list(part)) for part in zip(*visits, strict=True))
        start, start_cpu = (middle(list(part)) for part in zip(*starts, strict=True))
        return Cost(start, start_cpu, memory, (visit[0], visit[1], visit[2]), apart, in_a_row, size)


def _cpu(server: Server, once: Callable[[], int], times: int, pause: float) -> float:
    """Milliseconds of the server's CPU for one question."""
    used = 0.0
    before = server.cpu()
    for _ in range(times):
        once()
        sleep(pause)
    used = server.cpu() - before
    return used / times


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


def _visit(browser: Browser, address: str, drawn: str) -> tuple[float, float, float]:
    """Seconds, bytes as they came over the line, and requests of a browser that was never here."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    try:
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        sizes: list[float] = []
        line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        began = elapsed()
        page.goto(address, wait_until="commit")
        page.wait_for_function(drawn, timeout=60_000)
        took = elapsed() - began
        page.wait_for_load_state("networkidle") if address.endswith(OURS) else page.wait_for_timeout(1_500)
        return took, sum(sizes), float(len(sizes))
    finally:
        context.close()


@contextmanager
def _plain(store: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    began = elapsed()
    command = [sys.executable, "-m", "bench.plain_wall", str(store), str(port)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answering(port, "/_dash-layout")
        yield Server(port, process, elapsed() - began)
    finally:
        process.terminate()
        process.wait(10)


def _room(folder: Path) -> Ready:
    """The tickets in a room, loaded by its own loader, and as a table for the plain wall."""
    root = folder / "beside"
    (root / "data" / "media").mkdir(parents=True)
    (root / "layouts").mkdir()
    shutil.copy(REPOSITORY / "room.toml", root)
    (root / "layouts" / "bench.toml").write_text(WALL, encoding="utf-8")
    text = (root / "room.toml").read_text(encoding="utf-8") + DESK
    for wall in ("outcomes", "issues", "touchpoints"):
        text = text.replace(f'wall        = "{wall}"', 'wall        = "bench"')
    (root / "room.toml").write_text(text, encoding="utf-8")
    (root / "data" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    tickets = _tickets()
    tickets.to_parquet(root / "data" / "tickets.parquet")
    stages = {"stage": list(STAGES), "seq": range(1, len(STAGES) + 1), "name": [f"I {stage}" for stage in STAGES]}
    pd.DataFrame(stages).to_parquet(root / "data" / "stages.parquet")
    pd.DataFrame({"kind": list(KINDS), "demand": "failure"}).to_parquet(root / "data" / "kinds.parquet")
    with closing(sqlite3.connect(folder / "tickets.sqlite")) as connection:
        tickets.assign(at=tickets["at"].astype(str)).to_sql("ticket", connection, index=False)
        connection.execute("CREATE INDEX ticket_at ON ticket (at)")
    room = open_room(root)
    ready = Ready("100,000 tickets", room, DEMO_AT)
    loaded(room, ready.moment)
    return ready


def _tickets() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    at = pd.Timestamp(DEMO_AT, tz="UTC") - pd.to_timedelta(rng.integers(60, DAYS * 24 * 60, TICKETS), unit="min")
    kinds = np.array(KINDS, dtype=object)[np.minimum(rng.geometric(0.3, TICKETS) - 1, len(KINDS) - 1)]
    where = np.array(STAGES, dtype=object)[rng.integers(0, len(STAGES), TICKETS)]
    number = np.arange(TICKETS).astype(str).astype(object)
    return pd.DataFrame({"number": number, "at": at, "kind": kinds, "stage": where, "words": "It has not come."})
