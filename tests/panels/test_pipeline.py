"""What the panels of the profitability pipeline say: people first, money second, and a break that is no move."""

from itertools import pairwise

import pytest
from sqlalchemy import Connection, update

from tests.metrics import given_pipeline as given
from tests.metrics.test_accounts import tree
from tests.metrics.test_pipeline import base, moved
from tests.panels.words import picture, words_of
from wallboard.drawing.flows import apart
from wallboard.store.schema import tier_month


@pytest.mark.req("R32")
def test_every_tier_stands_with_its_people_and_what_is_done_for_them(connection: Connection) -> None:
    base(connection)
    given.action(connection, "lead", "repair it", given.month(1))
    drawn = picture(connection, "tier_pipeline")
    text = words_of(drawn)
    assert not drawn.alarm and text.startswith("4 customers cost us £60.00 more than they bring in")
    assert "Good customers gold · from £100 5 nothing is being done for them £900" in text
    assert "Cost us money lead 4 repair it nobody, no date agreed −£60.00 of −£50.00" in text
    assert "nobody’s cost" in text and "−£100" in text and "nothing booked yet 2" in text and "have left 9" in text
    assert "one symbol is 2 customers" in text
    connection.execute(update(tier_month).where(tier_month.c.tier == "lead").values(customers=3))
    drawn = picture(connection, "tier_pipeline")
    assert "not all customers" in drawn.alarm and words_of(drawn).startswith("The tiers do not sum to our customers")
    assert "cost us" not in words_of(drawn).casefold(), "what does not sum judges nobody"


@pytest.mark.req("R32")
def test_moves_are_people_and_the_new_rule_is_told_apart(connection: Connection) -> None:
    moved(connection)
    text = words_of(picture(connection, "tier_moves", months=3))
    assert text.startswith("More moved up than down: 3 against 1")
    assert "moved down 1 3 moved up left 5 8 came" in text, "losses stand to the left"
    assert "1 customer changed tier only because the rule changed" in text
    assert "%" not in text


def test_moves_that_do_not_add_up_are_an_alarm_instead_of_a_picture(connection: Connection) -> None:
    moved(connection)
    connection.execute(update(tier_month).where(tier_month.c.tier == "gold").values(customers=1))
    drawn = picture(connection, "tier_moves", months=3)
    assert "do not add up" in drawn.alarm and "Good customers" not in words_of(drawn)


@pytest.mark.req("R32")
def test_the_whale_is_a_sentence(connection: Connection) -> None:
    given.money(connection)
    given.whale(connection, [60.0, 50.0, *[1.0] * 10, *[-4.0] * 8])
    text = words_of(picture(connection, "whale_curve"))
    assert text.startswith("The best 2 earn all of our profit; the last 8 take £32.00 back")
    assert "12 customers earn 136% of profit: £120" in text


def test_a_whale_without_profit_says_no_share(connection: Connection) -> None:
    given.money(connection)
    given.whale(connection, [10.0, -4.0, -6.0])
    text = words_of(picture(connection, "whale_curve"))
    assert text.startswith("All customers together earn us nothing") and "%" not in text


@pytest.mark.req("R38")
def test_groups_stand_with_revenue_and_profit_and_cost_of_nobody(connection: Connection) -> None:
    base(connection)
    text = words_of(picture(connection, "group_profit"))
    assert "4 Offices cost us £60.00 more than they bring in" in text
    assert "Homes 25 £1,300" in text and "nobody’s cost −£100" in text and "total 31" in text


@pytest.mark.req("R178")
def test_an_account_stands_with_its_branches_and_whether_somebody_is_talked_to(connection: Connection) -> None:
    tree(connection)
    text = words_of(picture(connection, "accounts"))
    assert text.startswith("4 of our 4 business customers belong to 2 accounts")
    assert "Largest account we have a contact 3 branches £150 nothing open" in text and "Account 2 nobody we talk to" in text
    assert not [name for name in ("Harbour & Hill", "Ana Price", "Solo") if name in text], "who they are stands on no wall"


def test_words_that_stand_too_near_are_pushed_apart_within_the_picture() -> None:
    centres = apart([0.01, 0.02, 0.97, 0.98, 0.99], 0.1)
    assert all(b - a > 0.0999 for a, b in pairwise(centres)) and centres[0] > 0.04 and centres[-1] < 0.96
