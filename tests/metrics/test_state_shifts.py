"""Which states have turned in four weeks, since when, and what explains it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_counts, given_events, given_journey, given_scores
from tests.metrics.given_tasks import someone
from wallboard.metrics.kpis import kpi_board
from wallboard.metrics.memo import Memo
from wallboard.metrics.promises import promises
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import Shift
from wallboard.metrics.state_shifts import state_shifts, states_that_ask, turned_in

MONDAY = date(2026, 6, 22)
"""Of the week in which the KPI falls: the newest complete one, which is read from the 29th on."""

FALLEN = (*(0.97,) * 12, 0.80)


def fallen(connection: Connection) -> None:
    given.journey(connection)
    given_counts.kpi(connection, FALLEN)


def of(shifts: tuple[Shift, ...]) -> dict[str, Shift]:
    return {shift.turned.partition("/")[0]: shift for shift in shifts}


def test_a_kpi_its_promise_its_touchpoint_and_its_stage_turn_and_nobody_has_explained_it(
    connection: Connection, scope: Scope
) -> None:
    fallen(connection)
    given_journey.promises(connection, {"kpi": "on_time", "touchpoint": "parcel"})
    shifts = of(state_shifts(connection, scope))
    assert set(shifts) == {"kpi", "promise", "touchpoint", "stage"}
    kpi = shifts["kpi"]
    assert (kpi.name, kpi.touchpoint, kpi.stage, kpi.was, kpi.side) == ("On the promised day", "parcel", "receive", "good", "low")
    assert (kpi.since, kpi.first_end, kpi.goes_on) == (MONDAY + timedelta(days=7), MONDAY + timedelta(days=13), True)
    assert (shifts["promise"].was, shifts["promise"].state, shifts["promise"].metric) == ("kept", "not kept", "promise_delivered")
    assert {shift.explained_by for shift in shifts.values()} == {None}


def test_what_is_as_it_was_or_is_not_known_has_not_turned(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    assert state_shifts(connection, scope) == ()
    given_counts.kpi(connection, (0.80,) * 8)
    assert state_shifts(connection, scope) == ()


def test_a_feeling_and_a_score_turn_too(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    days = scope.today - timedelta(days=60), scope.today - timedelta(days=10)
    given_journey.emotions(connection, {"day": days[0], "feeling": 1.0}, {"day": days[1], "feeling": -1.0})
    given_scores.satisfied(connection, days[0], 90, 10, stage="receive", touchpoint="")
    given_scores.satisfied(connection, days[1], 0, 900, stage="receive", touchpoint="")
    shifts = state_shifts(connection, scope)
    assert {shift.turned for shift in shifts} == {
        "feeling/receive/",
        "score///after delivery/CSAT",
        "stage/receive",
    }
    about = {shift.turned.partition("/")[0]: (shift.metric, shift.was, shift.state) for shift in shifts}
    assert about["feeling"] == ("feeling", "good", "below zero") and about["score"] == ("csat", "good", "attention")
    assert about["stage"] == ("early_signals", "good", "attention"), "by the answers that were given there"


def test_what_chance_alone_may_turn_asks_for_nothing(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.kpi(connection, (*(0.96,) * 8, *(0.94,) * 4), n=100)
    assert [row.judged for row in kpi_board(connection, scope)] == ["watch"] and state_shifts(connection, scope) == ()


def test_a_complaint_without_an_owner_is_its_own_reason(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.kpi(connection, (0.97,) * 12)
    given.complaints(connection, {"day": scope.today - timedelta(days=1), "touchpoint": "parcel"})
    assert state_shifts(connection, scope) == ()


@pytest.mark.parametrize(
    ("day", "place", "explains"),
    [
        (MONDAY, {"touchpoint": "parcel", "stage": "receive"}, True),
        (MONDAY - timedelta(days=20), {"touchpoint": "parcel", "stage": "receive"}, True),
        (MONDAY, {}, True),
        (MONDAY, {"touchpoint": "site", "stage": "choose"}, False),
        (MONDAY, {"metric": "nps"}, False),
        (MONDAY - timedelta(days=60), {"touchpoint": "parcel", "stage": "receive"}, False),
    ],
)
def test_what_happened_at_the_place_in_the_weeks_of_which_it_speaks_explains_it(
    connection: Connection, scope: Scope, day: date, place: dict[str, str], explains: bool
) -> None:
    fallen(connection)
    given_events.happened(connection, day, "A new sorter", **place)
    shifts = state_shifts(connection, scope)
    assert {shift.explained_by for shift in shifts} == {"A new sorter" if explains else None}


def test_what_was_recorded_for_it_explains_it_whenever_it_happened(connection: Connection, scope: Scope) -> None:
    fallen(connection)
    kpi = of(state_shifts(connection, scope))["kpi"]
    fields = {"metric": kpi.metric, "touchpoint": kpi.touchpoint, "stage": kpi.stage, "explains": kpi.since}
    given_events.recorded(connection, someone(connection, "ana"), scope.as_of, date(2026, 1, 5), "Long before", **fields)
    assert of(state_shifts(connection, scope))["kpi"].explained_by == "Long before"


def test_a_panel_asks_for_the_states_that_it_shows(connection: Connection, scope: Scope) -> None:
    fallen(connection)
    assert {shift.turned.partition("/")[0] for shift in turned_in(kpi_board(connection, scope), connection, scope)} == {"kpi"}
    assert turned_in(promises(connection, scope), connection, scope) == ()


def test_what_was_so_weeks_ago_is_measured_once_for_all_states_of_the_store(
    connection: Connection, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    fallen(connection)
    asked: list[date] = []

    def counting(then: Scope, *others: Connection) -> object:
        asked.append(then.today)
        return states_that_ask(then, *others)

    monkeypatch.setattr("wallboard.metrics.state_shifts.states_that_ask", counting)
    memo = Memo()
    for state in range(3):
        with memo.of(state):
            assert of(state_shifts(connection, scope)).keys() == {"kpi", "touchpoint", "stage"}
            state_shifts(connection, scope)
    assert asked.count(scope.today) == 3 and len(asked) == 3 + len({*asked} - {scope.today})
