"""The front door: rooms are made, checked, loaded and measured; a refusal is a sentence, never a traceback."""

import csv
import io
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from tests.conftest import AS_OF
from tests.metrics.given import journey, media
from wallboard import __version__, cli, terminal
from wallboard.loaders.load import Loaded, LoadStopped
from wallboard.metrics.registry import all_metrics
from wallboard.panels import find_panels
from wallboard.settings import Room
from wallboard.store.connections import writing
from wallboard.store.demo_data import is_demo
from wallboard.store.open import make_engine
from wallboard.store.schema import load_run, voice
from wallboard.store.troubles import trouble

AT = f"{AS_OF:%Y-%m-%dT%H:%MZ}"


@dataclass(frozen=True)
class Output:
    """What the program printed, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Output]


@pytest.fixture
def wallboard(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The program as its entry point starts it, on paper 200 wide."""
    monkeypatch.delenv("CUSTOMER_ROOM", raising=False)
    for console in (terminal.out, terminal.err):
        monkeypatch.setattr(console, "_width", 200)

    def run(*words: str | Path) -> Output:
        monkeypatch.setattr(sys, "argv", ["wallboard", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Output(int(end.value.code or 0), printed.out, printed.err)

    return run


def refused(result: Output) -> str:
    assert result.returncode == 1, result
    return result.stderr


def test_a_new_room_is_no_demo(wallboard: Run, tmp_path: Path) -> None:
    made = wallboard("init", tmp_path / "mine")
    assert made.returncode == 0 and "A room stands in" in made.stdout
    assert "this is a real room" in refused(wallboard("--root", tmp_path / "mine", "demo", "--no-serve"))
    assert "there is a room already" in refused(wallboard("init", tmp_path / "mine"))


def test_check_prints_every_fault_of_every_file_in_one_run(wallboard: Run, empty_room: Room) -> None:
    def spoil(file: str, old: str, new: str) -> None:
        path = empty_room.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    spoil("layouts/outcomes.toml", '"growth_verdict"', '"growth_verdikt"')
    spoil("layouts/issues.toml", "seconds", "secnds")
    spoil("data/sources.toml", 'feed     = "voice"', 'feed     = "voices"')
    spoil("data/sources.toml", "[people.columns]", '[people.columns]\nnickname = "x"')
    spoil("room.toml", "[screen.outcomes]", '[screen.extra]\nwall = "outcome"\n\n[screen.outcomes]')
    shutil.rmtree(empty_room.media)
    message = refused(wallboard("--root", empty_room.root, "check"))
    for part in (
        "layouts/outcomes.toml", "Did you mean 'growth_verdict'?", "layouts/issues.toml", "Did you mean 'seconds'?",
        "sources.toml [tickets]", "Did you mean 'voice'?", "sources.toml [people]", "nickname",
        "screen.extra.wall: there is no wall 'outcome'. Did you mean 'outcomes'?", "media: there is no folder",
    ):  # fmt: skip
        assert part in message, message
    assert len(message.splitlines()) == 6, message


def test_check_prints_every_fault_of_the_settings(wallboard: Run, empty_room: Room) -> None:
    file = empty_room.root / "room.toml"
    text = (
        file.read_text(encoding="utf-8").replace('theme              = "dark"', 'theme = "blue"').replace("small_n ", "smal_n ")
    )
    file.write_text(text, encoding="utf-8")
    message = refused(wallboard("--root", empty_room.root, "check"))
    assert "theme = 'blue'" in message and "unknown key 'smal_n'. Did you mean 'small_n'?" in message


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["check"], "there is no room here. Make one with: wallboard init"),
        (["serve"], "there is no room here."),
        (["measure", "customer_flo"], "there is no metric 'customer_flo'. Did you mean 'customer_flow'?"),
    ],
)
def test_a_refusal_is_a_sentence(wallboard: Run, tmp_path: Path, words: list[str], sentence: str) -> None:
    assert sentence in refused(wallboard("--root", tmp_path / "nowhere", *words))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["measure", "customer_flow", "month=3"], "there is no option 'month'. Did you mean 'months'?"),
        (["measure", "customer_flow", "months=many"], "months = 'many' is not a whole number above 0"),
        (["measure", "customer_flow", "months"], "'months' is not an option. Write NAME=VALUE"),
        (["measure", "customer_flow", "--perimeter", "bg"], "'bg' is not known. Did you mean 'gb'?"),
        (["measure", "customer_flow", "--at", "soon"], "'soon' is not a date or time. Write 2026-06-30"),
        (["load", "ticket"], "there is no source 'ticket'. Did you mean 'tickets'?"),
    ],
)
def test_a_slip_is_answered_with_the_nearest(wallboard: Run, demo_room: Room, words: list[str], sentence: str) -> None:
    assert sentence in refused(wallboard("--root", demo_room.root, *words))


