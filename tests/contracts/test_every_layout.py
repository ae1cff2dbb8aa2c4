"""The shipped layouts are good, and every kind of slip is answered with file, key, the nearest known name and the remedy."""

from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from wallboard.errors import Faults, RoomError
from wallboard.layout import WALKED, deck_faults, read_layout, read_layouts
from wallboard.panels import find_panels

PANELS = find_panels()
SHIPPED = read_layouts(REPOSITORY / "layouts", PANELS)

GOOD = """kind = "wall"
title = "Is it good?"
[[scene]]
name = "one"
grid = ["a b"]
[scene.panel.a]
show = "growth_verdict"
[scene.panel.b]
show = "issue_list"
rows = 3
"""


def test_the_three_walls_and_the_walk_are_shipped() -> None:
    assert set(SHIPPED) >= {"outcomes", "issues", "touchpoints", *WALKED}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_layout_asks_a_question_and_places_each_panel_once(name: str) -> None:
    layout = SHIPPED[name]
    assert layout.title.endswith(("?", "”"))
    ids = [placed.id for placed in layout.placed()]
    assert len(set(ids)) == len(ids)
    assert all(len(scene.heights) == len(scene.rows) for scene in layout.scenes)
    assert all(20 <= scene.seconds <= 120 for scene in layout.scenes)
    assert list(deck_faults([layout])) == []


def refused(tmp_path: Path, text: str | bytes) -> str:
    file = tmp_path / "wall.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RoomError) as refusal:
        read_layout(file, PANELS)
    return str(refusal.value)


def test_the_good_one_is_good(tmp_path: Path) -> None:
    file = tmp_path / "wall.toml"
    file.write_text(GOOD, encoding="utf-8")
    layout = read_layout(file, PANELS)
    assert [placed.id for placed in layout.placed()] == ["wall--one--a", "wall--one--b"]


@pytest.mark.parametrize(
    ("there", "slip", "parts"),
    [
        ('title = "Is it good?"', 'titel = "Is it good?"', ("unknown key 'titel'", "Did you mean 'title'?")),
        ('title = "Is it good?"', "", ("'title' is missing",)),
        ('kind = "wall"', 'kind = "wal"', ("kind = 'wal'", "'wall', 'journey', 'stage', 'end' or 'tour'")),
        ('name = "one"', 'name = "One scene"', ("scene.0.name", "One scene")),
        ('name = "one"', 'name = "one"\nsecond = 9', ("unknown key 'scene.0.second'", "Did you mean 'seconds'?")),
        ('name = "one"', 'name = "one"\nseconds = 1', ("scene.0.seconds", "5")),
        ('grid = ["a b"]', 'grid = []', ("scene.0.grid",)),
        ('grid = ["a b"]', 'grid = ["a b", "a"]', ("scene 'one'", "the rows of the grid have 2, 1 words")),
        ('grid = ["a b"]', 'grid = ["a b", "b a"]', ("'a' is not a rectangle in the grid", "Draw each area as one rectangle")),
        ('grid = ["a b"]', 'grid = ["a c"]', ("'c' of the grid has no panel", "panel 'b' is not in the grid")),
        ('grid = ["a b"]', 'grid = ["a b"]\nheights = [1, 2]', ("heights has 2 numbers", "Write 1 numbers above zero")),
        ('grid = ["a b"]', 'grid = ["a b"]\nwidths = [1, 0]', ("widths",)),
        ('show = "growth_verdict"', 'show = "growth_verdikt"', ("there is no panel 'growth_verdikt'", "'growth_verdict'?")),
        ('show = "growth_verdict"', 'shows = "growth_verdict"', ("panel 'a' does not say what it shows", "Write: show =")),
        ("rows = 3", "row = 3", ("panel 'b'", "unknown key 'row'", "Did you mean 'rows'?")),
        ("rows = 3", 'rows = "many"', ("panel 'b'", "rows", "many")),
        ("rows = 3", "rows = 3 3", ("is not readable TOML", "Correct that line")),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_file_key_and_remedy(tmp_path: Path, there: str, slip: str, parts: tuple[str, ...]) -> None:
    assert there in GOOD
    sentence = refused(tmp_path, GOOD.replace(there, slip))
    assert "layouts/wall.toml" in sentence
    assert all(part in sentence for part in parts), sentence


def test_an_unreadable_file_and_two_scenes_of_one_name(tmp_path: Path) -> None:
    assert "is not readable TOML" in refused(tmp_path, b"\xff\xfe")
    assert "two scenes are called 'one'" in refused(tmp_path, GOOD + GOOD.partition("\n")[2].partition("\n")[2])


def test_every_slip_of_every_file_is_named_in_one_reading(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD.replace("growth_verdict", "growth").replace("rows", "row"), encoding="utf-8")
    (tmp_path / "b.toml").write_text("title = 3", encoding="utf-8")
    (tmp_path / "c.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(Faults) as refusal:
        read_layouts(tmp_path, PANELS)
    assert len(refusal.value.faults) == 4
    assert {fault.where.partition(":")[0] for fault in refusal.value.faults} == {"layouts/a.toml", "layouts/b.toml"}


def test_a_folder_without_layouts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Faults, match="there is no layout"):
        read_layouts(tmp_path, PANELS)


def test_a_layout_says_what_it_is_and_one_of_the_version_before_is_read_with_a_hint(tmp_path: Path) -> None:
    for name in ("kitchen", "stage"):
        (tmp_path / f"{name}.toml").write_text(GOOD, encoding="utf-8")
    assert {layout.kind for layout in read_layouts(tmp_path, PANELS).values()} == {"wall"}
    for name in ("kitchen", "stage"):
        (tmp_path / f"{name}.toml").write_text(GOOD.partition("\n")[2], encoding="utf-8")
    undeclared = read_layouts(tmp_path, PANELS)
    assert {name: layout.kind for name, layout in undeclared.items()} == {"kitchen": "wall", "stage": "stage"}
    assert "layouts/kitchen.toml does not say what it is" in undeclared["kitchen"].hint
    assert undeclared["stage"].hint.endswith('Write kind = "stage" at its top.')
    assert not any(layout.hint for layout in SHIPPED.values())


def test_an_option_of_before_is_read_with_a_hint(tmp_path: Path) -> None:
    options = '{ show = "retention", figures_in_a_row = 20 }'
    scene = f'[[scene]]\nname = "people"\ntitle = "Who stays?"\nseconds = 20\ngrid = ["a"]\npanel.a = {options}\n'
    (tmp_path / "kitchen.toml").write_text(f'kind = "wall"\ntitle = "Kitchen"\n{scene}', encoding="utf-8")
    layout = read_layout(tmp_path / "kitchen.toml", PANELS)
    assert [placed.options.model_dump()["pictograms_in_a_row"] for placed in layout.placed()] == [20]
    assert "option 'figures_in_a_row' is called 'pictograms_in_a_row' now" in layout.hint


def test_a_part_of_the_walk_stands_in_one_layout(tmp_path: Path) -> None:
    for name in ("journey", "map"):
        (tmp_path / f"{name}.toml").write_text(GOOD.replace('"wall"', '"journey"'), encoding="utf-8")
    with pytest.raises(Faults, match=r'journey\.toml and map\.toml both say kind = "journey"'):
        read_layouts(tmp_path, PANELS)
