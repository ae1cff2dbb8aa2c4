"""What the scenes of bond and referrals say."""

from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given_bond as given
from tests.panels.words import picture, words_of

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.mark.req("R77")
def test_growing_and_declining_stand_in_whole_people(connection: Connection) -> None:
    given.behaviours(connection, "cups drunk", compared_with="same month last year")
    given.behaviours(connection, "visits", "gifts")
    given.counted(connection, "cups drunk", APRIL, 500, 900, 600, 400)
    given.counted(connection, "cups drunk", MAY, 412, 1000, 633, 355)
    given.counted(connection, "visits", MAY, 10, 2380, 5, 5)
    drawn = picture(connection, "bond")
    assert words_of(drawn.headline) == "In 1 of 2 behaviours more customers do less than do more"
    text = words_of(drawn.body)
    assert "Cups drunk than a year before 633 412 −221" in text
    assert "Visits than a month before 5 10 +5" in text and "Gifts than a month before not measured" in text
    assert "of 2,400 customers; the others do the same, or are new" in text and "%" not in words_of(drawn) and not drawn.alarm


@pytest.mark.req("R77")
def test_a_sixth_flagged_behaviour_warns(connection: Connection) -> None:
    for number in range(6):
        given.behaviours(connection, f"thing {number}")
        given.counted(connection, f"thing {number}", MAY, 3, 4, 2, 1)
    drawn = picture(connection, "bond")
    assert drawn.alarm == "Six behaviours are flagged as key; choose five: “Thing 5” not shown."
    assert "Thing 4" in words_of(drawn.body) and "Thing 5" not in words_of(drawn.body)


def test_fewer_than_three_are_a_quiet_hint(connection: Connection) -> None:
    given.behaviours(connection, "visits")
    given.counted(connection, "visits", MAY, 3, 4, 2, 1)
    drawn = picture(connection, "bond")
    assert not drawn.alarm and "one flagged as key; three to five tell more" in words_of(drawn.body)


def test_counts_that_do_not_add_up_are_an_alarm(connection: Connection) -> None:
    given.behaviours(connection, "visits", "gifts", "guides")
    given.counted(connection, "visits", MAY, 3, 4, 2, 1, base=11)
    drawn = picture(connection, "bond")
    assert "do not add up" in drawn.alarm and words_of(drawn).startswith("The behaviours do not sum to our customers")
    assert "more than" not in words_of(drawn), "what does not sum judges nothing"


def test_what_to_load_where_nothing_is(connection: Connection) -> None:
    assert "Load behaviours" in words_of(picture(connection, "bond"))
    assert "Load referrals" in words_of(picture(connection, "referrals"))
    given.behaviours(connection, "visits", "gifts", "guides")
    assert "Load what customers did" in words_of(picture(connection, "bond"))


@pytest.mark.req("R38")
def test_referrals_by_group_with_the_unattributed_apart(connection: Connection) -> None:
    for group, customers, sent in (("Homes", 900, 90), ("Offices", 8, 2)):
        given.active(connection, MAY, customers, group=group)
        given.sent(connection, MAY, sent, sent + 10, sent - 1, group=group)
    given.sent(connection, MAY, 0, 31, 12, group="-")
    drawn = picture(connection, "referrals")
    assert words_of(drawn.headline) == "92 of 908 customers recommended us: 90 of 112 joined"
    text = words_of(drawn.body)
    assert "Homes 10% (8% to 12%) 90 of 900 89 of 100 came" in text
    assert "Offices too few for a share 2 of 8 1 of 12 came" in text
    assert "31 more, referrer unknown; 12 joined" in text
