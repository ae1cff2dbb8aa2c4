import pytest
from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.journey import employees, journey_map, stages
from wallboard.metrics.scope import Scope


@pytest.mark.req("R46")
def test_the_map_names_every_stage_even_one_without_a_touchpoint(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    rows = journey_map(connection, scope)
    assert [[row.stage_name, row.touchpoint_name, row.owner, row.function, row.priority] for row in rows] == [
        ["I choose", "Web shop", None, None, False],
        ["I get my order", "The parcel arrives", "Ana Silva", "Logistics", True],
        ["I get my order", "I call", None, None, False],
        ["I leave", None, None, None, None],
    ]


def test_stages_in_order_and_people_with_their_department(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    assert [row.name for row in stages(connection)] == ["I choose", "I get my order", "I leave"]
    assert [[row.name, row.function_name, row.outsourced] for row in employees(connection, scope)] == [
        ["Ana Silva", "Logistics", False]
    ]
