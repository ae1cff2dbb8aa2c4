"""Reviews of research and the learning log: by whom they may be written, what they keep, and that they stay."""

from datetime import timedelta

import pytest
from sqlalchemy import Table, delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.metrics import given, given_handoffs
from tests.records.living import Living, given_once
from wallboard.errors import NotFound, RuleRefused
from wallboard.records.learnings import learn
from wallboard.records.studies import review
from wallboard.store.connections import writing
from wallboard.store.schema import audit, learning, research_review
from wallboard.store.versions import read_versions


@pytest.fixture
def studied(room: Living) -> Living:
    """A room with a journey and one study."""
    _given(room)
    return room


@given_once
def _given(room: Living) -> None:
    with writing(room.engine) as connection:
        given.journey(connection)
        given_handoffs.studies(connection, {"study": "talks", "finished_on": room.today - timedelta(days=9)})


@pytest.mark.req("R161")
def test_a_review_is_kept_with_its_words_and_audited(studied: Living) -> None:
    with studied.by("fay") as act:
        number = review(act, "talks", "  We call them first. ")
    with studied.engine.connect() as connection:
        row = connection.execute(select(research_review)).one()
        assert (row.id, row.study, row.words, row.actor, row.at) == (
            number, "talks", "We call them first.", studied.people["fay"], studied.at,
        )  # fmt: skip
        assert connection.scalar(select(audit.c.did).where(audit.c.changed == "research_review")) == "reviewed"
        assert read_versions(connection)["research_review"] == 1


@pytest.mark.parametrize("login", ["tom", "gus"])
def test_only_those_who_lead_say_that_it_was_reviewed(studied: Living, login: str) -> None:
    with pytest.raises(RuleRefused, match="Only a facilitator, a leader or the president"), studied.by(login) as act:
        review(act, "talks", "Fine.")


def test_a_study_that_is_not_there_and_a_review_without_words_are_refused(studied: Living) -> None:
    with pytest.raises(NotFound, match="Did you mean 'talks'"), studied.by("fay") as act:
        review(act, "talk", "Fine.")
    with pytest.raises(RuleRefused, match="says nothing"), studied.by("fay") as act:
        review(act, "talks", " ")


@pytest.mark.req("R29")
def test_what_was_learned_belongs_to_the_attendance_of_the_day(studied: Living) -> None:
    with studied.by("tom") as act:
        learn(act, "They look for a knife.")
    attendance = studied.attendance("lena")
    with studied.by("tom") as act:
        learn(act, "They look for it first.", "receive")
    studied.at += timedelta(days=1)
    with studied.by("fay") as act:
        learn(act, "Nobody reads the card.")
    with studied.engine.connect() as connection:
        rows = connection.execute(select(learning.c.words, learning.c.stage, learning.c.attendance).order_by(learning.c.id)).all()
    assert rows == [
        ("They look for a knife.", None, None),
        ("They look for it first.", "receive", attendance),
        ("Nobody reads the card.", None, None),
    ]


def test_a_guest_writes_no_lesson_and_nobody_an_empty_or_a_misplaced_one(studied: Living) -> None:
    with pytest.raises(RuleRefused, match="Your role does not write"), studied.by("gus") as act:
        learn(act, "A lesson.")
    with pytest.raises(RuleRefused, match="says nothing"), studied.by("tom") as act:
        learn(act, "")
    with pytest.raises(NotFound, match="receive"), studied.by("tom") as act:
        learn(act, "A lesson.", "recieve")


@pytest.mark.parametrize("table", [learning, research_review], ids=lambda table: table.name)
def test_what_is_written_stays_written(studied: Living, table: Table) -> None:
    with studied.by("fay") as act:
        learn(act, "A lesson.")
        review(act, "talks", "Fine.")
    for change in (update(table).values(words="Other."), delete(table)):
        with pytest.raises(DBAPIError, match="stays written"), writing(studied.engine) as connection:
            connection.execute(change)
