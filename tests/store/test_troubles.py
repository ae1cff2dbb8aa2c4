"""A store that is gone, replaced, damaged, full or held by somebody else ends in a sentence about that."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, insert, select

from wallboard.errors import StoreRefused
from wallboard.store.connections import reading, writing
from wallboard.store.open import make_engine, open_store
from wallboard.store.schema import store_mark
from wallboard.store.troubles import StoreTrouble, trouble_of
from wallboard.store.write import insert_rows

HEAPS = [{"mark": f"mark {n}", "value": "x" * 4_000} for n in range(400)]


@pytest.fixture
def opened(sqlite_store: Engine) -> Engine:
    """A store that has been read already: its connections are open."""
    with reading(sqlite_store) as connection:
        connection.execute(select(store_mark)).all()
    return sqlite_store


def file_of(engine: Engine) -> Path:
    return Path(str(engine.url.database))


def said(engine: Engine) -> str:
    with pytest.raises(StoreTrouble) as refusal, reading(engine) as connection:
        connection.execute(select(store_mark)).all()
    assert str(file_of(engine)) not in str(refusal.value), "strangers read this"
    return str(refusal.value)


def test_a_store_whose_file_is_gone_is_noticed_at_the_next_question_and_not_made_anew(opened: Engine) -> None:
    file = file_of(opened)
    file.rename(file.with_suffix(".away"))
    assert said(opened) == "the store: its file is not there any more. Put it back, or start the room again to begin a new one."
    opened.dispose()
    assert "not there any more" in said(opened) and not file.exists()
    file.with_suffix(".away").rename(file)
    with reading(opened) as connection:
        assert connection.execute(select(store_mark)).all()


def test_a_store_that_was_replaced_is_noticed(opened: Engine) -> None:
    file = file_of(opened)
    shutil.copy(file, file.with_suffix(".copy"))
    file.with_suffix(".copy").replace(file)
    assert "has been replaced while the room was lit. Start the room again." in said(opened)


def test_a_store_that_is_no_store_any_more_is_noticed(opened: Engine) -> None:
    file_of(opened).write_bytes(b"half past nine " * 1_000)
    assert "cannot be read as a store" in said(opened)


def test_a_full_disk_is_a_sentence_about_the_disk(opened: Engine) -> None:
    for write in (
        lambda connection: connection.execute(insert(store_mark), HEAPS),
        lambda connection: insert_rows(connection, store_mark, pd.DataFrame(HEAPS)),
    ):
        with pytest.raises(StoreTrouble, match="its disk is full; nothing was written"), writing(opened) as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
            write(connection)
    with reading(opened) as connection:
        assert len(connection.execute(select(store_mark)).all()) < 10


@pytest.fixture
def held(opened: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of a store that somebody else is writing, for those who wait no longer than a moment."""
    monkeypatch.setattr("wallboard.store.open.LOCK_SECONDS", 0.05)
    other = create_engine(opened.url)
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield opened.url.render_as_string(hide_password=False)
    other.dispose()


def test_a_lock_that_is_held_for_long_is_a_sentence_about_the_lock(held: str) -> None:
    engine = make_engine(held)
    with pytest.raises(StoreTrouble, match="another program has been writing for more than 30 seconds"), writing(engine):
        pass
    engine.dispose()


def test_a_store_that_is_up_to_date_is_opened_while_somebody_writes(held: str) -> None:
    engine = open_store(held)
    with reading(engine) as connection:
        assert connection.execute(select(store_mark)).all()
    engine.dispose()


def test_a_store_that_must_be_brought_up_to_date_waits_for_who_writes(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallboard.store.open.are_in_place", lambda _: False)
    with pytest.raises(StoreRefused, match="another program has been writing for more than 30 seconds"):
        open_store(held)


def test_what_the_store_refuses_for_other_reasons_is_no_trouble_of_it() -> None:
    assert trouble_of(ValueError("UNIQUE constraint failed: member.login")) is None
