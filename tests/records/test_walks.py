"""Guided walks as people make them: who may lead, what a move leaves as it was, and what becomes of the marks."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from tests.metrics.given import complaints, journey, media
from tests.records.living import MONDAY, Living, given_once
from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting
from wallboard.records.annotations import annotate, annotations
from wallboard.records.opportunities import (
    Idea,
    one_opportunity,
    opportunities,
    propose,
    report,
    reports,
)
from wallboard.records.stage_evidence import artefacts_at, voices_at
from wallboard.records.walks import Move, Stand, begin, end, let_go, move, stand, take_over
from wallboard.store.connections import writing
from wallboard.store.schema import audit, walk_move

CALL = {"path": "receive/call.ogg", "kind": "call", "stage": "receive", "lane": "hear", "mime": "audio/ogg", "consent": "given"}


@pytest.fixture
def walked(room: Living) -> Living:
    _given(room)
    return room


@given_once
def _given(room: Living) -> None:
    with writing(room.engine) as connection:
        journey(connection)
        media(connection, CALL)
        complaints(connection, {"day": MONDAY.date(), "stage": "receive", "touchpoint": "parcel", "words": "It was wet."})


@contextmanager
def nobody(room: Living) -> Iterator[Acting]:
    """The room itself."""
    with room.by("fay") as act:
        yield Acting(act.connection, act.settings, act.at, None)


def now(room: Living) -> Stand | None:
    with room.engine.connect() as connection:
        return stand(connection, room.at)


def stands(room: Living) -> Stand:
    standing_at = now(room)
    assert standing_at is not None
    return standing_at


def moves(room: Living) -> list[str]:
    with room.engine.connect() as connection:
        return [*connection.scalars(select(walk_move.c.kind).order_by(walk_move.c.walk, walk_move.c.seq))]


def begun(room: Living, login: str = "fay") -> int:
    with room.by(login) as act:
        return begin(act, "north", "issues")


def go(room: Living, place: str, item: str | None = None, login: str = "fay") -> None:
    with room.by(login) as act:
        move(act, "go", Move(place, item))


def test_a_walk_goes_from_place_to_place_and_every_move_is_audited(walked: Living) -> None:
    number = begun(walked)
    assert (stands(walked).place, stands(walked).held, stands(walked).sounding) == ("mission", True, "issues")
    for place in ("voice", "map", "receive", "receive/promised", "end"):
        go(walked, place)
        assert stands(walked).place == place
    assert moves(walked) == ["begin", "go", "go", "go", "go", "go"]
    with walked.engine.connect() as connection:
        kept = connection.scalar(select(func.count()).where(audit.c.changed == "walk_move"))
        assert kept == 6 and connection.scalar(select(func.count()).where(audit.c.changed == "walk", audit.c.did == "began")) == 1
    assert stands(walked).walk == number and stands(walked).presenter == "Fay"


def test_an_item_plays_pauses_seeks_and_stops_where_the_walk_goes_on(walked: Living) -> None:
    begun(walked)
    go(walked, "receive")
    with walked.by("fay") as act:
        move(act, "play", Move(item="1", second=3.5))
    assert (stands(walked).item, stands(walked).playing, stands(walked).second) == ("1", True, 3.5)
    with walked.by("fay") as act:
        move(act, "pause", Move(), position=9.25)
    assert (stands(walked).playing, stands(walked).second) == (False, 9.25)
    with walked.by("fay") as act:
        move(act, "play", Move(sounding="outcomes"), position=9.25)
    assert (stands(walked).playing, stands(walked).second, stands(walked).sounding) == (True, 9.25, "outcomes")
    go(walked, "receive", "1")
    assert stands(walked).playing, "the same item goes on"
    go(walked, "receive/promised", "1")
    with walked.by("fay") as act:
        move(act, "play", Move())
    assert stands(walked).place == "receive", "only the stage itself has something that plays"
    go(walked, "map")
    assert (stands(walked).item, stands(walked).playing, stands(walked).second) == (None, False, 0.0)


@pytest.mark.parametrize(("place", "item"), [("mars", None), ("receive/No!", None), ("", None), ("map", "77"), ("map", "x")])
def test_what_is_not_there_is_not_gone_to(walked: Living, place: str, item: str | None) -> None:
    begun(walked)
    if place:
        with pytest.raises(NotFound):
            go(walked, place, item)
    go(walked, "voice")
    with pytest.raises(RuleRefused, match="nothing has been chosen"), walked.by("fay") as act:
        move(act, "play", Move())
    assert stands(walked).place == "voice"


@pytest.mark.parametrize("login", ["tom", "gus"])
def test_whoever_may_not_lead_begins_nothing_and_takes_nothing_over(walked: Living, login: str) -> None:
    with pytest.raises(RuleRefused, match="Only a facilitator, a leader or the president leads a walk"):
        begun(walked, login)
    assert now(walked) is None
    begun(walked)
    with pytest.raises(RuleRefused, match="Only a facilitator"), walked.by(login) as act:
        take_over(act)
    with pytest.raises(RuleRefused, match="Fay leads this walk"):
        go(walked, "map", login=login)


def test_two_presenters_are_told_of_each_other(walked: Living) -> None:
    number = begun(walked)
    go(walked, "receive")
    with pytest.raises(RuleRefused, match="Fay is leading a walk right now"):
        begun(walked, "lena")
    with pytest.raises(RuleRefused, match="Fay leads this walk"):
        go(walked, "map", login="lena")
    with walked.by("lena") as act:
        take_over(act)
    assert (stands(walked).walk, stands(walked).presenter, stands(walked).place) == (number, "Lena", "receive")
    with pytest.raises(RuleRefused, match="Lena leads this walk"):
        go(walked, "map")
    assert begun(walked, "lena") == number, "one's own walk goes on"


def test_walls_are_let_go_by_the_presenter_or_by_the_room(walked: Living) -> None:
    begun(walked)
    with walked.by("fay") as act:
        move(act, "release", Move())
    assert (stands(walked).held, stands(walked).by_room) == (False, False)
    with walked.by("fay") as act:
        move(act, "hold", Move())
    with nobody(walked) as act:
        let_go(act)
    assert (stands(walked).held, stands(walked).by_room, stands(walked).presenter) == (False, True, "Fay")
    with nobody(walked) as act:
        let_go(act)
    assert moves(walked) == ["begin", "release", "hold", "release"], "what is free is not released again"


def test_a_walk_that_nobody_holds_ends_when_another_begins(walked: Living) -> None:
    first = begun(walked)
    with walked.by("tom") as act:
        annotate(act, first, "improve", "Nobody rings the bell.")
    with nobody(walked) as act:
        let_go(act)
    second = begun(walked, "lena")
    assert second != first and moves(walked) == ["begin", "release", "end", "begin"]
    with walked.engine.connect() as connection:
        assert [opportunity.title for opportunity in opportunities(connection)] == ["Nobody rings the bell."]


@pytest.mark.req("R89")
def test_finishing_a_walk_with_three_marks_yields_three_opportunities(walked: Living) -> None:
    number = begun(walked)
    for login, kind, words in (
        ("tom", "improve", "Nobody rings the bell."),
        ("gus", "innovate", "Let them choose the hour.\nThree of five asked for it."),
        ("fay", "improve", "The card has no number."),
    ):
        with walked.by(login) as act:
            annotate(act, number, kind, words, "receive", "parcel", 1)
    with walked.by("fay") as act:
        assert end(act) == (number, 3)
    with walked.engine.connect() as connection:
        made = opportunities(connection)[::-1]
        assert [annotation.words for annotation in annotations(connection, number)][2] == "The card has no number."
        innovations = opportunities(connection, kind="innovate")
    assert [
        (opportunity.kind, opportunity.origin, opportunity.title, opportunity.stage, opportunity.by, opportunity.walk)
        for opportunity in made
    ] == [
        ("improve", "walkthrough", "Nobody rings the bell.", "receive", "Tom", number),
        ("innovate", "walkthrough", "Let them choose the hour.", "receive", "Gus", number),
        ("improve", "walkthrough", "The card has no number.", "receive", "Fay", number),
    ]
    assert [innovation.why for innovation in innovations] == ["Three of five asked for it."] and now(walked) is None
    for refusal in (lambda act: annotate(act, number, "improve", "too late"), lambda act: end(act)):
        with pytest.raises(RuleRefused, match=r"has ended|no walk just now"), walked.by("fay") as act:
            refusal(act)


@pytest.mark.parametrize(("kind", "words"), [("improve", " "), ("better", "x"), ("", "x")])
def test_a_mark_says_what_and_of_which_kind(walked: Living, kind: str, words: str) -> None:
    number = begun(walked)
    with pytest.raises(RuleRefused), walked.by("tom") as act:
        annotate(act, number, kind, words)


@pytest.mark.req("R88")
def test_opportunities_of_both_kinds_are_written_down_and_filtered(walked: Living) -> None:
    with walked.by("tom") as act:
        first = propose(act, "north", Idea("improve", "idea", "A card that says when"))
        second = propose(act, "north", Idea("innovate", "customer", "Tea by the cup", "receive", why="Said at the door"))
    with walked.engine.connect() as connection:
        by_key = {
            kind: [opportunity.id for opportunity in opportunities(connection, kind=kind)] for kind in ("improve", "innovate")
        }
        assert by_key == {"improve": [first], "innovate": [second]}
        assert [opportunity.id for opportunity in opportunities(connection, origin="customer")] == [second]
        assert one_opportunity(connection, second).why == "Said at the door"
    for idea in (
        Idea("improve", "idea", "x", touchpoint="moon"),
        Idea("improve", "idea", "x", "choose", "parcel"),
        Idea("improve", "largest loss", "x", "receive"),
        Idea("improve", "lowest feeling", "x", "receive"),
        Idea("", "idea", "x"),
        Idea("improve", "walkthrough", "x"),
        Idea("improve", "hearsay", "x"),
        Idea("improve", "idea", " "),
        Idea("improve", "idea", "x" * 301),
        Idea("improve", "idea", "x", "mars"),
    ):
        with pytest.raises((RuleRefused, NotFound)), walked.by("tom") as act:
            propose(act, "north", idea)
    with pytest.raises(NotFound, match="'mars' is not known"), walked.by("tom") as act:
        propose(act, "mars", Idea("improve", "idea", "x"))
    with pytest.raises(RuleRefused, match="Your role does not propose"), walked.by("gus") as act:
        propose(act, "north", Idea("improve", "idea", "x"))


def test_what_the_end_of_a_walk_offers_is_kept_once(walked: Living) -> None:
    number = begun(walked)
    lowest = Idea("improve", "lowest feeling", "It feels bad", "receive", walk=number)
    with walked.by("fay") as act:
        propose(act, "north", lowest)
    with pytest.raises(RuleRefused, match="kept already"), walked.by("fay") as act:
        propose(act, "north", lowest)


@pytest.mark.req("R96")
def test_the_first_month_is_not_reported_empty(walked: Living) -> None:
    with walked.by("tom") as act:
        number = propose(act, "north", Idea("improve", "idea", "A card that says when", "receive"))
    with walked.engine.connect() as connection:
        voice, thing = voices_at(connection, "receive", walked.today)[0], artefacts_at(connection, "receive", walked.today)[0]
    voice_key = (voice.source, voice.key)
    whole = ("receive", "They stand in the rain.", voice_key, thing.number)
    for empty in range(4):
        given = [None if place == empty else part for place, part in enumerate(whole)]
        with pytest.raises(RuleRefused, match="Step 1 cannot be reported empty"), walked.by("tom") as act:
            report(act, number, *given)  # type: ignore[arg-type]
    for wrong in (("mars", *whole[1:]), (*whole[:2], ("nobody", "7"), 1), (*whole[:3], 99), ("choose", *whole[1:])):
        with pytest.raises(NotFound), walked.by("tom") as act:
            report(act, number, *wrong)
    with walked.engine.connect() as connection:
        assert reports(connection, number) == []
    with walked.by("tom") as act:
        report(act, number, *whole)
    with walked.engine.connect() as connection:
        (month_one,) = reports(connection, number)
        assert (month_one.quotation, month_one.media, month_one.by, month_one.stage) == ("It was wet.", 1, "Tom", "receive")
        assert one_opportunity(connection, number).reports == 1
    with pytest.raises(RuleRefused, match="Your role does not report"), walked.by("gus") as act:
        report(act, number, *whole)


def test_nobody_signed_in_leads_nothing(walked: Living) -> None:
    with pytest.raises(RuleRefused), nobody(walked) as act:
        begin(act, "north")
    assert now(walked) is None
