"""The roster of the few: opportunities rated, put on it up to its limit, and what departments do beside it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from tests.metrics.given import journey
from tests.records.living import ROOM, Living, given_once
from tests.records.rosters import initiated, listed, proposed, selected, stays_written, step
from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.roster import STEPS
from wallboard.records import ratings, roster
from wallboard.records.initiatives import initiatives, overlapping
from wallboard.records.opportunities import opportunities
from wallboard.records.ratings import by_priority
from wallboard.records.roster import Target, one_item
from wallboard.store.connections import writing
from wallboard.store.limits import keep_limits
from wallboard.store.schema import audit, roster_item, roster_item_step
from wallboard.store.violations import violations


@pytest.fixture
def room(room: Living) -> Living:
    _given(room)
    return room


@given_once
def _given(room: Living) -> None:
    with writing(room.engine) as connection:
        journey(connection)
    keep_limits(room.engine, ROOM.model_copy(update={"roster_limit": 2}))


def on_it(room: Living) -> list[int]:
    with room.engine.connect() as connection:
        return [view.number for view in roster.roster(connection)]


def test_adding_above_the_limit_demands_removing_one(room: Living) -> None:
    first, second = (listed(room, proposed(room, title)) for title in ("One", "Two"))
    third = proposed(room, "Three")
    with pytest.raises(RuleRefused, match="The roster is full: take one item off"):
        listed(room, third)
    step(room, first, "remove-item", words="Done by the shop alone.")
    last = listed(room, third)
    assert on_it(room) == [second, last]
    with room.engine.connect() as connection:
        gone = roster.left_roster(connection, room.today)
        assert [view.number for view in gone] == [first] and gone[0].life.removed is not None
        assert "selected" in [*connection.scalars(select(audit.c.did).where(audit.c.changed == "roster_item"))]
        assert not [*violations(connection)]


def test_the_limit_is_kept_against_whoever_writes_by_hand(room: Living) -> None:
    for title in ("One", "Two"):
        listed(room, proposed(room, title))
    third = proposed(room, "Three")
    row = {
        "at": room.at, "day": room.today, "actor": room.people["fay"], "perimeter": "north", "opportunity": third,
        "user_id": room.people["lena"], "issue_type": "late", "less_by": 30, "due_on": room.today + timedelta(days=90),
    }  # fmt: skip
    with pytest.raises(DBAPIError, match="The roster is full"), writing(room.engine) as connection:
        connection.execute(insert(roster_item).values(row))
    with pytest.raises(DBAPIError, match="The program alone fills room_limit"), writing(room.engine) as connection:
        connection.exec_driver_sql("INSERT INTO room_limit (name, most) VALUES ('other', 9)")
    keep_limits(room.engine, ROOM)
    assert listed(room, third)


def test_a_lower_limit_takes_nothing_off(room: Living) -> None:
    both = [listed(room, proposed(room, title)) for title in ("One", "Two")]
    keep_limits(room.engine, ROOM.model_copy(update={"roster_limit": 1}))
    assert on_it(room) == both
    with room.engine.connect() as connection:
        assert not [*violations(connection)]


@pytest.mark.req("R144", "R170")
def test_customers_votes_come_first_then_the_most_impact_for_its_effort(room: Living) -> None:
    numbers = {title: proposed(room, title) for title in ("none", "small", "large", "voted", "twice")}
    with room.by("tom") as act:
        ratings.rate(act, numbers["small"], 3, 2)
        ratings.rate(act, numbers["large"], 1, 5)
        ratings.rate(act, numbers["large"], 5, 4)
        ratings.rate(act, numbers["voted"], 1, 5)
        ratings.count_votes(act, numbers["voted"], 7, "a poll in the shop")
        for votes in (3, 5):
            ratings.count_votes(act, numbers["twice"], votes, "at two visits")
    with room.engine.connect() as connection:
        ordered = by_priority(connection, opportunities(connection))
        assert [opportunity.title for opportunity, _ in ordered] == ["twice", "voted", "large", "small", "none"]
        assert [rating.votes for _, rating in ordered][:2] == [8, 7]
        assert ordered == by_priority(connection, reversed(opportunities(connection))), "whatever order they are read in"
        shown = [(-rating.votes, (rating.effort or 5) - (rating.impact or 0), -(rating.impact or 0)) for _, rating in ordered]
        assert shown == sorted(shown), "anybody can put them in this order by what is shown"
    with room.by("tom") as act:
        ratings.count_votes(act, numbers["none"], 9, "a customers' evening")
    with room.engine.connect() as connection:
        assert by_priority(connection, opportunities(connection))[0][0].title == "none", "customers change the order"


def test_a_barrier_is_named_and_removed(room: Living) -> None:
    number = listed(room, proposed(room, "One"))
    step(room, number, "barrier", "tom", words="No budget", how="finance", note="Ask in June.")
    with room.engine.connect() as connection:
        barrier = one_item(connection, number).life.barriers[0]
    assert (barrier.words, barrier.how, barrier.note) == ("No budget", "finance", "Ask in June.")
    step(room, number, "unblock", "tom", refers=str(barrier.seq), words="The president decided.")
    with room.engine.connect() as connection:
        assert not one_item(connection, number).life.barriers


def test_a_departments_initiative_at_the_same_place_overlaps_until_it_is_stopped(room: Living) -> None:
    at_point = listed(room, proposed(room, "One", stage="receive", touchpoint="parcel"))
    at_stage = listed(room, proposed(room, "Two", stage="receive"))
    here, elsewhere = initiated(room, "Better boxes", "parcel"), initiated(room, "A new shop", "site")
    ours = initiated(room, "Ours", "parcel", at_point)
    with room.engine.connect() as connection:
        running = initiatives(connection)
        assert [view.number for view in running] == [here, elsewhere, ours]
        for item in (at_point, at_stage):
            assert [view.number for view in overlapping(connection, one_item(connection, item), running)] == [here]
    step(room, here, "continue-initiative", words="Nearly there.")
    step(room, here, "stop-initiative", words="The roster does it.")
    with room.engine.connect() as connection:
        assert [view.number for view in initiatives(connection)] == [elsewhere, ours]
    with room.by("tom") as act:
        ratings.rate(act, 1, 3, 2)
    stays_written(room, "initiative", "initiative_step", "opportunity_rating")


def _off(room: Living) -> int:
    number = listed(room, proposed(room, "One"))
    step(room, number, "remove-item", words="Done.")
    return number


def _twice(room: Living) -> None:
    number = proposed(room, "One")
    for _ in range(2):
        listed(room, number)


def _stopped(room: Living) -> int:
    number = initiated(room, "Boxes", "parcel")
    step(room, number, "stop-initiative", words="Done.")
    return number


def _rate(room: Living, impact: int, effort: int) -> None:
    number = proposed(room, "One")
    with room.by("tom") as act:
        ratings.rate(act, number, impact, effort)


def _votes(room: Living, votes: int, words: str) -> None:
    number = proposed(room, "One")
    with room.by("tom") as act:
        ratings.count_votes(act, number, votes, words)


_REFUSED: dict[str, tuple[Callable[[Living], Any], str]] = {
    "by a team member": (lambda room: listed(room, proposed(room, "One"), by="tom"), "Only a facilitator, a leader or"),
    "sponsored by a team member": (lambda room: listed(room, proposed(room, "One"), "tom"), "A sponsor is"),
    "handed to a guest": (lambda room: step(room, listed(room, proposed(room, "One")), "sponsor", user_id="6"), "A sponsor is"),
    "twice": (_twice, "already on the roster"),
    "of no opportunity": (lambda room: listed(room, 99, vote=False), "there is no number 99"),
    "with a target of nothing": (lambda room: listed(room, proposed(room, "One"), less_by=0), "do not go together"),
    "due next week": (lambda room: listed(room, proposed(room, "One"), days=7), "four weeks to three years"),
    "measured by no kind": (lambda room: listed(room, proposed(room, "One"), kind="nothing"), "'nothing' is not known"),
    "a step off the roster": (lambda room: step(room, _off(room), "barrier", words="No.", how="me"), "off the roster"),
    "off without a reason": (
        lambda room: step(room, listed(room, proposed(room, "One")), "remove-item", words=" "),
        "the reason",
    ),
    "an initiative for what is off": (lambda room: initiated(room, "Late", "parcel", _off(room)), "no initiative is started"),
    "an initiative nowhere": (lambda room: initiated(room, "Late", "moon"), "'moon' is not known"),
    "an initiative of nobody": (lambda room: initiated(room, "Late", "parcel", function="none"), "'none' is not known"),
    "stopped twice": (lambda room: step(room, _stopped(room), "stop-initiative", words="No."), "done already|has been stopped"),
    "an impact of nine": (lambda room: _rate(room, 9, 1), "9 is not on the scale"),
    "votes of nobody": (lambda room: _votes(room, 0, "a poll"), "0 is not a number of customers"),
    "votes from nowhere": (lambda room: _votes(room, 4, " "), "where customers were asked: says nothing"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", [*_REFUSED])
def test_what_the_roster_refuses_in_a_sentence(room: Living, case: str) -> None:
    tried, sentence = _REFUSED[case]
    with pytest.raises((RuleRefused, NotFound), match=sentence):
        tried(room)


def test_two_tablets_on_one_item_are_told_of_each_other(room: Living) -> None:
    number = listed(room, proposed(room, "One"))
    form = STEPS.verb("remove-item").form
    assert form is not None
    step(room, number, "barrier", "tom", words="No budget", how="finance")
    with pytest.raises(Changed, match="Tom: barrier"), room.by("fay") as act:
        roster.take_form(act, STEPS.verb("remove-item"), number, 1, form.read({"words": "Done."}))
    with pytest.raises(DBAPIError, match="stays written"), writing(room.engine) as connection:
        connection.execute(roster_item_step.delete())


@pytest.mark.req("R90")
def test_leaders_select_together_and_nothing_else_puts_an_opportunity_on_the_roster(room: Living) -> None:
    number = proposed(room, "Say when the box comes")
    target = Target(issue_type="late", less_by=30, due_on=room.today + timedelta(days=180))

    def put() -> int:
        with room.by("fay") as act:
            return roster.select_opportunity(act, number, room.people["lena"], target)

    with pytest.raises(RuleRefused, match="Leaders select together"):
        put()
    with pytest.raises(RuleRefused, match="a single voter does not decide"):
        selected(room, number, leaders=("lena",))
    row = {"opportunity": number, "user_id": room.people["lena"], "actor": room.people["fay"], "at": room.at, "day": room.today}
    row |= {"perimeter": "north", "issue_type": "late", "less_by": 30, "due_on": target.due_on, "decision": 1}
    with pytest.raises(DBAPIError, match="Leaders select together"), writing(room.engine) as connection:
        connection.execute(insert(roster_item).values(row))
    with pytest.raises(RuleRefused, match="Too few have said yes"):
        selected(room, number, "sam")
    decision = selected(room, number, "sam", leaders=("lena", "sam", "ada"))
    item = put()
    with room.engine.connect() as connection:
        assert roster.one_item(connection, item).decision == decision
        assert not [*violations(connection)]
    step(room, item, "remove-item", words="The shop does it alone.")
    with pytest.raises(RuleRefused, match="each time anew"):
        put()
