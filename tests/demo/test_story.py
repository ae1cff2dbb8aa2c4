"""What the walls will tell: the demo company's story, read from the store that its exports were loaded into."""

from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, or_, select, text

from tests.demo.conftest import AT, ZONE, Written
from wallboard.demo.story import Story
from wallboard.loaders.sources import read_sources
from wallboard.store.schema import load_run

MONTH = {"first": "2026-05-01", "after": "2026-06-01"}
ON_PURPOSE = ["contact_centre", "help_effort", "remarks", "subscriptions", "tickets"]


STOCK = "SUM(CASE kind WHEN 'lost' THEN -customers WHEN 'new' THEN customers WHEN 'won back' THEN customers ELSE 0 END)"


def _value(connection: Connection, query: str, **given: Any) -> Any:
    return connection.execute(text(query), given).scalar_one()


def _events(connection: Connection, column: str) -> dict[str, float]:
    query = f"SELECT kind, SUM({column}) FROM customer_day WHERE day >= :first AND day < :after GROUP BY kind"
    return {kind: float(total) for kind, total in connection.execute(text(query), MONTH)}


def test_every_file_is_loaded_and_only_five_rows_are_refused(written: Written, connection: Connection) -> None:
    run = load_run.c
    assert set(connection.scalars(select(run.source).where(run.status == "ok"))) == {s.name for s in read_sources(written.room)}
    otherwise = or_(run.status != "ok", run.rows_left_out != 0, run.rows_read != run.rows_new + run.rows_refused)
    assert connection.execute(select(run.source).where(otherwise)).all() == []
    query = "SELECT r.source FROM refusal f JOIN load_run r ON r.id = f.load_run_id ORDER BY 1"
    assert list(connection.scalars(text(query))) == ON_PURPOSE


def test_the_answer_is_not_yet(connection: Connection) -> None:
    count, value = _events(connection, "customers"), _events(connection, "value")
    net = count["new"] + count["won back"] - count["lost"]
    worth = value["new"] + value["won back"] - value["lost"]
    assert -30 <= net <= -13
    assert 4000 <= worth <= 9000


def test_about_five_thousand_customers(connection: Connection) -> None:
    sign = STOCK
    now = _value(connection, f"SELECT {sign} FROM customer_day")
    a_year_ago = _value(connection, f"SELECT {sign} FROM customer_day WHERE day < '2025-06-30'")
    two_years_ago = _value(connection, f"SELECT {sign} FROM customer_day WHERE day < '2024-07-01'")
    assert 4800 <= now <= 5200
    assert a_year_ago > two_years_ago + 900
    assert 13000 <= _value(connection, "SELECT COUNT(*) FROM customer") <= 14500


def test_more_left_than_came_in_seven_of_eight_months(connection: Connection) -> None:
    query = f"SELECT {STOCK} FROM customer_day WHERE day >= :first AND day < :after"
    starts = [f"{2025 + month // 12}-{month % 12 + 1:02}-01" for month in range(9, 18)]
    net = [_value(connection, query, first=a, after=b) for a, b in pairwise(starts)]
    assert sum(n < 0 for n in net) == 7
    assert net[-1] < 0


def test_most_left_because_it_came_late_or_broken(connection: Connection) -> None:
    query = (
        "SELECT reason, SUM(customers) FROM reason_day WHERE day >= :first AND day < :after AND kind = 'lost' AND reason <> ''"
        " GROUP BY 1 ORDER BY 2 DESC"
    )
    assert connection.execute(text(query), MONTH).all()[0][0] == "late-or-broken"


def _rate(connection: Connection, first: str, after: str, issue: str | None = None) -> float:
    which = "" if issue is None else " AND issue_type = :issue"
    span = {"first": first, "after": after}
    query = f"SELECT SUM(complaints) FROM voice_day WHERE day >= :first AND day < :after{which}"
    sent = "SELECT SUM(quantity) FROM exposure WHERE touchpoint = 'doorstep' AND day >= :first AND day < :after"
    return float(
        _value(connection, query, **span, **({"issue": issue} if issue else {})) / _value(connection, sent, **span) * 1000
    )


def test_complaints_rose_by_four_fifths(connection: Connection) -> None:
    before, worst = _rate(connection, "2024-06-17", "2025-06-16"), _rate(connection, "2025-11-17", "2026-03-09")
    assert 1.65 <= worst / before <= 1.95


