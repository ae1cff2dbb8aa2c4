"""What the panels of complaints say where a load has stopped, is late, or brings too few."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_counts
from tests.metrics.test_late import voices
from tests.panels.words import SCOPE, picture, words_of
from wallboard.metrics.scope import full_weeks

CALM = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41) * 2
LAST = full_weeks(SCOPE, 1)[0].start
BEFORE = LAST - timedelta(weeks=5)
SINCE = ("Not measured since 24 May", "Not measured since 18 May")
"""The end of the last week that was judged; the day of the newest fact."""


@pytest.fixture
def stopped(connection: Connection) -> Connection:
    """Nothing is loaded after the last week of May but one, which was the worst of all."""
    given.journey(connection)
    given_counts.weekly(connection, {"late": (*CALM, 41, 99)}, last=BEFORE)
    return connection


@pytest.mark.req("R51")
@pytest.mark.parametrize("panel", ["issue_rate", "issue_signals", "counts_down"])
def test_where_the_load_has_stopped_no_verdict_stands(stopped: Connection, panel: str) -> None:
    text = words_of(picture(stopped, panel))
    assert text.startswith(SINCE), text
    assert "above" not in text and "before, by all" not in text and "last four weeks" not in text


@pytest.mark.req("R41")
@pytest.mark.parametrize("panel", ["issue_pareto", "issue_volume"])
def test_silence_is_no_good_news(stopped: Connection, panel: str) -> None:
    assert words_of(picture(stopped, panel)).startswith("Not measured since 18 May | ")


def test_a_stage_has_not_no_complaint_where_nothing_was_loaded(connection: Connection) -> None:
    given.journey(connection)
    given.complaints(connection, *[{"day": BEFORE, "stage": "receive"}] * 7)
    text = words_of(picture(connection, "stage_react", stage="receive"))
    assert "complaints not measured since 18 May" in text and "0 complaints" not in text


@pytest.mark.req("R51")
def test_a_week_that_is_loaded_in_part_is_said_to_be(connection: Connection) -> None:
    given.journey(connection)
    days = [LAST - timedelta(weeks=29) + timedelta(days=n) for n in range(7 * 29 + 2)]
    voices(connection, days, 5)
    given.exposures(connection, [*days, *(LAST + timedelta(days=n) for n in range(2, 7))], 200)
    text = words_of(picture(connection, "issue_rate"))
    assert text.startswith("Complaints are within their normal range") and "loaded in part" in text


def test_too_few_to_judge_do_not_grow(connection: Connection) -> None:
    given.journey(connection)
    rare = (1, *(0,) * 25, 1, *(0,) * 25, *(0,) * 7, 3)
    given_counts.weekly(connection, {"late": rare})
    assert words_of(picture(connection, "issue_rate")).startswith(
        "Too few complaints to say whether they are growing or shrinking"
    )
    assert words_of(picture(connection, "issue_signals")).startswith(
        "Too few complaints to say what is growing and what is shrinking"
    )


@pytest.mark.req("R179")
def test_complaints_of_which_none_is_solved_are_said_to_wait(connection: Connection) -> None:
    given_counts.flow(connection, [(60, 20), *((40 + n % 3, 40 + (n + 1) % 3) for n in range(30)), *((40, 0),) * 6], last=LAST)
    text = words_of(picture(connection, "leading_signals"))
    assert "complaints wait, and none is solved none since the week of 18 May; usually they stand for" in text
