"""Teams on the wall: the next report and its day, reports that are missed, and who is celebrated until when."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.given_room import MAY, Lives
from tests.metrics.given_roster import listed, recognised, rewarded, take, tasked
from tests.metrics.test_roster import until
from wallboard.metrics.scope import Scope
from wallboard.metrics.team_cards import celebrations, team_cards


@pytest.fixture
def lived(connection: Connection) -> Lives:
    given.journey(connection)
    return Lives(connection)


def test_each_team_stands_at_its_next_report_with_its_promise(connection: Connection, lived: Lives, scope: Scope) -> None:
    slow, quick = tasked(lived, listed(lived, "One", day=-1), step_days=60), tasked(lived, listed(lived, "Two"), step_days=14)
    began = MAY.date()
    rows = team_cards(connection, until(scope, date(2026, 5, 10)))
    assert [(row.team, row.step, row.due_on, row.missed) for row in rows] == [
        (quick, 1, began + timedelta(days=14), 0),
        (slow, 1, began + timedelta(days=60), 0),
    ]
    assert (rows[0].title, rows[0].reward, rows[0].members) == ("Two", "A day at the sea", 1)
    assert {row.team: row.missed for row in team_cards(connection, scope)} == {quick: 4, slow: 0}
    take(lived, quick, "disbanded", 50, "fay", words="The carrier does it.")
    assert [row.team for row in team_cards(connection, scope)] == [slow]


def test_a_reward_is_celebrated_in_the_customers_words_until_a_day(connection: Connection, lived: Lives, scope: Scope) -> None:
    rewarded(lived, tasked(lived, listed(lived, "One")), day=50, until=10)
    recognised(lived, day=55, until=2)
    person, team = celebrations(connection, until(scope, date(2026, 6, 26)))
    assert (person.kind, person.name, person.words) == ("individual", "Tom", "He called each of them.")
    assert (team.kind, team.quotation, team.recent, team.base, team.members) == ("team", "It came too late!", 200, 960, "Tom")
    assert [row.kind for row in celebrations(connection, scope)] == ["team"]
    assert [row.rewarded_on for row in team_cards(connection, scope)] == [team.day], "it stays as long as it is celebrated"
    assert not team_cards(connection, until(scope, date(2026, 7, 1)))
    assert not celebrations(connection, until(scope, date(2026, 7, 1)))
    assert not celebrations(connection, until(scope, date(2026, 6, 1))), "what comes later changes nothing"
