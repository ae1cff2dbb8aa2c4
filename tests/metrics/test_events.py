"""What happened, where it comes from, and which series it concerns."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy import event as listening

from tests.metrics import given, given_definitions, given_events, given_worth
from tests.metrics.given_room import Lives
from tests.metrics.given_tasks import someone
from wallboard.metrics.events import AT_MOST, COMPLAINTS, Event, Subject, events
from wallboard.metrics.scope import Scope

DAY = date(2026, 5, 4)


def events_of(connection: Connection, scope: Scope) -> list[tuple[str, str, date]]:
    return [(row.kind, row.words, row.starts_on) for row in events(connection, scope)]


def test_what_a_source_brought_is_there_from_its_day_on_in_its_perimeters(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_events.happened(connection, DAY, "north only", perimeter="north")
    given_events.happened(connection, DAY, "west only", perimeter="west")
    given_events.happened(connection, scope.today, "today")
    given_events.happened(connection, scope.today + timedelta(days=1), "planned")
    given_events.happened(connection, date(2021, 1, 1), "long ago")
    given_events.happened(connection, date(2021, 1, 1), "lasts", ends_on=DAY)
    assert [words for _, words, _ in events_of(connection, scope)] == ["today", "north only", "lasts"]
    assert [words for _, words, _ in events_of(connection, scope.only("south"))] == ["today", "lasts"]


def test_what_was_recorded_is_there_until_it_is_taken_back(connection: Connection, scope: Scope) -> None:
    ana, noon = someone(connection, "ana"), scope.as_of - timedelta(days=2)
    kept, back = (given_events.recorded(connection, ana, noon, DAY, words) for words in ("kept", "not so"))
    given_events.recorded(connection, ana, scope.as_of + timedelta(seconds=1), DAY, "not yet written")
    given_events.withdrawn(connection, back, ana, scope.as_of)
    (row,) = events(connection, scope)
    assert (row.words, row.entry, row.by, row.origin) == ("kept", kept, "Ana", "recorded")


def test_actions_that_began_or_ended_are_events_by_themselves(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    ended = DAY + timedelta(days=9)
    given_definitions.done(connection, "nps", DAY, "We call back", done_on=ended)
    given_definitions.done(connection, "nps", DAY, "Not done yet", done_on=scope.today + timedelta(days=1))
    given_worth.improvements(connection, {"subject": "receive", "about": "stage", "since": DAY, "what": "Tighter caps"})
    given_definitions.done(connection, "k1", DAY, "One customer", about="customer")
    assert events_of(connection, scope) == [
        ("action ended", "We call back", ended),
        ("action began", "Tighter caps", DAY),
        ("action began", "Not done yet", DAY),
        ("action began", "We call back", DAY),
    ]
    assert {row.metric for row in events(connection, scope)} == {"nps", None}


def test_the_steps_of_an_issue_are_events_of_what_it_is_about(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    lives = Lives(connection)
    made = lives.admitted(1, touchpoint="parcel", issue_type="late")
    for day, step in enumerate(("own", "alleviate", "plan"), 2):
        lives.take(made, step, day)
    (row,) = events(connection, scope)
    assert (row.kind, row.words, row.starts_on) == ("action began", "a new van", DAY + timedelta(days=1))
    assert (row.touchpoint, row.issue_type, row.perimeter) == ("parcel", "late", "north")


def test_a_changed_definition_is_an_event_and_another_owner_is_none(connection: Connection, scope: Scope) -> None:
    given_definitions.people(connection, ana="Ana Silva")
    given_definitions.defined(connection, "nps", 1, date(2025, 1, 1), formula="one")
    given_definitions.defined(connection, "nps", 2, DAY, formula="another")
    given_definitions.defined(connection, "nps", 3, DAY + timedelta(days=3), formula="another", owner="ana")
    (row,) = events(connection, scope)
    assert (row.kind, row.metric, row.starts_on, row.words) == ("definition changed", "nps", DAY, "Would recommend us: another")


def test_what_is_read_is_bounded_by_the_window_and_by_a_number(connection: Connection, scope: Scope) -> None:
    """Ten years of history cost as much as ten weeks: no table of events is read without its first day and a limit."""
    asked: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(" ".join(statement.split()))

    listening.listen(connection.engine, "before_cursor_execute", keep)
    events(connection, scope, months=121)
    listening.remove(connection.engine, "before_cursor_execute", keep)
    for table, day in (("event", "starts_on"), ("event_entry", "starts_on"), ("action", "since"), ("issue_step", "day")):
        (read,) = (statement for statement in asked if re.search(rf"FROM {table}(?! AS)\b", statement))
        assert "LIMIT" in read and re.search(rf"{day} (?:>=|BETWEEN)", read), read


def test_of_many_events_the_newest_are_read(connection: Connection, scope: Scope) -> None:
    for n in range(AT_MOST + 5):
        given_events.happened(connection, scope.today - timedelta(days=n), f"{n}")
    read = events(connection, scope)
    assert len(read) == AT_MOST and (read[0].words, read[-1].words) == ("0", f"{AT_MOST - 1}")


ALL, LATE = Subject(COMPLAINTS), Subject(COMPLAINTS, "late")
BILL, NPS = Subject(("early_signals",), None, "bill", "use"), Subject(("nps",))


@pytest.mark.parametrize(
    ("event", "concerned"),
    [
        ({}, {ALL, LATE, BILL, NPS}),
        ({"issue_type": "late"}, {ALL, LATE}),
        ({"issue_type": "broken"}, {ALL}),
        ({"issue_type": "broken", "touchpoint": "bill", "stage": "use"}, {ALL, BILL}),
        ({"touchpoint": "parcel", "stage": "receive"}, {ALL, LATE, NPS}),
        ({"metric": "nps"}, {NPS}),
        ({"metric": "complaint_rate"}, {ALL, LATE}),
        ({"origin": "action", "stage": "use"}, set()),
        ({"origin": "action", "metric": "nps"}, {NPS}),
        ({"origin": "issue", "issue_type": "late", "touchpoint": "parcel"}, {ALL, LATE}),
        ({"origin": "issue", "touchpoint": "bill", "stage": "use"}, {BILL}),
    ],
)
def test_an_event_concerns_what_names_nothing_else(event: dict[str, str], concerned: set[Subject]) -> None:
    given_event = Event(**{"key": "1", "origin": "loaded", "kind": "release", "words": "It", "starts_on": DAY, **event})  # type: ignore[arg-type]
    assert {about for about in (ALL, LATE, BILL, NPS) if about.is_concerned(given_event)} == concerned
