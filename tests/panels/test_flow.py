"""What the panels about the helpdesk's flow say: what is open, how old it is, and what the next customer may expect."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given_flow as flow
from tests.metrics.test_flow import steady
from tests.metrics.test_flow_statistics import SLE
from tests.panels.words import SCOPE, picture, words_of

SOLVED = SCOPE.today - timedelta(days=SCOPE.today.weekday() + 3)
PANELS = ("cumulative_flow", "ageing_wip", "cycle_time", "throughput")


def opened(connection: Connection, *ages: tuple[int, str]) -> None:
    rows = [(f"open-{n}", status, SCOPE.today - timedelta(days=age - 1)) for n, (age, status) in enumerate(ages)]
    flow.changes(connection, *rows)


@pytest.mark.parametrize("name", PANELS)
def test_without_a_log_each_says_what_to_load(connection: Connection, name: str) -> None:
    assert "Load a log of ticket events" in words_of(picture(connection, name))


@pytest.mark.req("R40")
def test_the_gap_of_the_cumulative_flow_is_what_is_open_and_how_far_it_has_got(connection: Connection) -> None:
    flow.solved(connection, SOLVED, *SLE)
    opened(connection, (40, "waiting"), (16, "in work"), (6, "in work"), (7, "new"))
    text = words_of(picture(connection, "cumulative_flow"))
    assert text.startswith("4 open, 3 more than 5 weeks ago | tickets by day · 1 open then") and "4 open, by status" in text
    assert "1 new" in text and "2 in work" in text and "1 waiting" in text and "0 with the customer" in text
    assert "closed" not in text


@pytest.mark.req("R40")
def test_ages_stand_against_what_was_solved_in_words_and_shapes(connection: Connection) -> None:
    flow.solved(connection, SOLVED, *SLE)
    opened(connection, (200, "waiting"), (16, "in work"), (6, "in work"), (7, "new"))
    text = words_of(picture(connection, "ageing_wip"))
    assert text.startswith("2 of 4 open are older than 15 days")
    assert "1 over 33 days" in text and "1 over 15" in text and "2 younger" in text and "to 200" in text


def test_few_solved_ones_are_provisional_and_none_are_said(connection: Connection) -> None:
    opened(connection, (9, "new"))
    assert words_of(picture(connection, "ageing_wip")).startswith("The oldest of 1 open ticket is 9 days old")
    assert words_of(picture(connection, "cycle_time")).startswith("No ticket was solved in 13 full weeks")
    flow.solved(connection, SOLVED, 2, 3, 4)
    assert "provisional: only 3" in words_of(picture(connection, "ageing_wip"))
    assert "provisional: only 3 tickets" in words_of(picture(connection, "cycle_time"))


@pytest.mark.req("R40")
def test_the_expectation_is_a_sentence(connection: Connection) -> None:
    flow.solved(connection, SOLVED, *SLE)
    text = words_of(picture(connection, "cycle_time"))
    assert text.startswith("85% of tickets are solved within 15 days") and "15 tickets solved in 13 full weeks" in text
    assert "half in 6" in text and "95% in 33" in text


def test_nothing_open_is_said_and_is_not_the_same_as_nothing_loaded(connection: Connection) -> None:
    flow.solved(connection, SOLVED, 3)
    assert words_of(picture(connection, "ageing_wip")).startswith("No ticket is open")


@pytest.mark.req("R40")
def test_the_average_time_is_told_only_while_the_flow_is_stable(connection: Connection) -> None:
    flow.solved(connection, SOLVED, 3)
    assert "Too little has been counted" in words_of(picture(connection, "throughput"))


def test_a_stable_flow_tells_five_weeks(connection: Connection) -> None:
    shift = SCOPE.today - timedelta(days=SCOPE.today.weekday()) - date(2026, 6, 29)
    steady(connection, shift=shift)
    text = words_of(picture(connection, "throughput"))
    assert "Stable: on average a ticket stays 5.0 weeks" in text and "144 tickets arrived, 144 were solved" in text


def test_an_unstable_flow_says_why(connection: Connection) -> None:
    shift = SCOPE.today - timedelta(days=SCOPE.today.weekday()) - date(2026, 6, 29)
    steady(connection, more=6, shift=shift)
    assert "Not stable, so no average: more arrived than were solved" in words_of(picture(connection, "throughput"))
