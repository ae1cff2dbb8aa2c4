"""What the panels about staying say: what was due, who stayed, whom we may lose, and who came back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from tests.loaders.conftest import Workspace, room_at
from tests.loaders.test_feeds import source
from tests.metrics import given, given_churn_risk
from tests.panels.words import SCOPE, picture, words_of
from wallboard.metrics.scope import Scope
from wallboard.store.open import open_store
from wallboard.store.schema import renewal_month

OLD, MAY = date(2025, 1, 10), date(2026, 5, 12)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A room to load into."""
    engine = open_store(f"sqlite:///{tmp_path / 'room.sqlite'}")
    yield Workspace(room_at(tmp_path / "room"), engine)
    engine.dispose()


def due(connection: Connection, *rows: tuple[date, str, int, date]) -> None:
    """Month, outcome, contracts and the day of the decision; each worth 10."""
    given.customers(connection, ("a", OLD, "new", 1.0))
    plain = {"perimeter": "north", "customer_group": "", "value_unknown": 0}
    for month, outcome, n, day in rows:
        fields = {"month": month, "outcome": outcome, "contracts": n, "decided": day, "value": n * 10.0}
        connection.execute(insert(renewal_month).values(**plain, **fields, renewed_value=n * 10.0 * (outcome == "renewed")))


@pytest.mark.req("R38")
def test_due_is_renewed_and_lost_and_pending_in_whole_contracts(connection: Connection) -> None:
    may, june = date(2026, 5, 1), date(2026, 6, 1)
    due(
        connection, (may, "renewed", 1_500, MAY), (may, "lost", 200, MAY), (may, "lost", 34, date(2026, 7, 2)),
        (june, "renewed", 900, date(2026, 6, 12)), (june, "pending", 700, date(2026, 6, 30)),
    )  # fmt: skip
    july = Scope(datetime(2026, 7, 1, 9, tzinfo=UTC), SCOPE.zone, SCOPE.perimeters)
    text = words_of(picture(connection, "renewals", july, months=3))
    assert text.startswith("1,500 of 1,734 contracts due in May 2026 were renewed")
    assert "May 1,734 200" in text and "Jun 1,600 0" in text and "734 undecided" in text
    assert "£15,000 of £17,340 a year renewed" in text and "88% of 1,700 decided" in text


@pytest.mark.req("R38")
def test_a_month_in_which_nothing_was_due_says_so(connection: Connection) -> None:
    assert "Load contracts" in words_of(picture(connection, "renewals"))
    due(connection, (date(2026, 4, 1), "renewed", 20, date(2026, 4, 2)))
    text = words_of(picture(connection, "renewals", months=3))
    assert text.startswith("No contract was due in May 2026") and "May none due" in text
    later = Scope(datetime(2027, 3, 30, tzinfo=UTC), SCOPE.zone, SCOPE.perimeters)
    assert words_of(picture(connection, "renewals", later, months=2)).startswith("No contract was due in the last 2 months")


def test_who_stayed_and_the_quiet_rates(connection: Connection) -> None:
    given.customers(connection, *((f"c{k}", OLD, "new", 100.0) for k in range(20)), ("c0", MAY, "lost", 100.0))
    given.customers(connection, ("c1", MAY, "changed", 60.0), ("c9", date(2025, 6, 3), "lost", 100.0))
    given.customers(connection, ("c9", date(2025, 8, 3), "won back", 100.0))
    given_churn_risk.counted(connection)
    text = words_of(picture(connection, "retention"))
    assert text.startswith("19 of 20 customers from a year ago are still here |") and "· 1 after coming back" in text
    assert "95% are still here" in text and "90% of their money stayed (GRR)" in text and "93% with what they added (NRR)" in text
    assert "1 of 1 who left were back within 180 days (left" in text.replace("  ", " ")


def test_few_customers_have_no_rate_and_no_customers_no_zero(connection: Connection) -> None:
    assert "Load customers" in words_of(picture(connection, "retention"))
    given.customers(connection, ("a", OLD, "new", 100.0), ("b", OLD, "new", 100.0), ("b", MAY, "lost", 100.0))
    given_churn_risk.counted(connection)
    text = words_of(picture(connection, "retention"))
    assert text.startswith("1 of 2 customers") and "no rate is shown" in text and "%" not in text
    early = Scope(datetime(2025, 3, 1, tzinfo=UTC), SCOPE.zone, SCOPE.perimeters)
    assert words_of(picture(connection, "retention", early)).startswith("Nobody was a customer a year ago")


