"""What was done by hand with a bare connection of each database, and no connection can do any more."""

from datetime import UTC, timedelta
from sqlite3 import IntegrityError
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from tests.store.by_hand import Handled, bare, by_hand, raw, refused
from tests.store.test_rules import step
from wallboard.records import verbs
from wallboard.store.guarded import GUARDED
from wallboard.store.schema import (
    attendee,
    decided_on,
    impact,
    intake_function,
    issue,
    issue_function,
    issue_step,
    mandate,
    metadata,
    user_account,
    verdict,
)


@pytest.mark.req("R25")
def test_an_issue_that_nobody_answered_is_closed_by_no_program(room: Handled) -> None:
    made = room.until("alleviation")
    at = room.at.astimezone(UTC).replace(tzinfo=None) + timedelta(hours=1)
    fay, columns = room.people["fay"], "issue, seq, kind, at, day, actor, refers, refers_kind, refers_at"
    row = f"{made}, 4, 'closed', '{at}.000000', '{at.date()}', {fay}, 3, 'accepted', '{at}.000000'"
    with pytest.raises(Exception, match="refers"):
        raw(room.engine, f"INSERT INTO issue_step ({columns}) VALUES ({row})")
    assert room.steps(made).status == "alleviation"


@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT OR FAIL", "INSERT OR ROLLBACK"])
def test_no_way_of_inserting_writes_over_what_a_customer_said(sqlite_room: Handled, how: str) -> None:
    sqlite_room.until("accepted")
    words = "SELECT id, kind, channel, source, source_key, customer, said_by, occurred_at, 'We are delighted!', language"
    with pytest.raises(Exception, match="stays written"):
        raw(sqlite_room.engine, f"{how} INTO evidence {words}, recording, kept_at FROM evidence")
    before = _rows(sqlite_room)
    assert {"issue", "issue_step", "verdict", "user_account", "mandate", "audit"} < {
        name for name, rows in before.items() if rows
    }
    with bare(sqlite_room.engine) as run:
        for name in (name for name, rows in before.items() if rows):
            with pytest.raises(IntegrityError, match=r"\.$"):
                run(f"{how} INTO {name} SELECT * FROM {name}")
    assert _rows(sqlite_room) == before


def _rows(room: Handled) -> dict[str, list[Any]]:
    with room.engine.connect() as connection:
        return {name: list(map(tuple, connection.execute(select(metadata.tables[name])))) for name in GUARDED}


def test_no_upsert_writes_over_what_a_customer_said(room: Handled) -> None:
    room.until("accepted")
    columns = "id, kind, channel, occurred_at, kept_at, words"
    changed = "ON CONFLICT (id) DO UPDATE SET words = 'We are delighted!'"
    with pytest.raises(Exception, match="stays written"):
        raw(room.engine, f"INSERT INTO evidence ({columns}) SELECT {columns} FROM evidence WHERE true {changed}")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (impact, "not after it"),
        (decided_on, "not after it"),
        (attendee, "have decided already"),
        (mandate, "Its holder has taken part"),
        (issue_function, "from now on"),
        (intake_function, "what becomes of it"),
    ],
)
def test_what_a_decision_rests_on_is_closed_with_it(room: Handled, table: Any, sentence: str) -> None:
    made = room.until("decided")
    decided = room.steps(made).of("decided")[0]
    before = decided.at - timedelta(days=1)
    rows: dict[str, dict[str, Any]] = {
        "impact": {"issue": made, "seq": decided.seq, "touchpoint": "returns", "effect": "none"},
        "decided_on": {"issue": made, "seq": decided.seq, "metric": "customers", "value": 1.0, "value_text": "1"},
        "attendee": {"attendance": decided.attendance, "user_id": room.people["ada"]},
        "mandate": {"user_id": room.people["lena"], "function": "shop", "since": before},
        "issue_function": {"issue": made, "function": "marketing", "since": before},
        "intake_function": {"intake": 1, "function": "marketing"},
    }
    assert sentence in refused(room, table, **rows[table.name])


def test_a_sitting_that_is_opened_after_a_decision_decides_nothing(room: Handled) -> None:
    made = room.until("alleviation")
    attendance = room.attendance("lena", "sam")
    row = step(room, made, "decided", attendance=attendance, at=room.at - timedelta(minutes=1))
    with by_hand(room) as connection:
        connection.execute(insert(impact).values(issue=made, seq=row["seq"], touchpoint="delivery", effect="earlier"))
    assert "Record who is present first" in refused(room, issue_step, **row)


