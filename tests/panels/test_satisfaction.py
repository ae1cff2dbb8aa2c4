"""What the panels say of what customers say: n leads, no score without it, and a change only where the test allows it."""

import pytest
from sqlalchemy import Connection

from tests.metrics import given_scores
from tests.metrics.given_scores import BEFORE, NOW
from tests.panels.test_headlines import lists
from tests.panels.words import picture, words_of
from wallboard.panel import Picture


def left_out(drawn: Picture) -> str:
    """How many rows its list speaks of and does not show."""
    (listed,) = lists(drawn.body)
    return str(getattr(listed, "data-beyond", "0"))


@pytest.mark.req("R155", "R173")
def test_a_question_stands_with_its_words_scale_n_interval_and_response_rate(connection: Connection) -> None:
    given_scores.question(connection, "Would you recommend us?", BEFORE)
    given_scores.nps(connection, BEFORE, 50, 30, 20)
    given_scores.nps(connection, NOW, 62, 25, 13)
    given_scores.invited(connection, NOW, "relationship", invited=420, ineligible=20, completed=80, partial=12)
    shown = words_of(picture(connection, "what_they_say"))
    row = "“Would you recommend us?” +49 +34 +61 no clear change n = 100, 20% answered · NPS, 0 to 10"
    assert row in shown, shown
    assert "No clear change in what customers say" in shown and "12 unfinished responses not counted" in shown


@pytest.mark.req("R155")
def test_a_change_beyond_chance_is_told_with_sign_and_word(connection: Connection) -> None:
    given_scores.satisfied(connection, BEFORE, 90, 10)
    given_scores.satisfied(connection, NOW, 60, 40)
    shown = words_of(picture(connection, "what_they_say"))
    assert shown.startswith("Worse: the score “after delivery”") and "↓ 30 points" in shown, shown
    assert "60% 50% 69%" in shown and "rate unknown" in shown and "The words are not known" in shown


@pytest.mark.req("R173")
def test_no_score_stands_without_enough_answers(connection: Connection) -> None:
    given_scores.nps(connection, NOW, 9, 0, 0)
    shown = words_of(picture(connection, "what_they_say"))
    assert "too few n = 9, rate unknown" in shown and "+100" not in shown


def test_two_efforts_each_show_their_formula(connection: Connection) -> None:
    for formula, wide in (("high less low", 7), ("top-2 share", 5)):
        given_scores.satisfied(connection, NOW, 30, 10, measure="CES", formula=formula, scale_max=wide, survey=f"help {wide}")
    shown = words_of(picture(connection, "what_they_say"))
    assert (
        "help 5" in shown
        and "n = 40, rate unknown · CES, 4–5 of 5" in shown
        and "n = 40, rate unknown · CES, 5–7 less 1–3" in shown
        and "75%" in shown
        and "+50" in shown
    )


def test_the_whole_company_comes_first_and_what_is_left_out_is_counted(connection: Connection) -> None:
    for n in range(6):
        given_scores.satisfied(connection, NOW, 30, 10, survey=f"contact {n}")
    given_scores.nps(connection, NOW, 50, 30, 20)
    shown = words_of(picture(connection, "what_they_say", most=3))
    assert (
        shown.index("NPS") < shown.index("contact 0")
        and "contact 2" not in shown
        and left_out(picture(connection, "what_they_say", most=3)) == "4"
    )
    chosen = words_of(picture(connection, "what_they_say", surveys=("contact 4",)))
    assert (
        "contact 4" in chosen
        and "NPS" not in chosen
        and left_out(picture(connection, "what_they_say", surveys=("contact 4",))) == "6"
    )


def test_nothing_says_what_to_load(connection: Connection) -> None:
    assert "Load survey_responses" in words_of(picture(connection, "what_they_say"))
    assert "measure trust" in words_of(picture(connection, "trust"))


@pytest.mark.req("R184")
def test_trust_stands_by_partner_with_n_and_ourselves_apart(connection: Connection) -> None:
    given_scores.partners(connection)
    given_scores.trusted(connection, NOW, "parcel", 20, 20)
    given_scores.trusted(connection, NOW, "site", 36, 4)
    shown = words_of(picture(connection, "trust"))
    assert shown.startswith("Customers trust Haul less than us"), shown
    assert "Ourselves all other touchpoints 90%" in shown
    assert "Haul The parcel arrives 50%" in shown and "n = 40 · trust, 4–5 of 5 · less than us" in shown
    assert "Ring I call nobody was asked n = 0" in shown
