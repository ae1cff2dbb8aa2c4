"""The store opens, comes up to date, and says why where it cannot."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from wallboard.errors import StoreRefused
from wallboard.store.connections import reading, writing
from wallboard.store.demo_data import is_demo
from wallboard.store.open import READS_KIB, WRITES_KIB, make_engine, migrate, open_store
from wallboard.store.revisions import MIGRATIONS, newest_revision, revision_of
from wallboard.store.rules import are_in_place, may, rules
from wallboard.store.schema import metadata
from wallboard.store.versions import read_versions

NOBODY = {"table": "intake", "refused_if": "1 = 1", "sentence": "Nobody, today."}
FILE = (
    "INSERT INTO media ({}source, source_key, row_hash, load_run_id, path, kind, stage, lane, consent, mime, sha256, size) "
    "VALUES ({}'m', '{}', 1, 1, '{}', 'screenshot', 'receive', 'hear', 'given', 'image/png', 'x', 1)"
)
BEFORE = (
    "INSERT INTO load_run (id, source, feed, file, started_at, status) VALUES (1, 'm', 'f', 'f', '2026-06-30 09:00:00', 'ok')",
    "INSERT INTO stage (source, source_key, row_hash, load_run_id, stage, seq, name) VALUES ('s', 'k', 1, 1, 'receive', 1, 'I')",
    FILE.format("id, ", "3, ", "a.png", "a.png"),
    FILE.format("id, ", "7, ", "b.png", "b.png"),
)


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


def as_it_was(url: str, revision: str, *statements: str) -> Engine:
    """A store as an earlier version has left it."""
    engine, config = make_engine(url), Config()
    config.set_main_option("script_location", "wallboard/store/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in statements:
            connection.execute(text(statement))
    return engine


def test_complaints_by_day_keep_their_old_names_for_plain_sql(nowhere: str) -> None:
    """For one version: `issue_day` and `issue_month` are views of what an earlier version counted."""
    engine = as_it_was(
        nowhere,
        "0015",
        "INSERT INTO issue_day (day, perimeter, arrived, solved) VALUES ('2026-06-01', 'all', 3, 1)",
        "INSERT INTO issue_month (month, perimeter, arrived, solved) VALUES ('2026-06-01', 'all', 9, 4)",
        "INSERT INTO table_version VALUES ('issue_day', 7, '2026-06-01 09:00:00')",
        "CREATE VIEW ours AS SELECT arrived FROM issue_day",
    )
    migrate(engine)
    with engine.connect() as connection:
        for day, month in (("issue_day", "issue_month"), ("complaint_day", "complaint_month")):
            assert connection.execute(text(f"SELECT arrived, solved FROM {day}")).all() == [(3, 1)]
            assert connection.execute(text(f"SELECT arrived, solved FROM {month}")).all() == [(9, 4)]
        assert connection.execute(text("SELECT arrived FROM ours")).scalars().all() == [3]
        assert read_versions(connection)["complaint_day"] == 7
        assert inspect(connection).get_pk_constraint("complaint_day")["name"] == "pk_complaint_day"
    engine.dispose()


@pytest.mark.slow
def test_sessions_that_were_frozen_before_keep_their_numbers_and_no_words_of_customers(nowhere: str) -> None:
    voices = '{"rows":[{"words":"Mrs. Lee waits.","channel":"mail","age":3}]}'
    issues = '{"rows":{"issues":[{"words":"Late again","issue":7,"channel":"mail"}]}}'
    engine = as_it_was(
        nowhere,
        "0029",
        "INSERT INTO user_account VALUES (7, 'ada', 'Ada', 'president', NULL, 'x', '2026-06-01', NULL)",
        "INSERT INTO room_session (id, at, day, actor, perimeter, kind, title, planned_at, minutes) "
        "VALUES (1, '2026-06-01', '2026-06-01', 7, 'all', 'monthly', 'The room', '2026-06-01', 60)",
        "INSERT INTO snapshot VALUES (1, '2026-06-01', '2026-06-01', 7, '2026-06-01', 2, '[]', '{}')",
        *(
            f"INSERT INTO snapshot_row VALUES (1, '{name}', '{text}')".replace(":", "\\:")
            for name, text in (("a", voices), ("b", issues))
        ),
    )
    migrate(engine)
    with engine.connect() as connection:
        kept = connection.scalars(text("SELECT measured FROM snapshot_row ORDER BY panel")).all()
    assert [json.loads(each) for each in kept] == [{"rows": [{"words": "", "channel": "mail", "age": 3}]}, json.loads(issues)]
    engine.dispose()


def test_users_keep_their_sign_ins_and_their_old_name_for_plain_sql(nowhere: str) -> None:
    """For one version: `member` is a view of `user_account`, without its passwords."""
    engine = as_it_was(
        nowhere,
        "0016",
        "INSERT INTO member VALUES (7, 'ada', 'Ada', 'president', NULL, 'x', '2026-06-01', NULL)",
        "INSERT INTO sign_in VALUES ('t', 7, '2026-06-01', '2026-07-01')",
    )
    migrate(engine)
    with engine.connect() as connection:
        joined = "SELECT u.name FROM user_account u JOIN sign_in s ON s.user_id = u.id"
        assert connection.scalars(text(joined)).all() == connection.scalars(text("SELECT name FROM member")).all() == ["Ada"]
        assert inspect(connection).get_pk_constraint("user_account")["name"] == "pk_user_account"
        assert {key["name"] for key in inspect(connection).get_foreign_keys("sign_in")} == {"fk_sign_in_user_id"}
        checks = {check["name"] for check in inspect(connection).get_check_constraints("user_account")}
        assert checks == {"ck_user_account_named"}
    engine.dispose()


def test_employees_and_annotations_keep_their_rows_and_their_old_names_for_plain_sql(nowhere: str) -> None:
    """For one version: `person` and `walk_mark` are views; a company's own view of a column that is renamed stays."""
    run = "INSERT INTO load_run (id, source, feed, file, started_at, status) VALUES (1, 's', 'people', 'f', '2026-06-01', 'ok')"
    columns = "source, source_key, row_hash, load_run_id, person, name"
    action = (
        "INSERT INTO action (source, source_key, row_hash, load_run_id, about, subject, said, what, since, currency) "
        "VALUES ('s', 'k', 1, 1, 'stage', 'receive', 'It leaks.', 'A tight lid', '2026-06-01', 'EUR')"
    )
    ours = "CREATE VIEW ours AS SELECT said FROM action"
    engine = as_it_was(
        nowhere, "0017", run, f"INSERT INTO person ({columns}) VALUES ('s', 'k', 1, 1, 'ana', 'Ana')", action, ours
    )
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT person, name FROM person")).all() == [("ana", "Ana")]
        assert connection.execute(text("SELECT employee FROM employee")).scalars().all() == ["ana"]
        assert connection.execute(text("SELECT * FROM walk_mark")).all() == []
        assert connection.execute(text("SELECT feed FROM load_run")).scalars().all() == ["employees"]
        assert (
            connection.execute(text("SELECT quotation FROM action")).all() == connection.execute(text("SELECT * FROM ours")).all()
        )
    engine.dispose()


