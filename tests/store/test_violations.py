"""Rows that break a rule, from an older program or from a hand that put the rules aside: kept, named, and in nobody's way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from tests.records.living import Living, given_once
from tests.store.by_hand import Handled, by_hand, raw, refused
from tests.store.test_rules import step
from wallboard.errors import NotFound, RuleRefused
from wallboard.records.row_reviews import acknowledge
from wallboard.store.connections import writing
from wallboard.store.open import migrate, open_store
from wallboard.store.rules import are_in_place, take_away
from wallboard.store.schema import audit, evidence, impact, issue_step, row_review, store_property, user_account
from wallboard.store.violations import NAMED, broken_rows, orphans, reviewed_words, violations


@pytest.fixture
def unruled(room: Handled) -> Iterator[Handled]:
    """A room whose rules are put aside until it is opened again."""
    yield room
    migrate(room.engine)


def put_aside(room: Handled) -> None:
    with writing(room.engine) as connection:
        take_away(connection)


def named(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [str(broken) for broken in violations(connection)]


def test_a_room_that_kept_its_rules_has_no_such_row(room: Handled) -> None:
    made = room.until("accepted")
    with by_hand(room) as connection:
        connection.execute(update(user_account).where(user_account.c.login == "sam").values(left_at=room.at, role="guest"))
    assert room.steps(made).status == "closed" and named(room.engine) == []


def _decided(room: Handled, made: int) -> dict[str, Any]:
    attendance = room.attendance("lena")
    with by_hand(room) as connection:
        connection.execute(insert(impact).values(issue=made, seq=4, touchpoint="delivery", effect="earlier"))
    return step(room, made, "decided", attendance=attendance)


BROKEN: dict[str, Callable[[Handled, int], dict[str, Any]]] = {
    "day of its instant": lambda room, made: step(room, made, "limit", day=room.today + timedelta(days=900)),
    "a person can see": lambda room, made: step(room, made, "limit", words="\u200b"),
    "before what was written last": lambda room, made: step(
        room, made, "joined", at=room.steps(made).of("owned")[0].at + timedelta(minutes=1)
    ),
    "somebody with its mandate": _decided,
}


@pytest.mark.slow
@pytest.mark.parametrize("sentence", BROKEN)
def test_a_row_that_breaks_a_rule_is_named_with_its_key_and_what_to_do(unruled: Handled, sentence: str) -> None:
    made = unruled.until("alleviation")
    row = BROKEN[sentence](unruled, made)
    put_aside(unruled)
    with by_hand(unruled) as connection:
        connection.execute(insert(issue_step).values(**row))
    migrate(unruled.engine)
    [violation] = named(unruled.engine)
    assert violation.startswith(f"the store, issue_step (issue {made}, seq 4): ") and sentence in violation
    assert "put back a copy of the store" in violation
    with unruled.engine.connect() as connection:
        assert are_in_place(connection)
        assert connection.scalar(select(func.count()).where(issue_step.c.seq == 4)) == 1


def test_a_step_after_the_customer_accepted_is_named_whatever_a_rule_calls_its_tables(unruled: Handled) -> None:
    made = unruled.until("accepted")
    row = step(unruled, made, "limit")
    put_aside(unruled)
    with by_hand(unruled) as connection:
        connection.execute(insert(issue_step).values(**row))
    migrate(unruled.engine)
    assert any("The customer has accepted the answer: it is closed" in violation for violation in named(unruled.engine))


def test_a_store_in_which_somebody_closed_an_issue_by_hand_is_opened_brought_up_to_date_and_named(
    sqlite_room: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written by the plain program into a store of the version before, whose triggers looked at no references."""
    monkeypatch.setattr("wallboard.store.migrating.command.upgrade", command.stamp)  # of an update that changes no table
    made = sqlite_room.until("alleviation")
    put_aside(sqlite_room)
    at = f"{sqlite_room.at.replace(tzinfo=None)}.000000"
    row = f"{made}, 4, 'closed', '{at}', '{at[:10]}', {sqlite_room.people['fay']}, 3, 'accepted', '{at}'"
    columns = "issue, seq, kind, at, day, actor, refers, refers_kind, refers_at"
    raw(
        sqlite_room.engine,
        f"INSERT INTO issue_step ({columns}) VALUES ({row})",
        "INSERT INTO contract (source, source_key, row_hash, load_run_id, customer, perimeter, started_on, currency) "
        "VALUES ('c', '1', 1, 99, 'k', 'north', '2026-01-01', 'EUR')",
        "UPDATE alembic_version SET version_num = '0015'",
    )
    again = open_store(str(sqlite_room.engine.url))
    broken = named(again)
    assert any("issue_step (issue 1, seq 4): The step to which it refers" in violation for violation in broken), broken
    with again.connect() as connection:
        [orphan] = orphans(connection)
        assert orphan.where == "the store, contract (row 1)" and "load run" in orphan.what
    again.dispose()


