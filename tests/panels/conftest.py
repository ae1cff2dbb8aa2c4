"""A store on SQLite for panels: the databases are told apart in the tests of metrics."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from wallboard.store.open import open_store


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = open_store(f"sqlite:///{tmp_path / 'panels.sqlite'}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
