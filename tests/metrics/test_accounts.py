from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics import given_pipeline as pipeline
from wallboard.metrics.accounts import accounts
from wallboard.metrics.scope import Scope


def tree(connection: Connection) -> None:
    """hq over n over nn, and s alone; hq has one branch in the south."""
    pipeline.customer(connection, "hq", None, "Harbour & Hill", "Ana Price")
    pipeline.customer(connection, "n", "hq")
    pipeline.customer(connection, "nn", "n")
    pipeline.customer(connection, "s", None, "Solo")
    pipeline.accounts(connection, ("north", "hq", 2, 100.0), ("north", "s", 1, 120.0), ("north", "", 3, 220.0))
    pipeline.accounts(connection, ("south", "hq", 1, 50.0), ("south", "", 1, 50.0))


@pytest.mark.req("R178")
def test_an_account_is_all_its_branches_everywhere_with_its_contact(connection: Connection, scope: Scope) -> None:
    tree(connection)
    rows = accounts(connection, scope)
    assert [(row.account, row.name, row.contact, row.customers, row.value) for row in rows] == [
        ("hq", "Harbour & Hill", "Ana Price", 3, 150.0), ("s", "Solo", None, 1, 120.0)
    ]  # fmt: skip
    assert sum(row.customers for row in rows) == rows[0].all_customers == 4
    assert sum(row.value or 0 for row in rows) == rows[0].all_value == 270.0
    assert len(accounts(connection, scope, limit=1)) == 1


@pytest.mark.req("R178")
def test_complaints_of_branches_below_branches_are_the_account_s(connection: Connection, scope: Scope) -> None:
    tree(connection)
    day = date(2026, 5, 10)
    plain = {"day": day, "customer": "nn"}
    later = {"solved_day": date(2026, 7, 9)}
    given.complaints(connection, plain, plain | later, plain | {"solved_day": day}, plain | {"customer": "s", "complaint": False})
    rows = accounts(connection, scope)
    assert [(row.account, row.open_complaints) for row in rows] == [("hq", 2), ("s", 0)]


def test_nobody_known_is_no_row(connection: Connection, scope: Scope) -> None:
    assert accounts(connection, scope) == ()
