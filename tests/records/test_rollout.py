"""The roll-out: one phase after the other with its evidence, coached by people from a pilot, kept for every writer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from tests.metrics import given
from tests.panels.words import words_of
from tests.records.living import ROOM, Living
from tests.records.sessions import begun
from tests.records.teams import step as team_step
from tests.records.teams import tasked
from wallboard.drawing.theme import Theme, smallest_legible
from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.rollout import STEPS
from wallboard.metrics.rollout import Coverage, coverage, pilot_teams, rollout_parts, workshop_functions
from wallboard.metrics.scope import Scope
from wallboard.panels import find_panels
from wallboard.records import rollout, sessions
from wallboard.records.rollout import RolloutView, alumni, make_aware, one_rollout
from wallboard.records.sessions import left_out
from wallboard.store.connections import writing
from wallboard.store.schema import rollout_step
from wallboard.store.violations import violations

WORKSHOP = "A workshop with all functions."


def aware(
    room: Living, perimeter: str = "north", by: str = "fay", evidence: str | None = "A workshop with all functions."
) -> int:
    with room.by(by) as act:
        return make_aware(act, perimeter, evidence)


def stands(room: Living, number: int) -> RolloutView:
    with room.engine.connect() as connection:
        return one_rollout(connection, number)


def step(room: Living, number: int, verb: str, by: str = "fay", seen: int | None = None, **says: Any) -> int:
    kind = STEPS.verb(verb)
    assert kind.form is not None
    form = kind.form.read({name: str(value) for name, value in says.items()})
    with room.by(by) as act:
        return rollout.take_form(act, kind, number, stands(room, number).life.seq if seen is None else seen, form)


@pytest.mark.req("R6")
def test_a_part_of_the_business_goes_through_three_phases_each_with_its_evidence(room: Living) -> None:
    number = aware(room)
    step(room, number, "pilot", words="The depot, for three months.")
    step(room, number, "deploy", words="Complaints of the depot have halved.")
    life = stands(room, number).life
    assert [(row.kind, row.words) for row in life.of("aware", "pilot", "deployed")] == [
        ("aware", WORKSHOP),
        ("pilot", "The depot, for three months."),
        ("deployed", "Complaints of the depot have halved."),
    ]
    assert life.phase.kind == "deployed"
    with room.engine.connect() as connection:
        assert not [*violations(connection)]


@pytest.mark.req("R6")
def test_a_phase_is_left_out_or_gone_back_to_only_with_a_reason(room: Living) -> None:
    number = aware(room)
    with pytest.raises(RuleRefused, match="says why"):
        step(room, number, "deploy", words="All want it.")
    step(room, number, "deploy", words="All want it.", note="Ten people in one office.")
    with pytest.raises(RuleRefused, match="says why"):
        step(room, number, "pilot", words="Again.")
    step(room, number, "pilot", words="Again.", note="A new warehouse.")
    with pytest.raises(RuleRefused, match="in that phase already"):
        step(room, number, "pilot", words="Again.", note="Once more.")


def test_what_a_rollout_refuses_in_a_sentence(room: Living) -> None:
    with pytest.raises(RuleRefused, match="says nothing"):
        aware(room, evidence=" ")
    with pytest.raises(NotFound, match="'nowhere' is not known"):
        aware(room, "nowhere")
    with pytest.raises(RuleRefused, match="rolls the room out"):
        aware(room, by="tom")
    number = aware(room)
    with pytest.raises(RuleRefused, match="has begun here already"):
        aware(room)
    with pytest.raises(Changed):
        step(room, number, "pilot", seen=0, words="The depot.")


@pytest.mark.req("R12")
def test_people_from_a_pilot_are_offered_as_coaches_and_nobody_else_coaches(room: Living) -> None:
    with writing(room.engine) as connection:
        given.journey(connection)
    number = aware(room, "south")
    tasked(room, "tom", pilot=True)
    tasked(room, "sam")
    with room.engine.connect() as connection:
        assert alumni(connection) == [room.people["tom"]]
    with pytest.raises(RuleRefused, match="in the team of a pilot"):
        step(room, number, "coach", user_id=room.people["sam"])
    step(room, number, "coach", user_id=room.people["tom"])
    assert stands(room, number).life.coaches == [room.people["tom"]]
    with room.engine.connect() as connection:
        assert alumni(connection, besides=[room.people["tom"]]) == []
    with pytest.raises(RuleRefused, match="coaches here already"):
        step(room, number, "coach", user_id=room.people["tom"])


def test_the_store_refuses_a_phase_without_evidence_of_any_writer(room: Living) -> None:
    number = aware(room)
    first = stands(room, number).life.steps[0]
    refers = {"refers": 1, "refers_kind": "aware", "refers_at": first.at}
    row = {"rollout": number, "seq": 2, "kind": "pilot", "at": room.at, "day": room.today, "actor": room.people["fay"], **refers}
    with pytest.raises(DBAPIError), writing(room.engine) as connection:
        connection.execute(insert(rollout_step).values(**row, words="\u200b"))


@pytest.mark.req("R13")
def test_a_part_that_comes_under_the_room_raises_the_coverage_by_its_share_of_customers_and_value(room: Living) -> None:
    begun = room.today - timedelta(days=60)
    with writing(room.engine) as connection:
        given.customers(connection, *((f"n{n}", begun, "new", 10.0) for n in range(3)), perimeter="north")
        given.customers(connection, ("s1", begun, "new", 30.0), perimeter="south")

    def covered() -> Coverage:
        with room.engine.connect() as connection:
            return coverage(rollout_parts(connection, Scope.of(ROOM, room.at)))

    number = aware(room)
    assert covered() == Coverage(customers=0.0, value=0.0), "who is only aware is not covered"
    step(room, number, "pilot", words="The depot.")
    assert covered() == Coverage(customers=0.75, value=0.5)
    step(room, aware(room, "south"), "deploy", words="All want it.", note="One office.")
    assert covered() == Coverage(customers=1.0, value=1.0)
    with room.engine.connect() as connection:
        rows = rollout_parts(connection, Scope.of(ROOM, room.at))
    assert [(row.perimeter, row.phase, row.customers) for row in rows] == [("south", "deployed", 1), ("north", "pilot", 3)]


@pytest.mark.req("R7")
def test_a_function_that_is_part_of_the_solution_and_comes_to_no_workshop_is_named(room: Living) -> None:
    with writing(room.engine) as connection:
        given.journey(connection)
    room.admitted()
    session = begun(room, "lena", kind="awareness workshop", perimeter="all")
    with room.engine.connect() as connection:
        assert left_out(connection, [room.people["lena"]]) == ["shop"], "no touchpoint is theirs, but an issue is"
        rows = workshop_functions(connection, Scope.of(ROOM, room.at))
    assert [(row.function, row.last_on) for row in rows] == [("shop", None), ("logistics", room.today)]
    with room.by("sam") as act:
        sessions.attend(act, session, room.people["sam"])
    with room.engine.connect() as connection:
        assert all(row.last_on for row in workshop_functions(connection, Scope.of(ROOM, room.at)))
        assert not left_out(connection, [room.people["lena"], room.people["sam"]])


@pytest.mark.req("R11", "R12")
def test_the_wall_says_what_is_covered_who_volunteered_and_what_is_missing(room: Living) -> None:
    day = room.today - timedelta(days=60)
    with writing(room.engine) as connection:
        given.journey(connection)
        given.customers(connection, *((f"n{n}", day, "new", 10.0) for n in range(3)), perimeter="north")
        given.customers(connection, ("s1", day, "new", 30.0), perimeter="south")
    assert "The roll-out has not begun" in _wall(room)
    south = aware(room, "south")
    team = tasked(room, "tom", pilot=True)
    team_step(room, team, "join-team", user_id=room.people["sam"], how="volunteer", share=10)
    with room.engine.connect() as connection:
        assert [(row.members, row.volunteers) for row in pilot_teams(connection, Scope.of(ROOM, room.at))] == [(2, 1)]
    step(room, south, "deploy", words="All want it.", note="One office.")
    words = _wall(room)
    assert "The room covers 25% of customers and 50% of their value" in words and "not covered: North" in words
    assert "aware 1 Jun → deployed 2 Jun" in words and "; no pilot: One office." in words and "1 of 2 volunteered" in words
    assert "never came: Logistics" in words and "nobody from a pilot coaches here" in words
    step(room, south, "coach", user_id=room.people["tom"])
    assert "coached by Tom" in _wall(room)


def _wall(room: Living) -> str:
    """What the wall says of the roll-out."""
    panel = find_panels()["rollout"]
    options, scope = panel.options(), Scope.of(ROOM, room.at)
    names = {key: part.name for key, part in ROOM.perimeter.items()}
    theme = Theme("en-GB", "GBP", ROOM.zone(), room.at, "dark", smallest_legible(55, 4), perimeters=names)
    with room.engine.connect() as connection:
        return words_of(panel.picture(panel.read(connection, scope, options), options, theme))
