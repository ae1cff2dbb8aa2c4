"""`wallboard check`: it reads the files too, and says what a load would say of their first rows."""

import re
from pathlib import Path

import pytest

from tests.conftest import MORNING
from tests.loaders.conftest import VOICE, tickets
from wallboard.check import faults_of
from wallboard.cli import app
from wallboard.drawing.cell import Cell
from wallboard.drawing.theme import DEFAULT_FLOOR
from wallboard.panels import find_panels
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
    assert "20 × Created: 'never' is not a valid date" in remarks[1]
    (room.layouts / "board.toml").write_text(BOARD.format("got", "dor"), encoding="utf-8")
    spoiled = VOICE.replace("[tickets.constants]", '[tickets.constants]\nperimeter = "nroth"')
    (room.data / "sources.toml").write_text(JOURNEY + spoiled, encoding="utf-8")
    with (room.root / "room.toml").open("a", encoding="utf-8") as file:
        file.write('[perimeter.north]\nname = "North"\n[perimeter.south]\nname = "South"\n')
    perimeter, rows, at_stage, at_point = checked(room)[0]
    assert "[tickets]: constants.perimeter = 'nroth' is not a perimeter" in perimeter and "Did you mean 'north'?" in perimeter
    assert "every row would be refused" in rows and "'nroth' is not a known perimeter of room.toml" in rows
    assert at_stage == "layouts/board.toml: scene 'one': stage = 'got' is not a stage of the journey. Did you mean 'get'?"
    assert "touchpoint = 'dor' is not a touchpoint of the journey. Did you mean 'door'?" in at_point


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


SIX = """kind = "wall"
title = "Six at a glance"
[[scene]]
name = "six"
grid = ["a b c", "d e f"]
[scene.panel.a]
show = "issue_arrivals"
[scene.panel.b]
show = "issue_pareto"
[scene.panel.c]
show = "issue_stages"
[scene.panel.d]
show = "throughput"
[scene.panel.e]
show = "cumulative_flow"
[scene.panel.f]
show = "issue_list"
rows = 3
"""
"""Somebody else's layout (case 15): its panels were drawn over each other, and nothing said so."""


def test_it_names_each_cell_that_is_too_small_with_what_it_has_and_what_it_needs(room: Room) -> None:
    (room.layouts / "issues.toml").write_text(SIX, encoding="utf-8")
    named = [fault for fault in checked(room)[0] if "too small" in fault]
    panels = find_panels()
    shown = re.findall(r'show = "(\w+)"', SIX)
    small = [name for name in shown if not Cell(1 / 3, 1 / 2).holds(panels[name].smallest, DEFAULT_FLOOR)]
    assert "cumulative_flow" in small and "issue_arrivals" not in small
    assert [re.findall(r"too small for (\w+),", fault)[0] for fault in named] == small
    needs, area = " or ".join(map(str, panels[small[0]].smallest)), "abcdef"[shown.index(small[0])]
    first = f"scene 'six', area '{area}': too small for {small[0]}, which needs {needs} and has 25 letters × "
    assert named[0].startswith(f"layouts/issues.toml: {first}")
    assert "% of the wall's width and " in named[0]


def test_a_cell_is_too_small_on_the_screen_that_stands_furthest_away(room: Room) -> None:
    assert not [fault for fault in checked(room)[0] if "too small" in fault]
    far = '[screen.far]\nwall = "issues"\ndiagonal_in = 43\ndistance_m = 8\n'
    file = room.root / "room.toml"
    file.write_text(file.read_text(encoding="utf-8") + far, encoding="utf-8")
    named = [fault for fault in checked(room)[0] if "too small" in fault]
    assert named and all(fault.startswith("layouts/issues.toml") for fault in named)
