from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.reasons import lost_reasons, lost_words
from wallboard.metrics.scope import Scope

MAY = date(2026, 5, 12)


def leavers(connection: Connection) -> None:
    given.reasons(connection, price="It became too dear", late="It always came late", moved="I moved away")
    given.customers(connection, *((f"c{n}", date(2026, 1, 5), "new", 10.0) for n in range(10)))
    for who, reason, source in (
        ("c0", "price", "customer said"), ("c1", "price", "customer said"), ("c2", "price", "inferred"),
        ("c3", "late", "staff entered"), ("c4", "moved", "customer said"), ("c5", "", ""),
    ):  # fmt: skip
        fields = {"reason": reason, "reason_source": source, "reason_words": f"words of {who}"}
        given.customers(connection, (who, MAY, "lost", 10.0), fields=fields)


@pytest.mark.req("R78")
def test_reasons_are_split_by_who_says_so_and_sum_to_the_lost(connection: Connection, scope: Scope) -> None:
    leavers(connection)
    rows = lost_reasons(connection, scope, top=1)
    assert [(row.place, row.wording, row.reason_source, row.customers, row.value) for row in rows] == [
        (1, "It became too dear", "customer said", 2, 20.0),
        (1, "It became too dear", "inferred", 1, 10.0),
        (2, "other", "customer said", 1, 10.0),
        (2, "other", "staff entered", 1, 10.0),
        (3, "unknown", "unknown", 1, 10.0),
    ]
    flow = customer_flow(connection, scope, months=2)[0]
    assert (sum(row.customers or 0 for row in rows), sum(row.value or 0 for row in rows)) == (flow.lost, flow.lost_value)
    assert sum(row.share or 0 for row in rows) == pytest.approx(1)


@pytest.mark.req("R78")
def test_the_unknown_share_stands_there_even_when_it_is_nothing(connection: Connection, scope: Scope) -> None:
    given.customers(connection, ("a", date(2026, 1, 5), "new", 10.0))
    row = lost_reasons(connection, scope)[0]
    assert (row.reason, row.customers, row.share, row.state) == ("unknown", 0, None, "no cases")


def test_nothing_loaded_is_not_nobody_left(connection: Connection, scope: Scope) -> None:
    row = lost_reasons(connection, scope)[0]
    assert (row.customers, row.state) == (None, "not measured")


@pytest.mark.req("R78")
def test_only_what_customers_said_themselves_is_quoted(connection: Connection, scope: Scope) -> None:
    leavers(connection)
    rows = lost_words(connection, scope, limit=5)
    assert [row.words for row in rows] == ["words of c0", "words of c1", "words of c4"]
    assert (rows[0].wording, rows[0].value, rows[0].day) == ("It became too dear", 10.0, MAY)
