"""`wallboard serve --edit`: what is saved is shown at once; a slip is told with its file and line, and the wall stays."""

import gc
import weakref
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from sqlalchemy import Engine
from werkzeug.test import Client

from tests.conftest import MORNING
from wallboard.editing import Editing
from wallboard.screens.workers import WORKERS
from wallboard.settings import Room
from wallboard.toml_lines import line_of

pytestmark = pytest.mark.slow  # makes the application anew on each save

WALL = """kind = "wall"
title = "Six at a glance"

[[scene]]
name = "one"
seconds = 45
grid = ["a"]
[scene.panel.a]
show = "issue_list"
rows = 3
"""
AREAS = '[scene.panel.a]\nshow = "journey_map"\n[scene.panel.b]\nshow = "journey_map"\n'
NINTH = '[[scene]]\nname = "s{}"\nseconds = 5\ngrid = ["a"]\n[scene.panel.a]\nshow = "issue_list"\n'
SCREEN = '\n[screen.hall]\nwall = "mine"\n'


@pytest.fixture
def editing(empty_room: Room, empty_store: Engine) -> Editing:
    (empty_room.layouts / "mine.toml").write_text(WALL, encoding="utf-8")
    return Editing(empty_room, MORNING)


def pulse(editing: Editing, path: str = "/wall/mine") -> dict[str, Any]:
    answer = Client(editing).get(f"/pulse?path={path}").json
    assert answer is not None
    return dict(answer)


def save(room: Room, text: str, name: str = "layouts/mine.toml") -> None:
    """As editors save: a new file takes the place of the old one."""
    new = room.root / f"{name}.new"
    new.write_text(text, encoding="utf-8")
    new.replace(room.root / name)


def test_a_layout_that_is_saved_is_another_build_that_shows_it(editing: Editing, empty_room: Room) -> None:
    before = pulse(editing)
    assert before["scene"] == "one" and pulse(editing)["boot"] == before["boot"]
    save(empty_room, WALL.replace('name = "one"', 'name = "two"'))
    after = pulse(editing)
    assert after["scene"] == "two" and after["build"] != before["build"] and "slip" not in after


@pytest.mark.parametrize(
    ("was", "now", "line", "words"),
    [
        ("rows = 3", "rwos = 3", 10, "unknown key 'rwos'. Did you mean 'rows'?"),
        ('"issue_list"', '"isue_list"', 9, "there is no panel 'isue_list'. Did you mean 'issue_list'?"),
        ('["a"]', '["a b"]', 7, "'b' of the grid has no panel."),
        ("seconds = 45", "seconds = 1", 6, "greater than or equal to 5"),
        ("seconds = 45", "seconds = ", 6, "is not readable TOML"),
        ("seconds = 45", "secnds = 45", 6, "unknown key 'scene.0.secnds'. Did you mean 'seconds'?"),
        ('["a"]', '["a b c", "a b d"]', 7, "'b' of the grid has no panel."),
        (
            '"issue_list"\nrows = 3',
            '"journey_map"\n[[scene]]\nname = "two"\ngrid = ["a b"]\n' + AREAS,
            13,
            "too small for journey_map, which needs",
        ),
        ("seconds = 45", "seconds = 241", 4, "the deck 'wall' has 1 scene of 241 seconds"),
        ("rows = 3\n", "rows = 3\n" + "".join(NINTH.format(n) for n in range(2, 10)), 53, "the deck 'wall' has 9 scenes"),
        (WALL, WALL[:70], 6, "is not readable TOML"),
        (WALL, "", 1, "title"),
    ],
)
def test_a_slip_is_told_with_file_and_line_while_the_last_good_wall_stays(
    editing: Editing, empty_room: Room, was: str, now: str, line: int, words: str
) -> None:
    before = pulse(editing)
    save(empty_room, WALL.replace(was, now))
    content = pulse(editing)
    assert content["slip"].startswith(f"Not shown yet, layouts/mine.toml, line {line}: ") and words in content["slip"], content[
        "slip"
    ]
    assert (content["scene"], content["build"], content["tokens"]) == ("one", before["build"], before["tokens"])
    save(empty_room, WALL)
    assert "slip" not in pulse(editing)


def test_the_settings_of_the_room_are_read_again_too(editing: Editing, empty_room: Room) -> None:
    text = (empty_room.root / "room.toml").read_text(encoding="utf-8")
    save(empty_room, text.replace('"Fern & Kettle"', '"Another House"'), "room.toml")
    before = pulse(editing)
    assert "Another House" in Client(editing).get("/").text
    save(empty_room, text.replace("small_n ", "smal_n "), "room.toml")
    number = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("small_n "))
    assert pulse(editing)["slip"].startswith(f"Not shown yet, room.toml, line {number}: unknown key 'smal_n'.")
    assert pulse(editing)["build"] == before["build"] and "Another House" in Client(editing).get("/").text


def test_the_line_of_a_key_is_found_in_the_array_that_it_belongs_to() -> None:
    text = WALL + WALL.partition("\n\n")[2].replace('"one"', '"two"')
    first = text.splitlines().index("rows = 3") + 1
    assert line_of(text, ("scene", 0, "panel", "a", "rows")) == first
    assert line_of(text, ("scene", 1, "panel", "a", "rows")) == first + 7
    assert line_of(text, ("scene", 1, "panel", "a", "nothing")) == first + 5
    assert line_of(text, ("nowhere",)) == 1


def test_however_often_something_is_saved_no_thread_and_no_room_is_left_behind(editing: Editing, empty_room: Room) -> None:
    seen: list[weakref.ref[Any]] = []
    for turn in range(3):
        for name in pulse(editing)["tokens"]:
            Client(editing).get(f"/picture/{name}?path=/wall/mine")
        seen.append(weakref.ref(editing._server))
        save(empty_room, WALL.replace("rows = 3", f"rows = {4 + turn}"))
    pulse(editing)
    gc.collect()
    assert [server() for server in seen] == [None] * 3
    assert len([thread for thread in enumerate_threads() if thread.name.startswith("picture")]) <= WORKERS


def test_a_file_that_is_gone_is_a_slip_while_a_screen_shows_it_or_the_room_needs_it(editing: Editing, empty_room: Room) -> None:
    settings = (empty_room.root / "room.toml").read_text(encoding="utf-8")
    save(empty_room, settings + SCREEN, "room.toml")
    before = pulse(editing)
    (empty_room.layouts / "mine.toml").unlink()
    gone = pulse(editing)
    line = len((settings + SCREEN).splitlines())
    assert gone["slip"].startswith(f"Not shown yet, room.toml, line {line}: screen.hall.wall: there is no wall 'mine'.")
    assert (gone["build"], gone["scene"]) == (before["build"], "one")
    save(empty_room, WALL)
    assert "slip" not in pulse(editing)
    (empty_room.root / "room.toml").unlink()
    assert "room.toml" in pulse(editing)["slip"] and pulse(editing)["scene"] == "one"
    save(empty_room, settings, "room.toml")
    assert "slip" not in pulse(editing)


def test_what_was_wrong_before_is_no_slip_of_this_save(empty_room: Room, empty_store: Engine) -> None:
    (empty_room.layouts / "mine.toml").write_text(WALL.replace("seconds = 45", "seconds = 241"), encoding="utf-8")
    editing = Editing(empty_room, MORNING)
    save(empty_room, WALL.replace("seconds = 45", "seconds = 241").replace('name = "one"', 'name = "two"'))
    after = pulse(editing)
    assert after["scene"] == "two" and "slip" not in after