def test_late_or_broken_is_eight_weeks_below(connection: Connection) -> None:
    weeks = [
        "2026-04-27",
        "2026-05-04",
        "2026-05-11",
        "2026-05-18",
        "2026-05-25",
        "2026-06-01",
        "2026-06-08",
        "2026-06-15",
        "2026-06-22",
    ]
    rates = [_rate(connection, a, b, "late-or-broken") for a, b in zip(weeks, [*weeks[1:], "2026-06-29"], strict=True)]
    old = _rate(connection, "2024-06-17", "2025-06-16", "late-or-broken")
    before_the_room = _rate(connection, "2025-09-22", "2026-03-09", "late-or-broken")
    assert all(rate < old for rate in rates[1:]), (old, rates)
    assert rates[0] > old and _rate(connection, "2026-04-13", weeks[1], "late-or-broken") > before_the_room


def test_charged_twice_is_the_new_trouble(connection: Connection) -> None:
    assert _rate(connection, "2026-06-22", "2026-07-06", "charged-twice") > 4 * _rate(
        connection, "2026-02-16", "2026-05-18", "charged-twice"
    )


@pytest.mark.parametrize(
    ("first", "after", "about"),
    [("2024-07-01", "2025-07-01", 0.97), ("2025-12-12", "2026-03-14", 0.88), ("2026-06-08", "2026-06-30", 0.93)],
)
def test_on_time(connection: Connection, first: str, after: str, about: float) -> None:
    """As many boxes as the story lets come, give or take four standard errors: chance goes further once in 16,000 stories."""
    query = (
        "SELECT day, SUM(numerator), SUM(denominator) FROM kpi_day"
        " WHERE kpi = 'on_time' AND day >= :first AND day < :after GROUP BY day"
    )
    days, on_time, boxes = zip(*connection.execute(text(query), {"first": first, "after": after}), strict=True)
    story, promised = Story(AT, ZONE), np.array(days, dtype="datetime64[D]")
    expected = 1 - story.level("share", "late", promised) - story.level("share", "never", promised)
    share = float(np.average(expected, weights=boxes))
    assert share == pytest.approx(about, abs=0.005)
    assert sum(on_time) / sum(boxes) == pytest.approx(share, abs=4 * sqrt(share * (1 - share) / sum(boxes)))
    assert _value(connection, "SELECT MIN(target) FROM kpi_day WHERE kpi = 'on_time' AND day >= '2026-06-01'") == 0.97


def test_open_complaints(connection: Connection) -> None:
    open_now = "FROM voice WHERE complaint = 1 AND solved_at IS NULL"
    count = _value(connection, f"SELECT COUNT(*) {open_now}")
    assert 60 <= count <= 120
    assert 5 <= _value(connection, f"SELECT COUNT(*) {open_now} AND owner IS NULL") <= count / 3
    assert 3 <= _value(connection, f"SELECT COUNT(*) {open_now} AND day < '2026-05-23'") <= 15
    words = [row[0] for row in connection.execute(text(f"SELECT words {open_now} ORDER BY occurred_at DESC LIMIT 30"))]
    assert len(set(words)) >= 28


def test_gaps_are_there_to_be_shown(connection: Connection) -> None:
    assert _value(connection, "SELECT touchpoint FROM touchpoint WHERE owner IS NULL") == "something-missing"
    assert _value(connection, "SELECT stage FROM stage WHERE owner IS NULL") == "use"
    assert _value(connection, "SELECT COUNT(*) FROM kpi_day WHERE touchpoint = 'read-reviews'") == 0
    assert _value(connection, "SELECT COUNT(*) FROM touchpoint WHERE priority = 1") == 7


def test_every_priority_touchpoint_is_measured(connection: Connection) -> None:
    query = (
        "SELECT COUNT(DISTINCT kpi) FROM kpi_day k JOIN touchpoint t ON t.touchpoint = k.touchpoint"
        " WHERE t.priority = 1 GROUP BY k.touchpoint"
    )
    counts = [row[0] for row in connection.execute(text(query))]
    assert len(counts) == 7
    assert all(1 <= count <= 3 for count in counts)


def test_chat_is_mostly_value_demand(connection: Connection) -> None:
    query = (
        "SELECT AVG(CASE i.demand WHEN 'value' THEN 1.0 ELSE 0.0 END) FROM voice v"
        " JOIN issue_type i ON i.issue_type = v.issue_type WHERE v.channel = 'chat'"
    )
    assert _value(connection, query) > 0.75
