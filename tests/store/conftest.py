"""A room whose store is written by hand, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.store.by_hand import Handled
from tests.stores import Emptied
from wallboard.store.open import make_engine


@pytest.fixture
def room(store: Engine) -> Iterator[Handled]:
    """People in it, and a connection past them."""
    yield from _handled(store)


@pytest.fixture
def sqlite_room(sqlite_store: Engine) -> Iterator[Handled]:
    """The same for what only SQLite lets a hand try."""
    yield from _handled(sqlite_store)


@pytest.fixture
def postgresql_room(emptied: Emptied) -> Iterator[Handled]:
    """The same for what only PostgreSQL lets a hand try."""
    engine = make_engine(emptied())
    yield from _handled(engine)
    engine.dispose()


def _handled(store: Engine) -> Iterator[Handled]:
    handled = Handled(store)
    yield handled
    handled.hand.dispose()