def test_channels_and_properties_keep_their_values(nowhere: str) -> None:
    run = "INSERT INTO load_run (id, source, feed, file, started_at, status) VALUES (1, 's', 'voice', 'f', '2026-06-01', 'ok')"
    columns = "source, source_key, row_hash, load_run_id, occurred_at, day, perimeter, kind, complaint, heard_through"
    spoken = f"INSERT INTO voice ({columns}) VALUES ('s', 'k', 1, 1, '2026-06-01', '2026-06-01', 'all', 'call', true, 'phone')"
    engine = as_it_was(nowhere, "0023", run, spoken, "INSERT INTO store_mark (mark, value) VALUES ('demo data', 'yes')")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT channel FROM voice")).scalars().all() == ["phone"]
        assert is_demo(connection)
        assert inspect(connection).get_pk_constraint("store_property")["name"] == "pk_store_property"
    engine.dispose()


def test_opening_twice_changes_nothing(opened: Engine, nowhere: str) -> None:
    with opened.begin() as connection:
        connection.execute(text("INSERT INTO store_property (name, value) VALUES ('seen', 'once')"))
    again = open_store(nowhere)
    with again.connect() as connection:
        assert connection.execute(text("SELECT value FROM store_property WHERE name = 'seen'")).scalars().all() == ["once"]
    again.dispose()


