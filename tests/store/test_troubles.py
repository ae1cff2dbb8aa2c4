"""A store that is gone, replaced, damaged, full or held by somebody else ends in a sentence about that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from psycopg import errors
from sqlalchemy import Engine, create_engine, insert, select, text

from tests.stores import GONE, Emptied, away, replace
from wallboard.errors import StoreRefused
from wallboard.store import open as opening
from wallboard.store.connections import reading, writing
from wallboard.store.open import make_engine, open_store
from wallboard.store.schema import store_property
from wallboard.store.troubles import StoreTrouble, trouble_of
from wallboard.store.write import insert_rows

HEAPS = [{"name": f"name {n}", "value": "x" * 4_000} for n in range(400)]


def read(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(connection.execute(select(store_property)).all())


@pytest.fixture
def opened(sqlite_store: Engine) -> Engine:
    """A store on SQLite that has been read already: its connections are open."""
    assert read(sqlite_store)
    return sqlite_store


def message_of(engine: Engine) -> str:
    with pytest.raises(StoreTrouble) as refusal:
        read(engine)
    assert str(engine.url.database) not in str(refusal.value), "strangers read this"
    return str(refusal.value)


def test_a_store_that_is_gone_is_noticed_at_the_next_question_and_read_on_when_it_is_back(own_store: Engine) -> None:
    assert read(own_store)
    with away(own_store):
        assert message_of(own_store) == GONE[own_store.dialect.name]
        own_store.dispose()
        assert message_of(own_store) == GONE[own_store.dialect.name], "nor is it made anew"
    assert read(own_store)


def test_a_store_that_was_replaced_is_noticed(own_store: Engine) -> None:
    assert read(own_store)
    replace(own_store)
    for _ in range(2):
        assert message_of(own_store) == "the store: it has been replaced while the room was lit. Start the room again."


def test_a_file_that_is_no_store_any_more_is_noticed(opened: Engine) -> None:
    Path(str(opened.url.database)).write_bytes(b"half past nine " * 1_000)
    assert "cannot be read as a store" in message_of(opened)


def test_a_full_disk_is_a_sentence_about_the_disk(opened: Engine) -> None:
    for write in (
        lambda connection: connection.execute(insert(store_property), HEAPS),
        lambda connection: insert_rows(connection, store_property, pd.DataFrame(HEAPS)),
    ):
        with pytest.raises(StoreTrouble, match="its disk is full; nothing was written"), writing(opened) as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
            write(connection)
    assert read(opened) < 10


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("53100", "its disk is full; nothing was written"),
        ("40P01", "another program was writing the same rows"),
        ("53300", "its database takes no more connections"),
        ("42P01", "cannot be read as a store"),
        ("XX001", "cannot be read as a store"),
        ("57P01", "its database does not answer"),
        ("08006", "its database does not answer"),
    ],
)
def test_what_postgresql_says_by_its_number_is_a_sentence(emptied_store: Engine, state: str, sentence: str) -> None:
    with pytest.raises(StoreTrouble, match=sentence), writing(emptied_store) as connection:
        connection.execute(insert(store_property), HEAPS)
        connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'told' USING ERRCODE = '{state}'; END $$")
    assert read(emptied_store) < 10


def test_a_question_that_hangs_ends_and_a_load_may_take_long(emptied: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "ANSWER_SECONDS", 0.05)
    engine = make_engine(emptied())
    with pytest.raises(StoreTrouble, match="took more than 60 seconds over one question"), reading(engine) as connection:
        connection.execute(text("SELECT pg_sleep(30)"))
    with writing(engine) as connection:
        connection.execute(text("SELECT pg_sleep(0.2)"))
    with reading(engine) as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "50ms"
    engine.dispose()


def test_a_store_that_may_only_be_read_is_a_sentence(store: Engine) -> None:
    sqlite = store.dialect.name == "sqlite"
    only_read = "PRAGMA query_only = ON" if sqlite else "SET TRANSACTION READ ONLY"
    with pytest.raises(StoreTrouble, match="cannot be written" if sqlite else "can only be read"), writing(store) as connection:
        connection.exec_driver_sql(only_read)
        connection.execute(insert(store_property), HEAPS)


def test_a_connection_that_was_cut_while_nobody_asked_is_made_again_unnoticed(emptied_store: Engine) -> None:
    with reading(emptied_store) as connection:
        number = connection.scalar(text("SELECT pg_backend_pid()"))
    cut(emptied_store, number)
    assert read(emptied_store)


@pytest.mark.parametrize("copied", [True, False])
def test_a_connection_that_is_cut_in_the_middle_is_a_sentence_and_nothing_was_written(
    emptied_store: Engine, copied: bool
) -> None:
    with pytest.raises(StoreTrouble, match="its database does not answer"), writing(emptied_store) as connection:
        connection.execute(insert(store_property), HEAPS[:1])
        cut(emptied_store, connection.scalar(text("SELECT pg_backend_pid()")))
        if copied:
            insert_rows(connection, store_property, pd.DataFrame(HEAPS[1:]))
        connection.execute(insert(store_property), HEAPS[1:])
    assert read(emptied_store) < 10


def cut(engine: Engine, number: int | None) -> None:
    """End one connection from the server's side."""
    other = create_engine(engine.url, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:number, 10000)"), {"number": number})
    other.dispose()


@pytest.fixture
def emptied_store(emptied: Emptied) -> Iterator[Engine]:
    """An empty, up-to-date store on PostgreSQL only."""
    engine = make_engine(emptied())
    yield engine
    engine.dispose()


@pytest.fixture
def held(store: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of a store that somebody else is writing, for those who wait no longer than a moment."""
    monkeypatch.setattr("wallboard.store.open.LOCK_SECONDS", 0.05)
    other = create_engine(store.url)
    with other.connect() as connection:
        connection.exec_driver_sql(
            "BEGIN IMMEDIATE" if store.dialect.name == "sqlite" else "LOCK store_property IN EXCLUSIVE MODE"
        )
        yield store.url.render_as_string(hide_password=False)
    other.dispose()


def test_a_lock_that_is_held_for_long_is_a_sentence_about_the_lock(held: str) -> None:
    engine = make_engine(held)
    match = "another program has been writing for more than 30 seconds"
    with pytest.raises(StoreTrouble, match=match), writing(engine) as connection:
        connection.execute(insert(store_property), HEAPS[:1])
    engine.dispose()


def test_a_store_that_is_up_to_date_is_opened_while_somebody_writes(held: str) -> None:
    engine = open_store(held)
    assert read(engine)
    engine.dispose()


def test_a_store_that_must_be_brought_up_to_date_waits_for_who_writes(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("open", "migrating"):
        monkeypatch.setattr(f"wallboard.store.{module}.are_in_place", lambda _: False)
    with pytest.raises(StoreRefused, match="another program has been writing for more than 30 seconds"):
        open_store(held)


def test_what_the_store_refuses_for_other_reasons_is_no_trouble_of_it() -> None:
    assert trouble_of(ValueError("UNIQUE constraint failed: user.login")) is None
    assert trouble_of(errors.UniqueViolation("Key (words)=(the disk is full, the database is locked) is there")) is None
