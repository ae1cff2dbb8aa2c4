"""What the panel of attempts says."""

import pytest
from sqlalchemy import Connection

from tests.metrics.given import journey
from tests.metrics.given_tasks import steps, tried
from tests.panels.words import picture, words_of


def test_nothing_to_try_says_what_to_load(connection: Connection) -> None:
    assert "Load what customers must do" in words_of(picture(connection, "tried"))


@pytest.mark.req("R87")
def test_done_and_given_up_stand_beside_the_customers_median(connection: Connection) -> None:
    journey(connection)
    steps(connection)
    assert words_of(picture(connection, "tried")).startswith("We have not tried")
    tried(connection, 552, errors=6)
    tried(connection, 130, "gave up", errors=1, by="bo")
    text = words_of(picture(connection, "tried"))
    assert text.startswith("We gave up 1 of 2 times") and "tried twice, given up once" in text
    assert "Customers’ median 11:00 · n = 212" in text
    assert "Ana 9:12 · 6 errors" in text and "Bo ✗ gave up after 2:10 · 1 error" in text


def test_without_a_customers_median_it_says_so_and_draws_no_line(connection: Connection) -> None:
    journey(connection)
    steps(connection, customer_seconds=None, customer_n=None, measured_on=None)
    tried(connection, 552)
    text = words_of(picture(connection, "tried"))
    assert "customers’ time not measured" in text and "Customers’ median" not in text and "1 of 1 not timed" in text
    assert "Nothing to try here" in words_of(picture(connection, "tried", stage="choose"))
