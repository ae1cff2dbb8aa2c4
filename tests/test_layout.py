"""A layout says which of its scenes turn, what people call it, and whose answer it gives."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from wallboard import layout as layout_files
from wallboard.errors import RoomError
from wallboard.layout import Layout, Scene, deck_faults, name_faults, read_layout, read_layouts
from wallboard.panels import find_panels

PANELS = find_panels()
KIOSK = Path(__file__).parents[1] / "kiosk.sh"


def layout(*seconds: int) -> Layout:
    scenes = [Scene(f"s{n}", "?", None, length, ("a",), (1.0,), (1.0,), ()) for n, length in enumerate(seconds)]
    return Layout("kitchen", "wall", "?", tuple(scenes))


def test_only_the_deck_wall_turns_and_every_scene_stays_in_the_layout() -> None:
    wall = layout(60, 45, 30)
    wall = replace(wall, scenes=(wall.scenes[0], replace(wall.scenes[1], deck="session"), wall.scenes[2]))
    assert [scene.name for scene in wall.turning] == ["s0", "s2"]
    assert [scene.name for scene in wall.deck("session")] == ["s1"] and len(wall.scenes) == 3


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        *[(name, "") for name in ("kitchen", "Wall_1", "wall-1.old", "_x")],
        *[
            ("Küche", "kuche"),
            ("our wall", "our-wall"),
            ("日本", "wall-1"),
            ("-x", "x"),
            ("a%b", "a-b"),
            ("é", "e"),
            ("x\n", "x"),
        ],
    ],
)
def test_a_wall_whose_name_no_kiosk_takes_is_a_fault_with_another_name(name: str, plain: str) -> None:
    """The shell's own rule decides beside ours, whatever the locale of the TV."""
    script = re.search(r"^is_name\(\) \{.*?^\}", KIOSK.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert script is not None
    for locale in ("C", "C.UTF-8"):
        command = ["bash", "-c", f'{script[0]}; is_name "$1"', "bash", name]
        assert (subprocess.run(command, env={"LC_ALL": locale, "PATH": "/usr/bin:/bin"}).returncode == 0) == (not plain)
    faults = [str(fault) for fault in name_faults([replace(layout(30), name=name)])]
    assert len(faults) == bool(plain) and all(f"Call the file {plain}.toml" in fault for fault in faults)
    assert list(name_faults([replace(layout(30), name=name, kind="journey")])) == []


@pytest.mark.parametrize(
    ("seconds", "fault"), [((30,) * 8, ""), ((20,) * 9, "9 scenes of 180 seconds"), ((61,) * 4, "4 scenes of 244")]
)
def test_a_deck_that_nobody_sees_to_its_end_is_a_fault_with_numbers_and_remedy(seconds: tuple[int, ...], fault: str) -> None:
    texts = [str(each) for each in deck_faults([layout(*seconds)])]
    assert len(texts) == bool(fault)
    assert all(fault in text and "layouts/kitchen.toml" in text and 'Write deck = "session"' in text for text in texts)
    session = tuple(replace(scene, deck="session") for scene in layout(*(300,) * 20).scenes)
    whole = layout(*seconds)
    assert [str(each) for each in deck_faults([replace(whole, scenes=(*whole.scenes, *session))])] == texts
    assert list(deck_faults([replace(whole, kind="journey")])) == []


SCENE = """[[scene]]
name = "{0}"
deck = "{1}"
grid = ["a"]
[scene.panel.a]
show = "{2}"
"""
TOP = 'kind = "wall"\ntitle = "Is it good?"\n'


def read(folder: Path, text: str) -> Layout:
    (folder / "day_two.toml").write_text(text, encoding="utf-8")
    return read_layout(folder / "day_two.toml", PANELS)


def test_a_layout_says_decks_its_label_and_who_answers(tmp_path: Path) -> None:
    scenes = SCENE.format("one", "wall", "issue_list") + SCENE.format("two", "appendix", "growth_verdict")
    plain = read(tmp_path, TOP + scenes)
    assert (plain.label, plain.answer, [scene.name for scene in plain.turning]) == ("Day two", None, ["one"])
    parsed = read(tmp_path, f'label = "The second day"\nanswer = "growth_verdict"\n{TOP}{scenes}')
    assert parsed.label == "The second day" and parsed.answer and parsed.answer.id == "day_two--two--a"
    for slip, sentence in (
        (TOP + SCENE.format("one", "session", "issue_list"), "no scene turns by itself"),
        (f'answer = "growth_verdikt"\n{TOP}{scenes}', "no scene shows 'growth_verdikt'. Did you mean 'growth_verdict'?"),
        (
            f'answer = "issue_list"\n{TOP}{scenes}',
            "'issue_list' answers no question. Name a panel that does, such as growth_verdict.",
        ),
        (TOP + SCENE.format("one", "walls", "issue_list"), "deck"),
    ):
        with pytest.raises(RoomError, match=sentence.replace("?", r"\?")):
            read(tmp_path, slip)


def test_a_layout_that_has_not_changed_is_read_out_of_its_text_once(tmp_path: Path) -> None:
    """A room that is edited reads all of its layouts again with each save."""
    shutil.copytree(REPOSITORY / "layouts", tmp_path / "layouts")
    first = read_layouts(tmp_path / "layouts", find_panels())
    before = layout_files._read.cache_info()
    assert read_layouts(tmp_path / "layouts", find_panels()) == first
    after = layout_files._read.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + len(first))


def test_no_letter_of_an_event_stands_for_two_things_in_one_scene() -> None:
    issues = read_layouts(REPOSITORY / "layouts", find_panels())["issues"]
    scenes = {scene.name: {placed.area: placed.cell.letters_before for placed in scene.panels} for scene in issues.scenes}
    assert scenes["helpdesk"] == {"cumulative": 0, "weeks": 1}
    assert scenes["who"] == {"orphans": 0, "cards": 0, "awaiting": 0}
