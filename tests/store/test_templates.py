"""What the tests themselves rest on: a store that is filled from a file is the store that was filled by hand."""

from pathlib import Path

from sqlalchemy import Engine, insert, select

from tests.records.living import MONDAY
from tests.templates import filled, store_in
from wallboard.store.connections import writing
from wallboard.store.schema import user_account

PERSON = {"login": "ann", "name": "Ann", "role": "guest", "password": "", "added_at": MONDAY}


def _ann(engine: Engine) -> list[int]:
    with writing(engine) as connection:
        return list(connection.scalars(insert(user_account).values(**PERSON).returning(user_account.c.id)))


def _logins(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(user_account.c.login).order_by(user_account.c.id)))


def test_each_store_is_filled_alike_and_has_rows_of_its_own(blank: Path, tmp_path: Path) -> None:
    stores = []
    for n in range(3):
        file = tmp_path / f"{n}.sqlite"
        file.write_bytes(blank.read_bytes())
        stores.append(store_in(file))
    assert [filled(store, "ann", _ann) for store in stores] == [[1], [1], [1]]
    with writing(stores[1]) as connection:
        connection.execute(insert(user_account).values(**PERSON | {"login": "bob"}))
    assert [_logins(store) for store in stores] == [["ann"], ["ann", "bob"], ["ann"]]
    for store in stores:
        store.dispose()


def test_what_somebody_has_written_into_stays(sqlite_store: Engine) -> None:
    with writing(sqlite_store) as connection:
        connection.execute(insert(user_account).values(**PERSON | {"login": "bob"}))
    assert filled(sqlite_store, "ann", _ann) == [2]
    sqlite_store.dispose()
    assert _logins(sqlite_store) == ["bob", "ann"]
    sqlite_store.dispose()
    assert filled(sqlite_store, "nothing", _logins) == ["bob", "ann"]


def test_what_stands_in_the_log_of_somebody_else_is_given_to_nobody(blank: Path, tmp_path: Path) -> None:
    stores = []
    for n in range(2):
        file = tmp_path / f"{n}.sqlite"
        file.write_bytes(blank.read_bytes())
        stores.append(store_in(file))
    others = []

    def by_another(engine: Engine) -> None:
        others.append(store_in(Path(str(engine.url.database))))
        _ann(others[-1])

    for store in stores:
        filled(store, "by another", by_another)
        assert _logins(store) == ["ann"]
    assert len(others) == 2, "each by itself"
    for store in (*stores, *others):
        store.dispose()
