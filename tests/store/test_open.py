"""The store opens, comes up to date, and says why where it cannot."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from wallboard.errors import StoreRefused
from wallboard.store.open import make_engine, migrate, open_store
from wallboard.store.schema import metadata


@pytest.fixture
def opened(nowhere: str) -> Iterator[Engine]:
    """A store that has come through the migrations, in a database of its own."""
    engine = open_store(nowhere)
    yield engine
    engine.dispose()


def test_migrations_make_exactly_the_schema(opened: Engine) -> None:
    with opened.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_twice_changes_nothing(opened: Engine, nowhere: str) -> None:
    with opened.begin() as connection:
        connection.execute(text("INSERT INTO store_mark (mark, value) VALUES ('seen', 'once')"))
    again = open_store(nowhere)
    with again.connect() as connection:
        assert connection.execute(text("SELECT value FROM store_mark")).scalars().all() == ["once"]
    again.dispose()


def test_a_store_of_a_newer_program_is_refused(opened: Engine) -> None:
    with opened.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreRefused, match=r"newer version\. Update this program"):
        migrate(opened)


def test_a_store_that_cannot_be_reached_says_so_without_its_password() -> None:
    with pytest.raises(StoreRefused, match="cannot be opened") as refusal:
        open_store("postgresql://room:secret@127.0.0.1:1/room")
    assert "secret" not in str(refusal.value)
    assert "room.toml" in str(refusal.value)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "room.sqlite"
    file.write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(StoreRefused, match="not a database"):
        open_store(f"sqlite:///{file}")


def test_sqlite_keeps_foreign_keys_and_a_write_ahead_log(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'room.sqlite'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
