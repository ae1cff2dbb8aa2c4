"""What a session decides: each leader who is present votes, by the rule of the kind, and it comes back on its day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError

from tests.records.living import ROOM, Living, given_once
from tests.records.sessions import attended, begun, promised, seen, take
from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.decisions import STEPS
from wallboard.records import decisions, sessions
from wallboard.records.decisions import DecisionView, Proposal
from wallboard.records.minutes import minutes_of, no_numbers
from wallboard.records.minutes_markdown import as_markdown
from wallboard.records.sessions import Plan
from wallboard.store.connections import writing
from wallboard.store.limits import keep_limits
from wallboard.store.schema import decision, decision_step, mandate, user_account
from wallboard.store.violations import violations
from wallboard.voting import Decisions

SELECTION = "selection of an initiative"


@given_once
def proposed(room: Living, /, *present: str, kind: str = SELECTION, **fields: Any) -> int:
    number = fields.pop("session", None) or begun(room, *present)
    plain: dict[str, Any] = {"words": "We take up late boxes.", "implications": "Two vans more."}
    plain["review_on"] = room.today + timedelta(days=90)
    with room.by(fields.pop("by", "fay")) as act:
        return decisions.propose(act, number, Proposal(kind=kind, **plain | fields))


def voted(room: Living, number: int, login: str, choice: str = "yes", by: str | None = None) -> None:
    with room.by(by or login) as act:
        decisions.vote(act, number, room.people[login], choice)


def settle(room: Living, number: int, verb: str = "adopt", seen: int | None = None, login: str = "fay", **says: Any) -> None:
    kind = STEPS.verb(verb)
    assert kind.form is not None
    with room.by(login) as act:
        at = stands(room, number).life.seq if seen is None else seen
        decisions.take_form(act, kind, number, at, kind.form.read(says))


def stands(room: Living, number: int) -> DecisionView:
    with room.engine.connect() as connection:
        return decisions.one_decision(connection, number)


@given_once
def adopted(room: Living, /, **fields: Any) -> int:
    number = proposed(room, "lena", "sam", **fields)
    voted(room, number, "lena")
    voted(room, number, "sam")
    settle(room, number)
    return number


def test_every_leader_votes_and_the_record_knows_how(room: Living) -> None:
    number = proposed(room, "lena", "sam", "tom", "fay")
    voted(room, number, "lena")
    voted(room, number, "sam", "no", by="fay")
    with pytest.raises(RuleRefused, match="Too few have said yes"):
        settle(room, number)
    settle(room, number, "decline")
    life = stands(room, number).life
    votes = {step.user_id: (step.vote, step.how) for step in life.of("voted")}
    assert votes == {room.people["lena"]: ("yes", "signed in"), room.people["sam"]: ("no", "said aloud")}
    assert life.status == "not decided" and not life.unanimous
    with room.engine.connect() as connection:
        assert not [*violations(connection)]


def test_a_decision_comes_back_on_its_day_until_it_is_taken_back(room: Living) -> None:
    number = adopted(room)
    assert stands(room, number).life.unanimous
    day = stands(room, number).review_on

    def due(days: int) -> list[int]:
        with room.engine.connect() as connection:
            return [view.number for view in decisions.due_decisions(connection, ["north"], day + timedelta(days=days))]

    assert due(-1) == [] and due(0) == [number]
    again = (day + timedelta(days=60)).isoformat()
    settle(room, number, "review-decision", words="Half of the boxes are on time.", due_on=again)
    assert due(0) == [] and due(60) == [number]
    settle(room, number, "take-back", words="It did not help.")
    assert due(99) == [] and stands(room, number).life.status == "taken back"
    with pytest.raises(RuleRefused, match="has been taken back"):
        settle(room, number, "review-decision", words="Fine.", due_on=again)


def _alone(room: Living) -> None:
    number = proposed(room, "lena")
    voted(room, number, "lena")
    settle(room, number)


def _one_function(room: Living) -> None:
    with writing(room.engine) as connection:
        connection.execute(update(user_account).where(user_account.c.login == "sam").values(function="logistics"))
    adopted(room)


def _abstained(room: Living) -> None:
    number = proposed(room, "lena", "sam")
    voted(room, number, "lena")
    voted(room, number, "sam", "abstain")
    settle(room, number)


def _without_a_mandate(room: Living) -> None:
    with writing(room.engine) as connection:
        connection.execute(update(mandate).values(until=room.at + timedelta(minutes=1)))
    adopted(room, kind="other")


def _not_all(room: Living) -> None:
    number = proposed(room, "lena", "sam", kind="other")
    voted(room, number, "lena")
    settle(room, number)


def _twice(room: Living) -> None:
    number = proposed(room, "lena", "sam")
    voted(room, number, "lena")
    voted(room, number, "lena", "no")


def _after_the_end(room: Living) -> None:
    number = proposed(room, "lena", "sam")
    session = stands(room, number).session
    for login in ("lena", "sam"):
        promised(room, login, session)
    take(room, session, "ended")
    voted(room, number, "lena")


def _of_a_planned_session(room: Living) -> None:
    from tests.records.sessions import planned

    proposed(room, session=planned(room))


_REFUSED: dict[str, tuple[Callable[[Living], Any], str]] = {
    "a vote of somebody absent": (lambda room: voted(room, proposed(room, "lena"), "sam"), "Only somebody who is present votes"),
    "a second vote": (_twice, "has voted already"),
    "a vote of a team member": (
        lambda room: voted(room, proposed(room, "tom"), "tom", by="fay"),
        "role has no vote",
    ),
    "a vote written by a team member": (lambda room: voted(room, proposed(room, "lena"), "lena", by="tom"), "role does not take"),
    "a vote of no kind": (lambda room: voted(room, proposed(room, "lena"), "lena", "perhaps"), "'perhaps' is not known"),
    "a single voter": (_alone, "a single voter does not decide"),
    "one who votes while the other abstains": (_abstained, "a single voter does not decide"),
    "a single function": (_one_function, "a single function does not decide"),
    "nobody with a mandate": (_without_a_mandate, "nobody who is present holds a mandate"),
    "a leader who has not voted": (_not_all, "First everybody who is present and has a vote"),
    "a vote after the end": (_after_the_end, "nobody votes in it any more"),
    "settled twice": (lambda room: settle(room, adopted(room), "decline"), "counted already"),
    "no implications": (lambda room: proposed(room, implications=" "), "says nothing"),
    "no kind": (lambda room: proposed(room, kind="x"), "'x' is not known"),
    "no review": (lambda room: proposed(room, review_on=room.today), "after today"),
    "by a team member": (lambda room: proposed(room, by="tom"), "proposes a decision"),
    "in a session that has not begun": (_of_a_planned_session, "while it runs"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", [*_REFUSED])
def test_what_a_decision_refuses_in_a_sentence(room: Living, case: str) -> None:
    tried, sentence = _REFUSED[case]
    with pytest.raises((RuleRefused, NotFound), match=sentence):
        tried(room)


def test_the_rule_of_a_kind_is_kept_by_the_store_through_a_bare_connection(room: Living) -> None:
    number = proposed(room, "lena")
    before = stands(room, number).life.steps[0]
    who = {"actor": room.people["fay"], "user_id": room.people["sam"], "vote": "yes", "how": "said aloud"}
    refers = {"refers": 1, "refers_kind": "proposed_here", "refers_at": before.at}
    row = {"decision": number, "seq": 2, "kind": "voted", "at": room.at, "day": room.today, **who, **refers}
    with pytest.raises(DBAPIError, match="Only somebody who is present votes"), writing(room.engine) as connection:
        connection.execute(insert(decision_step).values(**row))


def _declared(room: Living, **rules: Any) -> None:
    keep_limits(room.engine, ROOM.model_copy(update={"decisions": Decisions.model_validate(rules)}))


def test_share_quorum_and_voters_of_a_kind_are_declared_and_hold_for_what_is_proposed_from_then_on(room: Living) -> None:
    earlier = proposed(room, "lena", "sam", "fay", "ada", kind="budget")
    _declared(room, budget={"share": "2/3", "quorum": 3, "vote": ["facilitator", "leader", "president"]})
    now = proposed(room, kind="budget", session=stands(room, earlier).session)
    for login, choice in (("lena", "yes"), ("sam", "yes"), ("ada", "no")):
        voted(room, earlier, login, choice)
        voted(room, now, login, choice)
    with pytest.raises(RuleRefused, match="Too few have said yes"):
        settle(room, earlier)
    with pytest.raises(RuleRefused, match="First everybody who is present and has a vote"):
        settle(room, now)
    voted(room, now, "fay", "abstain")
    settle(room, now)
    assert stands(room, now).life.status == "decided" and stands(room, earlier).kind.share == 67
    _declared(room, budget={"share": "100 %"})
    assert (stands(room, now).kind.share, stands(room, now).kind.share_of) == (2, 3)
    row = {"room_session": stands(room, now).session, "kind": "budget", "share": 51, "quorum": 1, "functions": 1, "share_of": 100}
    row |= {"words": "More.", "implications": "None.", "review_on": room.today + timedelta(days=9), "voters": "leader,president"}
    row |= {"at": room.at, "day": room.today, "actor": room.people["fay"]}
    with pytest.raises(DBAPIError, match=r"by the rule that room\.toml declares"), writing(room.engine) as connection:
        connection.execute(insert(decision).values(row))
    with pytest.raises(DBAPIError, match="The program alone fills decision_rule"), writing(room.engine) as connection:
        connection.exec_driver_sql("INSERT INTO decision_rule VALUES ('any', 51, 100, 1, 1, 'guest')")
    with room.engine.connect() as connection:
        assert not [*violations(connection)]


def test_two_tablets_on_one_decision_are_told_of_each_other(room: Living) -> None:
    number = proposed(room, "lena", "sam")
    before = stands(room, number).life.seq
    voted(room, number, "lena")
    voted(room, number, "sam", "no")
    with pytest.raises(Changed, match="Sam: voted"):
        settle(room, number, seen=before)
    attended(room, stands(room, number).session, "ada")
    with pytest.raises(RuleRefused, match="First everybody who is present and has a vote"):
        settle(room, number, "decline")


@pytest.mark.req("R55")
def test_a_session_without_its_quorum_meets_and_decides_nothing(room: Living) -> None:
    number = begun(room, "lena", "sam", kind="working session")
    free = proposed(room, session=number)
    take(room, number, "invited", user_id=room.people["ada"])
    for login in ("lena", "sam"):
        voted(room, free, login)
    settle(room, free)
    for login in ("lena", "sam"):
        with room.by("fay") as act:
            sessions.leave_uncommitted(act, number, room.people[login], "Nothing new.")
    take(room, number, "ended")
    with room.by("fay") as act:
        plan = Plan(
            perimeter="north",
            kind="monthly",
            title="The room",
            minutes=60,
            expected=tuple(room.people[login] for login in ("ada", "tom", "fay", "lena")),
        )
        council = sessions.plan(act, plan, room.at + timedelta(hours=2))
    take(room, council, "begun")
    attended(room, council, "lena", "sam")
    number = proposed(room, session=council)
    for login in ("lena", "sam"):
        voted(room, number, login)
    with pytest.raises(RuleRefused, match="may meet, but it decides nothing"):
        settle(room, number)
    with pytest.raises(RuleRefused, match="for somebody who is expected and is not here"):
        take(room, council, "delegate_came", user_id=room.people["sam"], words="Mia")
    take(room, council, "delegate_came", user_id=room.people["ada"], words="Mia from the board")
    with pytest.raises(RuleRefused, match="may meet, but it decides nothing"):
        settle(room, number)
    life = seen(room, council).life
    assert life.quorate == (1, 4) and life.delegates == {room.people["ada"]: "Mia from the board"}
    row = {"decision": number, "seq": 4, "kind": "adopted", "at": room.at, "day": room.today, "actor": room.people["fay"]}
    first = stands(room, number).life.steps[0]
    row |= {"refers": 1, "refers_kind": first.kind, "refers_at": first.at}
    with pytest.raises(DBAPIError, match="may meet, but it decides nothing"), writing(room.engine) as connection:
        connection.execute(insert(decision_step).values(row))
    attended(room, council, "tom")
    settle(room, number)
    with room.engine.connect() as connection:
        written = as_markdown(minutes_of(connection, ROOM, council, no_numbers))
    assert "- Mia from the board, delegate of Ada: does not count as present" in written and "- Ada" not in written
