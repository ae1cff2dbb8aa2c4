"""Relaying what a source has brought: a ticket, a review or a public post becomes the evidence of an issue, and stays it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, insert, select

from tests.metrics import given as stored
from tests.records.living import Living
from wallboard.errors import RoomError
from wallboard.records.relay import judge, link
from wallboard.store.connections import writing
from wallboard.store.schema import contract, evidence, intake, issue, issue_type, issue_voice, post, voice, voice_day

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)


def with_voices(room: Living) -> None:
    with writing(room.engine) as connection:
        fields = {"channel": "Tickets", "perimeter": "north", "occurred_at": NOON, "day": NOON.date(), "complaint": True}
        stored.loaded(connection, issue_type, {"issue_type": "late", "wording": "It came late", "demand": "failure"})
        stored.loaded(
            connection, voice,
            {**fields, "kind": "ticket", "customer": "c1", "words": "Late again!", "issue_type": "late", "language": "en"},
            {**fields, "kind": "ticket", "customer": "c2", "words": None, "issue_type": "late", "language": None},
        )  # fmt: skip
        stored.loaded(
            connection, post,
            {"brand": "us", "ours": True, "network": "Mastodon", "posted_at": NOON, "author": "@lee", "words": "Cold tea."},
        )  # fmt: skip
        connection.execute(insert(voice_day).values(
            day=NOON.date(), perimeter="north", stage="", touchpoint="", issue_type="late", channel="Tickets", voices=2,
            complaints=2, with_words=1,
        ))  # fmt: skip
        runs = {"perimeter": "north", "started_on": date(2025, 1, 1), "currency": "GBP"}
        rows = (("c1", 120.0, None), ("c2", 80.0, date(2026, 1, 1)), ("c3", 500.0, None))
        stored.loaded(connection, contract, *({**runs, "customer": c, "annual_value": v, "ended_on": e} for c, v, e in rows))


def origin(room: Living, table: object, words: str | None) -> tuple[str, str]:
    with room.engine.connect() as connection:
        row = connection.execute(select(table).where(table.c.words == words if words else table.c.words.is_(None))).one()  # type: ignore[attr-defined,call-overload]
    return row.source, row.source_key


def test_a_ticket_is_evidence_with_the_contacts_and_the_value_behind_it(room: Living) -> None:
    with_voices(room)
    number, verdict = room.relayed(evidence=None, origin=origin(room, voice, "Late again!"), issue_type="late")
    assert verdict is None
    with room.engine.connect() as connection:
        proof = connection.execute(select(evidence)).one()
        brought = connection.execute(select(intake).where(intake.c.id == number)).one()
    assert (proof.kind, proof.words, proof.customer, proof.occurred_at) == ("ticket", "Late again!", "c1", NOON)
    assert (brought.contacts, brought.value_at_stake) == (2, 120.0), "c2 has left, c3 has said nothing"


def test_a_ticket_without_words_is_not_from_a_customer(room: Living) -> None:
    with_voices(room)
    assert room.relayed(evidence=None, origin=origin(room, voice, None))[1] == "not from a customer"


@pytest.mark.req("R120")
def test_a_post_becomes_the_origin_of_an_issue(room: Living) -> None:
    with_voices(room)
    where = origin(room, post, "Cold tea.")
    number, _ = room.relayed("gus", evidence=None, origin=where)
    with room.by("fay") as act:
        made = judge(act, number, "admitted")
        assert made is not None
        link(act, made, *where)
    with room.engine.connect() as connection:
        assert connection.scalar(select(issue.c.words)) == "Cold tea."
        proof = connection.execute(select(evidence)).one()
        assert connection.execute(select(issue_voice.c.source_key)).all() == [(where[1],)], "linked once"
    assert (proof.kind, proof.channel, proof.said_by, (proof.source, proof.source_key)) == (
        "post",
        "Mastodon",
        "@lee",
        where,
    )


def test_evidence_outlives_the_row_that_it_came_from(room: Living) -> None:
    with_voices(room)
    room.relayed(evidence=None, origin=origin(room, voice, "Late again!"))
    with writing(room.engine) as connection:
        connection.execute(delete(voice))
    with room.engine.connect() as connection:
        assert connection.scalar(select(evidence.c.words)) == "Late again!"


def test_what_is_not_there_or_not_yet_said_is_refused(room: Living) -> None:
    with pytest.raises(RoomError, match="is not in the store"):
        room.relayed(evidence=None, origin=("tickets", "T-9"))
    with pytest.raises(RoomError, match="part of the business"):
        room.relayed(perimeter="nowhere")
    with pytest.raises(RoomError, match="says nothing"):
        room.relayed(title=" ")