@pytest.mark.req("R22")
def test_the_mandate_of_somebody_who_has_left_counts_no_more(room: Handled) -> None:
    made = room.until("alleviation")
    attendance = room.attendance("lena", "sam")
    with by_hand(room) as connection:
        connection.execute(insert(impact).values(issue=made, seq=room.steps(made).seq + 1, touchpoint="d", effect="earlier"))
        connection.execute(update(user_account).where(user_account.c.login == "sam").values(left_at=room.at))
    assert "mandate" in refused(room, issue_step, **step(room, made, "decided", attendance=attendance))
    assert "has not left" in refused(room, mandate, user_id=room.people["sam"], function="shop", since=room.at)
    other = room.attendance("lena")
    assert "can be present" in refused(room, attendee, attendance=other, user_id=room.people["sam"])


def test_an_issue_stands_in_the_customers_own_words(room: Handled) -> None:
    number, _ = room.relayed()
    judged = {"intake": number, "verdict": "admitted", "at": room.at, "day": room.today, "actor": room.people["fay"]}
    with by_hand(room) as connection:
        connection.execute(insert(verdict).values(**judged))
    row = {"intake": number, "verdict": "admitted", "evidence": 1, "perimeter": "north", "admitted_at": room.at}
    refusal = refused(room, issue, **row, admitted_on=room.today, words="We are delighted!")
    assert "the customer's own words" in refusal


@pytest.mark.parametrize(
    "shadow",
    [
        ("CREATE TEMP TABLE permission AS SELECT 'guest'::varchar AS role, 'closed'::varchar AS kind",),
        (
            "CREATE TEMP TABLE user_account AS "
            "SELECT id, 'president'::varchar AS role, NULL::timestamp AS left_at FROM public.user_account",
        ),
        (
            "CREATE SCHEMA mine",
            "CREATE TABLE mine.permission AS SELECT 'guest'::varchar AS role, 'closed'::varchar AS kind",
            "SET search_path = mine, public",
        ),
    ],
)
def test_no_table_of_a_hands_own_stands_before_the_rooms(postgresql_room: Handled, shadow: tuple[str, ...]) -> None:
    made = postgresql_room.until("presented")
    steps = postgresql_room.steps(made)
    refusal = step(postgresql_room, made, "accepted")
    with by_hand(postgresql_room) as connection:
        at = connection.execute(insert(issue_step).values(**refusal).returning(issue_step.c.at)).scalar_one()
    later, gus = at + timedelta(hours=1), postgresql_room.people["gus"]
    row = f"{made}, {steps.seq + 2}, 'closed', '{later}', '{later.date()}', {gus}, {steps.seq + 1}, 'accepted', '{at}'"
    columns = "issue, seq, kind, at, day, actor, refers, refers_kind, refers_at"
    with pytest.raises(psycopg.Error, match="Your role"):
        raw(postgresql_room.engine, *shadow, f"INSERT INTO public.issue_step ({columns}) VALUES ({row})")


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_transaction_that_does_not_see_what_was_decided_meanwhile_writes_nothing(postgresql_room: Handled, level: str) -> None:
    made = postgresql_room.until("alleviation")
    old = postgresql_room.hand.execution_options(isolation_level=level)
    with old.connect() as connection:
        connection.execute(select(issue_step))
        postgresql_room.decide(made)
        seq = postgresql_room.steps(made).seq
        with pytest.raises(DBAPIError, match="READ COMMITTED"):
            connection.execute(insert(impact).values(issue=made, seq=seq, touchpoint="returns", effect="none"))


def test_what_is_right_by_hand_is_taken(room: Handled) -> None:
    """The same room takes a whole life by hand: nothing of all this stands in the way of what is true."""
    made = room.until("presented")
    with by_hand(room) as connection:
        connection.execute(insert(issue_step).values(**step(room, made, "accepted")))
        at = room.at + timedelta(hours=1)
        row = step(room, made, "closed", seq=room.steps(made).seq + 2, refers=room.steps(made).seq + 1)
        connection.execute(insert(issue_step).values(**{**row, "refers_kind": "accepted", "refers_at": at}))
    assert room.steps(made).status == "closed"
    room.at += timedelta(hours=2)
    assert room.take(made, verbs.reopen, "It came wet again.") == room.steps(made).seq
