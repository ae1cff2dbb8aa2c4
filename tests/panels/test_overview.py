"""What the table that answers wall 2 says of each kind of issue."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_counts
from tests.metrics.given_room import Lives
from tests.panels.words import SCOPE, picture, words_of
from wallboard.metrics.scope import full_weeks

CALM = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41) * 2
FALLING = tuple(round(41.33 * 0.5 ** (n / 10)) for n in range(1, 16))
LAST = full_weeks(SCOPE, 1)[0].start


@pytest.fixture
def with_complaints(connection: Connection) -> Connection:
    """One kind that has halved, one that grows, one that does neither."""
    given.journey(connection)
    counts = {"late": CALM + FALLING, "bill": (*CALM, *CALM[:11], 99, 99, 99, 99), "broken": CALM + CALM[:15]}
    given_counts.weekly(connection, counts, last=LAST)
    return connection


@pytest.mark.req("R51", "R54")
def test_each_kind_has_its_count_its_trend_and_the_weeks_until_it_is_halved(with_complaints: Connection) -> None:
    text = words_of(picture(with_complaints, "issue_overview"))
    assert text.startswith("1 of 3 has halved, 1 is growing | complaints per 1,000 orders, by week | 52 weeks 4 weeks last year")
    assert "“My bill is wrong” ↑ 396 no data not in the room yet growing 2.4 times as many" in text
    assert f"“My order is late” ↓ {sum(FALLING[-4:])} no data not in the room yet halved after 12 weeks" in text
    assert "“It came broken” ● " in text and "165 no data not in the room yet not in sight" in text


@pytest.mark.req("R54")
def test_a_fall_that_goes_on_says_in_how_many_weeks_it_is_down_at_the_goal_of_the_layout(with_complaints: Connection) -> None:
    text = words_of(picture(with_complaints, "issue_overview", goal=20))
    assert text.startswith("1 of 3 is falling, 1 is growing") and "weeks to 20%" in text
    assert text.endswith("“My order is late” ↓ 66 no data not in the room yet 9")
    assert words_of(picture(with_complaints, "issue_overview", goal=80)).startswith("1 of 3 is at 80%, 1 is growing")


@pytest.mark.req("R3")
def test_who_answers_in_the_room_stands_beside_the_kind_and_how_many_nobody_answers_for(with_complaints: Connection) -> None:
    room = Lives(with_complaints)
    first = room.admitted(0, "It came late.", issue_type="late")
    room.admitted(1, "Later still.", issue_type="late")
    later = replace(SCOPE, as_of=SCOPE.as_of + timedelta(hours=1))
    assert "nobody yet" in words_of(picture(with_complaints, "issue_overview", later))
    room.take(first, "own", 2)
    assert "Lena 1 more unowned" in words_of(picture(with_complaints, "issue_overview", later))


def test_too_little_to_judge_shows_counts_alone(connection: Connection) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM[:6]}, last=LAST)
    text = words_of(picture(connection, "issue_overview"))
    assert text.startswith("Most of all: “My order is late”") and "too few" in text and str(sum(CALM[2:6])) in text
