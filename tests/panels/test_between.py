"""What each function hands on, and what is handed to it, as the wall says it."""

import pytest
from sqlalchemy import Connection

from tests.metrics import given_gaps
from tests.panels.words import picture, words_of


@pytest.mark.req("R69")
def test_each_function_sees_exactly_the_handoffs_that_it_affects(connection: Connection) -> None:
    given_gaps.company(connection, functions=4, touchpoints=4)
    for own, other in (("f00", "f02"), ("f01", "f03"), ("f02", "f00"), ("f03", "f01")):
        text = words_of(picture(connection, "handoffs", function=own, rows=8))
        before, after = f"F0{(int(own[-1]) - 1) % 4}", f"F0{(int(own[-1]) + 1) % 4}"
        assert text.count(own.upper()) == 2 and text.count(before) == text.count(after) == 1 and other.upper() not in text
