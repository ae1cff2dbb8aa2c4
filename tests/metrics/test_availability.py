"""Never loaded, of others only, later, and stopped: decided once for all panels."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.availability import CUSTOMERS, FUNCTIONS, VOICES, absence, coverage
from wallboard.metrics.feed_health import NEVER, STOPPED
from wallboard.metrics.scope import Scope, full_weeks, span

NEEDS = ((VOICES,),)


def test_never_loaded_of_others_only_and_later_are_told_apart(connection: Connection, scope: Scope) -> None:
    rows = absence(connection, scope, NEEDS)
    assert rows and (rows.state, rows.elsewhere, rows.begins) == (NEVER, False, None) and "tickets" in rows.load[0]
    given.complaints(connection, {"day": date(2026, 6, 29), "perimeter": "south"})
    north = replace(scope, perimeters=("north",), zones=())
    assert (there := absence(connection, north, NEEDS)) and there.elsewhere
    before = replace(scope, as_of=scope.as_of - timedelta(days=30))
    assert (later := absence(connection, before, NEEDS)) and later.begins == date(2026, 6, 29)
    assert absence(connection, scope, NEEDS) is None
    assert absence(connection, scope, ((FUNCTIONS,),)), "of all that is needed, one is missing"
    assert absence(connection, scope, ((FUNCTIONS, VOICES),)) is None, "any one of a group is enough"


def test_silence_up_to_now_is_a_feed_that_has_stopped(connection: Connection, scope: Scope) -> None:
    given.complaints(connection, {"day": date(2026, 5, 28)}, {"day": date(2026, 1, 5)})
    four, twenty = span(full_weeks(scope, 4)), span(full_weeks(scope, 20))
    rows = absence(connection, scope, NEEDS, four)
    assert rows and (rows.state, rows.known_to) == (STOPPED, date(2026, 5, 28))
    assert absence(connection, scope, NEEDS, twenty) is None, "a quarter of a long period may be silent"


def test_a_few_customers_may_be_quiet_for_months(connection: Connection, scope: Scope) -> None:
    given.customers(connection, ("c1", date(2025, 1, 7), "new", 10.0))
    assert absence(connection, scope, ((CUSTOMERS,),), span(full_weeks(scope, 4))) is None


def test_weeks_before_the_first_fact_are_no_base_of_a_comparison(connection: Connection, scope: Scope) -> None:
    weeks = full_weeks(scope, 8)
    given.complaints(connection, {"day": weeks[2].start}, {"day": weeks[7].start}, {"day": date(2026, 6, 29)})
    known = coverage(connection, scope, VOICES)
    assert known.of(span(weeks[:4])) and not known.whole(span(weeks[:4])) and known.whole(span(weeks[4:]))