def test_rules_that_a_newer_program_brings_reach_a_store_that_is_up_to_date(
    opened: Engine, nowhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, allowing = {**rules(), "rule": {"relay_role": NOBODY}}, may() | {"guest": ["relayed"]}
    monkeypatch.setattr("wallboard.store.rules.rules", lambda: newer)
    monkeypatch.setattr("wallboard.store.rules.may", lambda: allowing)
    migrate(opened)
    with opened.connect() as connection:
        allowed = connection.execute(text("SELECT kind FROM permission WHERE role = 'guest'")).scalars().all()
        assert allowed == ["relayed"] and are_in_place(connection)
        with pytest.raises(DBAPIError, match="Nobody, today"):
            connection.execute(text("INSERT INTO intake (id) VALUES (1)"))
    monkeypatch.undo()
    open_store(nowhere).dispose()
    with opened.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text("INSERT INTO intake (id) VALUES (1)"))
    assert "Nobody, today" not in str(refused.value)


def test_the_last_migration_is_the_head_of_all(opened: Engine) -> None:
    """A store is compared with the number of the newest file, so that a server needs not import what changes stores."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert newest_revision() == ScriptDirectory.from_config(config).get_current_head()
    with opened.connect() as connection:
        assert revision_of(connection) == MigrationContext.configure(connection).get_current_revision() == newest_revision()


def test_rules_that_are_in_place_are_not_put_there_again(opened: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallboard.store.migrating.put_in_place", lambda _: pytest.fail("they are in place"))
    migrate(opened)


@pytest.fixture
def before_the_walk(nowhere: str) -> Iterator[Engine]:
    """A store as the version before the walk has left it, with two files of the media folder."""
    engine = as_it_was(nowhere, "0003", *BEFORE)
    yield engine
    engine.dispose()


def test_the_media_survive_the_upgrade_and_no_file_gets_the_number_of_one_that_is_gone(before_the_walk: Engine) -> None:
    migrate(before_the_walk)
    with before_the_walk.connect() as connection:
        assert connection.execute(text("SELECT id, path FROM media ORDER BY id")).all() == [(3, "a.png"), (7, "b.png")]
        assert {index["name"] for index in inspect(connection).get_indexes("media")} >= {"ix_media_stage_lane"}
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        kept = {key["referred_table"] for key in inspect(connection).get_foreign_keys("media")}
        assert kept == {"load_run", "stage", "touchpoint"}
    with before_the_walk.begin() as connection:
        connection.execute(text("DELETE FROM media WHERE id = 7"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval(pg_get_serial_sequence('media', 'id'), 7)"))
        connection.execute(text(FILE.format("", "", "c.png", "c.png")))
        assert connection.scalar(text("SELECT id FROM media WHERE path = 'c.png'")) == 8
    for wrong in (FILE.format("", "", "c.png", "c.png"), FILE.format("", "", "d.png", "d.png").replace("'given'", "'maybe'")):
        with before_the_walk.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(wrong))


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
    with pytest.raises(StoreRefused, match="cannot be read as a store"):
        open_store(f"sqlite:///{file}")


def test_sqlite_holds_few_pages_for_readers_and_more_for_a_writer(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'room.sqlite'}")
    held = []
    for connecting in (reading, writing, reading):
        with connecting(engine) as connection:
            held.append(connection.scalar(text("PRAGMA cache_size")))
    assert held == [-READS_KIB, -WRITES_KIB, -READS_KIB]
    with reading(engine) as inner, reading(engine) as outer:
        last = outer.connection.dbapi_connection
        assert inner.connection.dbapi_connection is not last
    with reading(engine) as connection:
        assert connection.connection.dbapi_connection is not last, "the one given back last has read most"
    engine.dispose()


def test_sqlite_keeps_foreign_keys_and_a_write_ahead_log(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'room.sqlite'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


@pytest.mark.slow
def test_a_view_that_cannot_be_read_is_named_with_what_to_do_and_nothing_is_changed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'room.sqlite'}"
    views = ("CREATE VIEW sound AS SELECT id FROM member", 'CREATE VIEW "our ""list" AS SELECT gone FROM lost_table')
    engine = as_it_was(url, "0016", *views)
    with pytest.raises(StoreRefused) as refused:
        open_store(url)
    assert 'the view "our "list" in it cannot be read (no such table: main.lost_table)' in str(refused.value)
    assert 'DROP VIEW "our ""list"' in refused.value.remedy and "room.toml" not in str(refused.value)
    with engine.begin() as connection:
        assert revision_of(connection) == "0016"
        connection.exec_driver_sql('DROP VIEW "our ""list"')
    open_store(url).dispose()
    with engine.connect() as connection:
        assert revision_of(connection) == newest_revision() and connection.exec_driver_sql("SELECT * FROM sound").all() == []
    engine.dispose()
