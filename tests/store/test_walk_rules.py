"""The rules of the walk against whoever writes into the store by hand: refused there, in both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from tests.store.by_hand import Handled, by_hand, refused
from wallboard.records.annotations import annotate
from wallboard.records.opportunities import Idea, propose
from wallboard.records.walks import begin, end
from wallboard.store.schema import current_experience, opportunity, walk, walk_annotation, walk_move
from wallboard.store.schema.walk import MOVES


def accepted(living: Handled, table: Table, **values: Any) -> None:
    with by_hand(living) as connection:
        connection.execute(insert(table).values(**values))


def begun(living: Handled) -> int:
    with living.by("fay") as act:
        return begin(act, "north")


def moved(living: Handled, number: int, seq: int, **values: Any) -> dict[str, Any]:
    """A move that is right in every respect but those that a test changes."""
    at = living.at + timedelta(minutes=seq)
    plain = {"place": "map", "playing": False, "second": 0.0, "held": True, "kind": "go", "actor": living.people["fay"]}
    return {"walk": number, "seq": seq, "at": at, **plain, **values}


@pytest.mark.parametrize("login", ["tom", "gus"])
def test_a_walk_is_begun_and_moved_only_by_whoever_may_lead(room: Handled, login: str) -> None:
    own = room.people[login]
    fields = {"at": room.at, "day": room.today, "perimeter": "north"}
    assert "leads a walk" in refused(room, walk, **fields, actor=own)
    refused(room, walk, **fields, actor=None)
    refused(room, walk, **fields, actor=99)
    number = begun(room)
    for kind in MOVES:
        refused(room, walk_move, **moved(room, number, 2, kind=kind, actor=own))
    assert "leads a walk" in refused(room, walk_move, **moved(room, number, 2, actor=own))


def test_the_rooms_own_hand_only_releases(room: Handled) -> None:
    number = begun(room)
    for kind in MOVES:
        if kind != "release":
            refused(room, walk_move, **moved(room, number, 2, kind=kind, actor=None))
    accepted(room, walk_move, **moved(room, number, 2, kind="release", actor=None, held=False))


@pytest.mark.parametrize("seq", [None, 0, 1, 3, -1])
def test_moves_follow_one_another(room: Handled, seq: int | None) -> None:
    number = begun(room)
    refused(room, walk_move, **{**moved(room, number, 2), "seq": seq})
    accepted(room, walk_move, **moved(room, number, 2))


def test_a_walk_begins_once_and_first(room: Handled) -> None:
    number = begun(room)
    assert "moved the walk" in refused(room, walk_move, **moved(room, number, 2, kind="begin"))
    with by_hand(room) as connection:
        fields = {"at": room.at, "day": room.today, "perimeter": "north", "actor": room.people["fay"]}
        other = connection.execute(insert(walk).values(**fields).returning(walk.c.id)).scalar_one()
    for kind in MOVES:
        if kind != "begin":
            refused(room, walk_move, **moved(room, other, 1, kind=kind))
    refused(room, walk_move, **moved(room, 99, 1, kind="begin"))


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "jump"}, {"kind": None}, {"second": -1.0}, {"second": None}, {"place": None}, {"playing": None}, {"held": None}],
)
def test_a_move_says_all_that_it_must(room: Handled, wrong: dict[str, Any]) -> None:
    number = begun(room)
    refused(room, walk_move, **moved(room, number, 2, **wrong))


def test_nothing_happens_after_the_end_or_before_what_was_last(room: Handled) -> None:
    number = begun(room)
    early = room.at - timedelta(minutes=1)
    assert "before what was written last" in refused(room, walk_move, **moved(room, number, 2, at=early))
    with room.by("fay") as act:
        end(act)
    for kind in MOVES:
        refused(room, walk_move, **moved(room, number, 3, kind=kind))
    assert "has ended" in refused(room, walk_move, **moved(room, number, 3))
    fields = {"walk": number, "at": room.at, "actor": room.people["tom"], "kind": "improve", "words": "w"}
    assert "has ended" in refused(room, walk_annotation, **fields)


def test_a_mark_is_of_a_member_of_a_kind_and_says_something(room: Handled) -> None:
    number = begun(room)
    fields = {"walk": number, "at": room.at, "actor": room.people["gus"], "kind": "innovate", "words": "w"}
    for wrong in (
        {"actor": None},
        {"actor": 99},
        {"kind": "other"},
        {"kind": None},
        {"words": " "},
        {"words": None},
        {"walk": 99},
    ):
        refused(room, walk_annotation, **{**fields, **wrong})
    accepted(room, walk_annotation, **fields)


@pytest.mark.req("R88", "R89")
def test_an_opportunity_keeps_the_walk_and_the_kind_of_its_mark(room: Handled) -> None:
    number = begun(room)
    with room.by("tom") as act:
        made = annotate(act, number, "improve", "Nobody rings.")
    own = {"at": room.at, "day": room.today, "perimeter": "north", "actor": room.people["fay"], "title": "t"}
    walked = {**own, "origin": "walkthrough", "kind": "improve", "walk": number, "annotation": made}
    for wrong in (
        {"kind": "innovate"},
        {"annotation": None},
        {"walk": None},
        {"annotation": 99},
        {"title": " "},
        {"origin": "hearsay"},
        {"kind": "other"},
        {"kind": None},
        {"origin": None},
    ):
        refused(room, opportunity, **{**walked, **wrong})
    assert "Your role does not propose" in refused(room, opportunity, **{**walked, "actor": room.people["gus"]})
    refused(room, opportunity, **{**walked, "origin": "idea"})  # a mark is of a walk
    accepted(room, opportunity, **walked)
    refused(room, opportunity, **walked)  # one mark, one opportunity
    with room.by("fay") as act:
        assert end(act) == (number, 0)  # and the walk ends all the same
    for login in ("gus", None):
        actor = room.people[login] if login else None
        refused(room, opportunity, **{**own, "origin": "idea", "kind": "improve", "actor": actor})


@pytest.mark.req("R96")
def test_the_first_month_stands_on_stage_words_voice_and_artefact(room: Handled) -> None:
    with room.by("tom") as act:
        number = propose(act, "north", Idea("improve", "idea", "t"))
    whole = {
        "at": room.at, "actor": room.people["tom"], "opportunity": number, "stage": "receive", "words": "w", "voice_source": "s",
        "voice_key": "k", "quotation": "It was wet.", "media": 1, "artefact": "a box",
    }  # fmt: skip
    for name in ("stage", "words", "voice_source", "voice_key", "quotation", "media", "artefact", "actor", "opportunity"):
        refused(room, current_experience, **{**whole, name: None})
    for name in ("stage", "words", "quotation", "artefact"):
        refused(room, current_experience, **{**whole, name: "  "})
    refused(room, current_experience, **{**whole, "actor": room.people["gus"]})
    accepted(room, current_experience, **whole)


def test_what_was_written_stays_written(room: Handled) -> None:
    number = begun(room)
    with room.by("tom") as act:
        annotate(act, number, "improve", "Nobody rings.")
    with room.by("fay") as act:
        end(act)
    for table in (walk, walk_move, walk_annotation, opportunity):
        for change in (update(table).values(at=room.at - timedelta(days=1)), delete(table)):
            with pytest.raises(DBAPIError, match="stays written"), by_hand(room) as connection:
                connection.execute(change)
        with room.engine.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(table))
