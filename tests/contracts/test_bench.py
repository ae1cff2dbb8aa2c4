"""The benchmark compares with a wall that works."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench import smallest
from bench.decks import same_pictures, shown_before
from bench.plain_wall import CHARTS, asked, plain_wall
from wallboard.drawing.cell import Smallest

TICKETS = [
    ("2026-06-08 09:00:00", "late", "order"),
    ("2026-06-16 10:00:00", "broken", "use"),
    ("2026-06-17 11:00:00", "late", "use"),
]


def test_sizes_that_somebody_has_written_by_hand_are_kept(tmp_path: Path) -> None:
    file, size = tmp_path / "panel.py", Smallest(38, 9)
    file.write_text("PANEL = Panel(\n    draw,\n    smallest=(Smallest(25, 2),),\n)\n", encoding="utf-8")
    assert smallest.declared(file, [size]) and "smallest=(Smallest(38, 9),),\n)" in file.read_text(encoding="utf-8")
    for name in ("journey_views", "stage_react"):
        file.write_text((smallest.PANELS / f"{name}.py").read_text(encoding="utf-8"), encoding="utf-8")
        assert not smallest.declared(file, [size]) and "Smallest(38, 9)" not in file.read_text(encoding="utf-8")


def test_pictures_are_compared_with_the_same_panel_in_whichever_scene_it_stood(tmp_path: Path) -> None:
    scenes = [("kinds", "pareto", "issue_pareto"), ("flow", "list", "issue_list"), ("people", "list", "issue_list")]
    written = (f'[[scene]]\nname = "{name}"\n[scene.panel.{slot}]\nshow = "{show}"\n' for name, slot, show in scenes)
    (tmp_path / "issues.toml").write_text("".join(written), encoding="utf-8")
    before = shown_before(tmp_path, "issues")
    ours = [
        ("issues--nature--list", "issue_list"),
        ("issues--nature--pareto", "issue_pareto"),
        ("issues--people--list", "issue_list"),
        ("issues--who--list", "issue_list"),
        ("issues--overview--overview", "issue_overview"),
    ]
    pairs, new = same_pictures(ours, before)
    assert dict(pairs) == {
        "issues--people--list": "issues--people--list",
        "issues--nature--list": "issues--flow--list",
        "issues--nature--pareto": "issues--kinds--pareto",
    }
    assert new == ["issue_list (who)", "issue_overview (overview)"]
    assert shown_before(tmp_path, "tour") == []


@pytest.mark.slow
def test_the_plain_wall_answers_what_the_benchmark_asks(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "tickets.sqlite")) as connection:
        connection.execute("CREATE TABLE ticket (at TEXT, kind TEXT, stage TEXT)")
        connection.executemany("INSERT INTO ticket VALUES (?, ?, ?)", TICKETS)
        connection.commit()
    answer = plain_wall(str(tmp_path / "tickets.sqlite")).server.test_client().post("/_dash-update-component", json=asked(1))
    assert answer.status_code == 200, answer.text
    drawn = answer.get_json()["response"]
    assert list(drawn) == list(CHARTS) and all(drawn[name]["figure"]["data"] for name in CHARTS)
