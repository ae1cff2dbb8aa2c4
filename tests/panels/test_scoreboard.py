"""What the scoreboard, the long view and the milestones say."""

from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_churn_risk
from tests.metrics.given_definitions import aimed, defined, done
from tests.metrics.test_parts import months_of_losses
from tests.panels.words import SCOPE, picture, words_of


@pytest.mark.req("R44", "R149")
def test_a_figure_without_an_owner_says_so_and_one_with_shows_target_and_action(connection: Connection) -> None:
    months_of_losses(connection, SCOPE, [0, *([5, 6] * 9)])
    given_churn_risk.counted(connection)
    given_churn_risk.people(connection)
    defined(connection, "lost_customers", 1, date(2025, 1, 1), owner="bo")
    aimed(connection, "lost_customers", "", date(2026, 1, 1), 4)
    done(connection, "lost_customers", date(2026, 4, 1), "We call them", due_on=date(2026, 9, 1))
    text = words_of(picture(connection, "scoreboard"))
    assert "Nobody answers for" in text and "metrics" in text and "no owner nothing is being done" in text
    assert "6 ✗ target 4 within normal range Bo Lind, by 1 Sept We call them" in text
    assert "renewed not measured – no target no owner" in text


@pytest.mark.req("R186")
def test_the_long_view_compares_no_years_across_a_break(connection: Connection) -> None:
    for year in range(2018, 2027):
        given.customers(connection, *((f"{year}-{n}", date(year, 2, 3), "new", 10.0) for n in range(5)))
    assert words_of(picture(connection, "long_view")).startswith(
        "5 more on 29 Jun than at the end of 2025; eight years of growth in a row"
    )
    defined(connection, "active_customers", 1, date(2018, 1, 1), formula="by contract")
    defined(connection, "active_customers", 2, date(2024, 3, 1), formula="by household")
    drawn = picture(connection, "long_view")
    assert words_of(drawn).startswith("5 more on 29 Jun than at the end of 2025; two years of growth in a row")
    assert "counted in another way since 1 March 2024" in words_of(drawn)


@pytest.mark.req("R110")
def test_no_milestone_is_a_sentence_and_a_milestone_says_what_was_usual(connection: Connection) -> None:
    months_of_losses(connection, SCOPE, [0, *([11, 12] * 8), 9])
    assert words_of(picture(connection, "milestones")).startswith("No milestone this month")
    months_of_losses_again(connection)


def months_of_losses_again(connection: Connection) -> None:
    given.customers(connection, *((f"more{n}", date(2026, 5, 4), "new", 1.0) for n in range(60)))
    text = words_of(picture(connection, "milestones", rows=3))
    assert text.startswith("Growth in customers: May 2026 was the best in") and "+51" in text and "0 to 0" not in text