COLUMNS = [
    "contract",
    "customer",
    "started_on",
    "ended_on",
    "cancel_requested_on",
    "annual_value",
    "reason_source",
    "reason_words",
]
SOURCES = (
    source("customers", "cu.csv", ["customer", "name", "kind"]).replace("'row'", "['customer']")
    + source("people", "p.csv", ["employee", "name"]).replace("'row'", "['employee']")
    + source("contracts", "c.csv", COLUMNS).replace("'row'", "['contract']")
    + source("actions", "a.csv", ["about", "subject", "what", "owner", "since", "due_on", "done_on", "outcome"])
)


@pytest.mark.req("R183")
@pytest.mark.slow
def test_who_leaves_and_comes_back_moves_between_the_lists(workspace: Workspace) -> None:
    workspace.sources(SOURCES)
    workspace.put("cu.csv", "customer,name,kind\nK-7,Corner Shop,B2B\nK-8,Ann Lee,B2C\n")
    workspace.put("p.csv", "employee,name\nbo,Bo Lind\n")
    asked = "1,K-7,2025-01-01,{},2026-03-20,900,customer said,Three late boxes."
    workspace.put("c.csv", "\n".join((",".join(COLUMNS), asked.format(""), "9,K-8,2025-01-01,,,50,,", "")))
    action = "about,subject,what,owner,since,due_on,done_on,outcome\ncustomer,K-7,Rings every week,bo,2026-03-21,2026-04-01,{}\n"
    workspace.put("a.csv", action.format(","))
    assert not any(result.refused or result.status != "ok" for result in workspace.load())
    assert "K-7" not in both(workspace, "2026-03-15") and "Company" not in both(workspace, "2026-03-15")
    risk, back = lists(workspace, "2026-03-25")
    assert "1 customer may leave; somebody is working on every case" in risk and "Nobody has come back" in back
    assert all(
        part in risk
        for part in ("Company since January 2025", "£900", "“Three late boxes.”", "Rings every week", "Bo Lind, by 1 April")
    )

    workspace.put("c.csv", "\n".join((",".join(COLUMNS), asked.format("2026-04-10"), "9,K-8,2025-01-01,,,50,,", "")))
    workspace.load()
    assert "Company" not in both(workspace, "2026-04-20")

    returned = "2,K-7,2026-05-20,,,950,,"
    workspace.put("c.csv", "\n".join((",".join(COLUMNS), asked.format("2026-04-10"), returned, "9,K-8,2025-01-01,,,50,,", "")))
    workspace.put("a.csv", action.format("2026-05-20,Takes the courier's hour"))
    workspace.load()
    risk, back = lists(workspace, "2026-05-25")
    assert "Nobody is known to be at risk" in risk and "1 came back in three months, 1 after" in back
    assert all(
        part in back for part in ("Company, away 5 weeks", "£950", "Rings every week", "back 20 May", "Takes the courier's hour")
    )
    assert "Company" in lists(workspace, "2026-03-25")[0] and "Company" not in both(workspace, "2026-04-20")

    again = "2,K-7,2026-05-20,,2026-06-10,950,,"
    workspace.put("c.csv", "\n".join((",".join(COLUMNS), asked.format("2026-04-10"), again, "9,K-8,2025-01-01,,,50,,", "")))
    workspace.load()
    risk, back = lists(workspace, "2026-06-20")
    assert "Company" in risk and "nobody is working on it" in risk and "asked to leave on 10 June" in risk
    assert "Company" not in back
    assert "Ann Lee" not in risk + back


def lists(workspace: Workspace, day: str) -> tuple[str, str]:
    scope = Scope.of(workspace.room.settings, datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC))
    with workspace.engine.connect() as connection:
        return words_of(picture(connection, "at_risk", scope)), words_of(picture(connection, "won_back", scope))


def both(workspace: Workspace, day: str) -> str:
    return " ".join(lists(workspace, day))


def test_neither_a_persons_nor_a_companys_number_or_name_stands_on_a_wall(connection: Connection) -> None:
    given_churn_risk.people(connection)
    given_churn_risk.listed(
        connection, {"customer": "K-1", "name": "Ann Lee"}, {"customer": "K-2", "name": "Lee & Co", "kind": "Business"}
    )
    given.customers(connection, ("K-1", OLD, "new", 9.0), ("K-2", OLD, "new", 8.0))
    given_churn_risk.actions(
        connection, *({"subject": who, "since": MAY, "what": "Calls", "owner": None} for who in ("K-1", "K-2"))
    )
    text = words_of(picture(connection, "at_risk"))
    assert "Customer since January 2025" in text and "Company since January 2025" in text
    assert "Lee" not in text and "K-" not in text
    assert "we do not know why" in text and "nobody by name, no date set" in text
