"""A team at the console: tasked, five steps reported, the rule proposal, the reward confirmed by somebody else."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.metrics.given import complaints
from tests.metrics.test_parts import months_of_losses
from tests.records.sessions import begun
from tests.records.teams import experience, stands
from tests.screens.console.given import House, Visitor
from tests.screens.console.test_roster import proposed, selected
from wallboard.metrics.scope import Scope
from wallboard.metrics.team_cards import celebrations
from wallboard.store.connections import writing
from wallboard.store.schema import recognition

BEGAN = date(2026, 6, 1)
"""The Monday on which a house's clock stands; the actions begin in its week."""


def weekly(house: House, before: int, after: int) -> None:
    """So many late orders in each of the 26 weeks before, and in each of the ten weeks since."""
    days = [BEGAN + timedelta(weeks=n, days=1) for n in range(-26, 11) for _ in range(before if n < 0 else after)]
    with writing(house.living.engine) as connection:
        complaints(connection, *({"day": day, "issue_type": "late"} for day in days))


def tasked(house: House, **fields: str) -> tuple[Visitor, int]:
    fay = house.at_the_console("fay")
    opportunity = proposed(fay, "Boxes on time")
    assert selected(house, opportunity)["ok"]
    what = {"name": "The punctual", "reward": "A day at the sea", "step_days": "30", "pace": ""} | fields
    answer = fay.do("task-team", 1, **what)
    assert answer["ok"], answer
    number = int(answer["to"].rsplit("/", 1)[1])
    assert take(house, fay, number, "join-team", user_id=house.living.people["tom"], how="tasked", share=40)["ok"]
    return fay, number


def take(house: House, who: Visitor, number: int, verb: str, **fields: Any) -> dict[str, Any]:
    return who.do(verb, number, seen=stands(house.living, number).life.seq, **fields)


def reported(house: House, number: int) -> None:
    """Tom reports everything up to the actions."""
    tom, lena, me = house.at_the_console("tom"), house.at_the_console("lena"), house.living.people["tom"]
    made = experience(house.living, stands(house.living, number).opportunity)
    assert take(house, tom, number, "report-step-1", experience=made, user_id=me)["ok"]
    assert take(house, tom, number, "report-step-2", words="No slots", how="Complaints a week", user_id=me)["ok"]
    blank = take(house, tom, number, "report-step-3", words="Book slots", budget="", note="", user_id=me)
    assert "The budget: says nothing" in blank["refusal"]
    assert take(house, tom, number, "report-step-3", words="Book slots", budget="2500", note="", user_id=me)["ok"]
    proposal = stands(house.living, number).life.undecided[0].seq
    assert "£2,500; not decided yet" in lena.see(f"/room/team/{number}").replace("\n", "")
    assert take(house, lena, number, "grant", refers=proposal, words="Yes")["ok"]
    granted = stands(house.living, number).life.of("granted")[0].seq
    assert take(house, tom, number, "report-step-4", refers=granted, words="Slots are booked", user_id=me)["ok"]


@pytest.mark.req("R98")
def test_a_team_is_rewarded_once_the_rule_says_that_complaints_descend(house: House) -> None:
    weekly(house, 10, 4)
    fay, number = tasked(house)
    page = house.at_the_console("tom").see(f"/room/team/{number}")
    assert "A day at the sea" in page, "the promise is visible before the result"
    reported(house, number)
    frozen = stands(house.living, number).life.baseline
    assert frozen is not None and (frozen.base_count, frozen.base_weeks) == (241, 24), "and the one that the house came with"
    assert take(house, fay, number, "check-team")["ok"]
    assert "Too early" in fay.see(f"/room/team/{number}")
    until = house.living.at + timedelta(weeks=10)
    reward = {"unchanged": "yes", "words": "A day at the sea", "due_on": (until + timedelta(days=30)).date().isoformat()}
    early = stands(house.living, number).life.of("checked")[0].seq
    assert "and not before" in take(house, fay, number, "reward-team", refers=early, **reward)["refusal"]
    house.living.at = until
    fay, tom = house.at_the_console("fay"), house.at_the_console("tom")
    assert take(house, fay, number, "check-team")["ok"]
    check = stands(house.living, number).life.of("checked")[-1]
    assert (check.verdict, check.week_no, check.recent_count) == ("descending", 8, 32)
    assert check.bound is not None and check.bound < 1
    page = fay.see(f"/room/team/{number}")
    assert "Complaints are falling" in page and "Confirm the reward" in page and "DR-1, version 1" in page
    assert "Confirm the reward" not in tom.see(f"/room/team/{number}")
    changed = take(house, fay, number, "reward-team", refers=check.seq, **reward | {"unchanged": "no"})
    assert "counts cannot be compared" in changed["refusal"]
    assert take(house, fay, number, "reward-team", refers=check.seq, **reward)["ok"]
    assert "Rewarded on 10 August: A day at the sea" in fay.see("/room/teams")