@pytest.fixture
def broken(unruled: Handled) -> Handled:
    """A room in which one step of issue 1 shows nothing, and the rules are in place again."""
    _break(unruled)
    return unruled


@given_once
def _break(room: Living) -> None:
    row = step(room, room.until("alleviation"), "limit", words="\u200b")
    with writing(room.engine) as connection:
        take_away(connection)
        connection.execute(insert(issue_step).values(**row))
    migrate(room.engine)


def test_a_row_that_somebody_who_leads_has_reviewed_is_left_out_and_named_with_its_review(broken: Handled) -> None:
    with broken.engine.connect() as connection:
        [row] = broken_rows(connection)
        assert (row.table, row.key, row.review) == ("issue_step", "issue 1, seq 4", None)
        assert reviewed_words(connection) == []
    with broken.by("lena") as act:
        assert acknowledge(act, row.rule, row.key, "A slip of the old program.").key == row.key
    assert named(broken.engine) == []
    with broken.engine.connect() as connection:
        assert reviewed_words(connection) == ["1 row that breaks a rule stands reviewed: wallboard check --all names each."]
        [words] = reviewed_words(connection, every=True)
        assert connection.scalar(select(audit.c.did).where(audit.c.changed == "row_review")) == "acknowledged"
    assert words.startswith("Reviewed: the store, issue_step (issue 1, seq 4): ")
    assert words.endswith(" UTC: A slip of the old program.") and "Lena, 2026-" in words


def test_a_review_is_of_a_row_that_breaks_a_rule_once_and_says_why(broken: Handled) -> None:
    with broken.engine.connect() as connection:
        [row] = broken_rows(connection)
    for rule, key in ((row.rule, "issue 1, seq 3"), ("issue_step_type", row.key)):
        with pytest.raises(NotFound, match="does not break that rule"), broken.by("lena") as act:
            acknowledge(act, rule, key, "A slip.")
    with pytest.raises(RuleRefused, match="says nothing"), broken.by("lena") as act:
        acknowledge(act, row.rule, row.key, " ")
    with broken.by("lena") as act:
        acknowledge(act, row.rule, row.key, "A slip.")
    with pytest.raises(RuleRefused, match="has been reviewed by Lena"), broken.by("fay") as act:
        acknowledge(act, row.rule, row.key, "A slip.")


@pytest.mark.parametrize("login", ["gus", "tom"])
def test_neither_a_guest_nor_a_team_member_lets_a_row_stand_through_any_connection(broken: Handled, login: str) -> None:
    with broken.engine.connect() as connection:
        [row] = broken_rows(connection)
    with pytest.raises(RuleRefused, match="Only a facilitator, a leader or the president"), broken.by(login) as act:
        acknowledge(act, row.rule, row.key, "A slip.")
    by_login = {"at": broken.at, "actor": broken.people[login], "rule": row.rule, "row_key": row.key, "words": "A slip."}
    assert "says that a row may stand" in refused(broken, row_review, **by_login)
    lena = by_login | {"actor": broken.people["lena"]}
    assert "shows nothing" in refused(broken, row_review, **lena | {"words": "\u200b"})
    with by_hand(broken) as connection:
        connection.execute(insert(row_review).values(**lena))
    for change in (update(row_review).values(words="Other."), delete(row_review)):
        with pytest.raises(DBAPIError, match="stays written"), by_hand(broken) as connection:
            connection.execute(change)
    assert named(broken.engine) == []


def test_only_so_many_rows_of_one_rule_are_named(unruled: Handled) -> None:
    put_aside(unruled)
    row = {"kind": "interview", "channel": "us", "occurred_at": unruled.at, "kept_at": unruled.at, "words": "\u200b"}
    with by_hand(unruled) as connection:
        connection.execute(insert(evidence), [row] * (NAMED + 3))
    *rows, more = named(unruled.engine)
    assert len(rows) == NAMED and more.startswith("the store, evidence: More rows")
    migrate(unruled.engine)
    with unruled.engine.connect() as connection:
        reviewed = [broken for broken in broken_rows(connection) if broken.key in ("id 1", "id 2", "id 3")]
    for broken in reviewed:
        with unruled.by("lena") as act:
            acknowledge(act, broken.rule, broken.key, "It came so.")
    assert len(named(unruled.engine)) == NAMED


def test_a_trigger_that_somebody_took_away_is_put_back(unruled: Handled) -> None:
    if unruled.engine.dialect.name == "sqlite":
        raw(unruled.engine, "DROP TRIGGER issue_step_update")
    else:
        raw(unruled.engine, "ALTER TABLE issue_step DISABLE TRIGGER ALL")
    with unruled.engine.connect() as connection:
        assert not are_in_place(connection)
    migrate(unruled.engine)
    with unruled.engine.connect() as connection:
        assert are_in_place(connection)
        assert connection.scalar(select(func.count()).select_from(store_property).where(store_property.c.name == "rules")) == 1
