"""The life of an issue through the verbs: what each allows, what it refuses, and in which words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.records.living import EVIDENCE, Living
from wallboard.errors import Changed, RoomError, RuleRefused
from wallboard.records import verbs
from wallboard.records.relay import Evidence, judge
from wallboard.store.guarded import FIXED
from wallboard.store.schema import audit, decided_on, evidence, intake, issue, issue_step, metadata, verdict
from wallboard.store.versions import read_versions

OUTSIDE = ("table_version", "store_property", "audit", "user_account", "mandate")
"""Filled by the test itself, or no table of the room's."""


def refusal(living: Living, made: int, verb: object, *args: object, login: str = "fay", **named: object) -> str:
    before = living.steps(made)
    with pytest.raises(RoomError) as refused:
        living.take(made, verb, *args, login=login, **named)  # type: ignore[arg-type]
    assert living.steps(made) == before, "a refused step leaves nothing behind"
    return str(refused.value)


def test_an_issue_lives_from_the_customers_words_to_the_customers_answer(room: Living) -> None:
    made = room.until("accepted")
    steps_taken = room.steps(made)
    kinds = ["admitted", "owned", "alleviation", "decided", "answered", "presented", "accepted", "closed"]
    assert [step.kind for step in steps_taken.steps] == kinds and steps_taken.status == "closed"
    assert [step.at for step in steps_taken.steps] == sorted(step.at for step in steps_taken.steps)
    assert steps_taken.of("owned")[0].by == "Fay" and steps_taken.owner == room.people["tom"]


@pytest.mark.req("R1")
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"evidence": None}, "not from a customer"),
        ({"functions": ("shop",)}, "single function"),
        ({"functions": ("shop", "shop")}, "single function"),
        ({"effect": "none"}, "trivial"),
        ({}, None),
    ],
)
def test_what_is_not_for_the_room_is_turned_away_and_counted(room: Living, fields: dict[str, Any], expected: str | None) -> None:
    number, judged = room.relayed(**fields)
    assert judged == expected
    with room.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(intake)) == 1
        assert connection.scalar(select(func.count()).select_from(issue)) == 0
        kept = connection.scalar(select(verdict.c.verdict).where(verdict.c.intake == number))
    assert kept == expected


def test_the_customers_words_are_kept_as_they_were_said(room: Living) -> None:
    words = "<script>alert(1)</script> ‮evil‬ 茶 "
    with pytest.raises(RuleRefused, match="1,000,000 characters"):
        room.relayed(evidence=_evidence("x" * 1_000_000))
    with pytest.raises(RuleRefused, match="the room cannot store"):
        room.relayed(evidence=_evidence("a\x00b"))
    room.relayed(evidence=_evidence(words))
    with room.engine.connect() as connection:
        assert connection.scalar(select(evidence.c.words)) == words.strip()


def _evidence(words: str) -> Evidence:
    return replace(EVIDENCE, words=words)


def test_an_intake_is_judged_once_and_not_by_everybody(room: Living) -> None:
    number, _ = room.relayed("gus")
    with pytest.raises(RuleRefused, match="Only a facilitator"), room.by("tom") as act:
        judge(act, number, "admitted")
    with room.by("fay") as act:
        judge(act, number, "duplicate", "we have that one")
    with pytest.raises(RuleRefused, match="has said already"), room.by("fay") as act:
        judge(act, number, "admitted")


def test_nothing_moves_before_somebody_answers_for_it(room: Living) -> None:
    made = room.admitted()
    soon = room.today + timedelta(days=2)
    assert "nobody answers for it yet" in refusal(room, made, verbs.alleviate, "Call them.", room.people["tom"], soon)
    assert "cannot answer for an issue" in refusal(room, made, verbs.own, room.people["gus"])
    assert "Your role does not take this step" in refusal(room, made, verbs.own, room.people["tom"], login="gus")
    assert "Your role does not take this step" in refusal(room, made, verbs.own, room.people["tom"], login="tom")


def test_alleviate_now_comes_first_has_an_owner_and_a_near_day(room: Living) -> None:
    made = room.until("owned")
    tom, day = room.people["tom"], room.today
    assert "say first what is done now" in refusal(room, made, verbs.limit, "The carrier is slow.")
    assert "say first what is done now" in refusal(room, made, verbs.plan, "A new carrier.", tom, day)
    assert "says nothing" in refusal(room, made, verbs.alleviate, "  ", tom, day)
    for far in (-2, 20):
        assert "14 days away at most" in refusal(room, made, verbs.alleviate, "Call.", tom, day + timedelta(days=far))
    room.take(made, verbs.alleviate, "Call them.", tom, day + timedelta(days=14), login="tom")
    room.take(made, verbs.limit, "The carrier is slow.", login="tom")
    room.take(made, verbs.alleviated, login="tom")
    assert "done already" in refusal(room, made, verbs.alleviated, login="tom")
    assert room.steps(made).status == "alleviated"


def test_the_room_decides_with_a_mandate_for_each_function_and_says_what_it_touches(room: Living) -> None:
    made = room.until("alleviation")
    decided = ("We send earlier.", "Packers begin at six.")
    alone = room.attendance("lena")
    touched = {"delivery": "a day earlier"}
    assert "with its mandate must be in the room" in refusal(room, made, verbs.decide, *decided, alone, touched)
    both = room.attendance("lena", "sam", "tom")
    assert "which touchpoints" in refusal(room, made, verbs.decide, *decided, both, {})
    assert "says nothing" in refusal(room, made, verbs.decide, *decided, both, {"delivery": " "})
    assert "what it means for others: says nothing" in refusal(room, made, verbs.decide, decided[0], "", both, touched)
    assert "Only somebody who is present" in refusal(room, made, verbs.decide, *decided, both, touched, login="ada")
    assert "Your role" in refusal(room, made, verbs.decide, *decided, both, touched, login="tom")
    room.take(made, verbs.decide, *decided, both, touched, numbers={"contacts": (41.0, "41 contacts in 13 weeks")}, login="lena")
    with room.engine.connect() as connection:
        assert connection.execute(select(decided_on.c.value, decided_on.c.value_text)).one() == (41.0, "41 contacts in 13 weeks")