def test_a_store_that_cannot_be_opened_is_a_sentence(wallboard: Run, empty_room: Room) -> None:
    (empty_room.data / "room.sqlite").write_bytes(b"no database at all, but long enough to be read as one" * 20)
    assert "cannot be read as a store" in refused(wallboard("--root", empty_room.root, "measure", "customer_flow"))


def test_a_measure_is_printed_as_text_json_and_csv(wallboard: Run, demo_room: Room) -> None:
    ask = ("--root", demo_room.root, "measure", "customer_flow", "months=3", "--at", AT)
    text, as_json, as_csv = (wallboard(*ask, *more).stdout for more in ((), ("--json",), ("--csv",)))
    columns = list(all_metrics()["customer_flow"].columns)
    rows = json.loads(as_json)
    table = list(csv.DictReader(io.StringIO(as_csv)))
    assert [list(row) for row in (rows[0], table[0])] == [columns, columns] and len(rows) == len(table) == 3
    assert [row["closing"] for row in rows] == [int(row["closing"]) for row in table]
    assert all(str(row["closing"]) in text for row in rows) and text.split()[0] == columns[0]
    for row in rows:
        assert row["opening"] + row["new"] + row["won_back"] - row["lost"] == row["closing"]


@pytest.mark.req("R10")
def test_the_parts_of_a_measure_sum_to_the_whole(wallboard: Run, demo_room: Room) -> None:
    closing = {}
    for perimeter in ("all", "gb", "ie"):
        result = wallboard(
            "--root", demo_room.root, "measure", "customer_flow", "months=2", "--at", AT, "--perimeter", perimeter, "--json"
        )
        closing[perimeter] = [row["closing"] for row in json.loads(result.stdout)]
    assert closing["all"] == [gb + ie for gb, ie in zip(closing["gb"], closing["ie"], strict=True)]


def test_measures_and_panels_are_listed(wallboard: Run) -> None:
    measures, panels = wallboard("measure").stdout, wallboard("panels").stdout
    assert all(f"{name}  " in measures for name in all_metrics())
    assert all(f"{name}  " in panels for name in find_panels())
    assert "touchpoint = " in panels and "PydanticUndefined" not in panels


@pytest.mark.slow
def test_a_refusal_of_the_whole_program_has_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from wallboard.cli import main; main()", "--root", str(tmp_path), "check"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1 and "there is no room here" in result.stderr and "Traceback" not in result.stderr


def test_the_version_and_the_help(wallboard: Run) -> None:
    assert wallboard("--version").stdout.strip() == __version__
    help_text = wallboard("--help").stdout
    assert all(command in help_text for command in ("init", "check", "load", "serve", "demo", "panels", "measure"))


@pytest.mark.slow
def test_a_load_ends_with_a_table_and_a_second_load_changes_nothing(wallboard: Run, fresh_room: Room) -> None:
    result = wallboard("--root", fresh_room.root, "load", "remarks", "stages", "--at", AT)
    assert result.returncode == 0, result.stderr
    head, *lines = [line for line in result.stdout.splitlines() if line.strip()]
    assert head.split() == ["source", "file", "read", "new", "changed", "same", "gone", "refused", "left", "out", "seconds"]
    table = [line for line in lines if line.split()[0] in ("remarks", "stages")]
    assert len(table) == 2
    for line in table:
        read, new, changed, same, gone, refusals, left_out = (int(number.replace(",", "")) for number in line.split()[2:9])
        assert new == changed == gone == 0 and read == same + refusals + left_out


