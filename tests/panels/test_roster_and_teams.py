"""The roster, its teams and a reward on the wall: what each row says, and that a barrier is never among it."""

from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.conftest import connection, scope, shared_engine  # noqa: F401
from tests.metrics.given_room import Lives
from tests.metrics.given_roster import by, hindered, listed, recognised, rewarded, tasked
from tests.metrics.test_roster import until, weekly
from tests.panels.words import THEME, words_of
from wallboard.lifecycle.decisions import TAKEN_BACK
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel
from wallboard.panels import find_panels
from wallboard.panels.leader_alarms import _from_to
from wallboard.records import decisions, initiatives


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


@pytest.mark.req("R171")
def test_an_item_to_which_nothing_happens_or_whose_measure_stands_still_is_an_alarm_on_the_wall(
    connection: Connection,  # noqa: F811
    lived: Lives,
    scope: Scope,  # noqa: F811
) -> None:
    words = shown("leader_alarms", connection, scope)
    assert "Nothing to explain" in words and "no decision in two years" in words
    weekly(connection, date(2026, 3, 2), 10, 8)
    weekly(connection, date(2026, 5, 4), 10, 13)
    number = listed(lived, "Say when the box comes", sponsor="lena")
    words = shown("leader_alarms", connection, scope)
    assert "One thing for leaders to explain" in words and "days without a step" in words
    assert "nothing happened; sponsor Lena" in words
    assert "0 of 1 decision taken back in two years" in words
    hindered(lived, number, "No budget", day=55)
    words = shown("leader_alarms", connection, scope)
    assert "complaints have not moved" not in words, "twelve weeks are not over"
    hindered(lived, number, "No budget yet", day=80)
    words = shown("leader_alarms", connection, until(scope, date(2026, 8, 1)))
    assert "complaints have not moved beyond chance; sponsor Lena" in words and "No budget" not in words
    assert "10.0 → 10.0 complaints a week" in words
    decision = decisions.register(connection, date(2026, 1, 1))[0]
    taken_back = TAKEN_BACK.form.read({"words": "It did not help."})  # type: ignore[union-attr]
    decisions.take_form(by(lived, "fay", 56), TAKEN_BACK, decision.number, decision.life.seq, taken_back)
    assert "1 of 1 decision taken back" in shown("leader_alarms", connection, scope)


def test_a_rise_is_written_with_the_decimals_that_show_it() -> None:
    assert _from_to(1.62, 1.63, THEME) == "1.62 → 1.63" and _from_to(1.2, 1.9, THEME) == "1.2 → 1.9"
    assert _from_to(10.0, 10.0, THEME) == "10.0 → 10.0"


@pytest.mark.req("R71")
def test_a_roster_item_shows_one_target_that_its_functions_share_and_their_reward(
    connection: Connection,  # noqa: F811
    lived: Lives,
    scope: Scope,  # noqa: F811
) -> None:
    number = listed(lived, "One")
    tasked(lived, number)
    initiatives.start(by(lived, "tom", 20), "Foam", "shop", "parcel", number)
    words = shown("roster", connection, scope)
    assert words.count("target 30% less") == 1, "one target for all of them"
    assert "Logistics and Shop" in words and "promised: A day at the sea" in shown("team_cards", connection, scope)


@pytest.mark.req("R60")
def test_what_is_promised_stands_on_the_card_before_the_result_and_the_award_after_it(
    connection: Connection,  # noqa: F811
    lived: Lives,
    scope: Scope,  # noqa: F811
) -> None:
    team = tasked(lived, listed(lived, "One"))
    before = shown("team_cards", connection, until(scope, date(2026, 5, 5)))
    assert "promised: A day at the sea" in before and "rewarded" not in before
    rewarded(lived, team, day=50, until=10)
    after = shown("team_cards", connection, until(scope, date(2026, 6, 26)))
    assert "rewarded on 20 Jun: complaints are falling" in after and "A day at the sea" in after
