"""A team: tasked with an item of the roster, five steps in order, a baseline frozen once, a reward that follows a rule."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from tests.metrics.given import journey
from tests.records.living import ROOM, Living, given_once
from tests.records.rosters import listed, proposed, stays_written
from tests.records.rosters import step as roster_step
from tests.records.sessions import begun
from tests.records.teams import BASELINE, checked, experience, later, rewarded, stands, step, tasked, until
from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.team_cycles import next_of, overloaded
from wallboard.metrics.scope import Scope
from wallboard.metrics.team_cards import celebrations
from wallboard.paper.document import Paper
from wallboard.paper.minutes import minutes_as_pdf
from wallboard.records import teams
from wallboard.records.charter import GOOD, charter_of
from wallboard.records.minutes_markdown import as_markdown
from wallboard.records.recognitions import Signal, recognise
from wallboard.records.teams import Load, loads
from wallboard.store.connections import writing
from wallboard.store.schema import recognition, team_cycle_step
from wallboard.store.violations import violations


@pytest.fixture
def room(room: Living) -> Living:
    with writing(room.engine) as connection:
        journey(connection)
    return room


def test_a_team_goes_from_its_task_to_the_reward(room: Living) -> None:
    number = tasked(room, "tom")
    until(room, number, 4)
    later(room, 60)
    checked(room, number)
    rewarded(room, number, words="A day at the sea, for boxes that come")
    view = stands(room, number)
    assert view.life.over is not None and view.life.over.kind == "rewarded" and view.reward == "A day at the sea"
    assert [step.reported is not None for step in view.plan] == [True] * 5
    proposal = view.life.of("recommended")[0]
    assert (proposal.budget, proposal.currency) == (2500, "GBP")
    with room.engine.connect() as connection:
        assert not [*violations(connection)] and not teams.teams(connection)
        assert [ended.number for ended in teams.ended_teams(connection, room.today)] == [number]
    with room.by("lena") as act:
        recognise(act, "She called each of them.", room.today, user=room.people["tom"])
    stays_written(room, "team_cycle", "team_cycle_step", "recognition", "roster_item", "roster_item_step")


@pytest.mark.req("R99")
def test_step_four_needs_an_action_that_was_granted_has_begun_and_has_an_owner(room: Living) -> None:
    number = tasked(room, "tom")
    until(room, number, 3)
    with pytest.raises(RuleRefused, match="step 4, actions begun, has not been reported"):
        checked(room, number)
    proposal = stands(room, number).life.undecided[0]
    granted = step(room, number, "grant", "lena", refers=proposal.seq, words="Yes.")
    newest = {
        "seq": granted + 1,
        "refers": granted,
        "refers_kind": "granted",
        "refers_at": stands(room, number).life.steps[-1].at,
    }
    head: dict[str, Any] = {"team_cycle": number, "kind": "acted", "at": room.at, "day": room.today, "actor": room.people["tom"]}
    begun = head | newest | {"words": "Slots are booked.", "user_id": room.people["tom"]}
    asked = {"refers": proposal.seq, "refers_kind": "recommended", "refers_at": proposal.at}
    wrong: dict[str, dict[str, Any]] = {"nothing": {"words": " "}, "no owner": {"user_id": None}, "no grant": asked}
    for what, missing in wrong.items():
        with pytest.raises(DBAPIError), writing(room.engine) as connection:
            connection.execute(insert(team_cycle_step).values(**begun | missing))
        assert not stands(room, number).plan[3].reported, what
    with writing(room.engine) as connection:
        connection.execute(insert(team_cycle_step).values(**begun))
    assert stands(room, number).plan[3].reported


@pytest.mark.req("R94", "R101")
@pytest.mark.parametrize("days", [14, 30, 60])
def test_each_step_has_its_day_at_the_teams_own_pace(room: Living, days: int) -> None:
    number = tasked(room, "tom", step_days=days, pace=None if days == 30 else "It is intricate.")
    began = stands(room, number).day
    assert [step.day for step in stands(room, number).plan] == [began + timedelta(days=n * days) for n in range(1, 6)]
    until(room, number, 1)
    upcoming = next_of(stands(room, number).plan)
    assert upcoming is not None and upcoming.number == 2 and upcoming.name == "root causes and measures"


@pytest.mark.req("R101", "R103")
def test_another_pace_holds_once_the_team_has_agreed(room: Living) -> None:
    number = tasked(room, "tom", "sam")
    proposal = step(room, number, "pace-team", "lena", step_days=14, words="We know it by then.")
    view = stands(room, number)
    assert view.plan[0].day == view.day + timedelta(days=30) and view.life.awaits_agreement is not None
    for login in ("lena", "fay"):
        with pytest.raises(RuleRefused, match="did not ask for it agrees"):
            step(room, number, "agree-pace", login, refers=proposal)
    step(room, number, "agree-pace", "tom", refers=proposal)
    view = stands(room, number)
    assert view.plan[0].day == view.day + timedelta(days=14) and view.life.awaits_agreement is None


@pytest.mark.req("R97")
def test_a_baseline_is_frozen_once_and_nobody_changes_it(room: Living) -> None:
    number = tasked(room, "tom")
    until(room, number, 2)
    with pytest.raises(RuleRefused, match="done already"):
        step(room, number, "report-step-2", "tom", {**BASELINE, "base_count": 5000}, words="More.", how="All.", user_id=5)
    frozen = stands(room, number).life.baseline
    assert frozen is not None and (frozen.base_count, frozen.base_weeks) == (960, 24)
    with pytest.raises(DBAPIError, match="stays written"), writing(room.engine) as connection:
        connection.execute(team_cycle_step.update().values(base_count=5000))


def test_whoever_carries_too_much_is_known(room: Living) -> None:
    for n in range(3):
        tasked(room, "tom", *(["sam"] if n < 2 else []), share=51 if n < 2 else 5)
    with room.engine.connect() as connection:
        carried = loads(teams.teams(connection))
    assert carried[room.people["tom"]] == Load(107, ("The punctual",) * 3) and carried[room.people["sam"]].share == 102
    assert overloaded(101, 1) and overloaded(5, 3) and not overloaded(100, 2)
    later(room, 1)


def test_a_step_reported_in_a_session_remembers_who_was_there(room: Living) -> None:
    number = tasked(room, "tom")
    session = begun(room, "lena", "ada")
    until(room, number, 1)
    assert stands(room, number).life.of("experienced")[0].room_session == session


def test_who_left_the_team_presents_no_more(room: Living) -> None:
    number = tasked(room, "tom", "sam")
    step(room, number, "leave-team", user_id=room.people["tom"], words="Another team.")
    assert [*stands(room, number).life.members] == [room.people["sam"]]
    with pytest.raises(RuleRefused, match="Whoever presents"):
        until(room, number, 1)


@given_once
def _reported(room: Living, reached: int, *members: str, baseline: dict[str, Any] | None = None) -> int:
    number = tasked(room, *(members or ("tom",)))
    until(room, number, reached, baseline)
    return number


def _checked(room: Living, baseline: dict[str, Any] | None = None, **says: Any) -> int:
    number = _reported(room, 4, "tom", "sam", baseline=baseline)
    checked(room, number, **says)
    return number


def _over(room: Living) -> None:
    number = tasked(room, "tom")
    step(room, number, "disband-team", words="The carrier does it.")
    step(room, number, "join-team", user_id=room.people["sam"], how="tasked", share=10)


def _granted_twice(room: Living) -> None:
    number = _reported(room, 3)
    proposal = stands(room, number).life.undecided[0]
    step(room, number, "refuse-proposal", "lena", refers=proposal.seq, words="No money.")
    step(room, number, "grant", "lena", refers=proposal.seq, words="Yes.")


def _of_another_item(room: Living) -> None:
    number, other = tasked(room, "tom"), tasked(room, "tom")
    made = experience(room, stands(room, other).opportunity)
    step(room, number, "report-step-1", "tom", experience=made, user_id=room.people["tom"])


def _off_the_roster(room: Living) -> None:
    item = listed(room, proposed(room, "One"))
    roster_step(room, item, "remove-item", words="Done.")
    tasked(room, item=item)


def _volunteer(room: Living, **fields: Any) -> int:
    number = tasked(room, **fields)
    return step(room, number, "join-team", user_id=room.people["tom"], how="volunteer", share=10)


def _recommended(room: Living, budget: str) -> None:
    what = {"words": "Slots.", "budget": budget, "note": "", "user_id": room.people["tom"]}
    step(room, _reported(room, 2), "report-step-3", "tom", {"currency": "GBP"}, **what)


def _empty(room: Living) -> None:
    step(room, _reported(room, 1), "report-step-2", "tom", BASELINE, words=" ", how="A count.", user_id=room.people["tom"])


def _granted_by_a_member(room: Living) -> None:
    number = _reported(room, 3, "tom", "lena")
    step(room, number, "grant", "lena", refers=stands(room, number).life.undecided[0].seq, words="Yes.")


_REFUSED: dict[str, tuple[Callable[[Living], Any], str]] = {
    "tasked by a team member": (lambda room: tasked(room, by="tom"), "Only a facilitator, a leader or the president tasks"),
    "tasked without a promise": (lambda room: tasked(room, reward=" "), "the promised reward: says nothing"),
    "another pace without a reason": (lambda room: tasked(room, step_days=14), "why it is not a month: says nothing"),
    "a pace of a day": (lambda room: tasked(room, step_days=1, pace="Now."), "1 days is not possible"),
    "tasked with what is off the roster": (_off_the_roster, "an item that stands on the roster"),
    "a volunteer": (_volunteer, "volunteers may only join a pilot"),
    "a guest": (lambda room: tasked(room, "gus"), "A guest, or somebody who has left"),
    "somebody twice": (lambda room: tasked(room, "tom", "tom"), "in the team already"),
    "more than all of the time": (lambda room: tasked(room, "tom", share=120), "do not go together"),
    "a step out of order": (lambda room: checked(room, _reported(room, 3)), "step 4, actions begun, has not been reported"),
    "step one of another item": (_of_another_item, "about the team's own roster item"),
    "step two that says nothing": (_empty, "the root causes: says nothing"),
    "presented by somebody else": (lambda room: until(room, tasked(room, "sam"), 1), "Whoever presents"),
    "a blank budget": (lambda room: _recommended(room, " "), "the budget: says nothing"),
    "a budget that is none": (lambda room: _recommended(room, "some"), "'some' is not an amount"),
    "decided twice": (_granted_twice, "decided on already"),
    "granted by a member": (_granted_by_a_member, "recommendations of their own team"),
    "a verdict before eight weeks": (lambda room: _checked(room, week_no=7), "A verdict follows from the rule"),
    "a verdict by hand": (lambda room: _checked(room, bound=1.2), "A verdict follows from the rule"),
    "a no on too little": (lambda room: _checked(room, {**BASELINE, "base_count": 19}, verdict="no"), "A verdict follows"),
    "a reward for nothing": (lambda room: rewarded(room, _checked(room, verdict="no", bound=1.1)), "when the rule says"),
    "a reward on too little": (lambda room: rewarded(room, _checked(room, verdict="too little data")), "when the rule says"),
    "a reward by a member": (lambda room: rewarded(room, _checked(room), "sam"), "reward of their own team"),
    "a reward on other terms": (lambda room: rewarded(room, _checked(room), unchanged=False), "counts cannot be compared"),
    "a reward for ever": (lambda room: rewarded(room, _checked(room), due_on=date(2030, 1, 1)), "within a year"),
    "more after the end": (_over, "This cycle is over"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", [*_REFUSED])
def test_what_a_team_refuses_in_a_sentence(room: Living, case: str) -> None:
    tried, sentence = _REFUSED[case]
    with pytest.raises((RuleRefused, NotFound), match=sentence):
        tried(room)


def test_volunteers_come_into_a_pilot_and_a_recommendation_may_cost_nothing(room: Living) -> None:
    _volunteer(room, pilot=True)
    _recommended(room, "0")
    number = _reported(room, 1)
    before = stands(room, number).life.seq - 1
    with pytest.raises(Changed, match="Tom: experienced"), room.by("fay") as act:
        teams.take(act, "disbanded", number, before, words="No.")


def test_a_bare_connection_rewards_nobody(room: Living) -> None:
    number = _checked(room, verdict="rising", bound=1.3)
    life = stands(room, number).life
    newest = life.newest("checked")
    assert newest is not None
    row = {
        "team_cycle": number, "seq": life.seq + 1, "kind": "rewarded", "at": room.at, "day": room.today, "words": "Anyway.",
        "actor": room.people["lena"], "refers": newest.seq, "refers_kind": "checked", "refers_at": newest.at,
        "due_on": room.today, "unchanged": True,
    }  # fmt: skip
    with pytest.raises(DBAPIError, match="The reward follows when the rule says"), writing(room.engine) as connection:
        connection.execute(insert(team_cycle_step).values(row))


@pytest.mark.req("R110")
def test_a_metric_is_recognised_on_a_signal_only_by_whatever_writer(room: Living) -> None:
    signal: dict[str, Any] = {"metric": "new_customers", "kind": "high", "month": room.today.replace(day=1)}
    signal |= {"value": 90.0, "low": 40.0, "high": 80.0, "run": 1}
    for wrong in ({"value": 80.0}, {"kind": "low"}, {"kind": "run high", "run": 7}, {"month": room.today + timedelta(days=1)}):
        with pytest.raises(RuleRefused, match="on a signal only"), room.by("fay") as act:
            recognise(act, "Thanks to all.", room.today, signal=Signal(**signal | wrong))
    with room.by("fay") as act:
        recognise(act, "Thanks to all.", room.today + timedelta(days=9), signal=Signal(**signal))
    with room.engine.connect() as connection:
        shown = celebrations(connection, Scope.of(ROOM, room.at))
        assert [(row.kind, row.name, row.words) for row in shown] == [("figure", "New customers", "Thanks to all.")]
        assert not [*violations(connection)]
    row = {"at": room.at, "day": room.today, "actor": room.people["fay"], "words": "Good.", "shown_until": room.today}
    with pytest.raises(DBAPIError, match="on a signal only"), writing(room.engine) as connection:
        connection.execute(insert(recognition).values(**row, metric="new_customers", signal="it looks good"))


def test_a_person_is_recognised_by_somebody_else_until_a_day(room: Living) -> None:
    with room.by("lena") as act:
        recognise(act, "She called each of them.", room.today + timedelta(days=9), user=room.people["tom"])
    for login, user, days, sentence in (
        ("lena", "lena", 9, "Nobody recognises themselves"),
        ("tom", "sam", 9, "Only a facilitator"),
        ("lena", "tom", -1, "today or later"),
    ):
        with pytest.raises(RuleRefused, match=sentence), room.by(login) as act:
            recognise(act, "Good.", room.today + timedelta(days=days), user=room.people[user])
    with room.engine.connect() as connection:
        assert len(connection.execute(select(recognition)).all()) == 1 and not [*violations(connection)]


@pytest.mark.req("R102")
def test_a_charter_says_where_a_team_is_what_is_next_and_what_good_looks_like(room: Living) -> None:
    number = tasked(room, "tom", step_days=14, pace="it is small", share=40)
    with room.engine.connect() as connection:
        made = charter_of(connection, ROOM, number, room.today)
    words = as_markdown(made)
    assert "**Promised reward**: A day at the sea" in words and "% fewer complaints “" in words
    assert "**Tom**: 40 % of the time, tasked by leaders" in words and "**Pace**: each step takes 14 days (it is small)" in words
    first, second = (each.day.isoformat() for each in stands(room, number).plan[:2])
    assert f"**Step 1**: current experience, next, by {first}" in words and f"by {second}" in words
    assert all(good.split("\n")[0] in words for good in GOOD.values()) and "## The golden rules" in words
    [page] = _pages(minutes_as_pdf(made, [], ROOM.zone(), ROOM.locale))
    assert page.startswith("The punctual") and "Step 5" in page, "on one page of paper"


def _pages(paper: Paper) -> list[str]:
    with pypdfium2.PdfDocument(bytes(paper.output())) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
