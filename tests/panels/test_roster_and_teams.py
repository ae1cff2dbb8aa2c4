"""The roster, its teams and a reward on the wall: what each row says, and that a barrier is never among it."""

from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.conftest import connection, scope, shared_engine  # noqa: F401
from tests.metrics.given_room import Lives
from tests.metrics.given_roster import hindered, listed, recognised, rewarded, tasked
from tests.metrics.test_roster import until, weekly
from tests.panels.words import THEME, words_of
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel
from wallboard.panels import find_panels


@pytest.fixture
def lived(connection: Connection) -> Lives:  # noqa: F811
    given.journey(connection)
    return Lives(connection)


def shown(name: str, connection: Connection, scope: Scope) -> str:  # noqa: F811
    panel: AnyPanel = find_panels()[name]
    options = panel.options()
    return words_of(panel.picture(panel.read(connection, scope, options), options, THEME))


@pytest.mark.req("R91")
def test_what_is_selected_stands_on_the_wall_with_sponsor_day_and_measure(
    connection: Connection,  # noqa: F811
    lived: Lives,
    scope: Scope,  # noqa: F811
) -> None:
    assert "Nothing is on the roster yet" in shown("roster", connection, scope)
    weekly(connection, date(2026, 3, 2), 10, 8)
    weekly(connection, date(2026, 5, 4), 4, 8)
    weekly(connection, date(2026, 6, 29), 1, 1)
    hindered(lived, listed(lived, "Say when the box comes", sponsor="lena"), "No budget")
    words = shown("roster", connection, scope)
    assert "One on the roster, one on target" in words and "Say when the box comes" in words
    assert "Lena, since 1 May" in words and "10.0 → 4.0" in words and "target 30% less" in words
    assert "No budget" not in words, "a barrier is for those who work in the room"


@pytest.mark.req("R102")
def test_each_team_card_says_the_next_step_its_day_and_the_promise(
    connection: Connection,  # noqa: F811
    lived: Lives,
    scope: Scope,  # noqa: F811
) -> None:
    assert "No team works on the roster" in shown("team_cards", connection, scope)
    tasked(lived, listed(lived, "One"), step_days=60)
    words = shown("team_cards", connection, scope)
    assert "One team" in words and "by 30 Jun: current experience" in words and "promised: A day at the sea" in words
    assert "missed 30 Jun: current experience" in shown("team_cards", connection, until(scope, date(2026, 7, 1)))


@pytest.mark.req("R100", "R109", "R108")
def test_a_celebration_begins_with_the_customers_words_and_ends_on_its_day(
    connection: Connection,  # noqa: F811
    lived: Lives,
    scope: Scope,  # noqa: F811
) -> None:
    assert "Nobody is celebrated today" in shown("celebration", connection, scope)
    rewarded(lived, tasked(lived, listed(lived, "One")), day=50, until=10)
    recognised(lived, day=55, until=2)
    words = shown("celebration", connection, until(scope, date(2026, 6, 26)))
    assert words.index("It came too late!") < words.index("40.0") < words.index("He called each of them.")
    assert "Thank you, The punctual" in words and "25.0" in words and "A day at the sea" in words and "Tom" in words
    assert "one rewarded" in shown("team_cards", connection, until(scope, date(2026, 6, 26))).lower()
    assert "He called" not in shown("celebration", connection, scope), "it was said until when"
    assert "Nobody is celebrated today" in shown("celebration", connection, until(scope, date(2026, 7, 1)))