def test_a_reversed_decision_needs_a_reason_stays_and_is_decided_anew(room: Living) -> None:
    made = room.until("decided")
    (decision,) = room.steps(made).of("decided")
    assert "the reason: says nothing" in refusal(room, made, verbs.reverse, decision.seq, "")
    room.take(made, verbs.reverse, decision.seq, "Too dear.", login="sam")
    steps_taken = room.steps(made)
    assert steps_taken.status == "alleviation" and steps_taken.newest("decided") is None and len(steps_taken.of("decided")) == 1
    with pytest.raises(RuleRefused, match="has not decided yet, or has reversed"):
        room.answer(made)
    room.decide(made)
    assert room.steps(made).status == "decided"


def test_only_the_customers_yes_to_what_was_presented_closes(room: Living) -> None:
    made = room.until("answered")
    assert "has not been shown an answer" in refusal(room, made, verbs.react, "Fine.", True)
    assert "says nothing" in refusal(room, made, verbs.present, "", "Mrs. Lee")
    room.take(made, verbs.present, "by telephone", "Mrs. Lee")
    assert "says neither yes nor no" in refusal(room, made, verbs.react, "Hm.", None)
    assert "the customer’s words: says nothing" in refusal(room, made, verbs.react, "", True)
    room.take(made, verbs.react, "No, it came late again.", False)
    steps_taken = room.steps(made)
    assert steps_taken.status == "reopened"
    assert "present the newest" in refusal(room, made, verbs.present, "by mail", "Mrs. Lee")
    assert "answered to this already" in refusal(room, made, verbs.react, "Well then.", True)
    room.answer(made, "We bring the next one ourselves.")
    room.take(made, verbs.present, "in person", "Mrs. Lee")
    room.take(made, verbs.react, "Now it is fine.", True)
    assert room.steps(made).status == "closed"


def test_a_closed_issue_stands_still_until_the_customer_comes_back(room: Living) -> None:
    made = room.until("accepted")
    assert "it is closed" in refusal(room, made, verbs.own, room.people["tom"])
    assert "says nothing" in refusal(room, made, verbs.reopen, "")
    room.take(made, verbs.reopen, "It is late again.")
    assert room.steps(made).status == "reopened"
    assert "answered to this already" in refusal(room, made, verbs.react, "Still fine.", True)


def test_a_cause_is_acknowledged_by_the_function_that_causes_it(room: Living) -> None:
    made = room.until("alleviation")
    room.take(made, verbs.name_cause, "Trucks leave at noon.", "logistics", login="tom")
    (cause,) = room.steps(made).of("cause")
    assert "Only somebody of the function" in refusal(room, made, verbs.acknowledge, cause.seq, login="sam")
    room.take(made, verbs.acknowledge, cause.seq, login="lena")
    assert "done already" in refusal(room, made, verbs.acknowledge, cause.seq, login="lena")


def test_the_ladder_has_levels_and_every_move_a_reason(room: Living) -> None:
    made = room.admitted()
    assert "The ladder has the levels 1 to 3" in refusal(room, made, verbs.escalate, 4, "Stuck.")
    assert "at level 1 already" in refusal(room, made, verbs.escalate, 1, "Stuck.")
    assert "the reason: says nothing" in refusal(room, made, verbs.escalate, 2, "")
    room.take(made, verbs.escalate, 2, "Nobody has taken it for two weeks.")
    assert room.steps(made).level == 2


def test_who_comes_second_sees_what_changed_and_decides_again(room: Living) -> None:
    made = room.until("owned")
    seen = room.steps(made).seq
    room.take(made, verbs.alleviate, "Call them today.", room.people["tom"], room.today, login="tom")
    with pytest.raises(Changed, match=r"Tom: alleviation, “Call them today\.”"), room.by("lena") as act:
        verbs.own(act, made, seen, room.people["lena"])
    room.take(made, verbs.own, room.people["lena"], login="lena")


def test_every_write_is_audited_with_before_and_after(room: Living) -> None:
    made = room.until("owned")
    with room.engine.connect() as connection:
        rows = connection.execute(select(audit).where(audit.c.changed == "issue_step").order_by(audit.c.id)).all()
        steps = connection.scalar(select(func.count()).select_from(issue_step))
    assert len(rows) == steps == 2 and rows[1].actor == room.people["fay"] and rows[1].row_key == str(made)
    assert '"status":"admitted"' in rows[1].was and f'"user_id":{room.people["tom"]}' in rows[1].became


def test_every_table_that_a_life_fills_is_drawn_anew(room: Living) -> None:
    made = room.until("alleviation")
    room.decide(made, numbers={"contacts": (1.0, "1 contact")})
    with room.engine.connect() as connection:
        known = read_versions(connection)
        written = {
            table.name
            for table in metadata.sorted_tables
            if table.name not in (*FIXED, *OUTSIDE) and connection.execute(select(table).limit(1)).first() is not None
        }
    assert written <= set(known)
