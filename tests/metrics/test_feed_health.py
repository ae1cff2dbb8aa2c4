"""Whether a feed may be judged: late, stopped, collapsed, and the one of several that is gone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, insert

from tests.metrics import given as given_rows
from tests.metrics import given_counts
from wallboard.metrics.feed_health import COLLAPSED, LATE, NEVER, STOPPED, feed_health, feed_troubles
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import touchpoint_states
from wallboard.settings import RealFall
from wallboard.store.schema import source_day, source_state, volume_week

NOW = datetime(2025, 6, 30, 8, tzinfo=UTC)
SCOPE = Scope(NOW, ZoneInfo("UTC"), ("north", "south"))
LAST = date(2025, 6, 23)
"""The Monday of the last complete week: 29 June, a Sunday, is over."""

DAILY = (("tickets", timedelta(days=1)),)


def given(
    connection: Connection,
    weekly: Iterable[float],
    source: str = "tickets",
    perimeter: str = "north",
    part: str = "complaint:late",
) -> None:
    """What a source brought in the weeks up to the last complete one."""
    volumes = list(weekly)
    mondays = [LAST - timedelta(weeks=back) for back in range(len(volumes) - 1, -1, -1)]
    whose = {"feed": "voice", "source": source, "perimeter": perimeter}
    rows = [{**whose, "part": part, "week": monday, "volume": n} for monday, n in zip(mondays, volumes, strict=True) if n]
    if rows:
        connection.execute(insert(volume_week), rows)


def add_voices(connection: Connection, newest: datetime, source: str = "tickets", perimeter: str = "north") -> None:
    """The newest fact of a source."""
    connection.execute(insert(source_state).values(source=source, feed="voice", fact_at=newest, loaded_at=newest))
    at = {"first_at": newest, "last_at": newest, "day": newest.date(), "facts": 1}
    connection.execute(insert(source_day).values(source=source, feed="voice", perimeter=perimeter, **at))


def test_what_was_never_loaded_has_nothing_to_judge(connection: Connection) -> None:
    health = feed_health(connection, SCOPE, "voice")
    assert [trouble.state for trouble in health.troubles] == [NEVER] and health.may_judge


def test_a_feed_that_is_as_it_was_may_be_judged(connection: Connection) -> None:
    given(connection, [100] * 60)
    add_voices(connection, NOW)
    health = feed_health(connection, replace(SCOPE, cadence=DAILY), "voice")
    assert health.may_judge and not health.troubles and not health.doubtful(LAST)


def test_a_late_source_is_not_judged_however_its_volume_is(connection: Connection) -> None:
    given(connection, [100] * 60)
    add_voices(connection, NOW - timedelta(days=3))
    health = feed_health(connection, replace(SCOPE, cadence=DAILY), "voice")
    assert health.cause and (health.cause.state, health.cause.newest) == (LATE, date(2025, 6, 27))
    assert feed_health(connection, replace(SCOPE, cadence=(("tickets", timedelta(weeks=1)),)), "voice").may_judge


def test_the_week_in_which_a_late_source_fell_silent_is_no_collapse(connection: Connection) -> None:
    given(connection, [100] * 60 + [3])
    add_voices(connection, datetime(2025, 6, 23, 9, tzinfo=UTC))
    health = feed_health(connection, replace(SCOPE, cadence=DAILY), "voice")
    assert [trouble.state for trouble in health.troubles] == [LATE], "its last week was not told to its end"


@pytest.mark.parametrize(("days_later", "late"), [(0, False), (1, True), (4, True)])
def test_a_desk_that_is_closed_at_weekends_is_not_late_on_mondays(connection: Connection, days_later: int, late: bool) -> None:
    given(connection, [100] * 60)
    monday = NOW.replace(hour=8)
    workdays = [day for back in range(3, 90) if (day := monday - timedelta(days=back)).weekday() < 5]
    add_voices(connection, workdays[0])
    at = [{"first_at": day, "last_at": day, "day": day.date(), "facts": 1} for day in workdays[1:]]
    connection.execute(insert(source_day), [{"source": "tickets", "feed": "voice", "perimeter": "north", **run} for run in at])
    scope = replace(SCOPE, as_of=monday + timedelta(days=days_later), cadence=DAILY)
    assert feed_health(connection, scope, "voice").may_judge is not late


def test_a_collapse_is_a_question_until_a_person_says_that_it_is_real(connection: Connection) -> None:
    given(connection, [100] * 30 + [3] * 30)
    add_voices(connection, NOW)
    health = feed_health(connection, SCOPE, "voice")
    assert health.cause and (health.cause.state, health.cause.before, health.cause.now) == (COLLAPSED, 100, 3)
    assert health.cause.since == LAST - timedelta(weeks=29)
    assert health.doubtful(LAST) and not health.doubtful(LAST - timedelta(weeks=30))
    real = RealFall(source="tickets", day=health.cause.since + timedelta(days=3), note="Anna: the new form answers most of it")
    known = replace(SCOPE, real_falls=(real,), cadence=DAILY)
    assert feed_health(connection, known, "voice").may_judge and not feed_health(connection, known, "voice").doubtful(LAST)
    wrong = real.model_copy(update={"day": date(2025, 6, 1)})
    assert not feed_health(connection, replace(SCOPE, real_falls=(wrong,)), "voice").may_judge, "another day is another fall"
    late = replace(known, as_of=NOW + timedelta(days=3))
    assert not feed_health(connection, late, "voice").may_judge, "none at all while the source is late"


def test_without_a_cadence_silence_that_chance_does_not_explain_is_a_stop(connection: Connection) -> None:
    given(connection, [*[100] * 50, 0, 0, 0])
    add_voices(connection, datetime(2025, 6, 8, 17, tzinfo=UTC))
    health = feed_health(connection, SCOPE, "voice")
    assert health.cause and (health.cause.state, health.cause.newest) == (STOPPED, date(2025, 6, 8))
    weekly = replace(SCOPE, cadence=(("tickets", timedelta(weeks=4)),))
    assert feed_health(connection, weekly, "voice").may_judge, "who keeps a cadence of four weeks has not stopped"


def test_a_kind_that_falls_is_an_improvement(connection: Connection) -> None:
    given(connection, [*[90] * 40, *[1] * 10])
    given(connection, [10] * 50, part="complaint:bill")
    add_voices(connection, NOW)
    assert feed_health(connection, SCOPE, "voice", "complaint:").may_judge


@pytest.mark.parametrize(("small", "blocks"), [(4, False), (40, True)])
def test_one_of_several_that_is_gone_is_named_and_forbids_a_verdict_where_it_matters(
    connection: Connection, small: int, blocks: bool
) -> None:
    given(connection, [100] * 60)
    given(connection, [*[small] * 40, *[0] * 20], perimeter="south")
    add_voices(connection, NOW)
    (row,) = feed_health(connection, SCOPE, "voice").troubles
    assert (row.state, row.source, row.perimeter, row.blocks) == (STOPPED, "tickets", "south", blocks)
    assert feed_health(connection, SCOPE.only("north"), "voice").troubles == ()


def test_a_source_that_another_has_replaced_forbids_nothing(connection: Connection) -> None:
    given(connection, [*[100] * 40, *[0] * 20])
    given(connection, [*[0] * 40, *[105] * 20], source="new desk")
    add_voices(connection, datetime(2025, 2, 9, tzinfo=UTC))
    add_voices(connection, NOW, source="new desk")
    health = feed_health(connection, SCOPE, "voice")
    assert health.may_judge and [trouble.source for trouble in health.troubles] == ["tickets"]


def test_a_store_that_was_not_counted_yet_is_judged_by_its_cadence_alone(connection: Connection) -> None:
    connection.execute(insert(source_state).values(source="tickets", feed="voice", fact_at=NOW, loaded_at=NOW))
    assert feed_health(connection, SCOPE, "voice").troubles == ()
    late = replace(SCOPE, as_of=NOW + timedelta(days=9), cadence=DAILY)
    assert [trouble.state for trouble in feed_health(connection, late, "voice").troubles] == [LATE]


def test_as_a_metric(connection: Connection) -> None:
    given(connection, [100] * 30 + [3] * 30)
    add_voices(connection, NOW)
    (row,) = feed_troubles(connection, SCOPE, "voice")
    assert (row.state, row.before, row.now, row.blocks) == (COLLAPSED, 100, 3, True)


@pytest.mark.parametrize(("weekly", "state"), [([100] * 60, "good"), ([100] * 40 + [3] * 20, "not measured")])
def test_no_contact_point_is_good_whose_feed_has_dried_up(connection: Connection, weekly: list[int], state: str) -> None:
    """A few complaints of a feed that has collapsed are not within normal range."""
    given_rows.journey(connection)
    given_counts.weekly(connection, {"late": tuple(weekly)}, last=LAST)
    given(connection, weekly)
    add_voices(connection, NOW)
    (parcel,) = [row for row in touchpoint_states(connection, SCOPE) if row.touchpoint == "parcel"]
    assert parcel.state == state
    assert state == "good" or parcel.why == "complaints are not judged: look at their source"
