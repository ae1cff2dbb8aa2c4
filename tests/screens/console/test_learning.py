"""The shelf and the learning log at the console: what stands there, who may write, and where it is seen again."""

from datetime import timedelta

import pytest

from tests.metrics import given_handoffs
from tests.screens.console.given import House
from wallboard.store.connections import writing


@pytest.fixture
def shelf(house: House) -> House:
    """Two studies, neither of them reviewed."""
    with writing(house.living.engine) as connection:
        day = house.living.today - timedelta(days=9)
        given_handoffs.studies(connection, *({"study": key, "finished_on": day} for key in ("talks", "visits")))
    return house


@pytest.mark.req("R161")
def test_a_facilitator_marks_a_study_reviewed_with_words(shelf: House) -> None:
    fay = shelf.at_the_console("fay")
    page = fay.see("/room/research")
    assert page.count("not reviewed") == 2 and "n = 12" in page and "They wait for a word." in page
    assert "What we take from it: says nothing" in fay.do("review", 0, study="talks")["refusal"]
    assert fay.do("review", 0, study="talks", words="We call them first.")["ok"]
    page = fay.see("/room/research")
    assert page.count("not reviewed") == 1 and "We call them first." in page and "Fay, 1 June" in page
    assert "research review" in fay.see("/room/audit")


@pytest.mark.req("R161")
def test_what_nobody_reviewed_stands_on_the_agenda_of_the_next_walk_until_it_is(shelf: House) -> None:
    fay = shelf.at_the_console("fay")
    agenda = fay.see("/room/walk")
    assert "Research not yet reviewed" in agenda and "Talks" in agenda and "Visits" in agenda
    assert fay.do("review", 0, study="talks", words="We call them first.")["ok"]
    assert "Talks" not in fay.see("/room/walk") and "Visits" in fay.see("/room/walk")


def test_whoever_does_not_lead_sees_the_shelf_and_marks_nothing(shelf: House) -> None:
    tom = shelf.at_the_console("tom")
    assert "The room has reviewed it" not in tom.see("/room/research") and "does this. You are" in tom.see("/room/research")
    assert "Only a facilitator" in tom.do("review", 0, study="talks", words="Fine.")["refusal"]
    assert "Sign in" in shelf.stranger().see("/room/research")
    assert "is not on the shelf" in shelf.at_the_console("fay").do("review", 0, study="nothing", words="Fine.")["refusal"]


@pytest.mark.req("R29")
def test_what_was_learned_is_written_and_stands_there_next_time(shelf: House) -> None:
    tom, living = shelf.at_the_console("tom"), shelf.living
    assert "has not met before today" in tom.see("/room/learned")
    living.attendance("lena")
    living.at += timedelta(days=2)
    tom = shelf.at_the_console("tom")
    assert "this is new" in tom.see("/room/learned") and "Nothing new." in tom.see("/room/learned")
    assert tom.do("learn", 0, words="They look for a knife first.", stage="receive")["ok"]
    page = tom.see("/room/learned")
    assert "They look for a knife first. (Tom, 3 June)" in page
    assert "What we learned: says nothing" in tom.do("learn", 0, words=" ")["refusal"]
    assert "Your role does not write" in shelf.at_the_console("gus").do("learn", 0, words="A lesson.")["refusal"]
