"""What a session keeps: reports, best practices, questions, reviews of measures and ideas, kept by the store for every writer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tests.metrics.given import journey, kpis
from tests.records.entries import raised, stands, step
from tests.records.living import ROOM, Living
from tests.records.sessions import attended, begun, planned, promised, take
from tests.templates import shared
from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.entries.practices import offers
from wallboard.lifecycle.entries.questions import QUESTION, next_question
from wallboard.lifecycle.entries.reports import complete
from wallboard.metrics.definitions import definition_versions, definitions
from wallboard.metrics.departments import department_measures
from wallboard.metrics.scope import Scope
from wallboard.records import agenda, entries
from wallboard.settings import LEADER_QUESTIONS
from wallboard.store.connections import writing
from wallboard.store.schema import session_entry, session_entry_step
from wallboard.store.violations import violations

REVIEW = {"subject": "complaint_cost", "words": "It leaves out what carriers pay.", "how": "Two months late.", "note": "Yes."}


@pytest.fixture
def council(room: Living) -> int:
    """A council that runs, of a room with a journey and one KPI of logistics."""
    with writing(room.engine) as connection:
        journey(connection)
        days = [room.today - timedelta(days=ago) for ago in range(7, 36)]
        kpis(connection, *({"touchpoint": "parcel", "day": day, "numerator": 18.0, "denominator": 20.0} for day in days))
    return begun(room, "lena", "sam", kind="council")


def by_hand(room: Living, **values: Any) -> str:
    """What the store says to a row that comes through a connection which knows nothing of the room."""
    table = session_entry_step if "seq" in values else session_entry
    at = room.at + timedelta(hours=1)
    here = {"at": at, "day": at.date(), "actor": room.people["fay"]}
    with pytest.raises(DBAPIError) as refusal, shared(create_engine(room.engine.url, poolclass=NullPool)).begin() as connection:
        connection.execute(insert(table).values(**here | values))
    return str(refusal.value)


def scope_of(room: Living) -> Scope:
    return Scope.of(ROOM, room.at)


@pytest.mark.req("R156")
def test_a_report_without_what_a_department_does_is_incomplete(room: Living, council: int) -> None:
    number = raised(room, council, "report", subject="logistics", words="")
    assert not complete(stands(room, number).life)
    (measure,) = stands(room, number).measured
    assert (measure["measure"], measure["touchpoint_name"], measure["value"]) == (
        "On the promised day",
        "The parcel arrives",
        0.9,
    )
    step(room, number, "say-doing", words="A second carrier in the north.")
    view = stands(room, number)
    assert complete(view.life) and view.life.of("improving")[0].words == "A second carrier in the north."
    with writing(room.engine) as connection:
        connection.exec_driver_sql("UPDATE kpi_day SET numerator = 0")
    assert stands(room, number).measured == view.measured, "what was reported stays as it was"
    assert complete(stands(room, raised(room, council, "report", subject="shop", words="We ask ten customers.")).life)
    with pytest.raises(RuleRefused, match="is here already"):
        raised(room, council, "report", subject="logistics", words="Once more.")
    with pytest.raises(NotFound, match="'lawyers' is not known"):
        raised(room, council, "report", subject="lawyers", words="Nothing.")
    with room.engine.connect() as connection:
        assert not [*violations(connection)]


@pytest.mark.req("R151")
def test_a_department_without_a_customer_measure_is_named(room: Living, council: int) -> None:
    with room.engine.connect() as connection:
        rows = department_measures(connection, scope_of(room))
    assert [(row.function_name, row.measure, row.state) for row in rows] == [("Logistics", "On the promised day", "measured")]
    with writing(room.engine) as connection:
        connection.exec_driver_sql("UPDATE touchpoint SET function = NULL, supplier = NULL")
    with room.engine.connect() as connection:
        rows = department_measures(connection, scope_of(room))
    assert [(row.function_name, row.measure, row.state) for row in rows] == [("Logistics", None, "not measured")]


@pytest.mark.req("R157")
def test_a_best_practice_is_shared_proposed_adopted_and_its_result_kept(room: Living, council: int) -> None:
    number = raised(room, council, "practice", subject="logistics", title="Drivers ring before they come.")
    first = step(room, number, "offer-practice", function="shop")
    with pytest.raises(RuleRefused, match="It is their own practice"):
        step(room, number, "offer-practice", function="logistics")
    with pytest.raises(RuleRefused, match="has been proposed to them already"):
        step(room, number, "offer-practice", function="shop")
    taken = step(room, number, "adopt-practice", refers=first, words="The shop rings before it refunds.")
    with pytest.raises(RuleRefused, match="have answered this proposal already"):
        step(room, number, "decline-practice", refers=first, words="No.")
    second = step(room, number, "offer-practice", function="room")
    declined = step(room, number, "decline-practice", refers=second, words="We have no phones.")
    step(room, number, "practice-result", refers=taken, words="Half the calls about refunds are gone.")
    (adopted, turned) = offers(stands(room, number).life)
    assert (adopted[0].function, adopted[1] and adopted[1].kind, [row.words for row in adopted[2]]) == (
        *("shop", "taken_up"),
        ["Half the calls about refunds are gone."],
    )
    assert (turned[0].function, turned[1] and turned[1].seq, turned[2]) == ("room", declined, [])
    with pytest.raises(RuleRefused, match="not been adopted there"):
        step(room, number, "practice-result", refers=declined, words="Nothing.")


@pytest.mark.req("R68")
def test_each_session_asks_the_next_question_and_keeps_every_answer(room: Living) -> None:
    asked, number = [], 0
    for _ in range(len(LEADER_QUESTIONS) + 1):
        session = begun(room, "lena", "tom")
        with room.by("fay") as act:
            number = entries.ask_next(act, session) or 0
        asked.append(stands(room, number).title)
        step(room, number, "answer-question", login="lena", user_id=room.people["lena"], words="The shop, with its returns.")
        with pytest.raises(RuleRefused, match="has answered already"):
            step(room, number, "answer-question", login="fay", user_id=room.people["lena"], words="Again.")
        with pytest.raises(RuleRefused, match="Only somebody who is present"):
            step(room, number, "answer-question", login="fay", user_id=room.people["sam"], words="I was not there.")
        promised(room, "lena", session)
        promised(room, "tom", session)
        take(room, session, "ended")
    assert asked == [*LEADER_QUESTIONS, LEADER_QUESTIONS[0]]
    (answer,) = stands(room, number).life.of("replied")
    assert (answer.user_id, answer.words, answer.by) == (room.people["lena"], "The shop, with its returns.", "Lena")
    with pytest.raises(RuleRefused, match="bring it to the next one"):
        step(room, number, "answer-question", login="tom", user_id=room.people["tom"], words="Too late.")
    assert next_question((), {}) is None


@pytest.mark.req("R159", "R167")
def test_a_changed_definition_is_a_new_version_and_a_draft_until_a_session_agrees(room: Living, council: int) -> None:
    metric = definitions_of(room, REVIEW["subject"])
    assert (metric.version, metric.agreed_on) == (None, None)
    number = raised(room, council, "measure", **REVIEW)
    assert stands(room, number).measured[0]["definition"] == metric.definition
    with pytest.raises(RuleRefused, match="Your role does not take this step"):
        step(room, number, "redefine-measure", login="tom", words="With what carriers pay.", how="")
    step(room, number, "redefine-measure", login="fay", words="With what carriers pay.", how="")
    changed = definitions_of(room, REVIEW["subject"])
    assert (changed.version, changed.definition, changed.agreed_on) == (1, "With what carriers pay.", None), "a draft"
    assert changed.formula == metric.formula
    step(room, number, "agree-on-measure", login="fay")
    assert definitions_of(room, REVIEW["subject"]).agreed_on == room.today
    with pytest.raises(RuleRefused, match="agreed on already"):
        step(room, number, "agree-on-measure", login="fay")
    with room.engine.connect() as connection:
        made = [row for row in definition_versions(connection, scope_of(room)) if row.metric == REVIEW["subject"]]
        assert [(row.version, row.agreed_on) for row in made] == [(1, room.today)]
        before = Scope.of(ROOM, room.at - timedelta(hours=1, minutes=30))
        assert not [row for row in definition_versions(connection, before) if row.agreed_on], "as it was then"
        assert not [*violations(connection)]


def definitions_of(room: Living, key: str) -> Any:
    with room.engine.connect() as connection:
        return next(row for row in definitions(connection, scope_of(room)) if row.metric == key)


@pytest.mark.req("R105")
def test_an_idea_of_a_working_session_goes_on_the_next_agenda_of_the_leaders(room: Living) -> None:
    session = begun(room, "tom", kind="working session")
    number = raised(room, session, "idea", title="Let drivers take returns along.")
    promised(room, "tom", session)
    first = stands(room, number).life.steps[0]
    tabled = {"session_entry": number, "seq": 2, "kind": "tabled", "refers": 1, "refers_kind": "raised", "refers_at": first.at}
    assert "on the agenda of a later session of the leaders" in by_hand(room, **tabled, room_session=session)
    take(room, session, "ended")
    with room.by("fay") as act:
        assert entries.table_ideas(act, session) == 0, "not on its own agenda"
    council = begun(room, "lena", kind="council")
    with room.by("fay") as act:
        assert entries.table_ideas(act, council) == 1
        assert entries.table_ideas(act, council) == 0, "once"
    with room.engine.connect() as connection:
        (item,) = agenda.items(connection, council)
        assert (item.title, item.fills) == ("Idea to leadership: Let drivers take returns along.", "ideas")
        assert [entry.number for entry in entries.entries_of(connection, council)] == [number]
    step(room, number, "respond-to-idea", login="lena", words="In the south, from July on.")
    assert stands(room, number).life.of("responded")[0].words == "In the south, from July on."


def test_the_store_refuses_what_goes_past_the_verbs(room: Living, council: int) -> None:
    to_come = planned(room)
    report = {"room_session": council, "kind": "report", "subject": "logistics", "title": "Logistics", "measured": "[]"}
    assert "while a session runs" in by_hand(room, **report | {"room_session": 999})
    assert "while a session runs" in by_hand(room, **report | {"room_session": to_come})
    assert "Say what it is about" in by_hand(room, **report | {"subject": "lawyers"})
    assert "stands on what was measured" in by_hand(room, **report | {"measured": None})
    assert "Your role" in by_hand(room, **report | {"actor": room.people["gus"]})
    assert "do not go together" in by_hand(room, **report | {"kind": "rumour"})
    number = raised(room, council, "report", subject="logistics", words="")
    (first,) = stands(room, number).life.steps
    refers = {"refers": 1, "refers_kind": "raised", "refers_at": first.at}
    doing = {"session_entry": number, "seq": 2, "kind": "improving", "words": "A carrier.", "room_session": council, **refers}
    assert "another kind of entry" in by_hand(room, **doing | {"kind": "offered", "function": "shop"})
    assert "shows nothing" in by_hand(room, **doing | {"words": "\u200b"})
    assert "bring it to the next one" in by_hand(room, **doing | {"room_session": None})
    measure = raised(room, council, "measure", **REVIEW)
    about = stands(room, measure).life.of("assessed")[0]
    agreed = {"session_entry": measure, "seq": 3, "kind": "agreed_on", "version": 0, "room_session": council}
    agreed |= {"refers": about.seq, "refers_kind": "assessed", "refers_at": about.at}
    assert "changed this definition meanwhile" in by_hand(room, **agreed | {"version": 2})
    assert "in a session that runs" in by_hand(room, **agreed | {"room_session": None})
    assert "Only a session that runs" in by_hand(room, **agreed | {"room_session": to_come})


def test_two_tablets_on_one_entry_and_one_that_is_not_there(room: Living, council: int) -> None:
    number = raised(room, council, "report", subject="logistics", words="")
    step(room, number, "say-doing", words="A second carrier.")
    with pytest.raises(Changed, match="A second carrier"):
        step(room, number, "say-doing", seen=1, words="A third one.")
    with pytest.raises(NotFound, match="no number 99"):
        stands(room, 99)
    assert QUESTION.form is None, "questions are asked by rotation, by nobody's form"
    attended(room, council, "tom")
