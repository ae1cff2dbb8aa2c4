"""A role play: only on what customers really said, nobody the own function, kept by the store for every writer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError

from tests.metrics.given import complaints, journey, media
from tests.records.living import Living
from tests.records.sessions import attended, begun, planned, promised, seen, take
from wallboard.errors import NotFound, RuleRefused
from wallboard.lifecycle.role_play import STEPS
from wallboard.records import role_play
from wallboard.records.role_play import CardView, cards, without_function
from wallboard.store.connections import writing
from wallboard.store.schema import media as schema_media
from wallboard.store.schema import role_card, voice
from wallboard.store.violations import violations

WORDS = ("It was wet.", "Nobody told me.")


@pytest.fixture
def room_with_voices(room: Living) -> Living:
    with writing(room.engine) as connection:
        journey(connection)
        complaints(connection, *({"day": room.today, "touchpoint": "parcel", "words": words} for words in WORDS))
    return room


def dealt(room: Living, session: int, stage: str = "receive", by: str = "fay") -> list[CardView]:
    with room.by(by) as act:
        role_play.deal(act, session, stage)
    with room.engine.connect() as connection:
        return cards(connection, session)


def debrief(room: Living, card: int, login: str, words: str = "Waiting without news is the worst.") -> int:
    kind = STEPS.verb("debrief")
    assert kind.form is not None
    with room.by(login) as act:
        view = role_play.one_card(act.connection, card)
        return role_play.take_form(act, kind, card, view.life.seq, kind.form.read({"words": words}))


@pytest.mark.req("R8")
def test_everybody_present_with_a_function_gets_a_card_that_a_customer_wrote(room_with_voices: Living) -> None:
    room = room_with_voices
    session = begun(room, "lena", "sam", "gus", kind="awareness workshop")
    made = dealt(room, session)
    assert {card.owner: card.function for card in made} == {room.people["lena"]: "shop", room.people["sam"]: "logistics"}
    assert {card.words for card in made} == set(WORDS), "another voice for each, as far as there are enough"
    with room.engine.connect() as connection:
        assert without_function(connection, seen(room, session)) == [room.people["gus"]]
        assert not [*violations(connection)]


@pytest.mark.req("R8")
def test_a_card_may_quote_a_call_while_its_customer_agrees(room_with_voices: Living) -> None:
    room = room_with_voices
    call: dict[str, Any] = {"kind": "call", "lane": "hear", "mime": "audio/ogg", "words": "I waited for an hour."}
    with writing(room.engine) as connection:
        kept = (
            {"consent": "unknown"},
            {"consent": "given", "retention_until": room.today - timedelta(days=1)},
            {"consent": "given"},
        )
        media(connection, *(dict(call, path=f"{n}.ogg", **kept[n]) for n in range(3)))
    session = begun(room, "lena", "sam", kind="awareness workshop")
    assert [(card.call, card.words in WORDS) for card in dealt(room, session)] == [(None, True), ("2.ogg", False)]
    row: dict[str, Any] = {"room_session": session, "user_id": room.people["lena"], "function": "shop", "stage": "receive"}
    row |= {"at": room.at, "day": room.today, "actor": room.people["fay"]}
    with room.engine.connect() as connection:
        rows = connection.execute(select(schema_media.c.path, schema_media.c.source_key))
        keys: dict[str, str] = {path: key for path, key in rows if path != "2.ogg"}
        row["source"] = connection.scalar(select(schema_media.c.source).limit(1)) or ""
        assert not [*violations(connection)]
    for key in keys.values():
        with pytest.raises(DBAPIError, match="with consent where it is a call"), writing(room.engine) as connection:
            connection.execute(insert(role_card).values(row | {"source_key": key}))


def test_the_player_alone_writes_down_once_what_was_learned(room_with_voices: Living) -> None:
    room = room_with_voices
    made = {card.owner: card.number for card in dealt(room, begun(room, "lena", "sam"))}
    mine = made[room.people["lena"]]
    with pytest.raises(RuleRefused, match="Only the player"):
        debrief(room, mine, "sam")
    debrief(room, mine, "lena")
    with room.engine.connect() as connection:
        assert role_play.one_card(connection, mine).life.learned == "Waiting without news is the worst."
    with pytest.raises(RuleRefused):
        debrief(room, mine, "lena", "Again.")


def test_a_card_whose_voice_is_kept_no_more_has_no_words(room_with_voices: Living) -> None:
    room = room_with_voices
    session = begun(room, "lena", "sam")
    dealt(room, session)
    with writing(room.engine) as connection:
        connection.execute(delete(voice))
    with room.engine.connect() as connection:
        assert [card.words for card in cards(connection, session)] == [None, None]


@pytest.mark.req("R8", "R9")
def test_what_a_role_play_refuses_in_a_sentence(room_with_voices: Living) -> None:
    room = room_with_voices
    waiting = planned(room, kind="working session")
    alone = begun(room, "lena")
    with pytest.raises(RuleRefused, match="at least two people"):
        dealt(room, alone)
    attended(room, alone, "tom")
    with pytest.raises(RuleRefused, match="one function"):
        dealt(room, alone)
    attended(room, alone, "sam")
    with pytest.raises(RuleRefused, match="nothing is made up"):
        dealt(room, alone, "choose")
    with pytest.raises(NotFound, match="'nowhere' is not known"):
        dealt(room, alone, "nowhere")
    with pytest.raises(RuleRefused, match="deals the cards"):
        dealt(room, alone, by="tom")
    assert len(dealt(room, alone)) == 3
    with pytest.raises(RuleRefused, match="has its cards at this stage already"):
        dealt(room, alone)
    with pytest.raises(RuleRefused, match="at least two people"):
        dealt(room, waiting)


def by_hand(room: Living, session: int, **forged: str) -> None:
    """A card as somebody writes it into the store without the console."""
    origin = select(voice.c.source, voice.c.source_key).where(voice.c.words == WORDS[0])
    with writing(room.engine) as connection:
        where = dict(connection.execute(origin).mappings().one())
        who = {"user_id": room.people["lena"], "function": "shop", "actor": room.people["fay"]}
        values: dict[str, Any] = {**who, **where, "stage": "receive", "room_session": session, **forged}
        connection.execute(insert(role_card).values(**values, at=room.at, day=room.today))


def test_no_card_is_dealt_after_the_end(room_with_voices: Living) -> None:
    session = begun(room_with_voices, "lena", "sam")
    for login in ("lena", "sam"):
        promised(room_with_voices, login, session)
    take(room_with_voices, session, "ended")
    room_with_voices.at += timedelta(hours=1)
    with pytest.raises(DBAPIError, match="while the session runs"):
        by_hand(room_with_voices, session)


@pytest.mark.req("R9")
@pytest.mark.parametrize(
    ("forged", "sentence"),
    [
        ({"function": "logistics"}, "Nobody plays the own function"),
        ({"function": "board"}, "is present, and sees how"),
        ({"source_key": "made up"}, "nothing is made up"),
        ({"stage": "choose"}, "nothing is made up"),
    ],
)
def test_the_store_refuses_a_forged_card_of_any_writer(room_with_voices: Living, forged: dict[str, str], sentence: str) -> None:
    session = begun(room_with_voices, "lena", "sam")
    with pytest.raises(DBAPIError, match=sentence):
        by_hand(room_with_voices, session, **forged)
