"""The opening frames, the end and the tour of the walkthrough: what they say, and what they say where nothing is loaded."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics.given import complaints, customers, journey, loaded
from tests.metrics.given_journey import emotions
from tests.panels.words import SCOPE, picture, words_of
from wallboard.screens.serialise import as_bytes
from wallboard.store import schema

DAY = date(2026, 6, 20)
EVIL = "<script>alert('tea')</script> was in my box, and nobody said a word."


@pytest.mark.req("R125")
def test_the_mission_stands_there_without_a_number(connection: Connection) -> None:
    assert "Say it in room.toml" in words_of(picture(connection, "walk_mission"))
    journey(connection)
    scope = replace(SCOPE, mission="Dry parcels for everybody.", journey_owner="ana")
    text = words_of(picture(connection, "walk_mission", scope))
    assert text == "Dry parcels for everybody. Ana Silva answers for the whole of our customer’s life Follow on your phone"


@pytest.mark.req("R125")
def test_the_first_voice_is_as_it_was_said(connection: Connection) -> None:
    assert "What customers say is not known. Load tickets" in words_of(picture(connection, "walk_voice"))
    journey(connection)
    complaints(connection, {"day": DAY, "words": EVIL, "stage": "receive"})
    drawn = picture(connection, "walk_voice")
    assert words_of(drawn) == f"“{EVIL}” a customer · at “I get my order” · helpdesk · 20 June"
    assert as_bytes(drawn.body)


@pytest.mark.req("R89")
def test_the_end_says_what_is_missing_and_shows_the_worst(connection: Connection) -> None:
    empty = words_of(picture(connection, "emerging"))
    assert empty.startswith("Nothing has been marked on this walk yet")
    assert "No feeling below the middle is known." in empty and "No loss with a reason that customers gave is known." in empty
    journey(connection)
    emotions(
        connection, {"stage": "receive", "feeling": -1.4, "n": 30, "day": DAY}, {"stage": "leave", "feeling": 0.5, "day": DAY}
    )
    text = words_of(picture(connection, "emerging"))
    assert "−1.4 “I get my order” measured, n = 30" in text and "I leave" not in text


def test_a_loss_that_nobody_has_valued_is_told_by_its_customers(connection: Connection) -> None:
    journey(connection)
    loaded(connection, schema.reason, {"reason": "late", "wording": "Late", "stage": "receive"})
    customers(connection, ("c0", date(2026, 1, 5), "new", 10.0), ("c1", date(2026, 1, 5), "new", 10.0))
    gone = {"reason": "late", "reason_source": "customer said"}
    customers(connection, ("c0", date(2026, 5, 12), "lost", None), fields=gone)
    text = words_of(picture(connection, "emerging"))
    assert "1 “I get my order” left, value unknown" in text and "£" not in text
    customers(connection, ("c1", date(2026, 5, 12), "lost", 40.0), fields=gone)
    assert "£40.00 “I get my order” 2 left and said why" in words_of(picture(connection, "emerging"))


@pytest.mark.req("S7")
def test_a_tour_knows_its_place_its_ways_and_whom_to_ask(connection: Connection) -> None:
    assert "Load the journey" in words_of(picture(connection, "tour_steps", stage="receive"))
    journey(connection)
    ways = {key: words_of(picture(connection, "tour_steps", stage=key)) for key in ("choose", "receive", "leave")}
    assert (
        "1 of 3 Next" in ways["choose"] and "2 of 3 Back Next" in ways["receive"] and "3 of 3 Back Begin again" in ways["leave"]
    )
    assert "Nobody answers for it yet: ask why" in ways["choose"]
