"""The furnished room of the console's tests."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.screens.console.given import House, furnished, small_room


@pytest.fixture
def house(tmp_path: Path, sqlite_store: Engine) -> House:
    return House(small_room(tmp_path / "room"), furnished(sqlite_store))
