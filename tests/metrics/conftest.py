"""A scope to look from, and a connection to an empty store on either database that forgets what a test wrote."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine

from tests import postgres
from tests.templates import store_in
from wallboard.metrics.scope import Scope
from wallboard.settings import Perimeter, Settings
from wallboard.store.limits import keep_limits
from wallboard.store.open import open_store
from wallboard.store.zones import FIRST, keep_zones

PLACES = Settings(
    company="C",
    timezone="UTC",
    currency="GBP",
    perimeter={name: Perimeter(name=name.capitalize()) for name in ("north", "south", "west")},
)
"""The perimeters whose attendances and issues the tests of measures write, all of them in UTC."""


_numbers = count(1)
"""Other packages borrow the stores of these tests: each has a database of its own."""


@pytest.fixture
def scope() -> Scope:
    """Tuesday 30 June 2026, 09:00 in UTC, over the perimeters north and south."""
    return Scope(datetime(2026, 6, 30, 9, tzinfo=UTC), ZoneInfo("UTC"), ("north", "south"))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_engine(request: pytest.FixtureRequest, blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One empty store for all tests of measures, once on each database."""
    if request.param == "sqlite":
        engine = store_in(Path(shutil.copy(blank, tmp_path_factory.mktemp("metrics"))))
        keep_zones(engine, PLACES, FIRST)
        keep_limits(engine, PLACES)
        yield engine
        engine.dispose()
        return
    with postgres.database(request.getfixturevalue("postgres_server"), f"metrics_{next(_numbers)}") as url:
        engine = open_store(url)
        keep_zones(engine, PLACES, FIRST)
        keep_limits(engine, PLACES)
        yield engine
        engine.dispose()


@pytest.fixture
def connection(shared_engine: Engine) -> Iterator[Connection]:
    """A connection whose writes are taken back after the test."""
    with shared_engine.connect() as connection:
        yield connection
        connection.rollback()
