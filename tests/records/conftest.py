"""A room with people in it, on both databases."""

import pytest
from sqlalchemy import Engine

from tests.records.living import Living


@pytest.fixture
def room(store: Engine) -> Living:
    return Living(store)