@pytest.mark.slow
def test_a_file_that_is_missing_is_named_and_the_others_load(wallboard: Run, fresh_room: Room) -> None:
    (fresh_room.data / "exports" / "relayed_remarks.csv").unlink()
    result = wallboard("--root", fresh_room.root, "load", "remarks", "stages", "--at", AT)
    assert "remarks:" in refused(result) and "relayed_remarks.csv" in result.stderr
    assert "stages" in result.stdout


def test_demo_writes_loads_and_stops_when_told(demo_room: Room, demo_output: str) -> None:
    assert re.search(r"^tickets +exports/zendesk_tickets\.csv +\d", demo_output, re.MULTILINE), demo_output
    engine = make_engine(demo_room.store_url)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(voice)).scalar_one() > 1000
        assert connection.execute(select(load_run.c.source).where(load_run.c.status != "ok")).all() == []
        assert is_demo(connection)
    engine.dispose()


@pytest.mark.slow
def test_check_names_a_listed_picture_that_is_gone(wallboard: Run, empty_room: Room, empty_store: Engine) -> None:
    (empty_room.data / "sources.toml").write_text("", encoding="utf-8")
    there, gone = (file.relative_to(empty_room.media).as_posix() for file in sorted(empty_room.media.rglob("*.png"))[:2])
    with writing(empty_store) as connection:
        journey(connection)
        media(connection, {"path": there}, {"path": gone})
    (empty_room.media / gone).unlink()
    message = refused(wallboard("--root", empty_room.root, "check"))
    assert f"the store lists '{gone}', but the file is not there." in message and f"'{there}'" not in message


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("customer_flow", "--perimeter", "nort"), "'nort' is not known"),
        (("customer_flow", "months=99999"), "further than the calendar"),
        (("customer_flow", "months=²"), "not a whole number above 0"),
        (("customer_flow", f"months={'9' * 5000}"), "not a whole number above 0"),
    ],
    ids=["a part of a room without parts", "before the calendar", "no digit", "too many digits"],
)
def test_a_measure_answers_nonsense_with_a_sentence(
    wallboard: Run, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    wallboard("init", tmp_path / "mine")
    assert sentence in refused(wallboard("--root", tmp_path / "mine", "measure", *words))


def test_a_fault_of_our_own_is_a_sentence_too(wallboard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("wallboard.commands.load.open_room", broken)
    message = refused(wallboard("--root", tmp_path, "load"))
    assert (
        "This program failed (ZeroDivisionError division by zero; test_cli.py, line" in message and "Please report it." in message
    )


@pytest.mark.slow
def test_where_the_store_breaks_on_the_way_the_table_says_what_was_loaded_before(
    wallboard: Run, empty_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_arguments: object, **_more: object) -> list[Loaded]:
        raise LoadStopped(trouble("full"), [Loaded(source="tickets", feed="voice", file="tickets.csv", read=7, new=7)])

    monkeypatch.setattr("wallboard.account.load", stopped)
    result = wallboard("--root", empty_room.root, "load")
    assert "its disk is full" in refused(result)
    assert re.search(r"tickets +tickets\.csv +7 +7", result.stdout)


def test_an_address_that_is_taken_is_a_sentence(demo_room: Room) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-c", "from wallboard.cli import main; main()", "--root", str(demo_room.root)]
        done = subprocess.run([*command, "serve", "--port", str(port)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"127.0.0.1:{port}: the room cannot be served here (Address already in use). Stop what listens there" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_a_sentence(wallboard: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    sentence = refused(wallboard("init", tmp_path / "file" / "room"))
    assert str(tmp_path / "file") in sentence and "Check that it is there" in sentence
