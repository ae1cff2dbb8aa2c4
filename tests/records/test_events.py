"""What happened, as people record it: by whom, what is refused, and that it is taken back by another row."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from tests.metrics import given
from tests.records.living import Living, given_once
from wallboard.errors import NotFound, RuleRefused
from wallboard.records.events import Concerns, record, take_back
from wallboard.store.connections import writing
from wallboard.store.schema import audit, event_entry, event_withdrawal
from wallboard.store.versions import read_versions


@pytest.fixture
def house(room: Living) -> Living:
    """A room with a journey."""
    _given(room)
    return room


@given_once
def _given(room: Living) -> None:
    with writing(room.engine) as connection:
        given.journey(connection)


def recorded(house: Living, login: str = "fay", **fields: Any) -> int:
    values: dict[str, Any] = {
        "kind": "strike",
        "words": "The post was on strike.",
        "starts_on": house.today - timedelta(days=9),
    } | fields
    with house.by(login) as act:
        return record(act, **values)


def test_an_event_is_kept_with_who_and_when_and_audited(house: Living) -> None:
    number = recorded(house, concerns=Concerns(perimeter="north", touchpoint="parcel", issue_type="late"))
    with house.engine.connect() as connection:
        row = connection.execute(select(event_entry)).one()
        assert (row.id, row.actor, row.at, row.day) == (number, house.people["fay"], house.at, house.today)
        assert (row.perimeter, row.touchpoint, row.issue_type, row.metric) == ("north", "parcel", "late", None)
        assert connection.scalar(select(audit.c.did).where(audit.c.changed == "event_entry")) == "recorded"
        assert read_versions(connection)["event_entry"] == 1


@pytest.mark.parametrize("login", ["tom", "gus"])
def test_only_those_who_lead_record_and_take_back(house: Living, login: str) -> None:
    number = recorded(house)
    with pytest.raises(RuleRefused, match="Only a facilitator, a leader or the president records"):
        recorded(house, login)
    with pytest.raises(RuleRefused, match="Only a facilitator, a leader or the president takes"), house.by(login) as act:
        take_back(act, number, "It was not so.")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"words": " "}, "says nothing"),
        ({"kind": "storm"}, "'storm' is not known"),
        ({"starts_on": date(2026, 6, 2)}, "has not come yet"),
        ({"ends_on": date(2026, 5, 1)}, "lies before the first"),
        ({"concerns": Concerns(touchpoint="parcle")}, "Did you mean 'parcel'"),
        ({"concerns": Concerns(stage="choose", touchpoint="parcel")}, "belongs to another stage"),
        ({"concerns": Concerns(issue_type="lat")}, "Did you mean 'late'"),
        ({"concerns": Concerns(metric="npz")}, "Did you mean 'nps'"),
        ({"concerns": Concerns(perimeter="nort")}, "Did you mean 'north'"),
    ],
)
def test_what_cannot_be_meant_is_refused(house: Living, fields: dict[str, Any], refusal: str) -> None:
    with pytest.raises((RuleRefused, NotFound), match=refusal):
        recorded(house, **fields)
    with house.engine.connect() as connection:
        assert connection.execute(select(event_entry)).all() == []


def test_an_entry_is_taken_back_once_by_a_row_of_its_own(house: Living) -> None:
    number = recorded(house)
    with pytest.raises(RuleRefused, match="says nothing"), house.by("lena") as act:
        take_back(act, number, "")
    with pytest.raises(NotFound, match="no number 99"), house.by("lena") as act:
        take_back(act, 99, "It was not so.")
    with house.by("lena") as act:
        take_back(act, number, "It was another week.")
    with pytest.raises(RuleRefused, match="taken back already"), house.by("lena") as act:
        take_back(act, number, "It was another week.")
    with house.engine.connect() as connection:
        assert connection.execute(select(event_withdrawal.c.entry, event_withdrawal.c.actor)).all() == [
            (number, house.people["lena"])
        ]
        assert connection.execute(select(event_entry.c.id)).all() == [(number,)]


def test_the_store_itself_keeps_what_is_written_and_lets_nothing_begin_tomorrow(house: Living) -> None:
    recorded(house)
    for change in (update(event_entry).values(words="Other."), delete(event_entry)):
        with pytest.raises(DBAPIError, match="stays written"), writing(house.engine) as connection:
            connection.execute(change)
    ahead = {
        "at": house.at, "day": house.today, "actor": house.people["fay"], "kind": "strike", "words": "Soon.",
        "starts_on": house.today + timedelta(days=1),
    }  # fmt: skip
    with pytest.raises(DBAPIError, match="do not go together"), writing(house.engine) as connection:
        connection.execute(insert(event_entry).values(**ahead))
