"""A store on SQLite for panels: the databases are told apart in the tests of metrics."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from tests.templates import store_in


@pytest.fixture(scope="session")
def panels_engine(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One empty store for all tests of panels."""
    engine = store_in(Path(shutil.copy(blank, tmp_path_factory.mktemp("panels"))))
    yield engine
    engine.dispose()


@pytest.fixture
def connection(panels_engine: Engine) -> Iterator[Connection]:
    """A connection whose writes are taken back after the test."""
    with panels_engine.connect() as connection:
        yield connection
        connection.rollback()
