"""The Pareto weighted by cost, and the stages of each kind: everything sums, nothing is left out."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, select

from tests.examples import at_most
from tests.metrics import given as rows
from tests.metrics import given_worth
from wallboard.metrics.complaint_types import issue_pareto
from wallboard.metrics.frames import frame
from wallboard.metrics.pareto import issue_costs, issue_stages
from wallboard.metrics.scope import Scope
from wallboard.store.schema import contact_month, voice

MAY, NOW = date(2026, 5, 1), date(2026, 6, 24)


@pytest.fixture
def with_voices(connection: Connection) -> Connection:
    rows.journey(connection)
    given_worth.add_voices(connection, date(2026, 1, 5))
    return connection


@pytest.mark.req("R41")
def test_kinds_are_weighted_by_cost_and_sum_to_all(with_voices: Connection, scope: Scope) -> None:
    given_worth.contacts(with_voices, MAY, "late", 10, 2.0)
    given_worth.contacts(with_voices, MAY, "bill", 4, 10.0)
    given_worth.contacts(with_voices, MAY, "broken", 3, 1.0)
    given_worth.contacts(with_voices, MAY, "", 2, None)
    given_worth.contacts(with_voices, MAY, "late", 90, 9.0, complaint=False)
    table = frame(issue_costs(with_voices, scope, months=3, top=2), issue_costs)
    assert table[["issue_type", "complaints", "cost", "uncosted"]].values.tolist() == [
        ["bill", 4, 40.0, 0],
        ["late", 10, 20.0, 0],
        ["", 2, None, 2],
        ["other", 3, 3.0, 0],
    ]
    assert list(table["cumulative"])[-1] == pytest.approx(1.0) and set(table["state"]) == {"partly costed"}
    assert (table["total"][0], table["total_cost"][0], table["total_uncosted"][0]) == (19, 63.0, 2)


def test_no_cost_no_complaint_and_nothing_heard_are_three_things(connection: Connection, scope: Scope) -> None:
    assert frame(issue_costs(connection, scope), issue_costs)[["cost", "state"]].values.tolist() == [[None, "not measured"]]
    given_worth.add_voices(connection, date(2026, 1, 5))
    assert frame(issue_costs(connection, scope), issue_costs)[["cost", "total_cost", "state"]].values.tolist() == [
        [0.0, 0.0, "no cases"]
    ]
    given_worth.contacts(connection, MAY, "", 3, None)
    assert frame(issue_costs(connection, scope), issue_costs)[["cost", "total_cost", "state"]].values.tolist() == [
        [None, None, "not costed"]
    ]


def test_a_replay_and_another_perimeter_see_less(with_voices: Connection, scope: Scope) -> None:
    given_worth.contacts(with_voices, MAY, "late", 3, 6.0, perimeter="west")
    given_worth.contacts(with_voices, date(2026, 6, 1), "late", 3, 6.0)
    assert frame(issue_costs(with_voices, scope), issue_costs)["total"][0] == 0


_CELLS = st.lists(st.tuples(st.sampled_from(["late", "bill", "broken", ""]), st.integers(1, 9), st.booleans()), max_size=6)


@settings(max_examples=at_most(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=_CELLS, top=st.integers(1, 3))
def test_bars_sum_to_total_and_the_line_ends_at_all(
    with_voices: Connection, scope: Scope, cells: list[tuple[str, int, bool]], top: int
) -> None:
    with_voices.execute(delete(contact_month))
    for n, (kind, number, costed) in enumerate(cells):
        given_worth.contacts(with_voices, MAY, kind, number, 2.0 if costed else None, touchpoint=str(n))
    table = frame(issue_costs(with_voices, scope, top=top), issue_costs)
    assert table["complaints"].sum() == table["total"][0] == sum(number for _, number, _ in cells)
    assert "" in set(table["issue_type"]) and (table["cumulative"][len(table) - 1] in (None, pytest.approx(1.0)))


@pytest.mark.req("R41")
def test_each_kind_is_split_by_stage_and_the_cells_equal_sql(connection: Connection, scope: Scope) -> None:
    rows.journey(connection)
    plain = {"day": NOW}
    rows.complaints(connection, *[{**plain, "issue_type": "late", "stage": "receive"}] * 3)
    rows.complaints(connection, *[{**plain, "issue_type": "late", "touchpoint": "site"}] * 2, {**plain, "issue_type": "late"})
    rows.complaints(connection, {**plain, "issue_type": "bill", "stage": "choose"}, {**plain, "stage": "leave"})
    table = frame(issue_stages(connection, scope, top=1), issue_stages)
    cells = {(row["issue_type"], row["stage"]): row["complaints"] for row in table.to_dict("records")}
    assert cells["late", "receive"] == 3 and cells["late", "choose"] == 2 and cells["late", ""] == 1
    assert cells["other", "choose"] == 1 and cells["", "leave"] == 1
    assert sum(cells.values()) == connection.scalar(select(func.count()).select_from(voice)) == table["total"][0]
    pareto = frame(issue_pareto(connection, scope, top=1), issue_pareto)
    assert table.groupby("issue_type", sort=False)["complaints"].sum().tolist() == pareto["complaints"].tolist()
    assert list(table["stage"].unique()) == ["choose", "receive", "leave", ""]


def test_stages_of_nothing_heard_have_no_numbers(connection: Connection, scope: Scope) -> None:
    rows.journey(connection)
    table = frame(issue_stages(connection, scope), issue_stages)
    assert set(table["state"]) == {"not measured"} and set(table["complaints"]) == {None}
