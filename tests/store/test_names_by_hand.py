"""Functions, places and people that a row written by hand names are there."""

import pytest
from sqlalchemy import insert

from tests.store.by_hand import Handled, refused
from tests.store.test_rules import step
from wallboard.store.connections import writing
from wallboard.store.schema import (
    function,
    impact,
    intake,
    intake_function,
    issue_function,
    issue_step,
    load_run,
    mandate,
    metadata,
    touchpoint,
    user_account,
)


@pytest.mark.parametrize("name", [" ", "\u200b", "astrology"])
def test_a_function_that_is_not_there_is_named_by_nothing(room: Handled, name: str) -> None:
    number, _ = room.relayed()
    made = room.until("owned")
    if name == "astrology":
        with writing(room.engine) as connection:
            run = {"source": "f", "feed": "functions", "file": "f.csv", "started_at": room.at, "status": "ok"}
            loaded = connection.execute(insert(load_run).values(**run).returning(load_run.c.id)).scalar_one()
            row = {"source": "f", "source_key": "1", "row_hash": 1, "load_run_id": loaded, "function": "shop", "name": "Shop"}
            connection.execute(insert(function).values(**row, customer_facing=True, outsourced=False))
    refused(room, intake_function, intake=number, function=name)
    refused(room, issue_function, issue=made, function=name, since=room.at)
    refused(room, mandate, user_id=room.people["ada"], function=name, since=room.at)
    refused(room, user_account, login="new", name="N", role="guest", password="", added_at=room.at, function=name)
    refused(room, issue_step, **step(room, made, "cause", function=name))


def test_a_place_that_is_not_there_is_named_by_nothing(room: Handled) -> None:
    made = room.until("alleviation")
    with writing(room.engine) as connection:
        run = {"source": "t", "feed": "touchpoints", "file": "t.csv", "started_at": room.at, "status": "ok"}
        loaded = connection.execute(insert(load_run).values(**run).returning(load_run.c.id)).scalar_one()
        origin = {"source": "t", "source_key": "1", "row_hash": 1, "load_run_id": loaded}
        connection.execute(insert(metadata.tables["stage"]).values(**origin, stage="get", seq=1, name="I get it"))
        row = {**origin, "touchpoint": "door", "stage": "get", "seq": 1, "name": "Door", "priority": True}
        connection.execute(insert(touchpoint).values(**row, moment_of_truth=False))
    fields = {"at": room.at, "day": room.today, "actor": room.people["tom"], "perimeter": "north", "title": "t", "effect": "some"}
    assert "no such stage" in refused(room, intake, **fields, stage="nowhere")
    assert "no such touchpoint" in refused(room, intake, **fields, touchpoint="nowhere")
    nowhere = {"issue": made, "seq": room.steps(made).seq + 1, "touchpoint": "nowhere", "effect": "none"}
    assert "no such touchpoint" in refused(room, impact, **nowhere)


@pytest.mark.parametrize("named", [{"actor": 99}, {"user_id": 99}, {"attendance": 99}])
def test_whoever_and_whatever_a_step_names_is_there(room: Handled, named: dict[str, int]) -> None:
    made = room.until("owned")
    refused(room, issue_step, **step(room, made, "alleviation", **named))
