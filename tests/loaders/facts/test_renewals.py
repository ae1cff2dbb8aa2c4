"""What became of terms that were due: every outcome, through loads on both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from tests.loaders.conftest import Workspace
from tests.loaders.test_feeds import source
from wallboard.loaders.counting.terms import last_terms, run_past
from wallboard.metrics.renewals import RenewalPeriod, renewals
from wallboard.metrics.scope import Scope
from wallboard.store.schema import renewal_month

COLUMNS = ["contract", "customer", "started_on", "ended_on", "term_ends_on", "term_months", "renewed_from", "annual_value"]
CONTRACTS = source("contracts", "c.csv", COLUMNS).replace("'row'", "['contract']") + 'mode = "snapshot"\n'
LATE = "z,z,2026-06-29,,,,,1"
"""A contract without a term that makes 29 June the newest known day."""


def put(workspace: Workspace, *rows: str) -> None:
    workspace.sources(CONTRACTS)
    workspace.put("c.csv", "\n".join((",".join(COLUMNS), *rows, "")))
    assert all(result.status == "ok" and not result.refused for result in workspace.load())


def due(workspace: Workspace, at: str = "2026-06-30", unit: str = "month", periods: int = 12) -> dict[str, RenewalPeriod]:
    scope = Scope.of(workspace.room.settings, datetime.fromisoformat(f"{at}T09:00").replace(tzinfo=UTC))
    with workspace.engine.connect() as connection:
        rows = renewals(connection, Scope(**{**vars(scope), "small_n": 1}), unit=unit, periods=periods)
    return {row.period_name: row for row in rows}


def outcome(periods: dict[str, RenewalPeriod], period: str) -> str:
    row = periods[period]
    counts = {"renewed": row.renewed or 0, "lost": row.lost or 0, "pending": row.pending or 0}
    assert row.due == sum(counts.values()) == 1, row
    return next(name for name, count in counts.items() if count)


@pytest.mark.req("R38")
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a,a,2025-03-10,,2026-03-10,,,100"], "renewed"),
        (["a,a,2025-03-10,,,12,,100"], "renewed"),
        (["a,a,2025-03-10,2026-03-10,,12,,100"], "lost"),
        (["a,a,2025-03-10,2025-09-01,,12,,100"], "lost"),
        (["a,a,2025-03-10,2026-03-10,2026-03-10,,,100", "b,a,2026-04-09,,,,,100"], "renewed"),
        (["a,a,2025-03-10,2026-03-10,2026-03-10,,,100", "b,a,2026-04-10,,,,,100"], "lost"),
        (["a,a,2025-03-10,2026-03-10,2026-03-10,,,100", "b,a,2025-12-10,,,,,100"], "renewed"),
        (["a,a,2025-03-10,2026-03-10,2026-03-10,,,100", "b,a,2025-12-09,,,,,100"], "lost"),
        (["a,a,2025-03-10,2026-03-10,2026-03-10,,,100", "b,a,2026-06-01,,,,a,100"], "renewed"),
        (["a,a,2025-03-10,2026-03-10,2026-03-10,,,100", "b,b,2026-03-10,,,,,100"], "lost"),
        (["a,a,2025-03-10,2026-03-10,2026-03-10,,,100", "b,a,2026-02-10,2026-03-10,,,,100"], "lost"),
        (["a,a,2025-03-10,2025-08-05,,12,,100", "b,a,2025-08-05,,,,,120"], "renewed"),
    ],
    ids=[
        "runs past its one term", "runs past a term of months", "ended with the term", "ended long before",
        "continued 30 days after", "31 days after is another beginning", "continued 90 days before", "91 days before is another",
        "named, whenever it starts", "of another customer", "the other one ended as well", "exchanged for another in mid-term",
    ],
)  # fmt: skip
def test_what_becomes_of_a_term_due_in_march(workspace: Workspace, rows: list[str], expected: str) -> None:
    put(workspace, *rows, LATE)
    assert outcome(due(workspace), "2026-03") == expected


def test_money_before_and_after(workspace: Workspace) -> None:
    put(
        workspace,
        "a,a,2025-03-10,2026-03-10,2026-03-10,,,100",
        "b,a,2026-03-10,,,,a,140",
        "c,c,2025-03-01,,,12,,",
        "d,d,2025-03-02,,,12,,30",
        LATE,
    )
    row = due(workspace)["2026-03"]
    assert (row.due, row.renewed, row.due_value, row.renewed_value) == (3, 3, 130, 130)
    assert (row.renewed_at, row.value_unknown) == (170, 1)


@pytest.mark.req("R38")
def test_pending_stands_apart_until_it_is_decided(workspace: Workspace) -> None:
    put(workspace, "a,a,2025-06-28,,,12,,100", "b,b,2025-06-10,2026-06-10,,12,,70", "c,c,2025-07-03,,,12,,50", LATE)
    assert outcome(due(workspace, "2026-07-03"), "2026-07") == "pending"
    early = due(workspace, "2026-06-20")["2026-06"]
    assert (early.renewed, early.lost, early.pending, early.pending_value) == (0, 0, 2, 170)
    later = due(workspace, "2026-07-12")["2026-06"]
    assert (later.renewed, later.lost, later.pending) == (1, 1, 0)
    assert later.rate is None, "the month is settled 30 days after its last day, not before"
    assert due(workspace, "2026-07-31")["2026-06"].rate == 0.5
    in_grace = due(workspace, "2026-07-10")["2026-06"]
    assert (in_grace.renewed, in_grace.lost, in_grace.pending) == (1, 0, 1)


def test_early_and_late_renewals_count_where_they_were_due(workspace: Workspace) -> None:
    put(
        workspace,
        "a,a,2025-03-31,2026-02-01,2026-03-31,,,9",
        "b,a,2026-02-01,,,,a,9",
        "c,c,2025-03-31,2026-03-31,2026-03-31,,,9",
        "d,c,2026-04-20,,,,,9",
    )
    months = due(workspace)
    assert months["2026-03"].renewed == 2 and not any(row.due for name, row in months.items() if name != "2026-03")
    before = due(workspace, "2026-04-15")["2026-03"]
    assert (before.renewed, before.pending) == (1, 1)


def test_none_due_is_not_nothing_known(workspace: Workspace) -> None:
    put(workspace, "a,a,2025-03-10,,,,,9")
    assert {(row.state, row.due) for row in due(workspace).values()} == {("not measured", None)}
    put(workspace, "a,a,2025-03-10,,,12,,9", LATE)
    months = due(workspace)
    assert (months["2026-02"].state, months["2026-02"].due, months["2026-02"].rate) == ("no cases", 0, None)
    assert (months["2026-06"].complete, months["2026-05"].complete) == (False, True)


def test_quarters_sum_their_months(workspace: Workspace) -> None:
    put(workspace, *(f"c{n},c{n},2025-0{n}-15,,,1,,10" for n in range(1, 7)), LATE)
    months, quarters = due(workspace), due(workspace, unit="quarter", periods=4)
    first = ("2026-01", "2026-02", "2026-03")
    assert quarters["2026 Q1"].renewed == sum(months[name].renewed or 0 for name in first) == 18


def test_a_far_end_costs_nothing(make: Callable[..., Workspace]) -> None:
    workspace = make()
    put(workspace, "a,a,2025-01-15,2199-12-31,,1,,10", LATE)
    assert max(row[0] for row in workspace.rows(renewal_month, "month") if row[0].year < 2190) == date(2027, 7, 1)


def test_a_test_account_and_a_later_load(workspace: Workspace) -> None:
    put(workspace, "a,a,2025-03-10,,,12,,100", LATE)
    assert outcome(due(workspace), "2026-03") == "renewed"
    put(workspace, "a,a,2025-03-10,2026-03-01,,12,,100", LATE)
    assert outcome(due(workspace), "2026-03") == "lost"


DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


@settings(max_examples=at_most(30))
@given(st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(1, 390)), st.sampled_from((1, 3, 12))), min_size=1, max_size=4))
def test_every_term_is_there_once(lives: list[tuple[date, int | None, int]]) -> None:
    """Each contract's terms, stepped through one by one."""
    newest = date(2026, 6, 30)
    rows = [{"started_on": s, "ended_on": s + timedelta(days=d) if d else None, "term_months": t} for s, d, t in lives]
    dates = dict.fromkeys(("started_on", "ended_on", "term_ends_on"), "datetime64[us]")
    frame = pd.DataFrame(rows).assign(term_ends_on=None).astype({**dates, "term_months": "Int64"})
    past = pd.concat(list(run_past(frame, pd.Timestamp(newest))) or [pd.DataFrame(columns=["row", "due"])])
    last = last_terms(frame)
    terms = sorted([*zip(past["row"], past["due"], strict=True), *zip(last["row"], last["due"], strict=True)])
    expected = []
    for number, (start, life, term) in enumerate(lives):
        end = pd.Timestamp(start + timedelta(days=life)) if life else None
        for k in range(1, 200):
            due_on = pd.Timestamp(start) + pd.DateOffset(months=k * term)
            if end is not None and due_on >= end:
                expected.append((number, due_on))
                break
            if end is None and due_on >= pd.Timestamp(2027, 8, 1):
                break
            expected.append((number, due_on))
    assert terms == sorted(expected)
