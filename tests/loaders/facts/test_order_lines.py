"""On time and in full, on its edge cases: against the day that the customer asked for."""

from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.store.schema import kpi_day

COLUMNS = [
    "order_no",
    "line_no",
    "touchpoint",
    "requested_on",
    "promised_on",
    "quantity",
    "delivered",
    "delivered_at",
    "cancelled",
]
ROWS = {
    "in one part, on the day": ("a,1,door,2026-06-01,,3,3,2026-06-01 20:00,no",),
    "early": ("b,1,door,2026-06-02,,3,3,2026-05-20 09:00,no",),
    "in three parts by the day": tuple(f"c,1,door,2026-06-03,,3,1,2026-06-0{day} 09:00,no" for day in (1, 2, 3)),
    "in three parts over the day": tuple(f"d,1,door,2026-06-04,,3,1,2026-06-0{day} 09:00,no" for day in (3, 4, 5)),
    "a part of it only": ("e,1,door,2026-06-05,,3,2,2026-06-05 09:00,no",),
    "kept a later promise only": ("f,1,door,2026-06-06,2026-06-09,3,3,2026-06-09 09:00,no",),
    "never came": ("g,1,door,2026-06-07,,3,,,no",),
    "cancelled": ("h,1,door,2026-06-08,,3,,,yes",),
    "in the night of the zone": ("i,1,door,2026-06-09,,3,3,2026-06-09 23:30,no",),
}
GOOD = {1, 2, 3, 9}


def test_a_line_is_on_time_and_in_full_where_all_of_it_came_by_the_day_asked_for(quick: Workspace) -> None:
    quick.put("s.csv", csv("stage,seq,name", "get,1,I get it"))
    quick.put("t.csv", csv("touchpoint,stage,seq,name", "door,get,1,The door"))
    quick.put("o.csv", csv(",".join(COLUMNS), *(row for rows in ROWS.values() for row in rows)))
    quick.sources(
        source("stages", "s.csv", ["stage", "seq", "name"])
        + source("touchpoints", "t.csv", ["touchpoint", "stage", "seq", "name"])
        + source("order_lines", "o.csv", COLUMNS)
    )
    assert [result.refused for result in quick.load()] == [0, 0, 0], quick.refusals()
    counted = {day.day: (good, due) for day, good, due in quick.rows(kpi_day, "day", "numerator", "denominator")}
    lines = {day: name for day, name in enumerate(ROWS, 1) if name != "cancelled"}
    assert counted == {day: (float(day in GOOD), 1.0) for day in lines}
