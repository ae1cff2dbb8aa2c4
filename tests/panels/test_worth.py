"""What the scenes worth, failure, you said and forum say, and the case of the first day."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from tests.loaders.conftest import NOW, Workspace, room_at
from tests.metrics import given, given_worth
from tests.panels.words import SCOPE, picture, words_of
from wallboard.metrics.scope import Scope
from wallboard.store.schema import reason_day

MARCH, MAY = date(2026, 3, 10), date(2026, 5, 10)


def somebody_left(connection: Connection) -> None:
    given.journey(connection)
    given.reasons(connection, late="It came late")
    given_worth.reason_stages(connection, late="receive")
    given.customers(connection, *((f"c{n}", MARCH, "new", 1000.0) for n in range(10)))
    fields = {"reason": "late", "reason_source": "customer said"}
    given.customers(connection, ("c0", MAY, "lost", 1000.0), ("c1", MAY, "lost", 1000.0), fields=fields)
    given.customers(connection, ("c2", MAY, "lost", 1000.0))
    given_worth.add_voices(connection, MARCH)


@pytest.mark.req("R79")
def test_every_amount_stands_beside_its_stage_and_says_its_basis(connection: Connection) -> None:
    somebody_left(connection)
    given_worth.contacts(connection, date(2026, 5, 1), "late", 40, 5.0, stage="receive")
    given_worth.contacts(connection, date(2026, 5, 1), "late", 3, None, stage="choose")
    given_worth.unit_costs(connection, {"activity": "phone", "valid_from": date(2026, 4, 1), "amount": 5.0})
    given_worth.improvements(connection, {"stage": "leave", "done_on": MAY, "value": 700.0, "basis": "calls not made"})
    text = words_of(picture(connection, "worth"))
    assert "“I get my order” costs us most" in text and "left with customers £3,000" in text
    assert "I get my order £2,000 none £200" in text and "unattributed £1,000 none none" in text
    assert "I leave none £700 none" in text and "I choose none none 3 contacts" in text
    assert "annual recurring value on the day they left" in text and "calls not made" in text
    assert "40 contacts at unit costs of 1 April 2026; 3 uncosted" in text and "failures, partly costed £200" in text


def test_stages_that_do_not_sum_are_an_alarm(connection: Connection) -> None:
    somebody_left(connection)
    assert not picture(connection, "worth").alarm
    connection.execute(reason_day.update().where(reason_day.c.kind == "lost").values(value=1.0))
    drawn = picture(connection, "worth")
    assert "do not sum" in drawn.alarm and words_of(drawn).startswith("The stages do not sum to what we lost")
    assert "costs us most" not in words_of(drawn), "what does not sum judges nothing"


@pytest.mark.req("R130")
def test_what_failures_cost_is_told_with_what_is_not_costed(connection: Connection) -> None:
    somebody_left(connection)
    given_worth.contacts(connection, date(2026, 5, 1), "late", 40, 5.0, stage="receive")
    given_worth.contacts(connection, date(2026, 5, 1), "bill", 3, None, stage="choose")
    given_worth.contacts(connection, date(2026, 5, 1), "", 7, 5.0)
    given_worth.unit_costs(connection, {"activity": "phone", "valid_from": date(2026, 4, 1), "amount": 5.0, "currency": "GBP"})
    text = words_of(picture(connection, "failure_cost"))
    assert "43 contacts and 7 hours of our customers’ time" in text and "£200 3 contacts not costed" in text
    assert "I get my order £200" in text and "I choose not costed" in text
    assert "Unit costs of 1 April 2026: phone £5.00" in text and "7 more complaints are unclassified and not costed" in text


def test_without_a_unit_cost_failures_are_counted_and_nothing_costs_nothing(connection: Connection) -> None:
    somebody_left(connection)
    given_worth.contacts(connection, date(2026, 5, 1), "late", 40, None, stage="receive")
    failing, worth = (words_of(picture(connection, name)) for name in ("failure_cost", "worth"))
    assert "40 contacts, not costed yet" in failing and "£0" not in failing
    assert "spent on our failures not costed" in worth and "£0" not in worth and "unit_costs" in worth


@pytest.mark.req("R115")
def test_you_said_we_did_shows_only_what_customers_were_shown(connection: Connection) -> None:
    assert "What we did about what customers said is not known | Load actions" in words_of(picture(connection, "you_said_we_did"))
    given_worth.improvements(connection, {"quotation": "It leaks.", "what": "A tight lid", "done_on": MAY})
    hidden = words_of(picture(connection, "you_said_we_did"))
    assert "tight lid" not in hidden and "1 improvement finished in May" in hidden
    given_worth.improvements(connection, {"quotation": "It broke.", "what": "A box", "presented_on": date(2026, 6, 2)})
    text = words_of(picture(connection, "you_said_we_did"))
    assert "“It broke.” A box 2 Jun" in text and text.startswith("1 answer shown")


@pytest.mark.req("R63")
def test_the_forum_and_the_ledger_stand_side_by_side(connection: Connection) -> None:
    somebody_left(connection)
    months = [date(2026, m, 9) for m in range(1, 6)]
    given_worth.meetings(connection, *((day, day) for day in months), (date(2026, 6, 9), date(2026, 6, 20)))
    text = words_of(picture(connection, "forum", periods=5))
    assert "Five of six meetings were held as planned; meanwhile we gained 7 customers" in text
    assert "May held 9 May 7 −3 −£3,000" in text and "June to 29 Jun put off to 20 Jun 7" in text
    assert "total to 29 Jun 5 of 6" in text
    assert "Jan" in text and "not measured" in text
    assert "2026 Q1" in words_of(picture(connection, "forum", unit="quarter"))


def test_the_forum_without_a_calendar_says_so(connection: Connection) -> None:
    somebody_left(connection)
    assert "No calendar of meetings is loaded; we gained" in words_of(picture(connection, "forum"))


TWO_FILES = """
[tickets]
feed = "voice"
file = "tickets.csv"
key = ["Id"]
constants = {kind = "ticket"}
columns = {occurred_at = "Created", solved_at = "Solved", words = "Subject", complaint = "Type", owner = "Assignee"}
values.complaint = {"Problem" = true, "*" = false}
[billing]
feed = "contracts"
file = "billing.csv"
key = ["Id"]
columns = {customer = "Customer", started_on = "From", ended_on = "To", annual_value = "A year"}
"""
TICKETS = """Id,Created,Solved,Subject,Type,Assignee
1,2026-04-03 09:00,,It leaked.,Problem,
2,2026-05-04 09:00,2026-05-05 09:00,Too late.,Problem,Ana
3,2026-05-20 09:00,,Nobody answers.,Problem,
4,2026-05-21 09:00,,How do I brew it?,Question,
5,2026-05-22 09:00,,Broken again.,Problem,Ana
"""
BILLING = """Id,Customer,From,To,A year
1,a,2025-01-01,2026-05-15,1000
2,b,2025-01-01,2026-04-15,500
3,c,2025-01-01,,200
"""


@pytest.fixture
def workspace(tmp_path: Path, store: Engine) -> Workspace:
    """A room of its own, on either database."""
    return Workspace(room_at(tmp_path / "room"), store, NOW)


@pytest.mark.slow
@pytest.mark.req("R168")
def test_the_case_of_day_one_needs_no_more_than_tickets_and_bills(workspace: Workspace) -> None:
    workspace.sources(TWO_FILES)
    workspace.put("tickets.csv", TICKETS)
    workspace.put("billing.csv", BILLING)
    assert [result.status for result in workspace.load()] == ["ok", "ok"]
    scope = Scope.of(workspace.room.settings, workspace.now)
    with workspace.engine.connect() as connection:
        text = words_of(picture(connection, "case", scope))
    assert "2 customers left us in three months, and nobody is working on 2 complaints" in text
    assert "2 customers left £1,500 left with them, annual recurring value" in text
    assert "4 complaints Not costed yet: put the cost of one into unit_costs." in text
    assert "2 unowned complaints out of 3 open complaints" in text
    assert text.index("“It leaked.” 89 days") < text.index("“Nobody answers.” 42 days") and "brew" not in text
    workspace.sources(f"{TWO_FILES}\n[costs]\nfeed = 'unit_costs'\nfile = 'costs.csv'\nkey = ['what']\n"
                 "columns = {activity = 'what', valid_from = 'from', amount = 'cost'}\n")  # fmt: skip
    workspace.put("costs.csv", "what,from,cost\ncontact,2026-05-01,6\n")
    workspace.load()
    with workspace.engine.connect() as connection:
        text = words_of(picture(connection, "case", scope))
    assert "£18.00 spent on our failures 4 complaints, unit costs of 1 May 2026; 1 of them not costed" in text


def test_the_case_without_anything_says_what_to_load(connection: Connection) -> None:
    assert "Load customers and their contracts or orders, or tickets" in words_of(picture(connection, "case"))
    given.complaints(connection, {"day": MAY})
    assert "Load contracts or orders" in words_of(picture(connection, "case"))


def test_no_owner_on_any_complaint_is_said_as_what_it_is(connection: Connection) -> None:
    given.complaints(connection, {"day": MAY}, {"day": MAY})
    assert "No open complaint names anybody" in words_of(picture(connection, "case", SCOPE))
