"""What `wallboard init` makes: a room in which nothing stands of the company that shows how a room is."""

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, func, select

from tests.conftest import MORNING, REPOSITORY
from wallboard.cli import app
from wallboard.demo.moving_in import demo_room
from wallboard.layout import read_layouts
from wallboard.loaders.load import load
from wallboard.panels import find_panels
from wallboard.settings import Room, open_room
from wallboard.store.schema import issue_type, voice

BOUND = ("touchpoint", "against", "stage", "names", "perimeter", "issue_type", "person", "function")
"""Options that would name something of one company."""


@pytest.fixture
def made(tmp_path: Path) -> Room:
    app(["init", str(tmp_path / "mine")], standalone_mode=False)
    return open_room(tmp_path / "mine")


def test_a_new_room_says_nothing_of_the_demo_company(made: Room) -> None:
    settings, demo = made.settings, open_room(REPOSITORY).settings
    assert (settings.demo, settings.perimeter, settings.journey.owner, settings.journey.mission) == (False, {}, None, None)
    texts = "\n".join(file.read_text(encoding="utf-8") for file in made.root.rglob("*.toml"))
    names = [demo.company, *demo.company.split(" & "), demo.journey.owner, demo.journey.mission, *demo.perimeter]
    names += [perimeter.name for perimeter in demo.perimeter.values()]
    assert len(names) > 7
    assert [name for name in names if re.search(rf"\b{re.escape(str(name))}\b(?!\])", texts) and name != "all"] == []


def test_its_layouts_bind_nothing(made: Room) -> None:
    layouts = read_layouts(made.layouts, find_panels())
    assert set(layouts) == set(read_layouts(REPOSITORY / "layouts", find_panels()))
    bound = [
        (placed.id, option)
        for layout in layouts.values()
        for placed in layout.placed()
        for option in BOUND
        if getattr(placed.options, option, None)
    ]
    assert bound == []
    assert [scene.name for layout in layouts.values() for scene in layout.scenes if scene.stage] == []


def test_the_worked_example_is_a_page_and_works(made: Room, sqlite_store: Engine) -> None:
    file = made.data / "sources.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 60
    begins = next(n for n, line in enumerate(lines) if line.startswith("# [tickets] "))
    example = [line.removeprefix("# ") for line in lines[begins : lines.index("#", begins)]]
    kinds = '[kinds]\nfeed = "issue_types"\nfile = "exports/kinds.csv"\ncolumns = {issue_type = "key", wording = "wording"}\n'
    file.write_text("\n".join([*example, kinds]), encoding="utf-8")
    (made.data / "exports/kinds.csv").write_text("key,wording\nlate,My order is late\n", encoding="utf-8")
    rows = (
        "Ticket ID,Created,Solved,Subject,Customer ID,Type,Category",
        "1,30/06/2026 09:15,-,It came late,7,Complaint,Delivery late",
        "2,30/06/2026 09:20,-,Do you sell mugs?,8,Question,n/a",
        "3,30/06/2026 09:25,-,Cheap watches,9,Spam,n/a",
    )
    (made.data / "exports/tickets_june.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    loaded = load(made, sqlite_store, MORNING)
    assert [(result.source, result.status, result.new) for result in loaded] == [("kinds", "ok", 1), ("tickets", "ok", 2)], loaded
    with sqlite_store.connect() as connection:
        assert connection.scalars(select(voice.c.complaint).order_by(voice.c.source_key)).all() == [True, False]
        assert connection.scalar(select(func.count()).select_from(issue_type)) == 1


@pytest.mark.slow
def test_all_that_a_room_is_made_of_travels_with_the_program(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=REPOSITORY, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = {name.removeprefix("wallboard/_carried/") for name in archive.namelist() if "/_carried/" in name}
    wanted = {"room.toml", "data/sources.toml", "data/media/catalogue.csv", "starter/room.toml", "layouts/outcomes.toml"}
    assert wanted <= names and not [name for name in names if "sqlite" in name or "exports/" in name]


def test_the_demo_company_finds_a_room_wherever_it_is_called(tmp_path: Path) -> None:
    alone, made = demo_room(tmp_path / "new")
    assert made and open_room(alone).settings.demo and read_layouts(alone / "layouts", find_panels())
    (tmp_path / "crowded").mkdir()
    (tmp_path / "crowded" / "letter.txt").write_text("mine", encoding="utf-8")
    among, made = demo_room(tmp_path / "crowded")
    assert made and among == tmp_path / "crowded" / "demo-room" and (among / "data" / "sources.toml").is_file()
    assert demo_room(tmp_path / "crowded") == (among, False) == demo_room(among)
    assert sorted(path.name for path in (tmp_path / "crowded").iterdir()) == ["demo-room", "letter.txt"]
