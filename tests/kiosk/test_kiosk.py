"""kiosk.sh keeps the walls lit: the real script, with fakes in place of the browser and the X tools."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

KIOSK = Path(__file__).resolve().parents[2] / "kiosk.sh"
DOCUMENT = KIOSK.parent / "docs" / "kiosk.md"
WALLS = ("outcomes", "issues", "touchpoints")
OURS = {"app": "customer-room", "build": "b1"}

REAL_TOOLS = [
    "awk",
    "bash",
    "cat",
    "curl",
    "cut",
    "date",
    "env",
    "flock",
    "grep",
    "head",
    "id",
    "jq",
    "mkdir",
    "mv",
    "readlink",
    "rm",
    "setsid",
    "sleep",
    "stat",
    "tail",
    "timeout",
    "tr",
    "uname",
]

THREE_OUTPUTS = """Monitors: 3
 0: +*HDMI-1 1920/527x1080/296+0+0  HDMI-1
 1: +HDMI-2 3840/1210x2160/680+1920+0  HDMI-2
 2: +DP-1 1366/410x768/230+5760+0  DP-1
"""

FAKES = {
    # One line a launch; the child shows whether a whole process group is ended.
    "chromium": 'printf "%q " "$@" >>"$FAKE/launches"; echo >>"$FAKE/launches"\n'
    '[[ ! -e $FAKE/crash ]] || { echo "cannot start, says the fake" >&2; exit 0; }\n'
    "( exec -a 'fake --type=renderer' sleep 600 ) & echo $! >>\"$FAKE/renderers\"\nsleep 600 & wait\n",
    "xrandr": '[[ -e $FAKE/monitors ]] || { echo "Can\'t open display" >&2; exit 1; }\ncat "$FAKE/monitors"\n',
    "xset": 'echo "$*" >>"$FAKE/xset"\n[[ $1 != q ]] || cat <<END\n'
    "Screen Saver:\n  prefer blanking:  yes    allow exposures:  yes\n  timeout:  600    cycle:  300\n"
    "DPMS (Energy Star):\n  DPMS is Enabled\nEND\n",
    "xprop": '[[ -e $FAKE/no-wm ]] && echo "not found." || echo "window id # 0x1"\n',
    "unclutter": "exec sleep 600\n",
    "xdotool": "exit 1\n",
}

DROPPED = [
    "--disable-session-crashed-bubble",
    "--disable-restore-session-state",
    "--disable-translate",
    "--bwsi",
    "--ozone-platform-hint",
    "--disable-pinch-virtual-keyboard",
    "--safebrowsing-disable-auto-update",
    "--disable-client-side-phishing-detection",
    "--disable-overlay-scrollbar",
    "--high-dpi-support",
    "TranslateUI",
    "CalculateNativeWinOcclusion",
]
FORBIDDEN = [
    "--no-sandbox",
    "--disable-web-security",
    "--ignore-certificate-errors",
    "--remote-debugging-address",
    "--remote-debugging-port",
    "--incognito",
]


PATIENCE = 120
"""Seconds for which is waited for what has to happen: on a busy machine everything takes long."""

LOOKS = 6
"""kiosk.sh looks every few seconds; so many looks are 30 seconds at most."""


def wait_for(true: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"not within {PATIENCE} s: {what}"
        time.sleep(0.05)


class Kiosk:
    """kiosk.sh in a home of its own, on a PATH that holds nothing but fakes and the tools it may use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fake = folder / "fake"
        self.bin = folder / "bin"
        self.state = folder / "home" / ".local" / "state" / "customer-room"
        self.started: list[subprocess.Popen[str]] = []
        for path in (self.fake, self.bin, folder / "home"):
            path.mkdir()
        for name in REAL_TOOLS:
            if real := shutil.which(name):
                (self.bin / name).symlink_to(real)
        for name, body in FAKES.items():
            self.write_tool(name, body)
        (self.fake / "monitors").write_text(THREE_OUTPUTS)
        self.environment = {
            "PATH": str(self.bin),
            "HOME": str(folder / "home"),
            "LC_ALL": "C.UTF-8",
            "DISPLAY": ":99",
            "FAKE": str(self.fake),
            "CUSTOMER_ROOM_KIOSK_TEST": "1",
        }

    def write_tool(self, name: str, body: str) -> None:
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!{shutil.which('bash')}\n{body}")
        path.chmod(0o755)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(KIOSK), *arguments],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [str(KIOSK), *arguments], env=self.environment | environment, stdout=log, stderr=log, text=True
            )
        self.started.append(process)
        return process

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    @property
    def launches(self) -> list[list[str]]:
        path = self.fake / "launches"
        return [shlex.split(line) for line in path.read_text().splitlines()] if path.exists() else []

    def pages(self, wall: str) -> list[str]:
        """The addresses opened for one wall, in order."""
        return [launch["--app"].split("&launch=")[0] for launch in self.of(wall)]

    def launch_name(self, wall: str) -> str:
        """The name by which the room hears the newest browser of one wall."""
        return self.of(wall)[-1]["--app"].split("&launch=")[1]

    def of(self, wall: str) -> list[dict[str, str]]:
        """The options of each launch for one wall."""
        return [flags(launch) for launch in self.launches if f"--class=customer-room-{wall}" in launch]

    def processes(self) -> list[int]:
        """Everything alive that was started, directly or not, by this kiosk."""
        mark = f"FAKE={self.fake}".encode()
        pids = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    pids.append(int(folder.name))
            except OSError:
                continue
        return pids

    def browser_pid(self, wall: str) -> int:
        return int((self.state / wall / "browser.pid").read_text())

    def close(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.terminate()
                process.wait(PATIENCE)
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)


