"""The rules of the room against whoever writes into the store by hand: refused there, and nothing missing slips through."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.examples import at_most
from tests.records.living import STAGES, Living
from tests.records.sessions import begun, promised
from tests.store.by_hand import Handled, by_hand, refused
from wallboard.store.guarded import APPEND_ONLY
from wallboard.store.open import open_store
from wallboard.store.rules import rules, sentence_of
from wallboard.store.schema import (
    ISSUE_STEPS,
    evidence,
    golden_rule,
    impact,
    intake,
    intake_function,
    issue,
    issue_step,
    metadata,
    permission,
    verdict,
)

FOLLOWS, REQUIRED = ISSUE_STEPS.follows, ISSUE_STEPS.required


def step(living: Living, made: int, kind: str, **values: Any) -> dict[str, Any]:
    """A row that is right in every respect but those that a test changes."""
    life = living.steps(made)
    before = life.newest(before_it) if (before_it := FOLLOWS[kind]) else None
    at = living.at + timedelta(hours=1)
    plain = {
        "issue": made, "seq": life.seq + 1, "kind": kind, "at": at, "day": at.date(), "actor": living.people["fay"],
        "words": "words", "user_id": living.people["tom"], "due_on": at.date(), "how": "by mail", "to_whom": "Mrs. Lee",
        "implications": "some", "function": "shop", "level": 2, "jargon": 0,
        "refers": before and before.seq, "refers_kind": before and before.kind, "refers_at": before and before.at,
    }  # fmt: skip
    return {**plain, **values}


NEXT = {
    "owned": "alleviation", "alleviation": "decided", "decided": "answered", "answered": "presented", "presented": "accepted",
}  # fmt: skip


@pytest.mark.req("R18", "R19")
def test_no_issue_without_the_customers_own_words(room: Handled) -> None:
    number, judged = room.relayed(evidence=None)
    assert judged == "not from a customer"
    at, fay = room.at, room.people["fay"]
    given = {"intake": number, "verdict": "admitted", "at": at, "day": at.date(), "actor": fay}
    refused(room, verdict, **given)
    other, _ = room.relayed()
    about = {"words": "w", "perimeter": "north", "admitted_at": at, "admitted_on": at.date()}
    for wrong in (
        {"intake": number, "verdict": "admitted", "evidence": None},
        {"intake": number, "verdict": "admitted", "evidence": 1},
        {"intake": number, "verdict": "not from a customer", "evidence": 1},
        {"intake": number, "verdict": None, "evidence": 1},
        {"intake": other, "verdict": "admitted", "evidence": 1},
        {"intake": None, "verdict": "admitted", "evidence": 1},
        {"intake": other, "verdict": "admitted", "evidence": None},
    ):
        refused(room, issue, **about, **wrong)
    for words in (None, "", "   "):
        refused(room, evidence, kind="interview", channel="us", occurred_at=at, kept_at=at, words=words)
    with room.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(issue)) == 0


@pytest.mark.req("R1")
@pytest.mark.parametrize(
    ("small", "sentence"), [({"functions": ("shop",)}, "two or more functions"), ({"effect": "none"}, "effect")]
)
def test_what_is_too_small_is_not_admitted_by_hand_either(room: Handled, small: dict[str, Any], sentence: str) -> None:
    at = room.at
    with by_hand(room) as connection:
        fields = {"at": at, "day": at.date(), "actor": room.people["tom"], "perimeter": "north", "title": "t", "effect": "strong"}
        proof = {"kind": "interview", "channel": "us", "occurred_at": at, "kept_at": at, "words": "w"}
        number = connection.execute(insert(evidence).values(**proof).returning(evidence.c.id)).scalar_one()
        values = {**fields, "evidence": number, **{k: v for k, v in small.items() if k == "effect"}}
        brought = connection.execute(insert(intake).values(**values).returning(intake.c.id)).scalar_one()
        for function in small.get("functions", ("shop", "logistics")):
            connection.execute(insert(intake_function).values(intake=brought, function=function))
    judged = {"intake": brought, "verdict": "admitted", "at": at, "day": at.date(), "actor": room.people["ada"]}
    assert sentence in refused(room, verdict, **judged)


@pytest.mark.parametrize("sentence", ["trivial", "single function", "not from a customer", "duplicate", "admitted"])
def test_nobody_turns_away_what_somebody_else_has_relayed_without_the_role(room: Handled, sentence: str) -> None:
    number, _ = room.relayed("fay")
    judged = {"intake": number, "verdict": sentence, "at": room.at, "day": room.today, "actor": room.people["tom"]}
    assert "Only a facilitator" in refused(room, verdict, **judged)


@pytest.mark.req("R3", "R20", "R25", "R26")
@pytest.mark.parametrize("stage", STAGES[:-1])
def test_no_row_closes_an_issue_before_the_customer_has_accepted(room: Handled, stage: str) -> None:
    made = room.until(stage)
    for before in room.steps(made).steps:
        there = {"refers": before.seq, "refers_kind": before.kind, "refers_at": before.at}
        refused(room, issue_step, **step(room, made, "closed", **there))
        refused(room, issue_step, **step(room, made, "closed", **{**there, "refers_kind": "accepted"}))
    for missing in ("refers", "refers_kind", "refers_at"):
        some = {"refers": 1, "refers_kind": "accepted", "refers_at": room.at, missing: None}
        refused(room, issue_step, **step(room, made, "closed", **some))
    refused(room, issue_step, **step(room, made, "closed"))
    for kind in ("wont fix", "solved", "", None, "CLOSED", "closed "):
        refused(room, issue_step, **{**step(room, made, "closed"), "kind": kind})


@pytest.mark.req("R3", "R20", "R21", "R22", "R25", "R26")
@pytest.mark.parametrize("stage", STAGES[:-1])
def test_no_stage_can_be_left_out(room: Handled, stage: str) -> None:
    """Whatever comes later than the next stage is refused, with whatever it claims to refer to."""
    made = room.until(stage)
    allowed = {"owned", "joined", "escalated", *(NEXT[name] for name in STAGES[1 : STAGES.index(stage) + 1] if name in NEXT)}
    later = [kind for kind in STAGES[STAGES.index(stage) + 2 :] if kind not in allowed]
    for kind in (*later, "refused", "closed", "reopened"):
        for before in room.steps(made).steps:
            claimed = {"refers": before.seq, "refers_kind": FOLLOWS[kind], "refers_at": before.at}
            if before.kind != FOLLOWS[kind]:
                refused(room, issue_step, **step(room, made, kind, **claimed))


@pytest.mark.req("R21", "R26")
def test_nothing_that_a_step_must_say_may_be_missing(room: Handled) -> None:
    made = room.until("presented")
    for kind, columns in REQUIRED.items():
        if kind in ("decided", "reopened"):
            continue
        for column in columns:
            for nothing in (None, *(("", "  ") if column in ("words", "how", "to_whom", "function") else ())):
                refused(room, issue_step, **step(room, made, kind, **{column: nothing}))


@pytest.mark.req("R26")
def test_feedback_comes_after_the_presentation_and_closing_right_after_the_yes(room: Handled) -> None:
    made = room.until("presented")
    shown = room.steps(made).of("presented")[0]
    earlier = {"at": shown.at - timedelta(minutes=1), "day": date(2026, 1, 1)}
    refused(room, issue_step, **step(room, made, "accepted", **earlier))
    refused(room, issue_step, **step(room, made, "accepted", refers_at=shown.at - timedelta(days=1)))
    with by_hand(room) as connection:
        connection.execute(insert(issue_step).values(**step(room, made, "refused")))
    refused(room, issue_step, **step(room, made, "accepted"))
    refused(room, issue_step, **step(room, made, "closed", refers=room.steps(made).seq, refers_kind="accepted"))


@pytest.mark.req("R21")
@pytest.mark.parametrize("days", [-1, 15, 400, None])
def test_alleviation_by_hand_is_near_too(room: Handled, days: int | None) -> None:
    made = room.until("owned")
    row = step(room, made, "alleviation")
    row["due_on"] = None if days is None else row["day"] + timedelta(days=days)
    refused(room, issue_step, **row)


@pytest.mark.req("R22", "R70", "R147")
def test_a_decision_by_hand_needs_mandates_impact_and_implications(room: Handled) -> None:
    made = room.until("alleviation")
    both, only = room.attendance("lena", "sam"), room.attendance("lena")
    assert "which touchpoints" in refused(room, issue_step, **step(room, made, "decided", attendance=both))
    seq = room.steps(made).seq + 1
    with by_hand(room) as connection:
        connection.execute(insert(impact).values(issue=made, seq=seq, touchpoint="delivery", effect="earlier"))
    assert "mandate" in refused(room, issue_step, **step(room, made, "decided", attendance=only))
    refused(room, issue_step, **step(room, made, "decided", attendance=None))
    for nothing in (None, "", " "):
        refused(room, issue_step, **step(room, made, "decided", attendance=both, implications=nothing))
    with by_hand(room) as connection:
        connection.execute(insert(issue_step).values(**step(room, made, "decided", attendance=both)))


@pytest.mark.parametrize("login", ["gus", "nobody"])
def test_a_step_by_somebody_without_the_role_is_refused(room: Handled, login: str) -> None:
    made = room.until("owned")
    refused(room, issue_step, **step(room, made, "alleviation", actor=room.people.get(login, 99)))
    refused(room, issue_step, **step(room, made, "alleviation", actor=None))
    with by_hand(room) as connection:
        connection.execute(text("UPDATE user_account SET left_at = added_at WHERE login = 'fay'"))
    assert "Your role" in refused(room, issue_step, **step(room, made, "alleviation"))


def test_steps_come_one_after_the_other(room: Handled) -> None:
    made = room.until("owned")
    for seq in (0, 1, 2, 4, None):
        refused(room, issue_step, **step(room, made, "alleviation", seq=seq))
    assert "before what was written last" in refused(
        room, issue_step, **step(room, made, "joined", at=room.steps(made).steps[-1].at - timedelta(seconds=1))
    )


@pytest.mark.req("R15")
def test_what_the_room_has_written_is_never_changed(room: Handled) -> None:
    room.until("accepted")
    promised(room, "tom", begun(room, "tom"))
    with room.engine.connect() as connection:
        filled = {name for name in APPEND_ONLY if connection.scalar(select(func.count()).select_from(metadata.tables[name]))}
    walked = {
        "attempt",
        "current_experience",
        "event_entry",
        "event_withdrawal",
        "learning",
        "opportunity",
        "research_review",
        "row_review",
        "session_series",
        "snapshot",
        "snapshot_row",
        "walk",
        "walk_annotation",
        "walk_move",
    }
    roster = {"initiative", "initiative_step", "opportunity_rating", "roster_item", "roster_item_step"}
    teams = {"recognition", "team_cycle", "team_cycle_step"}
    meeting = {
        "agenda_item",
        "agenda_item_step",
        "decision",
        "decision_step",
        "room_maturity",
        "role_card",
        "role_card_step",
        "rollout",
        "rollout_step",
        "session_entry",
        "session_entry_step",
    }
    assert filled == set(APPEND_ONLY) - {"decided_on", "issue_voice"} - walked - roster - teams - meeting, (
        "which tests/records fill"
    )
    for name in filled:
        table = metadata.tables[name]
        column = next(iter(table.columns))
        for statement in (update(table).values({column: column}), delete(table)):
            with pytest.raises(DBAPIError, match="stays written"), by_hand(room) as connection:
                connection.execute(statement)


@pytest.mark.slow
@pytest.mark.req("R15")
def test_two_rooms_have_the_same_golden_rules_and_none_can_add_its_own(room: Handled, tmp_path_factory: Any) -> None:
    other = open_store(f"sqlite:///{tmp_path_factory.mktemp('other') / 'room.sqlite'}")
    with room.engine.connect() as here, other.connect() as there:
        assert _golden(here) == _golden(there) and len(_golden(here)) == 5
    other.dispose()
    for table, values in (
        (golden_rule, {"number": 6, "version": 1, "rule": "Ours.", "valid_from": date(2026, 1, 1)}),
        (golden_rule, {"number": 1, "version": 2, "rule": "Ours.", "valid_from": date(2026, 1, 1)}),
        (permission, {"role": "guest", "kind": "closed"}),
    ):
        with pytest.raises(DBAPIError, match="program alone fills"), by_hand(room) as connection:
            connection.execute(insert(table).values(**values))


def test_what_was_written_is_neither_replaced_nor_emptied(room: Handled) -> None:
    room.relayed()
    if room.engine.dialect.name == "sqlite":
        tries = ["REPLACE INTO intake SELECT * FROM intake"]
    else:
        tries = [f"TRUNCATE {table} CASCADE" for table in APPEND_ONLY]
    for tried in tries:
        with pytest.raises(DBAPIError, match="stays written"), by_hand(room) as connection:
            connection.execute(text(tried))
    with room.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(intake)) == 1


def _golden(connection: Connection) -> list[Any]:
    return [tuple(row) for row in connection.execute(select(golden_rule).order_by(golden_rule.c.number))]


def test_every_rule_has_a_sentence_that_is_found_in_a_refusal() -> None:
    for rule in rules()["rule"].values():
        assert sentence_of(f"some database: {rule['sentence']} (at row 7)") == rule["sentence"]
        assert rule["sentence"].endswith(".") and "'" not in rule["table"]
    assert sentence_of("UNIQUE constraint failed") is None


_KINDS = st.sampled_from(sorted(FOLLOWS))


@pytest.mark.slow
@pytest.mark.req("R25", "R26")
@settings(max_examples=at_most(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tried=st.lists(st.tuples(_KINDS, st.integers(1, 12), st.booleans()), max_size=14), stage=st.sampled_from(STAGES))
def test_however_rows_are_tried_a_closed_issue_was_accepted(room: Handled, tried: list[Any], stage: str) -> None:
    """Random rows, most of them refused: whatever remains is a life in which only the customer's yes closes."""
    made = room.until(stage)
    for kind, refers, honest in tried:
        life = room.steps(made)
        referred = next((taken for taken in life.steps if taken.seq == refers), None)
        claimed = {"refers": refers, "refers_kind": FOLLOWS[kind], "refers_at": referred and referred.at}
        try:
            with by_hand(room) as connection:
                connection.execute(insert(issue_step).values(**step(room, made, kind, **({} if honest else claimed))))
        except DBAPIError:
            continue
    _sound(room, made)


def _sound(room: Handled, made: int) -> None:
    by_seq = {taken.seq: taken for taken in room.steps(made).steps}
    assert sorted(by_seq) == list(range(1, len(by_seq) + 1))
    assert [taken.at for taken in by_seq.values()] == sorted(taken.at for taken in by_seq.values())
    for taken in by_seq.values():
        assert FOLLOWS[taken.kind] == (None if taken.refers is None else by_seq[taken.refers].kind)
        if taken.kind == "closed":
            assert by_seq[taken.seq - 1].kind == "accepted" and taken.refers == taken.seq - 1
            chain = [taken.kind]
            while (refers := taken.refers) is not None:
                taken = by_seq[refers]
                chain.append(taken.kind)
            assert chain == ["closed", "accepted", "presented", "answered", "decided", "alleviation", "owned", "admitted"]


def test_an_instant_without_a_zone_is_refused(room: Handled) -> None:
    made = room.until("owned")
    with pytest.raises(Exception, match="no time zone"), by_hand(room) as connection:
        connection.execute(insert(issue_step).values(**step(room, made, "joined", at=datetime(2026, 7, 1))))  # noqa: DTZ001
