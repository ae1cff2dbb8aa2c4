"""`wallboard check`: it reads the files too, and says what a load would say of their first rows."""

from pathlib import Path

import pytest

from tests.conftest import MORNING
from tests.loaders.conftest import VOICE, tickets
from wallboard.check import faults_of
from wallboard.cli import app
from wallboard.settings import Room, open_room

pytestmark = pytest.mark.slow  # each opens a store of its own

JOURNEY = """
[stages]
feed = "stages"
file = "stages.csv"
columns = {stage = "k", seq = "n", name = "w"}
[touchpoints]
feed = "touchpoints"
file = "points.csv"
columns = {touchpoint = "k", stage = "s", seq = "n", name = "w"}
"""
BOARD = """title = "Who?"
[[scene]]
name = "one"
stage = "{}"
grid = ["a"]
[scene.panel.a]
show = "touchpoint_board"
touchpoint = "{}"
"""


@pytest.fixture
def room(tmp_path: Path) -> Room:
    app(["init", str(tmp_path / "mine")], standalone_mode=False)
    made = open_room(tmp_path / "mine")
    for layout in made.layouts.glob("*.toml"):
        if layout.stem not in ("outcomes", "issues", "touchpoints"):
            layout.unlink()
    return made


def checked(room: Room) -> tuple[list[str], list[str]]:
    remarks: list[str] = []
    return [str(fault) for fault in faults_of(room.root, MORNING, remarks)], remarks


def test_a_room_that_names_no_source_and_one_without_a_file_are_not_in_order(room: Room) -> None:
    assert checked(room) == ([f"{room.data / 'sources.toml'}: names no source yet. Write one [table] for each export."], [])
    (room.data / "sources.toml").write_text(VOICE, encoding="utf-8")
    [fault], _ = checked(room)
    assert fault.startswith("[tickets]:") and "tickets*.csv: no file matches. Put the export there" in fault
    assert not (room.data / "room.sqlite").exists()


def test_it_tries_the_first_rows_and_knows_what_layouts_name(room: Room) -> None:
    (room.data / "sources.toml").write_text(JOURNEY + VOICE, encoding="utf-8")
    (room.data / "stages.csv").write_text("k,n,w\nget,1,I get it\n", encoding="utf-8")
    (room.data / "points.csv").write_text("k,s,n,w\ndoor,get,1,The door\n", encoding="utf-8")
    good = tickets(*(f"{n},{'never' if n % 10 == 0 else '2026-06-01'},,Late," for n in range(1, 1_001)))
    (room.data / "tickets.csv").write_text(good, encoding="utf-8")
    (room.layouts / "board.toml").write_text(BOARD.format("get", "door"), encoding="utf-8")
    faults, remarks = checked(room)
    assert faults == []
    assert remarks[0] == "tickets: 20 of 200 rows of tickets.csv would be refused (10%):"
    assert "20 × Created: 'never' is no date that fits" in remarks[1]
    (room.layouts / "board.toml").write_text(BOARD.format("got", "dor"), encoding="utf-8")
    spoiled = VOICE.replace("[tickets.constants]", '[tickets.constants]\nperimeter = "nroth"')
    (room.data / "sources.toml").write_text(JOURNEY + spoiled, encoding="utf-8")
    with (room.root / "room.toml").open("a", encoding="utf-8") as file:
        file.write('[perimeter.north]\nname = "North"\n[perimeter.south]\nname = "South"\n')
    perimeter, rows, at_stage, at_point = checked(room)[0]
    assert "[tickets]: constants.perimeter = 'nroth' is no perimeter" in perimeter and "Did you mean 'north'?" in perimeter
    assert "every row would be refused" in rows and "'nroth' is no known perimeter of room.toml" in rows
    assert at_stage == "layouts/board.toml: scene 'one': stage = 'got' is no stage of the journey. Did you mean 'get'?"
    assert "touchpoint = 'dor' is no touchpoint of the journey. Did you mean 'door'?" in at_point


def test_a_cadence_and_a_real_fall_are_of_known_sources(room: Room) -> None:
    (room.data / "sources.toml").write_text(VOICE, encoding="utf-8")
    (room.data / "tickets.csv").write_text(tickets("1,2026-06-01,,a,"), encoding="utf-8")
    settings = (room.root / "room.toml").read_text(encoding="utf-8")
    toml = "[[real_fall]]\nsource = 'tickts'\nday = 2026-01-05\nnote = 'Anna asked the service desk.'\n[cadence]\nticket = '1d'\n"
    (room.root / "room.toml").write_text(settings.replace("[cadence]", toml, 1), encoding="utf-8")
    faults, _ = checked(room)
    assert "room.toml: cadence.ticket: there is no source 'ticket' in data/sources.toml. Did you mean 'tickets'?" in faults
    assert "room.toml: real_fall.0.source: there is no source 'tickts' in data/sources.toml. Did you mean 'tickets'?" in faults


def test_it_names_columns_that_repeat_and_knows_those_that_earlier_files_had(room: Room) -> None:
    (room.data / "sources.toml").write_text(VOICE, encoding="utf-8")
    file = room.data / "tickets.csv"
    file.write_text("Id,Created,Solved,Words,Words,Score\n1,2026-06-01,,a,b,\n", encoding="utf-8")
    [fault], _ = checked(room)
    assert "Map 'Words (1)' for the first, 'Words (2)' for the second, under [tickets.columns]." in fault
    without = "Id,Created,Words,Score\n1,2026-06-01,a,\n"
    file.write_text(without, encoding="utf-8")
    [fault], _ = checked(room)
    assert 'If it may be absent, write optional = ["Solved"] under [tickets].' in fault
    file.write_text(tickets("1,2026-06-01,,a,"), encoding="utf-8")
    app(["--root", str(room.root), "load", "--at", "2026-06-30"], standalone_mode=False)
    file.write_text(without, encoding="utf-8")
    assert checked(room)[0] == []