def test_too_little_data_is_not_a_no(house: House) -> None:
    weekly(house, 0, 0)
    fay, number = tasked(house)
    reported(house, number)
    house.living.at += timedelta(weeks=10)
    fay = house.at_the_console("fay")
    assert take(house, fay, number, "check-team")["ok"]
    assert stands(house.living, number).life.of("checked")[0].verdict == "too little data"
    assert "Too little data to say: that is not a no." in fay.see("/room/teams")


@pytest.mark.req("R95")
def test_a_report_that_was_missed_is_seen_and_a_pace_is_agreed_by_the_team(house: House) -> None:
    fay, number = tasked(house)
    assert "Next: current experience, by 1 July." in fay.see("/room/teams") and "missed" not in fay.see("/room/teams")
    assert take(house, fay, number, "pace-team", step_days="14", words="They know it by then")["ok"]
    proposal = stands(house.living, number).life.of("paced")[0].seq
    assert "It takes effect once a member of the team agrees." in fay.see(f"/room/team/{number}")
    assert "did not ask for it agrees" in take(house, fay, number, "agree-pace", refers=proposal)["refusal"]
    assert take(house, house.at_the_console("tom"), number, "agree-pace", refers=proposal)["ok"]
    assert "due 15 June" in fay.see("/room/teams")
    house.living.at += timedelta(days=15)
    assert "report missed, due 15 June" in house.at_the_console("fay").see("/room/teams")


@pytest.mark.req("R93")
def test_whoever_works_in_three_teams_or_beyond_all_time_is_named(house: House) -> None:
    fay, number = tasked(house)
    assert "Too much" not in fay.see("/room/teams") and "0 of 1 member volunteered" in fay.see("/room/teams")
    for name in ("Second", "Third"):
        answer = fay.do("task-team", 1, name=name, reward="Cake", step_days="30", pace="")
        number = int(answer["to"].rsplit("/", 1)[1])
        assert take(house, fay, number, "join-team", user_id=house.living.people["tom"], how="tasked", share=5)["ok"]
    assert "Too much for Tom." in fay.see("/room/teams") and "carries 50 % in 3 teams" in fay.see(f"/room/team/{number}")
    volunteer = {"user_id": house.living.people["sam"], "how": "volunteer", "share": "10"}
    assert "only join a pilot" in take(house, fay, number, "join-team", **volunteer)["refusal"]
    assert "for those who work in this room" in house.at_the_console("gus").see("/room/teams")


@pytest.mark.req("R104")
def test_who_presented_stands_there_with_the_leaders_who_were_present(house: House) -> None:
    _, number = tasked(house)
    begun(house.living, "lena", "sam", "tom")
    tom, me = house.at_the_console("tom"), house.living.people["tom"]
    made = experience(house.living, stands(house.living, number).opportunity)
    assert take(house, tom, number, "report-step-1", experience=made, user_id=me)["ok"]
    page = house.at_the_console("fay").see("/room/teams")
    assert "The punctual, current experience" in page and "before Lena, Sam" in page


def test_a_metric_is_recognised_on_its_signal_with_what_the_room_measured_and_a_person_for_what_they_did(house: House) -> None:
    scope = Scope.of(house.room.settings, house.living.at)
    with writing(house.living.engine) as connection:
        months_of_losses(connection, scope, [0, *([11, 12] * 8), 4])
    fay, until = house.at_the_console("fay"), (house.living.today + timedelta(days=9)).isoformat()
    page = fay.see("/room/teams")
    assert "Recognise this metric" in page and "May 2026" in page
    says = {"metric": "lost_customers", "words": "Thanks to those who call.", "shown_until": until}
    invented = {"signal_value": "1", "signal_kind": "high", "signal_low": "0"}
    assert fay.do("recognise-metric", 0, **says, **invented)["ok"]
    person = {"user_id": house.living.people["tom"], "words": "He called each of them.", "shown_until": until}
    assert fay.do("recognise", 0, **person)["ok"]
    with house.living.engine.connect() as connection:
        metric, tom = connection.execute(select(recognition).order_by(recognition.c.id)).all()
        shown = celebrations(connection, scope)
    assert (metric.metric, metric.signal_kind, metric.signal_month, metric.signal_value) == (
        "lost_customers", "low", date(2026, 5, 1), 4.0,
    )  # fmt: skip
    assert metric.signal_value < metric.signal_low < metric.signal_high and metric.user_id is None
    assert (tom.user_id, tom.metric, tom.signal) == (house.living.people["tom"], None, None)
    assert {row.words for row in shown} == {"Thanks to those who call.", "He called each of them."}, "a wall shows both"
    for slip in ({"words": " "}, {"shown_until": ""}, {"metric": "new_customers"}):
        assert not fay.do("recognise-metric", 0, **says | slip).get("ok"), slip
    with house.living.engine.connect() as connection:
        assert len(connection.execute(select(recognition)).all()) == 2, "nothing half-written"


def test_a_metric_within_its_normal_range_is_not_offered_and_not_recognised(house: House) -> None:
    fay = house.at_the_console("fay")
    assert "None gives a signal: each is within its normal range." in fay.see("/room/teams")
    says = {"metric": "new_customers", "words": "Thanks to all.", "shown_until": house.living.today.isoformat()}
    assert "gives no signal" in fay.do("recognise-metric", 0, **says)["refusal"]