class App(ThreadingHTTPServer):
    """A stand-in for the Customer Room; its port refuses connections until `open` is called."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), AppHandler, bind_and_activate=False)
        self.server_bind()
        self.status = 200
        self.health: object = OURS
        self.walls: tuple[str, ...] = (*WALLS, "day_one")
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def open(self) -> None:
        self.server_activate()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()


class AppHandler(BaseHTTPRequestHandler):
    server: App

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path.startswith("/healthz"):
            status, kind, text = self.server.status, "application/json", json.dumps(self.server.health)
        elif self.path == "/walls":
            status, kind, text = self.server.status, "text/plain; charset=utf-8", "\n".join([*self.server.walls, ""])
        else:
            status, kind = 200, "text/html"
            text = (
                "<title>the wall</title><body>the wall<script>setInterval("
                "() => fetch(`/size?${innerWidth}x${innerHeight}`), 300)</script>"
            )
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


def flags(launch: list[str]) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in launch)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    made = Kiosk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def app() -> Iterator[App]:
    made = App()
    yield made
    if made.asked:
        made.shutdown()
    made.server_close()


def dry_commands(output: str) -> dict[str, list[str]]:
    commands = re.findall(r"^  (\w+): (.*)$", output.partition("\ncommands\n")[2], re.MULTILINE)
    return {wall: shlex.split(command) for wall, command in commands}


# ---- what is asked for ---------------------------------------------------------------------------------------------


def test_help_lists_every_option_and_exit_code(kiosk: Kiosk) -> None:
    result = kiosk.run("--help")
    assert result.returncode == 0
    for option in ("--url", "--wall", "--config", "--windowed", "--dry-run", "--status", "--stop"):
        assert option in result.stdout
    used = {int(code) for code in re.findall(r"(?:refuse|unknown) (\d+) ", KIOSK.read_text())}
    listed = {int(code) for code in re.findall(r" (\d+)  \S", result.stdout.partition("exit codes")[2])}
    assert used <= listed


def test_the_page_for_installers_lists_the_same_options_keys_and_codes(kiosk: Kiosk) -> None:
    page, result, script = DOCUMENT.read_text(), kiosk.run("--help").stdout, KIOSK.read_text()
    for option in re.findall(r"^  (--\w+)", result, re.MULTILINE):
        assert f"| `{option}" in page
    for code in re.findall(r" (\d+)  \S", result.partition("exit codes")[2]):
        assert f"| {code} |" in page
    settings = re.search(r"^readonly SETTINGS=\((.*)\)$", script, re.MULTILINE)
    assert settings
    for key in settings[1].split():
        assert f"| `{key}` |" in page


def test_dry_run_gives_each_wall_its_output_and_profile_and_starts_nothing(kiosk: Kiosk) -> None:
    result = kiosk.run("--dry-run")
    assert result.returncode == 0, result.stderr
    commands = dry_commands(result.stdout)
    assert tuple(commands) == WALLS
    places = {wall: flags(command) for wall, command in commands.items()}
    assert [places[wall]["--window-position"] for wall in WALLS] == ["0,0", "960,0", "5760,0"]
    assert [places[wall]["--window-size"] for wall in WALLS] == ["1920,1080", "1920,1080", "1366,768"]
    assert [places[wall]["--force-device-scale-factor"] for wall in WALLS] == ["1.00", "2.00", "1.00"]
    assert len({places[wall]["--user-data-dir"] for wall in WALLS}) == 3
    for wall in WALLS:
        assert places[wall]["--app"] == f"http://127.0.0.1:8050/wall/{wall}?screen={wall}"
        assert places[wall]["--user-data-dir"] == str(kiosk.state / wall / "profile")
        assert "--kiosk" in places[wall]
    assert not kiosk.state.exists()
    assert not kiosk.launches
    assert not (kiosk.fake / "xset").exists()


@pytest.mark.parametrize("option", ["--windowed", "--dry-run"])
def test_no_dropped_or_forbidden_flag_is_used(kiosk: Kiosk, option: str) -> None:
    result = kiosk.run("--dry-run", option)
    for command in dry_commands(result.stdout).values():
        assert not [flag for flag in DROPPED + FORBIDDEN if any(flag in part for part in command)]
    assert "--no-sandbox" not in KIOSK.read_text()


def test_plain_http_to_another_host_is_not_upgraded(kiosk: Kiosk) -> None:
    near, far = (dry_commands(kiosk.run("--dry-run", "--url", url).stdout) for url in ("http://localhost:1", "http://room:1"))
    assert flags(near["issues"])["--disable-features"] == "Translate"
    assert flags(far["issues"])["--disable-features"] == "Translate,HttpsUpgrades"


def test_wall_chooses_walls_and_outputs(kiosk: Kiosk) -> None:
    commands = dry_commands(kiosk.run("--dry-run", "--wall", "touchpoints@HDMI-1", "--wall=issues").stdout)
    assert list(commands) == ["touchpoints", "issues"]
    assert flags(commands["touchpoints"])["--window-position"] == "0,0"
    assert flags(commands["issues"])["--window-position"] == "960,0"


def test_fewer_outputs_than_walls_is_said(kiosk: Kiosk) -> None:
    (kiosk.fake / "monitors").write_text("".join(THREE_OUTPUTS.splitlines(keepends=True)[:3]))
    result = kiosk.run("--dry-run")
    assert list(dry_commands(result.stdout)) == ["outcomes", "issues"]
    assert "no output is left for the wall touchpoints" in result.stdout


def test_windowed_asks_for_ordinary_windows(kiosk: Kiosk) -> None:
    (kiosk.fake / "monitors").unlink()
    (kiosk.fake / "no-wm").touch()
    commands = dry_commands(kiosk.run("--dry-run", "--windowed").stdout)
    assert tuple(commands) == WALLS
    for command in commands.values():
        assert "--kiosk" not in command
    assert len({flags(command)["--window-position"] for command in commands.values()}) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--walls"], 2, 'Did you mean "--wall"?'),
        (["--wall", "../issues"], 2, "cannot be the name of a wall"),
        (["--wall", "issues", "--wall", "issues"], 2, "asked for twice"),
        (["--wall", "issues@DP-1", "--wall", "outcomes@DP-1"], 2, "asked for by two walls"),
        (["--wall", "issues@HDMI-9"], 9, 'Did you mean "HDMI-1"?'),
        (["--wall"], 2, "needs a value"),
        (["--url", "room:8050"], 2, "not of the form http://HOST:PORT"),
        (["--url", "http://key:word@room"], 2, "must not hold a password"),
        (["--config", "nowhere.conf"], 3, "cannot be read"),
    ],
)
def test_a_wrong_option_is_refused_with_a_remedy(kiosk: Kiosk, arguments: list[str], code: int, words: str) -> None:
    result = kiosk.run("--dry-run", *arguments)
    assert (result.returncode, result.stdout) == (code, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("wall", "words"), [("outcmes", 'Did you mean "outcomes"?'), ("office", "Known: outcomes, issues, touchpoints, kitchen.")]
)
def test_a_wall_that_the_room_does_not_have_is_refused_with_those_it_has(kiosk: Kiosk, app: App, wall: str, words: str) -> None:
    app.walls = (*WALLS, "kitchen")
    app.open()
    option = kiosk.run("--dry-run", "--url", app.url, "--wall", wall)
    assert (option.returncode, words in option.stderr) == (2, True)
    path = kiosk.folder / "kiosk.conf"
    path.write_text(f"HDMI-1=issues\nHDMI-2={wall}\n")
    line = kiosk.run("--dry-run", "--url", app.url, "--config", str(path))
    assert (line.returncode, words in line.stderr, "line 2" in line.stderr) == (3, True, True)


def test_a_room_that_is_down_may_have_any_wall(kiosk: Kiosk) -> None:
    commands = dry_commands(kiosk.run("--dry-run", "--wall", "kitchen").stdout)
    assert flags(commands["kitchen"])["--app"].endswith("/wall/kitchen?screen=kitchen")


@pytest.mark.parametrize(
    ("walls", "words"),
    [((), "has no wall; shows outcomes, issues, touchpoints"), (("issues", "Kündigung"), 'no TV can show the wall "Kündigung"')],
)
def test_a_wall_that_no_tv_shows_is_named_in_the_log_and_on_a_screen_that_waits(
    kiosk: Kiosk, app: App, walls: tuple[str, ...], words: str
) -> None:
    app.walls = walls
    app.open()
    assert words.partition(";")[0] in kiosk.run("--dry-run", "--url", app.url).stdout
    app.health = {"app": "a login page"}
    kiosk.start("--url", app.url)
    waiting = kiosk.state / "issues" / "waiting.html"
    wait_for(lambda: waiting.exists() and words in waiting.read_text().replace("&quot;", '"'), "the screen says it")
    assert kiosk.log.count(words) == 1


def test_a_room_that_has_not_said_its_walls_is_named_with_what_is_shown(kiosk: Kiosk, app: App) -> None:
    kiosk.start("--url", app.url)
    wait_for(lambda: "has not said which walls it has; shows outcomes, issues, touchpoints" in kiosk.log, "the log says it")


def test_a_new_layout_reaches_the_tv_with_nothing_else_touched(kiosk: Kiosk, app: App) -> None:
    """The outputs get the walls that the room tells, in its order; where it has others later, the kiosk shows them."""
    app.walls = ("kitchen", "issues")
    app.open()
    process = kiosk.start("--url", app.url, CUSTOMER_ROOM_KIOSK_PULSE="1")
    wait_for(lambda: len(kiosk.launches) == 2, "two walls")
    assert [kiosk.of(wall)[0]["--window-position"] for wall in app.walls] == ["0,0", "960,0"]
    app.walls = ("kitchen", "issues", "garden")
    wait_for(lambda: kiosk.pages("garden"), "the new wall")
    assert kiosk.of("garden")[0]["--window-position"] == "5760,0" and "begins anew" in kiosk.log
    wait_for(lambda: kiosk.run("--status").stdout.count("shows the wall page") == 3, "three walls")
    app.status = 503
    process.terminate()
    assert process.wait(PATIENCE) == 0 and kiosk.processes() == []
    assert list(dry_commands(kiosk.run("--dry-run", "--url", app.url).stdout)) == [*app.walls], "it remembers a room that is down"


def test_a_room_with_more_walls_than_tvs_is_left_as_it_is(kiosk: Kiosk, app: App) -> None:
    app.open()
    kiosk.start("--url", app.url, CUSTOMER_ROOM_KIOSK_PULSE="1")
    wait_for(lambda: len(kiosk.launches) == 3, "three walls")
    asked = app.asked.count("/walls")
    wait_for(lambda: app.asked.count("/walls") > asked + 1, "it asks again")
    assert len(kiosk.launches) == 3 and "no output is left for the wall day_one" in kiosk.log


def test_an_x_server_that_hangs_keeps_no_wall_from_being_watched(kiosk: Kiosk, app: App) -> None:
    kiosk.write_tool("xdotool", 'echo "$*" >>"$FAKE/xdotool"\nexec sleep 600\n')
    app.open()
    kiosk.start("--url", app.url, "--wall", "issues", CUSTOMER_ROOM_KIOSK_BACKOFF="0.1")
    wait_for(lambda: (kiosk.fake / "xdotool").exists(), "xdotool hangs")
    os.kill(kiosk.browser_pid("issues"), signal.SIGKILL)
    wait_for(lambda: len(kiosk.pages("issues")) == 2, "the browser is back")


def test_configuration_sets_url_scale_and_map(kiosk: Kiosk) -> None:
    folder = kiosk.folder / "home" / ".config" / "customer-room"
    folder.mkdir(parents=True)
    (folder / "kiosk.conf").write_text("# the lobby\nURL = http://room:80/lobby/\nscale=1.5\n\nDP-1=outcomes\nHDMI-7=issues\n")
    result = kiosk.run("--dry-run")
    commands = dry_commands(result.stdout)
    assert list(commands) == ["outcomes", "issues"]
    assert flags(commands["outcomes"])["--app"] == "http://room:80/lobby/wall/outcomes?screen=outcomes"
    assert flags(commands["outcomes"])["--window-position"] == "3840,0"
    assert "HDMI-7       not there now" in result.stdout
    assert "http://desk/wall" in kiosk.run("--dry-run", CUSTOMER_ROOM_URL="http://desk").stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ulr=http://room", 'Did you mean "url"?'),
        ("colour=blue", "Known: url, browser, scale, hide_cursor, keep_awake"),
        ("HDMI-1=is/ues", "cannot be the name of a wall"),
        ("hide_cursor=perhaps", '"yes" or "no"'),
        ("scale=9", "a number from 1 to 4"),
        ("just words", "is not KEY=VALUE"),
    ],
)
def test_a_wrong_configuration_line_is_refused_with_its_place(kiosk: Kiosk, line: str, words: str) -> None:
    path = kiosk.folder / "kiosk.conf"
    path.write_text(f"# first\n{line}\n")
    result = kiosk.run("--dry-run", "--config", str(path))
    assert result.returncode == 3
    assert "line 2" in result.stderr
    assert words in result.stderr


# ---- what the computer lacks ---------------------------------------------------------------------------------------


def test_no_browser_is_said(kiosk: Kiosk) -> None:
    (kiosk.bin / "chromium").unlink()
    assert (kiosk.run().returncode, kiosk.run(CHROMIUM="nothing").returncode) == (5, 5)
    assert "Install chromium" in kiosk.run().stderr


def test_no_display_is_said(kiosk: Kiosk) -> None:
    assert kiosk.run(DISPLAY="").returncode == 6
    (kiosk.fake / "monitors").unlink()
    result = kiosk.run()
    assert (result.returncode, "does not answer: Can't open display" in result.stderr) == (6, True)


def test_no_active_output_is_said(kiosk: Kiosk) -> None:
    (kiosk.fake / "monitors").write_text("Monitors: 0\n")
    assert kiosk.run().returncode == 9


def test_wayland_is_refused_and_xwayland_is_named(kiosk: Kiosk) -> None:
    result = kiosk.run(DISPLAY="", WAYLAND_DISPLAY="wayland-1")
    assert (result.returncode, "X11 and XWayland only" in result.stderr) == (7, True)
    assert "session  XWayland" in kiosk.run("--dry-run", WAYLAND_DISPLAY="wayland-1").stdout


def test_no_window_manager_is_refused(kiosk: Kiosk) -> None:
    (kiosk.fake / "no-wm").touch()
    result = kiosk.run()
    assert (result.returncode, "openbox" in result.stderr) == (8, True)


def test_missing_commands_are_named_together(kiosk: Kiosk) -> None:
    for name in ("curl", "xrandr"):
        (kiosk.bin / name).unlink()
    result = kiosk.run()
    assert (result.returncode, "Missing: curl, xrandr." in result.stderr) == (4, True)


def test_root_is_refused(kiosk: Kiosk) -> None:
    kiosk.write_tool("id", "echo 0")
    result = kiosk.run(CUSTOMER_ROOM_KIOSK_TEST="")
    assert (result.returncode, "ordinary user" in result.stderr) == (12, True)


# ---- start, wait, supervise ----------------------------------------------------------------------------------------


def test_three_walls_start_and_term_leaves_nothing_behind(kiosk: Kiosk, app: App) -> None:
    app.open()
    process = kiosk.start("--url", app.url)
    wait_for(lambda: len(kiosk.launches) == 3, "three launches")
    for wall in WALLS:
        assert kiosk.pages(wall) == [f"{app.url}/wall/{wall}?screen={wall}"]
    assert len({kiosk.launch_name(wall) for wall in WALLS}) == 3
    groups = {os.getpgid(kiosk.browser_pid(wall)) for wall in WALLS}
    assert len(groups) == 3
    assert os.getpgid(process.pid) not in groups
    wait_for(lambda: "-dpms" in (kiosk.fake / "xset").read_text(), "blanking off")

    status = kiosk.run("--status")
    assert status.returncode == 0
    assert status.stdout.count("shows the wall page") == 3

    again = kiosk.run("--url", app.url)
    assert (again.returncode, f"Process {process.pid} already shows" in again.stderr) == (10, True)

    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert kiosk.processes() == []
    assert (kiosk.fake / "xset").read_text().splitlines()[-3:] == ["s 600 300", "s blank", "+dpms"]
    assert kiosk.run("--status").returncode == 1
    assert re.search(r"^\d{4}-\d\d-\d\dT\S+ issues +opens the wall page", kiosk.log, re.MULTILINE)


def test_stop_ends_a_running_kiosk(kiosk: Kiosk, app: App) -> None:
    app.open()
    process = kiosk.start("--url", app.url, "--wall", "issues")
    wait_for(lambda: kiosk.launches, "a launch")
    result = kiosk.run("--stop")
    assert "issues       stopped" in result.stdout
    assert process.wait(PATIENCE) == 0
    assert kiosk.processes() == []


def test_waits_with_the_reason_on_screen_and_switches_in_time(kiosk: Kiosk, app: App) -> None:
    kiosk.start("--url", app.url, "--wall", "outcomes")
    wait_for(lambda: kiosk.pages("outcomes"), "the waiting page")
    page = kiosk.pages("outcomes")[0]
    assert page.startswith("file:///")
    text = Path(page.removeprefix("file://")).read_text()
    plain = " ".join(re.sub(r"<style>.*</style>|<[^>]+>", " ", text, flags=re.DOTALL).split()).replace(" ,", ",")
    host = app.url.removeprefix("http://")
    assert re.search(rf"Waiting for the Customer Room at {host} since \d\d:\d\d, attempt \d+ last: connection refused", plain)
    assert '<meta http-equiv="refresh" content="2">' in text

    app.status = 503
    app.open()
    waiting = kiosk.state / "outcomes" / "waiting.html"
    wait_for(lambda: "HTTP 503" in waiting.read_text(), "the reason follows")
    app.status, app.health = 200, {"app": "a login page"}
    wait_for(lambda: "it is not the Customer Room" in waiting.read_text(), "another body is not ours")
    assert len(kiosk.launches) == 1

    app.health = OURS
    looked = app.asked.count("/healthz")
    wait_for(lambda: len(kiosk.launches) == 2, "the wall page")
    assert app.asked.count("/healthz") - looked <= LOOKS
    assert kiosk.pages("outcomes")[1] == f"{app.url}/wall/outcomes?screen=outcomes"
    same = {(flags(launch)["--user-data-dir"], flags(launch)["--window-position"]) for launch in kiosk.launches}
    assert len(same) == 1


def test_a_lost_server_leaves_the_last_picture(kiosk: Kiosk, app: App) -> None:
    app.open()
    kiosk.start("--url", app.url, "--wall", "outcomes", CUSTOMER_ROOM_KIOSK_PULSE="1")
    wait_for(lambda: kiosk.launches, "the wall page")
    app.status = 503
    wait_for(lambda: "the last picture stays" in kiosk.log, "the loss is logged")
    time.sleep(1.5)
    assert len(kiosk.launches) == 1


def test_a_browser_that_exits_at_once_is_tried_with_growing_pauses(kiosk: Kiosk, app: App) -> None:
    app.open()
    (kiosk.fake / "crash").touch()
    kiosk.start("--url", app.url, "--wall", "issues", CUSTOMER_ROOM_KIOSK_BACKOFF="0.1,0.5")
    wait_for(lambda: "failure 3 in a row" in kiosk.log, "three failures")
    pauses = [float(pause) for pause in re.findall(r"next start in ([\d.]+) s", kiosk.log)[:3]]
    assert pauses[0] < pauses[1]
    assert 0.4 < pauses[2] < 0.6, "the last pause is the longest there is"
    assert 3 <= len(kiosk.launches) <= 4
    assert "with status 0, last words: cannot start, says the fake" in kiosk.log
    assert "in a row" in kiosk.run("--status", "--wall", "issues").stdout
    (kiosk.fake / "crash").unlink()
    wait_for(lambda: "shows the wall page" in kiosk.run("--status", "--wall", "issues").stdout, "recovery")


def test_one_killed_browser_restarts_alone(kiosk: Kiosk, app: App) -> None:
    app.open()
    kiosk.start("--url", app.url, CUSTOMER_ROOM_KIOSK_BACKOFF="0.1")
    wait_for(lambda: len(kiosk.launches) == 3, "three launches")
    before = {wall: kiosk.browser_pid(wall) for wall in WALLS}
    os.kill(before["issues"], signal.SIGKILL)
    wait_for(lambda: len(kiosk.launches) == 4, "a fourth launch")
    assert len(kiosk.pages("issues")) == 2
    assert [kiosk.browser_pid(wall) for wall in ("outcomes", "touchpoints")] == [before["outcomes"], before["touchpoints"]]


def test_a_killed_supervisor_is_replaced(kiosk: Kiosk, app: App) -> None:
    app.open()
    process = kiosk.start("--url", app.url, "--wall", "issues")
    wait_for(lambda: kiosk.launches, "a launch")
    first = kiosk.browser_pid("issues")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    leaders = [int(pid) for pid in children if os.getpgid(int(pid)) == int(pid)]
    os.kill(leaders[0], signal.SIGKILL)
    wait_for(lambda: len(kiosk.launches) == 2, "another launch")
    assert not Path(f"/proc/{first}").exists()
    assert "starts another" in kiosk.log


def test_a_kiosk_killed_outright_leaves_the_way_free_for_the_next(kiosk: Kiosk, app: App) -> None:
    app.open()
    process = kiosk.start("--url", app.url, "--wall", "issues")
    wait_for(lambda: kiosk.launches, "a launch")
    orphan = kiosk.browser_pid("issues")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in [process.pid, *(int(pid) for pid in children)]:
        os.kill(pid, signal.SIGKILL)
    process.wait(PATIENCE)
    assert Path(f"/proc/{orphan}").exists()
    wait_for(lambda: kiosk.run("--status").returncode == 1 and "kiosk" not in kiosk.run("--status").stdout, "free locks")
    kiosk.start("--url", app.url, "--wall", "issues")
    wait_for(lambda: len(kiosk.launches) == 2, "the next launch")
    assert not Path(f"/proc/{orphan}").exists()
    assert "left over from an earlier run" in kiosk.log


def test_a_silent_page_is_restarted_while_the_server_is_well(kiosk: Kiosk, app: App) -> None:
    app.health = OURS | {"screens": {"issues": 0.4, "outcomes": 0.1}}
    app.open()
    pace = {"CUSTOMER_ROOM_KIOSK_PULSE": "2", "CUSTOMER_ROOM_KIOSK_BACKOFF": "0.1"}
    kiosk.start("--url", app.url, "--wall", "issues", "--wall", "outcomes", **pace)
    wait_for(lambda: len(kiosk.launches) == 2, "two launches")
    time.sleep(2.5)
    assert len(kiosk.launches) == 2
    app.health = OURS | {"screens": {"issues": 95.2, "outcomes": 0.1}}
    wait_for(lambda: len(kiosk.pages("issues")) == 2, "a relaunch")
    assert "has not reported for 95 s" in kiosk.log
    assert len(kiosk.pages("outcomes")) == 1


def test_a_page_that_never_reports_is_left_alone_after_three_restarts(kiosk: Kiosk, app: App) -> None:
    app.health = OURS | {"screens": {}}
    app.open()
    pace = {"CUSTOMER_ROOM_KIOSK_PULSE": "1", "CUSTOMER_ROOM_KIOSK_BACKOFF": "0.05"}
    kiosk.start("--url", app.url, "--wall", "issues", **pace)
    wait_for(lambda: "from now on it is left as it is" in kiosk.log, "it is said")
    wait_for(lambda: len(kiosk.launches) == 4, "the last launch")
    time.sleep(2)
    assert len(kiosk.launches) == 4


def test_a_page_whose_process_was_killed_is_opened_anew_within_seconds(kiosk: Kiosk, app: App) -> None:
    app.open()
    kiosk.start("--url", app.url, "--wall", "issues", CUSTOMER_ROOM_KIOSK_BACKOFF="0.1")
    wait_for(lambda: kiosk.launches, "a launch")
    app.health = OURS | {"screens": {"issues": 0.1}, "launches": {kiosk.launch_name("issues"): 0.1}}
    requests = app.asked.count("/healthz")
    wait_for(lambda: app.asked.count("/healthz") > requests + 2, "the page has reported")
    os.kill(int((kiosk.fake / "renderers").read_text().split()[0]), signal.SIGKILL)
    looked = app.asked.count("/healthz")
    app.health = OURS | {"screens": {"issues": 0.1}, "launches": {kiosk.launch_name("issues"): 9.0}}
    wait_for(lambda: len(kiosk.pages("issues")) == 2, "a relaunch")
    assert "the page's process is gone" in kiosk.log and app.asked.count("/healthz") - looked <= LOOKS


def test_a_page_whose_process_ends_while_the_script_looks_is_opened_anew_too(kiosk: Kiosk, app: App) -> None:
    looking = 'if [[ ${1:-} == /proc/* && -e $FAKE/ends ]]; then rm "$FAKE/ends"; kill -9 "$(head -n 1 "$FAKE/renderers")"; fi\n'
    kiosk.write_tool("cat", f'{looking}exec {shutil.which("cat")} "$@"\n')
    app.open()
    kiosk.start("--url", app.url, "--wall", "issues", CUSTOMER_ROOM_KIOSK_BACKOFF="0.1")
    wait_for(lambda: kiosk.launches, "a launch")
    app.health = OURS | {"screens": {"issues": 0.1}, "launches": {kiosk.launch_name("issues"): 0.1}}
    wait_for(lambda: app.asked.count("/healthz") > 3, "the page has reported")
    (kiosk.fake / "ends").touch()
    wait_for(lambda: not (kiosk.fake / "ends").exists(), "the page's process has ended")
    app.health = OURS | {"screens": {"issues": 0.1}, "launches": {kiosk.launch_name("issues"): 9.0}}
    wait_for(lambda: len(kiosk.pages("issues")) == 2, "a relaunch")
    assert "the page's process is gone" in kiosk.log


def test_another_browser_with_the_same_address_does_not_speak_for_this_one(kiosk: Kiosk, app: App) -> None:
    app.open()
    pace = {"CUSTOMER_ROOM_KIOSK_PULSE": "1", "CUSTOMER_ROOM_KIOSK_BACKOFF": "0.1"}
    app.health = OURS | {"screens": {"issues": 0.1}, "launches": {"a-laptop": 0.1}}
    kiosk.start("--url", app.url, "--wall", "issues", **pace)
    wait_for(lambda: len(kiosk.pages("issues")) == 2, "a relaunch")
    assert "has not reported for more than 1 s" in kiosk.log


def test_a_page_that_is_slow_is_given_more_time_after_each_restart(kiosk: Kiosk, app: App) -> None:
    app.open()
    pace = {"CUSTOMER_ROOM_KIOSK_PULSE": "1", "CUSTOMER_ROOM_KIOSK_BACKOFF": "0.05"}
    app.health = OURS | {"screens": {"issues": 0.1}}
    kiosk.start("--url", app.url, "--wall", "issues", **pace)
    wait_for(lambda: app.asked.count("/healthz") > 3, "it has reported")
    app.health = OURS | {"screens": {"issues": 5}}
    wait_for(lambda: len(kiosk.launches) == 3, "two restarts")
    app.health = OURS | {"screens": {"issues": 3}}
    polled = app.asked.count("/healthz")
    wait_for(lambda: app.asked.count("/healthz") > polled + 4, "more looks")
    assert len(kiosk.launches) == 3, "four seconds are its time now"


def test_a_window_on_the_wrong_output_is_put_back_and_told(kiosk: Kiosk, app: App) -> None:
    (kiosk.fake / "place").write_text("X=1920\nY=0\nWIDTH=1920\nHEIGHT=1080\n")
    moved = 'printf "X=%s\\nY=%s\\nWIDTH=%s\\nHEIGHT=%s\\n" "$3" "$4" "$7" "$8" >"$FAKE/place"'
    kiosk.write_tool(
        "xdotool", f'case $1 in search) echo 7 ;; getwindowgeometry) cat "$FAKE/place" ;; windowmove) {moved} ;; esac\n'
    )
    app.open()
    kiosk.start("--url", app.url, "--wall", "outcomes")
    wait_for(lambda: "is at 1920x1080+1920+0, not at 1920x1080+0+0; puts it back" in kiosk.log, "it is told")
    wait_for(lambda: "the window is back at 1920x1080+0+0" in kiosk.log, "it is back")
    assert len(kiosk.launches) == 1


def test_one_locked_profile_keeps_one_wall_dark_and_no_other(kiosk: Kiosk, app: App) -> None:
    app.open()
    lock = plant_lock(kiosk, f"{socket.gethostname()}-{os.getpid()}")
    kiosk.start("--url", app.url, CUSTOMER_ROOM_KIOSK_BACKOFF="0.2")
    wait_for(lambda: len(kiosk.launches) == 2, "the two other walls")
    assert "the wall issues stays dark until that browser is closed" in kiosk.log
    assert not kiosk.pages("issues") and f"in use by process {os.getpid()}" in kiosk.run("--status", "--wall", "issues").stdout
    lock.unlink()
    wait_for(lambda: kiosk.pages("issues"), "the third wall")


def plant_lock(kiosk: Kiosk, owner: str) -> Path:
    profile = kiosk.state / "issues" / "profile"
    profile.mkdir(parents=True)
    (profile / "SingletonLock").symlink_to(owner)
    return profile / "SingletonLock"


@pytest.mark.parametrize("owner", ["otherhost-999", f"{socket.gethostname()}-4194305"])
def test_a_foreign_or_dead_lock_is_removed(kiosk: Kiosk, app: App, owner: str) -> None:
    app.open()
    lock = plant_lock(kiosk, owner)
    kiosk.start("--url", app.url, "--wall", "issues")
    wait_for(lambda: kiosk.launches, "a launch")
    assert not lock.is_symlink()
    assert f"removes the browser lock of {owner}" in kiosk.log


def test_the_lock_of_a_living_process_is_refused_and_kept(kiosk: Kiosk, app: App) -> None:
    app.open()
    lock = plant_lock(kiosk, f"{socket.gethostname()}-{os.getpid()}")
    result = kiosk.run("--url", app.url, "--wall", "issues")
    assert (result.returncode, f"in use by process {os.getpid()}" in result.stderr) == (11, True)
    assert lock.is_symlink()
    assert not kiosk.launches


def test_the_lock_of_an_earlier_boot_is_removed(kiosk: Kiosk, app: App) -> None:
    app.open()
    plant_lock(kiosk, f"{socket.gethostname()}-{os.getpid()}")
    (kiosk.state / "issues" / "boot").write_text("an earlier boot\n")
    kiosk.start("--url", app.url, "--wall", "issues")
    wait_for(lambda: kiosk.launches, "a launch")


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
def test_a_crashed_profile_is_mended(kiosk: Kiosk, app: App) -> None:
    app.open()
    preferences = kiosk.state / "issues" / "profile" / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text('{"profile": {"exit_type": "Crashed", "exited_cleanly": false, "name": "kept"}}')
    kiosk.start("--url", app.url, "--wall", "issues")
    wait_for(lambda: kiosk.launches, "a launch")
    assert json.loads(preferences.read_text())["profile"] == {"exit_type": "SessionEnded", "exited_cleanly": True, "name": "kept"}


def test_an_output_that_vanishes_is_said_and_its_wall_returns(kiosk: Kiosk, app: App) -> None:
    app.open()
    kiosk.start("--url", app.url, "--wall", "outcomes", "--wall", "issues@HDMI-2")
    wait_for(lambda: len(kiosk.launches) == 2, "two launches")
    monitors = kiosk.fake / "monitors"
    monitors.write_text("".join(THREE_OUTPUTS.splitlines(keepends=True)[:2]))
    wait_for(lambda: "the output HDMI-2 is not there" in kiosk.run("--status", "--wall", "issues").stdout, "it is said")
    assert "output HDMI-2 of wall issues: has vanished" in kiosk.log
    assert not (kiosk.state / "issues" / "browser.pid").exists()
    monitors.write_text(THREE_OUTPUTS)
    wait_for(lambda: len(kiosk.pages("issues")) == 2, "the wall returns")
    assert len(kiosk.pages("outcomes")) == 1


# ---- the real thing ------------------------------------------------------------------------------------------------


SCRIPTS = [KIOSK, *(KIOSK.parent / ".ci" / name for name in ("install", "run", "setup", "tools"))]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_shellcheck(script: Path) -> None:
    dialect = "bash" if script.read_text().startswith("#!/usr/bin/env bash") else "sh"
    command = [str(Path(sys.executable).with_name("shellcheck")), "-x", "-s", dialect, script.name]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=script.parent)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture
def display() -> Iterator[str]:
    missing = [name for name in ("Xvfb", "openbox", "chromium", "xdotool", "xrandr", "xprop") if not shutil.which(name)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        name = f":{answer.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env=os.environ | {"DISPLAY": name}, stderr=subprocess.DEVNULL)
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(PATIENCE)


@pytest.mark.browser
def test_real_chromium_fills_its_output(kiosk: Kiosk, app: App, display: str) -> None:
    browser = shutil.which("chromium")
    # A container runs tests as root, where Chromium has no sandbox to offer; kiosk.sh itself never asks for that.
    kiosk.write_tool("browser", f'exec {browser} {"--no-sandbox" if os.geteuid() == 0 else ""} "$@"\n')
    environment = {
        "PATH": os.environ["PATH"],
        "DISPLAY": display,
        "WAYLAND_DISPLAY": "",
        "CHROMIUM": str(kiosk.bin / "browser"),
    }
    wait_for(lambda: "window id" in x(display, "xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "openbox")
    app.status = 503
    app.open()
    process = kiosk.start("--url", app.url, "--wall", "outcomes", **environment)
    wait_for(lambda: x(display, "xdotool", "search", "--onlyvisible", "--name", "Customer Room: waiting"), "waiting page")
    app.status = 200
    wait_for(lambda: any("/wall/outcomes?screen=outcomes&launch=" in address for address in app.asked), "the wall is asked for")
    wait_for(lambda: "/size?1920x1080" in app.asked, "the page fills the screen")
    wait_for(lambda: {"X=0", "Y=0", "WIDTH=1920", "HEIGHT=1080"} <= place_of(display), "the window fills its output")

    app.health = OURS | {"screens": {"outcomes": 0.1}}
    looked = app.asked.count("/healthz")
    wait_for(lambda: app.asked.count("/healthz") > looked + 2, "the page has reported")
    drawing = renderers_of(kiosk.browser_pid("outcomes"))
    assert drawing
    for pid in drawing:
        os.kill(pid, signal.SIGKILL)
    app.health = OURS | {"screens": {"outcomes": 9.0}}
    opened = wall_asked(app)
    wait_for(lambda: wall_asked(app) > opened, "the killed page is back")
    assert "the page's process is gone" in kiosk.log
    process.terminate()
    assert process.wait(PATIENCE) == 0
    wait_for(lambda: kiosk.processes() == [], "all that was started has ended")


def place_of(display: str) -> set[str]:
    """Where the visible window of a wall is, and how large; nothing while there is none."""
    windows = x(display, "xdotool", "search", "--onlyvisible", "--class", "customer-room-outcomes").split()
    return set(x(display, "xdotool", "getwindowgeometry", "--shell", windows[-1]).split()) if windows else set()


def wall_asked(app: App) -> int:
    return sum("/wall/outcomes?screen=outcomes" in address for address in app.asked)


def renderers_of(group: int) -> list[int]:
    """The processes of one browser that draw pages."""
    pids = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group and b"--type=renderer" in (folder / "cmdline").read_bytes():
                pids.append(int(folder.name))
        except OSError:
            continue
    return pids


def x(display: str, *command: str) -> str:
    result = subprocess.run(command, env=os.environ | {"DISPLAY": display}, capture_output=True, text=True, check=False)
    return result.stdout
