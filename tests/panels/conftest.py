"""A store on SQLite for panels: the databases are told apart in the tests of metrics."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine


@pytest.fixture
def connection(sqlite_store: Engine) -> Iterator[Connection]:
    with sqlite_store.connect() as connection:
        yield connection
