"""What a report stands on: voices and artefacts of its own stage, until today, and only what may be shown."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.metrics.given import complaints, journey, media
from tests.records.living import MONDAY, Living, given_once
from wallboard.errors import RoomError
from wallboard.records.opportunities import Idea, propose, report
from wallboard.records.stage_evidence import OFFERED, artefacts_at, shown_today, voices_at
from wallboard.store.connections import writing
from wallboard.store.schema import voice

TODAY = MONDAY.date()
DAY = timedelta(days=1)
FILES = (
    {"path": "1 box.png", "consent": "unknown"},
    {"path": "2 last day.png", "retention_until": TODAY},
    {"path": "3 past.png", "retention_until": TODAY - DAY},
    {"path": "4 tomorrow.png", "captured_on": TODAY + DAY},
    {"path": "5 withdrawn.png", "consent": "withdrawn"},
    {"path": "6 call.ogg", "kind": "call", "consent": "unknown"},
    {"path": "7 elsewhere.png", "stage": "choose", "touchpoint": "site"},
)


@pytest.fixture
def living(room: Living) -> Living:
    _given(room)
    return room


@given_once
def _given(room: Living) -> None:
    with writing(room.engine) as connection:
        journey(connection)
        media(connection, *FILES)
        late = [{"day": TODAY + DAY, "stage": "receive", "words": f"Later {n}."} for n in range(OFFERED + 1)]
        elsewhere = {"day": TODAY, "stage": "choose", "words": "Elsewhere."}
        complaints(connection, {"day": TODAY, "touchpoint": "parcel", "words": "It was wet."}, elsewhere, *late)
    with room.by("tom") as act:
        propose(act, "north", Idea("improve", "idea", "A dry box", "receive"))


def reported(room: Living, words: str, number: int) -> int:
    """Tom reports the voice that said `words`, and a file."""
    with room.by("tom") as act:
        key = act.connection.execute(select(voice.c.source, voice.c.source_key).where(voice.c.words == words)).one()
        return report(act, 1, "receive", "They stand in the rain.", (key.source, key.source_key), number)


def test_what_the_walls_show_is_offered_and_nothing_else(living: Living) -> None:
    with living.engine.connect() as connection:
        assert [artefact.caption for artefact in artefacts_at(connection, "receive", TODAY)] == ["1 box.png", "2 last day.png"]
        assert [voice_row.words for voice_row in voices_at(connection, "receive", TODAY)] == ["It was wet."]
        assert len(voices_at(connection, "receive", TODAY + DAY)) == OFFERED
        assert shown_today(connection, {1, 2, 3, 5, 6, 99}, TODAY) == {1, 2}


@pytest.mark.parametrize("number", [3, 4, 5, 6, 7, 99])
def test_a_file_that_is_not_offered_is_not_accepted_either(living: Living, number: int) -> None:
    with pytest.raises(RoomError, match="the artefact"):
        reported(living, "It was wet.", number)
    assert reported(living, "It was wet.", 1) == 1


@pytest.mark.parametrize("words", ["Elsewhere.", "Later 12."])
def test_a_voice_of_another_stage_or_of_tomorrow_is_not_accepted(living: Living, words: str) -> None:
    with pytest.raises(RoomError, match="was not heard at this stage"):
        reported(living, words, 1)
