"""A store that took demo data says so for ever, and only such a store is emptied for the next demo."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, insert, select

from wallboard.errors import StoreRefused
from wallboard.store.connections import reading, writing
from wallboard.store.demo_data import clear_demo, is_demo, set_demo
from wallboard.store.schema import load_run, reason
from wallboard.store.versions import raise_versions, read_versions

NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)


def _loaded(engine: Engine) -> None:
    with writing(engine) as connection:
        run = {"source": "reasons", "feed": "reasons", "file": "reasons.csv", "started_at": NOW, "status": "ok"}
        connection.execute(insert(load_run), [{"id": 1, **run}])
        row = {"source": "reasons", "source_key": "late", "row_hash": 1, "load_run_id": 1, "reason": "late", "wording": "late"}
        connection.execute(insert(reason), [row])
        raise_versions(connection, ["reason"], NOW)


def test_a_demo_store_stays_one(store: Engine) -> None:
    for _ in range(2):
        with writing(store) as connection:
            set_demo(connection)
    with reading(store) as connection:
        assert is_demo(connection)


def test_demo_data_make_room_for_newer_ones_and_versions_count_on(store: Engine) -> None:
    _loaded(store)
    with writing(store) as connection:
        set_demo(connection)
        clear_demo(connection)
    with reading(store) as connection:
        assert connection.scalar(select(func.count()).select_from(reason)) == 0
        assert read_versions(connection) == {"reason": 1}
        assert is_demo(connection)


def test_real_data_are_never_cleared(store: Engine) -> None:
    _loaded(store)
    with pytest.raises(StoreRefused, match="not the demo company's"), writing(store) as connection:
        clear_demo(connection)
    with reading(store) as connection:
        assert connection.scalar(select(func.count()).select_from(reason)) == 1
