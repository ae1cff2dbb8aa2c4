from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from tests.metrics import cells_of, given
from wallboard.metrics.freshness import RefusedRow, fact_state, freshness, last_runs, refused_rows, sources
from wallboard.metrics.scope import Scope
from wallboard.store.schema import load_run, refusal, source_day, source_state

NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "state"), [(0, "current"), (36, "current"), (37, "late"), (72, "late"), (73, "stale"), (-5, "current")]
)
def test_a_fact_is_late_after_one_and_a_half_cadences_and_stale_after_three(hours: int, state: str) -> None:
    assert fact_state(NOW - timedelta(hours=hours), NOW, timedelta(days=1)) == state


def test_nothing_loaded_is_no_age_and_no_cadence_is_never_late() -> None:
    assert fact_state(None, NOW, timedelta(days=1)) == "not loaded"
    assert fact_state(NOW - timedelta(days=999), NOW, None) == "current"


def test_a_fact_is_never_newer_than_the_instant_we_look_from(connection: Connection, scope: Scope) -> None:
    hour = timedelta(hours=1)
    states: list[dict[str, Any]] = [
        {"source": "crm", "feed": "contracts", "fact_at": scope.as_of - hour, "loaded_at": scope.as_of, "problem": None},
        {
            "source": "helpdesk",
            "feed": "voice",
            "fact_at": scope.as_of + hour,
            "loaded_at": scope.as_of,
            "problem": "half a file",
        },
        {"source": "shop", "feed": "orders", "fact_at": None, "loaded_at": scope.as_of, "problem": None},
    ]
    connection.execute(insert(source_state), states)
    days = [
        {"source": "helpdesk", "feed": "voice", "perimeter": at, "day": (scope.as_of - age).date(), "facts": 2}
        | {"first_at": scope.as_of - age, "last_at": scope.as_of - age + 4 * hour}
        for at, age in (("north", timedelta(days=26)), ("south", timedelta(days=40)), ("north", -hour))
    ]
    connection.execute(insert(source_day), days)
    rows = freshness(connection, scope)
    assert cells_of(rows, "source", "fact_at", "problem") == [
        ["crm", scope.as_of - hour, None],
        ["helpdesk", scope.as_of - timedelta(days=26) + 4 * hour, "half a file"],
        ["shop", None, None],
    ]
    assert sources(connection, scope.as_of) == rows


def test_the_newest_load_of_each_file_and_what_it_refused(connection: Connection, scope: Scope) -> None:
    given.loaded(connection, load_run.metadata.tables["post"])
    first = connection.execute(select(load_run.c.id)).scalar_one()
    again = {"source": "tests", "feed": "tests", "file": "given.py", "started_at": scope.as_of, "status": "ok"}
    connection.execute(insert(load_run).values(**again, rows_read=1, rows_refused=1))
    second = connection.execute(select(load_run.c.id).where(load_run.c.id != first)).scalar_one()
    fields = {"row_no": 3, "column_name": "day", "reason": "is not a date.", "remedy": "Write 2026-06-30.", "raw": "soon"}
    connection.execute(insert(refusal), [{"load_run_id": run, **fields} for run in (first, second)])
    assert not last_runs(connection) and not refused_rows(connection)
    connection.execute(insert(source_state).values(source="tests", feed="tests", loaded_at=scope.as_of))
    assert cells_of(last_runs(connection), "id", "file", "rows_refused") == [[second, "given.py", 1]]
    assert refused_rows(connection) == (RefusedRow("tests", "given.py", 3, "day", "is not a date.", "Write 2026-06-30.", "soon"),)
