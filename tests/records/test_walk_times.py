"""Guided walks and the clock: one that was set back, two people in the same instant, and the room's own hand."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from tests.metrics.given import journey
from tests.records.living import ROOM, Living, given_once
from wallboard.clock import stopped
from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, acting
from wallboard.records.annotations import annotate, annotations
from wallboard.records.opportunities import opportunities
from wallboard.records.walks import Move, Stand, begin, end, let_go, move, stand, take_over
from wallboard.store.connections import writing


@pytest.fixture
def walking(room: Living) -> Living:
    """Fay leads a walk."""
    _given(room)
    return room


@given_once
def _given(room: Living) -> None:
    with writing(room.engine) as connection:
        journey(connection)
    with room.by("fay") as act:
        begin(act, "north")


def stands(room: Living) -> Stand | None:
    with room.engine.connect() as connection:
        return stand(connection, room.at)


def test_a_walk_that_begins_after_the_rooms_clock_is_none_and_another_one_begins(walking: Living) -> None:
    walking.at -= timedelta(days=3)
    assert stands(walking) is None
    with pytest.raises(RuleRefused, match="there is no walk just now"), walking.by("fay") as act:
        end(act)
    with walking.by("lena") as act:
        assert begin(act, "north") == 2
    now = stands(walking)
    assert now is not None and (now.walk, now.presenter) == (2, "Lena")


@pytest.mark.parametrize("verb", [end, take_over, let_go, lambda act: move(act, "release", Move())])
def test_a_clock_that_is_set_back_in_the_middle_of_a_walk_holds_nobody_in_it(walking: Living, verb: object) -> None:
    with walking.by("fay") as act:
        move(act, "go", Move("map"))
    moved = walking.at
    walking.at -= timedelta(hours=1, minutes=30)
    with walking.by("lena" if verb is take_over else "fay") as act:
        verb(act)  # type: ignore[operator]
    walking.at += timedelta(hours=2)
    now = stands(walking)
    assert now is None if verb is end else now is not None and now.at == moved and now.seq == 3


def test_what_the_room_releases_stays_where_it_was_by_then(walking: Living) -> None:
    with walking.by("fay") as act:
        let_go(Acting(act.connection, act.settings, act.at, None), 9.5)
    now = stands(walking)
    assert now is not None and (now.by_room, now.second, now.playing) == (True, 9.5, False)


@pytest.mark.parametrize(
    "wrong", [{"walk": 77}, {"stage": "mars"}, {"touchpoint": "moon"}, {"stage": "choose", "touchpoint": "parcel"}, {"media": 99}]
)
def test_a_mark_is_about_what_there_is(walking: Living, wrong: dict[str, object]) -> None:
    with pytest.raises(NotFound), walking.by("tom") as act:
        annotate(act, **{"walk": 1, "kind": "improve", "words": "w", **wrong})  # type: ignore[arg-type]
    with walking.engine.connect() as connection:
        assert not annotations(connection, 1)


def test_a_walk_is_about_a_part_of_the_business(room: Living) -> None:
    with pytest.raises(NotFound, match="'mars' is not known"), room.by("fay") as act:
        begin(act, "mars")
    with room.by("fay") as act:
        assert begin(act, "all") == 1


def at_once(room: Living, *verbs: tuple[str, object]) -> list[str]:
    """What was refused to people who act in the same instant: each has begun before any of them has written."""
    refused: list[str] = []
    ready = Barrier(len(verbs))

    def act_on(login: str, verb: object) -> None:
        ready.wait(10)
        try:
            with acting(room.engine, ROOM, stopped(room.at), room.people[login]) as act:
                verb(act)  # type: ignore[operator]
        except RuleRefused as refusal:
            refused.append(str(refusal))

    threads = [Thread(target=act_on, args=verb) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return refused


def test_of_two_who_begin_at_once_one_leads(room: Living) -> None:
    for _ in range(5):
        outcomes = at_once(room, ("fay", lambda act: begin(act, "north")), ("lena", lambda act: begin(act, "south")))
        assert len(outcomes) == 1 and "is leading a walk right now" in outcomes[0]
        now = stands(room)
        assert now is not None
        with room.by(now.presenter.lower()) as act:
            end(act)


def test_a_mark_in_the_instant_of_the_end_is_refused_or_kept_and_two_quick_moves_are_both_made(walking: Living) -> None:
    assert not at_once(walking, *(("fay", lambda act, to=to: move(act, "go", Move(to))) for to in ("map", "voice", "receive")))
    now = stands(walking)
    assert now is not None and now.seq == 4
    outcomes = at_once(walking, ("tom", lambda act: annotate(act, 1, "improve", "Nobody rings.")), ("fay", end))
    with walking.engine.connect() as connection:
        assert len(opportunities(connection)) == len(annotations(connection, 1)) == (0 if outcomes else 1)
