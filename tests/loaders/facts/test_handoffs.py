"""Cases handed over by day and day of knowing: the same facts in whatever portions files arrive."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from tests.loaders.conftest import Workspace, room_at
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.loaders.facts.handoffs import counted
from wallboard.metrics.handoffs import handoffs
from wallboard.metrics.scope import Scope
from wallboard.store.schema import handoff_day

PLACES = source("handoffs", "places.csv", ["handoff", "touchpoint", "from_function", "to_function", "what", "max_wait_hours"])
CASES = source("handoff_events", "cases*.csv", ["handoff", "handed_at", "taken_at", "returned_at", "complete"]).replace(
    "'row'", "['No']"
)
JOURNEY = (
    source("stages", "stages.csv", ["stage", "seq", "name"])
    + source("functions", "functions.csv", ["function", "name", "customer_facing", "outsourced"])
    + source("touchpoints", "points.csv", ["touchpoint", "stage", "seq", "name"])
)
HEAD = "No,handoff,handed_at,taken_at,returned_at,complete"
DAY = date(2026, 6, 10)
BST = ZoneInfo("Europe/London")


def place(workspace: Workspace, hours: str = "24") -> None:
    """One handoff from the store to the carrier."""
    workspace.sources(JOURNEY + PLACES + CASES)
    workspace.put("stages.csv", csv("stage,seq,name", "get,1,I get it"))
    workspace.put("functions.csv", csv("function,name,customer_facing,outsourced", "store,Store,no,no", "van,Van,yes,yes"))
    workspace.put("points.csv", csv("touchpoint,stage,seq,name", "door,get,1,The door"))
    described = csv("handoff,touchpoint,from_function,to_function,what,max_wait_hours", f"box,door,store,van,a box,{hours}")
    workspace.put("places.csv", described)


def cases(workspace: Workspace, *rows: str, name: str = "cases.csv") -> None:
    workspace.put(name, csv(HEAD, *rows))
    workspace.load()


def facts(workspace: Workspace) -> list[Any]:
    columns = ("day", "known_on", "handed", "taken", "wait_hours", "in_time", "late", "complete", "complete_known", "returned")
    return workspace.rows(handoff_day, *columns)


def rate(workspace: Workspace) -> tuple[int | None, float | None]:
    scope = Scope.of(workspace.room.settings, workspace.now)
    with workspace.engine.connect() as connection:
        (row,) = handoffs(connection, scope)
    return row.returned, row.bounce_rate


@pytest.mark.req("R65")
def test_a_case_that_bounces_in_a_later_load_changes_the_rate(workspace: Workspace) -> None:
    place(workspace)
    rows = [f"{n},box,2026-06-10T{8 + n:02}:00Z,2026-06-10T{9 + n:02}:00Z,,yes" for n in range(10)]
    cases(workspace, *rows)
    assert rate(workspace) == (0, 0.0)
    cases(workspace, rows[0].replace(",,", ",2026-06-12T09:00Z,"), name="cases_later.csv")
    assert rate(workspace) == (1, 0.1)
    assert [(row[1], row[9]) for row in facts(workspace) if row[9]] == [(DAY + timedelta(days=2), 1)]


def test_each_fact_stands_on_the_day_on_which_it_became_known(workspace: Workspace) -> None:
    place(workspace)
    cases(
        workspace,
        "1,box,2026-06-10T22:30Z,2026-06-10T23:30Z,2026-06-13T09:00Z,yes",
        "2,box,2026-06-10T09:00Z,2026-06-11T21:00Z,,no",
        "3,box,2026-06-10T09:00Z,,,",
    )
    assert facts(workspace) == [
        (DAY, DAY, 3, 0, 0.0, 0, 0, 1, 2, 0),
        (DAY, DAY + timedelta(days=1), 0, 2, 37.0, 1, 2, 0, 0, 0),
        (DAY, DAY + timedelta(days=3), 0, 0, 0.0, 0, 0, 0, 0, 1),
    ]


def test_another_longest_wait_counts_anew_and_none_makes_nothing_late(workspace: Workspace) -> None:
    place(workspace)
    cases(workspace, "1,box,2026-06-10T09:00Z,2026-06-10T14:00Z,,yes")
    assert [(row[5], row[6]) for row in facts(workspace)] == [(1, 0)]
    place(workspace, "4")
    workspace.load()
    assert sum(row[6] for row in facts(workspace)) == 1 and sum(row[5] for row in facts(workspace)) == 0
    place(workspace, "")
    workspace.load()
    assert sum(row[5] + row[6] for row in facts(workspace)) == 0


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("1,box,2026-06-10T09:00Z,2026-06-09T09:00Z,,", "taken before it was handed over"),
        ("1,box,2026-06-10T09:00Z,,2026-06-09T09:00Z,", "came back before it was handed over"),
        ("1,bix,2026-06-10T09:00Z,,,", "bix"),
    ],
)
def test_a_case_that_cannot_be_meant_is_refused(quick: Workspace, row: str, sentence: str) -> None:
    place(quick)
    cases(quick, row)
    assert facts(quick) == [] and sentence in quick.refusals()[0][2]


@pytest.mark.parametrize("hours", ["0", "99999999"])
def test_a_longest_wait_of_nothing_or_for_ever_is_refused(quick: Workspace, hours: str) -> None:
    place(quick, hours)
    quick.load()
    assert "is not above zero" in quick.refusals()[0][2]


_HOURS = st.one_of(st.none(), st.integers(0, 200))


@pytest.mark.slow
@settings(max_examples=at_most(30))
@given(st.lists(st.tuples(st.integers(0, 500), _HOURS, _HOURS, st.sampled_from([True, False, None])), min_size=1, max_size=20))
def test_nothing_is_lost_and_every_decided_wait_is_in_time_or_late(tmp_path_factory: Any, rows: list[Any]) -> None:
    room = room_at(tmp_path_factory.mktemp("room"))
    start = pd.Timestamp("2026-05-01", tz="UTC")
    handed = pd.Series([start + pd.Timedelta(hours=row[0]) for row in rows]).astype("datetime64[us, UTC]")
    later = [
        pd.Series([pd.NaT if row[n] is None else pd.Timedelta(hours=row[n]) for row in rows], dtype="timedelta64[us]")
        for n in (1, 2)
    ]
    frame = pd.DataFrame({
        "handoff": "box", "perimeter": "all", "handed_at": handed,
        "taken_at": handed + later[0], "returned_at": handed + later[1],
        "complete": pd.Series([row[3] for row in rows], dtype="boolean"),
        "day": handed.dt.tz_convert(BST).dt.tz_localize(None).dt.normalize().astype("datetime64[us]"),
    })  # fmt: skip
    counts = counted(frame, pd.Series({"box": 24.0}), room)
    sums = counts.sum(numeric_only=True)
    assert sums["handed"] == len(rows) == sums["in_time"] + sums["late"]
    assert sums["taken"] == sum(row[1] is not None for row in rows) and sums["returned"] == sum(
        row[2] is not None for row in rows
    )
    assert sums["complete"] <= sums["complete_known"] == sum(row[3] is not None for row in rows)
    assert (counts["known_on"] >= counts["day"]).all()
