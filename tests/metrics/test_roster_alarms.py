"""What leaders are asked about: a roster item to which nothing happens, and a target that is met since its rule changed."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.given_definitions import aimed, defined
from tests.metrics.given_room import MAY, Lives
from tests.metrics.given_roster import by, listed, tasked
from tests.metrics.test_scoreboard import asset
from tests.panels.words import THEME, words_of
from wallboard.lifecycle.roster import BARRIER, Barrier
from wallboard.metrics.roster import roster_targets
from wallboard.metrics.roster_alarms import eased_targets
from wallboard.metrics.scope import Scope
from wallboard.panels import find_panels
from wallboard.records import roster


def test_a_step_of_the_item_or_of_its_team_is_something(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    lived = Lives(connection)
    number = listed(lived, "Say when the box comes")

    def silent(day: int) -> int | None:
        return roster_targets(connection, replace(scope, as_of=MAY + timedelta(days=day)))[0].silent_days

    assert (silent(0), silent(35)) == (0, 35)
    form = Barrier.read({"words": "No budget", "how": "finance", "note": ""})
    roster.take_form(by(lived, "tom", 10), BARRIER, number, 1, form)
    tasked(lived, number, day=20)
    assert (silent(9), silent(12), silent(35)) == (9, 2, 15)


def test_a_target_that_is_met_since_it_was_changed_is_named(connection: Connection, scope: Scope) -> None:
    asset(connection, scope)
    aimed(connection, "lost_customers", "", date(2026, 1, 1), 4)
    assert eased_targets(connection, scope) == (), "five left: it is not met"
    aimed(connection, "lost_customers", "", date(2026, 5, 20), 6)
    aimed(connection, "new_customers", "", date(2025, 1, 1), 1)
    aimed(connection, "new_customers", "", date(2026, 5, 1), 2)
    assert [(row.metric, row.what, row.changed_on) for row in eased_targets(connection, scope)] == [
        ("lost_customers", "target", date(2026, 5, 20))
    ], "three came: the stricter target of new customers is no trick"
    for version, day in ((1, date(2025, 1, 1)), (2, date(2026, 5, 10))):
        defined(connection, "new_customers", version, day)
    assert ("new_customers", "definition") in {(row.metric, row.what) for row in eased_targets(connection, scope)}
    panel = find_panels()["leader_alarms"]
    words = words_of(panel.picture(panel.read(connection, scope, panel.options()), panel.options(), THEME))
    assert "met its target since its target changed 20 May target changed" in words and "definition changed 10 May" in words
