"""One reads a store as it stood at one moment, and writes all or nothing."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, func, insert, select

from wallboard.store.connections import reading, writing
from wallboard.store.schema import reason, store_property, table_version
from wallboard.store.versions import Versions, VersionsReader, raise_versions, read_versions

NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)


def _made(connection: Connection) -> int | None:
    """How many marks there are; the store's own about its rules and zones are none of them."""
    return connection.scalar(select(func.count()).select_from(store_property).where(store_property.c.name.like("name %")))


def _properties(count: int) -> list[dict[str, str]]:
    return [{"name": f"name {n}", "value": "x"} for n in range(count)]


@pytest.mark.req("S10")
def test_a_reader_never_sees_what_is_written_in_the_middle_of_its_reading(store: Engine) -> None:
    with reading(store) as screen:
        assert _made(screen) == 0
        with writing(store) as load:
            load.execute(insert(store_property), _properties(3))
            raise_versions(load, ["store_property"], NOW)
        assert _made(screen) == 0
        assert read_versions(screen) == {}
    with reading(store) as screen:
        assert _made(screen) == 3
        assert read_versions(screen) == {"store_property": 1}


def test_what_fails_in_the_middle_leaves_nothing(store: Engine) -> None:
    with pytest.raises(RuntimeError), writing(store) as load:
        load.execute(insert(store_property), _properties(2))
        raise RuntimeError
    with reading(store) as screen:
        assert _made(screen) == 0


def test_every_write_raises_the_version_of_its_tables_only(store: Engine) -> None:
    with writing(store) as load:
        raise_versions(load, ["voice", "voice_day"], NOW)
    with writing(store) as load:
        raise_versions(load, ["voice"], NOW)
    with reading(store) as screen:
        assert read_versions(screen) == {"voice": 2, "voice_day": 1}
        assert screen.execute(select(table_version.c.changed_at)).scalars().all() == [NOW, NOW]
        assert screen.execute(select(func.count()).select_from(reason)).scalar() == 0


def test_versions_are_read_anew_only_where_any_has_grown(store: Engine) -> None:
    reader = VersionsReader()

    def read() -> Versions:
        with reading(store) as screen:
            return reader.read(screen)

    assert read() == {} and read() is read()
    with writing(store) as load:
        raise_versions(load, ["voice", "stage"], NOW)
    before = read()
    assert before == {"voice": 1, "stage": 1} and before.changed_at == NOW and read() is before
    with reading(store) as older:
        assert reader.read(older) is before
        with writing(store) as load:
            raise_versions(load, ["stage"], NOW)
        assert read() == {"voice": 1, "stage": 2}
        assert reader.read(older) == before, "as that reader sees the store"
    assert read() == {"voice": 1, "stage": 2}
