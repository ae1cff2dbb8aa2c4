"""A wall's turn: news first and longer, the verdict within a minute, nothing that measures nothing; the same for everybody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from wallboard.layout import MOST_SCENES, MOST_SECONDS
from wallboard.panel import News, NewsKind
from wallboard.screens.programme import FIRST, WITHIN, Candidate, Programme, newest, programme

TODAY = date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)


def news(kind: NewsKind = "signal", days: int = 0) -> News:
    return News(kind, TODAY - timedelta(days=days), "It is new.")


def names(turn: Programme) -> list[str]:
    return [slot.scene for slot in turn.slots]


@some.composite
def decks(draw: some.DrawFn, most: int = MOST_SCENES) -> list[Candidate]:
    """Scenes of a wall in order: few and short enough for a deck, or as many and long as those of an older room."""
    length = some.integers(5, 60 if most == MOST_SCENES else 3600)
    fresh = some.none() | some.builds(news, some.sampled_from(FIRST), some.integers(0, 6))
    made = draw(some.lists(some.tuples(length, some.booleans(), fresh), min_size=1, max_size=most))
    return [Candidate(f"s{n}", seconds, measured, fresh) for n, (seconds, measured, fresh) in enumerate(made)]


def waits(turn: Programme, scene: str) -> list[float]:
    """For how long a scene is away, each time, over the end of the turn."""
    away, gaps = 0.0, []
    for slot in (*turn.slots, *turn.slots):
        if slot.scene == scene:
            gaps.append(away)
            away = 0.0
        else:
            away += slot.seconds
    return gaps[1:]


@given(decks() | decks(most=24))
def test_the_verdict_comes_again_within_a_minute(scenes: list[Candidate]) -> None:
    turn = programme(scenes, "s0")
    assert "s0" in turn.skipped or max(waits(turn, "s0")) < WITHIN
    assert "s0" in turn.skipped or turn.slots[0].scene == "s0"


@given(decks(), some.sampled_from(["s0", "s3", None]))
def test_a_deck_of_four_minutes_turns_in_four_minutes(scenes: list[Candidate], verdict: str | None) -> None:
    turn = programme(scenes, verdict)
    shown = [scene for scene in scenes if scene.scene not in turn.skipped]
    assert turn.seconds <= MOST_SECONDS or sum(scene.seconds for scene in shown) > MOST_SECONDS
    assert all(slot.seconds > 1 for slot in turn.slots)


@given(decks() | decks(most=24), some.sampled_from(["s0", "s2", None]))
def test_each_scene_that_measures_anything_comes_once_in_a_turn(scenes: list[Candidate], verdict: str | None) -> None:
    turn = programme(scenes, verdict)
    measured = [scene.scene for scene in scenes if scene.is_measured]
    assert sorted(turn.order) == sorted(measured or [scene.scene for scene in scenes])
    assert {*turn.order} | {*turn.skipped} == {scene.scene for scene in scenes}
    assert all(names(turn).count(scene) == 1 for scene in turn.order if scene != verdict)
    assert all(scene != following for scene, following in pairwise(names(turn)))


@given(decks(), some.floats(0, 1e9))
def test_the_same_scenes_give_the_same_turn_for_ever(scenes: list[Candidate], seconds: float) -> None:
    turn, again = programme(scenes, "s0"), programme(list(scenes), "s0")
    at = NOW + timedelta(seconds=int(seconds))
    assert turn == again and turn.at(at) == again.at(at) == turn.at(at + timedelta(seconds=turn.seconds * 3))


def plain(count: int, **changed: Candidate) -> Sequence[Candidate]:
    return [changed.get(f"s{n}", Candidate(f"s{n}", 30)) for n in range(count)]


def test_news_comes_first_by_kind_and_then_the_newest_and_stays_half_as_long_again() -> None:
    scenes = plain(
        6,
        s2=Candidate("s2", 30, news=news("record", 0)),
        s4=Candidate("s4", 30, news=news("signal", 6)),
        s5=Candidate("s5", 30, news=news("signal", 1)),
    )
    turn = programme(scenes, "s0")
    assert turn.order == ("s0", "s5", "s4", "s2", "s1", "s3")
    stays = {slot.scene: slot.seconds for slot in reversed(turn.slots)}
    assert stays["s5"] == 1.5 * stays["s1"] and {slot.why for slot in turn.slots if slot.scene == "s5"} == {"news"}
    assert programme(plain(6), "s0").order == ("s0", "s1", "s2", "s3", "s4", "s5")


def test_what_measures_nothing_is_left_out_unless_nothing_is_measured_at_all() -> None:
    scenes = plain(3, s1=Candidate("s1", 30, is_measured=False))
    assert programme(scenes, "s0").skipped == ("s1",) and programme(scenes, "s1").order == ("s0", "s2")
    empty = [Candidate(f"s{n}", 30, is_measured=False) for n in range(3)]
    assert programme(empty, "s0").order == ("s0", "s1", "s2") and programme(empty, "s0").skipped == ()


def test_a_wall_of_which_one_scene_is_left_shows_that_one() -> None:
    """The verdict alone, another one alone, and the verdict beside one with news that would stay for longer than a minute."""
    for left in ("s0", "s2"):
        turn = programme([replace(scene, is_measured=scene.scene == left) for scene in plain(3)], "s0")
        assert [slot.scene for slot in turn.slots] == [left] and len(turn.skipped) == 2
    long = programme([Candidate("s0", 20), Candidate("s1", 90, news=news("stale"))], "s0")
    assert max(waits(long, "s0")) < WITHIN and long.order == ("s0", "s1")


def test_a_wall_without_a_verdict_turns_through_its_scenes_as_they_stand() -> None:
    assert [(slot.scene, slot.seconds) for slot in programme(plain(3), None).slots] == [("s0", 30), ("s1", 30), ("s2", 30)]


def test_what_is_older_than_a_week_or_lies_ahead_is_no_news() -> None:
    assert newest([], TODAY) is None
    assert newest([news(days=7), news("record", -1)], TODAY) is None
    assert newest([news("record", 0), news("due", 6), news("due", 2)], TODAY) == news("due", 2)
