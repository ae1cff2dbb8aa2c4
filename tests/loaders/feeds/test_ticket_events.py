"""Event logs of a helpdesk load by a sources file alone; what cannot be read is refused with a word, and nothing is lost."""

from datetime import date

import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.feeds import incidents
from wallboard.store.schema import ticket_cycle, ticket_day, ticket_event, ticket_move, ticket_open

FEB29, MAR2, MAR8 = date(2016, 2, 29), date(2016, 3, 2), date(2016, 3, 8)


def facts(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    return {table.name: workspace.rows(table) for table in (ticket_day, ticket_move, ticket_open, ticket_cycle)}


def loaded(workspace: Workspace, *files: list[str]) -> dict[str, list[tuple[object, ...]]]:
    workspace.sources(incidents.SOURCE)
    for n, rows in enumerate(files):
        workspace.put(f"incidents_{n}.csv", incidents.log(*rows))
        workspace.load()
    return facts(workspace)


@pytest.mark.req("R40")
def test_a_log_with_reopenings_and_a_mark_for_nothing_loads_by_its_sources_file(workspace: Workspace) -> None:
    loaded(workspace, incidents.ROWS)
    days = {row[0]: row[1:] for row in workspace.rows(ticket_day, "day", "arrived", "reopened", "departed", "unstarted")}
    assert days[FEB29] == (3, 0, 1, 0)
    assert days[date(2016, 3, 3)] == (1, 1, 0, 0)
    assert days[MAR2] == (0, 0, 1, 0) and days[MAR8] == (0, 0, 1, 0)
    assert days[date(2016, 3, 1)] == (0, 0, 0, 1)
    cycles = workspace.rows(ticket_cycle, "week", "days", "tickets")
    assert cycles == [(FEB29, 1, 1), (FEB29, 3, 1), (date(2016, 3, 7), 9, 1)]


def test_rows_in_which_nothing_changed_are_kept_and_are_no_event(quick: Workspace) -> None:
    without = loaded(quick, incidents.ROWS[:2] + incidents.ROWS[3:6])
    events = loaded(quick, incidents.ROWS[:6])
    assert quick.count(ticket_event) == 6 and sum(row[0] for row in quick.rows(ticket_day, "events")) == 6
    assert all(without[name] == events[name] for name in ("ticket_move", "ticket_open", "ticket_cycle"))


@pytest.mark.req("S9")
def test_what_cannot_be_read_is_refused_by_name_and_counted(workspace: Workspace) -> None:
    loaded(workspace, incidents.ROWS)
    why = {row: reason for row, _, reason, _, _ in workspace.refusals()}
    assert len(why) == 4 and workspace.count(ticket_event) == len(incidents.ROWS) - 4
    known = "new, in work, waiting, waiting for the customer, solved, closed by the helpdesk"
    assert f"'-100' is none of: {known}." in why.values()
    assert any("'status' is empty" in reason for reason in why.values())
    assert any("'at' is empty" in reason for reason in why.values())
    assert any(reason.startswith("solved before it was opened") for reason in why.values())


def test_what_the_mark_for_nothing_meant_is_missing_and_not_a_word(quick: Workspace) -> None:
    loaded(quick, incidents.ROWS)
    assert ("INC0000057", None) in quick.rows(ticket_event, "ticket", "opened_at")


def test_a_case_that_only_ends_is_counted_apart(quick: Workspace) -> None:
    events = loaded(quick, [row for row in incidents.ROWS if "0062" in row])
    assert quick.rows(ticket_day, "events", "arrived", "departed", "unstarted") == [(1, 0, 0, 1)]
    assert not events["ticket_move"] and not events["ticket_cycle"]


def test_a_corrected_event_takes_back_what_it_said(workspace: Workspace) -> None:
    before = loaded(workspace, incidents.ROWS[:6], incidents.ROWS[6:12])
    wrong = [row.replace("2/3/2016 11:29,Phone", "4/3/2016 11:29,Phone") for row in incidents.ROWS[:6]]
    workspace.put("incidents_0.csv", incidents.log(*wrong))
    workspace.load()
    assert facts(workspace) != before
    workspace.put("incidents_0.csv", incidents.log(*incidents.ROWS[:6]))
    workspace.load()
    assert facts(workspace) == before


def test_events_of_one_instant_keep_their_number_and_then_the_order_of_the_file(quick: Workspace) -> None:
    quick.sources(incidents.SOURCE.replace('seq       = "sys_mod_count"\n', ""))
    template = "A,{},true,0,{},?,1/3/2016 09:00,?,?,?,?,?"
    quick.put(
        "incidents.csv", incidents.log(*(template.format(s, n) for n, s in enumerate(("New", "Resolved", "Active", "Resolved"))))
    )
    quick.load()
    assert quick.rows(ticket_day, "arrived", "reopened", "departed") == [(2, 1, 2)]


@pytest.mark.req("R40")
def test_a_log_of_cases_and_activities_loads_too(workspace: Workspace) -> None:
    workspace.sources(incidents.XES_SOURCE)
    workspace.put("cases.csv", incidents.XES)
    assert workspace.load_one().refused == 0
    assert workspace.rows(ticket_cycle, "days", "tickets") == [(7, 1)]
    assert [row for row in workspace.rows(ticket_day, "day", "arrived", "departed", "with_customer_total") if row[2]] == [
        (date(2012, 4, 6), 0, 1, 1)
    ]


def test_a_tickets_day_is_the_one_of_its_perimeter(quick: Workspace) -> None:
    quick.sources(incidents.XES_SOURCE)
    quick.put("cases.csv", incidents.XES.replace("2012-03-31T16:59:42+01:00", "2012-03-31T23:30:00Z"))
    quick.load()
    assert quick.rows(ticket_cycle, "days") == [(6,)]
