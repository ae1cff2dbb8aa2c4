"""The order of a guided walk, and what emerges from it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from tests.metrics.given import at, complaints, customers, journey, loaded, media, reasons
from tests.metrics.given_journey import assumed, emotions
from wallboard.metrics.agenda import Mission, mission, opening_voice, walk_agenda, walk_items
from wallboard.metrics.emerging import LOSS, LOWEST, emerging_annotations, emerging_offers
from wallboard.metrics.scope import Scope
from wallboard.store.schema import opportunity, reason, user_account, walk, walk_annotation


@pytest.mark.req("R125")
def test_a_voice_comes_before_the_map_and_no_stage_is_left_out(connection: Connection, scope: Scope) -> None:
    journey(connection)
    media(connection, {"path": "a"}, {"path": "b", "lane": "hear", "kind": "call"}, {"path": "c", "consent": "withdrawn"})
    agenda = walk_agenda(connection, scope)
    assert [row.place for row in agenda] == ["mission", "voice", "map", "choose", "receive", "leave", "end"]
    assert {row.place: row.items for row in agenda}["receive"] == 3
    items = walk_items(connection, scope)
    assert [row.lane for row in items] == ["experience", "experience", "hear"] and sum(row.playable for row in items) == 2


def test_without_a_journey_the_walk_still_opens_and_ends(connection: Connection, scope: Scope) -> None:
    assert [row.place for row in walk_agenda(connection, scope)] == ["mission", "voice", "map", "end"]
    assert opening_voice(connection, scope) == () and walk_items(connection, scope) == ()
    assert mission(connection, scope) == (Mission(None, None),)


@pytest.mark.req("R125")
def test_the_opening_voice_is_a_recent_complaint_in_the_customers_own_words(connection: Connection, scope: Scope) -> None:
    journey(connection)
    telling = "I took a second day off work to wait for a box that never came."
    old, day = scope.today - timedelta(days=200), scope.today - timedelta(days=3)
    complaints(connection, {"day": old, "words": f"{telling} {telling}", "stage": "receive"})
    assert opening_voice(connection, scope)[0].day == old, "better an old voice than none"
    complaints(
        connection,
        {"day": day, "words": "Late.", "stage": "receive"},
        {"day": day, "words": telling, "stage": "receive"},
        {
            "day": scope.today + timedelta(days=1),
            "words": "Tomorrow somebody says something much longer than this.",
            "stage": "receive",
        },
    )
    row = opening_voice(connection, scope)[0]
    assert (row.words, row.day, row.stage_name) == (telling, day, "I get my order")


def walked(connection: Connection, scope: Scope, *marks: dict[str, Any]) -> int:
    """A walk of yesterday with marks; its number."""
    yesterday = at(scope.today - timedelta(days=1))
    person = {"login": "fay", "name": "Fay", "role": "facilitator", "password": "", "added_at": yesterday - timedelta(days=9)}
    who = connection.execute(insert(user_account).values(**person).returning(user_account.c.id)).scalar_one()
    fields = {"at": yesterday, "day": yesterday.date(), "perimeter": "north", "actor": who}
    number = connection.execute(insert(walk).values(**fields).returning(walk.c.id)).scalar_one()
    for mark in marks:
        values = {"walk": number, "at": yesterday, "actor": who, "kind": "improve", "words": "w", **mark}
        connection.execute(insert(walk_annotation).values(**values))
    return int(number)


@pytest.mark.req("R89")
def test_marks_of_the_newest_walk_emerge_and_nothing_of_tomorrow(connection: Connection, scope: Scope) -> None:
    journey(connection)
    walked(connection, scope, {"words": "a", "stage": "receive", "touchpoint": "parcel"}, {"words": "b", "kind": "innovate"})
    rows = emerging_annotations(connection, scope)
    assert [(mark.words, mark.kind) for mark in rows] == [("a", "improve"), ("b", "innovate")]
    assert (rows[0].stage_name, rows[0].touchpoint_name, rows[0].marked_by) == ("I get my order", "The parcel arrives", "Fay")
    assert {mark.opportunity for mark in rows} == {None}
    before = Scope(scope.as_of - timedelta(days=3), scope.zone, scope.perimeters)
    assert emerging_annotations(connection, before) == ()


@pytest.mark.req("R89")
def test_lowest_feelings_and_largest_losses_are_offered_the_worst_first(connection: Connection, scope: Scope) -> None:
    journey(connection)
    day = scope.today - timedelta(days=9)
    emotions(
        connection,
        {"stage": "choose", "feeling": -0.5, "n": 40, "day": day},
        {"stage": "receive", "feeling": -1.4, "n": 30, "day": day},
        {"stage": "leave", **assumed(1.0), "day": day},
    )
    offered = emerging_offers(connection, scope)
    assert [(offer.origin, offer.stage, offer.feeling) for offer in offered] == [
        (LOWEST, "receive", -1.4), (LOWEST, "choose", -0.5)
    ], "nobody left"  # fmt: skip
    number = walked(connection, scope)
    kept = {"at": scope.as_of, "day": scope.today, "perimeter": "north", "actor": 1, "kind": "improve", "title": "t"}
    who = connection.execute(walk.select()).first()
    assert who is not None
    connection.execute(
        insert(opportunity).values(**{**kept, "actor": who.actor, "origin": LOWEST, "stage": "choose", "walk": number})
    )
    again = {offer.stage: offer.opportunity for offer in emerging_offers(connection, scope)}
    assert again["receive"] is None and again["choose"] is not None


@pytest.mark.req("R89")
def test_losses_are_summed_by_the_stage_of_their_reasons(connection: Connection, scope: Scope) -> None:
    journey(connection)
    wordings = (("late", "It came late", "receive"), ("rude", "They were rude", "receive"), ("dear", "Too dear", "choose"))
    loaded(connection, reason, *({"reason": key, "wording": wording, "stage": place} for key, wording, place in wordings))
    reasons(connection, moved="I moved away")
    customers(connection, *((f"c{n}", date(2026, 1, 5), "new", 10.0) for n in range(9)))
    leavers = (("c0", "late", 30.0), ("c1", "rude", 10.0), ("c2", "rude", 10.0), ("c3", "dear", 45.0), ("c4", "moved", 500.0))
    for who, why, value in leavers:
        fields = {"reason": why, "reason_source": "customer said", "reason_words": "w"}
        customers(connection, (who, date(2026, 5, 12), "lost", value), fields=fields)
    lost = emerging_offers(connection, scope)
    assert [(offer.origin, offer.stage, offer.customers, offer.value, offer.wording) for offer in lost] == [
        (LOSS, "receive", 3, 50.0, "It came late"),
        (LOSS, "choose", 1, 45.0, "Too dear"),
    ]


@pytest.mark.req("R89")
def test_a_loss_of_unknown_value_is_not_worth_nothing_and_only_what_customers_said_counts(
    connection: Connection, scope: Scope
) -> None:
    journey(connection)
    wordings = (("late", "It came late", "receive"), ("dear", "Too dear", "choose"), ("gone", "No reply", "leave"))
    loaded(connection, reason, *({"reason": key, "wording": wording, "stage": place} for key, wording, place in wordings))
    customers(connection, *((f"c{n}", date(2026, 1, 5), "new", 10.0) for n in range(9)))
    leavers = (("c0", "late", None), ("c1", "late", None), ("c2", "dear", 5.0), ("c3", "gone", 900.0))
    for who, why, value in leavers:
        source = "inferred" if why == "gone" else "customer said"
        customers(connection, (who, date(2026, 5, 12), "lost", value), fields={"reason": why, "reason_source": source})
    lost = emerging_offers(connection, scope)
    assert [(offer.stage, offer.customers, offer.value) for offer in lost] == [("receive", 2, None), ("choose", 1, 5.0)]


@pytest.mark.req("R89")
def test_one_customer_who_feels_bad_is_no_offer(connection: Connection, scope: Scope) -> None:
    journey(connection)
    day = scope.today - timedelta(days=9)
    emotions(
        connection, {"stage": "receive", "feeling": -1.8, "n": 1, "day": day}, {"stage": "leave", **assumed(-1.0), "day": day}
    )
    assert [offer.stage for offer in emerging_offers(connection, scope)] == ["leave"]
