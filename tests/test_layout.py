"""A wall turns for ever, by the clock, each scene for its own time."""

from hypothesis import given
from hypothesis import strategies as some

from wallboard.layout import Layout, Scene


def layout(*seconds: int) -> Layout:
    scenes = [Scene(f"s{n}", "?", None, length, ("a",), (1.0,), (1.0,), ()) for n, length in enumerate(seconds)]
    return Layout("kitchen", "wall", "?", tuple(scenes))


def test_scenes_follow_each_other() -> None:
    wall = layout(60, 45, 30)
    for at, name in (
        (0, "s0"),
        (59.9, "s0"),
        (60, "s1"),
        (104.9, "s1"),
        (105, "s2"),
        (134.9, "s2"),
        (135, "s0"),
        (135 * 1000 + 61, "s1"),
    ):
        assert wall.scene_at(at).name == name


@given(some.lists(some.integers(5, 3600), min_size=1, max_size=6), some.floats(0, 1e9))
def test_there_is_always_one_and_the_round_repeats(seconds: list[int], at: float) -> None:
    wall = layout(*seconds)
    assert wall.scene_at(at) in wall.scenes
    assert wall.scene_at(float(int(at))) is wall.scene_at(float(int(at)) + sum(seconds))
