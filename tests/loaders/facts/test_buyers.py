"""Buyers by month are what counting everything again would give, whatever came first: purchases, merged numbers, rates."""

from tests.loaders.conftest import Workspace
from tests.loaders.test_feeds import source
from wallboard.store.schema import buyer_month

HEADS = {"o.csv": "customer,order_key,ordered_at,amount,currency", "a.csv": "alias,customer", "r.csv": "currency,valid_from,rate"}
FILES = {
    "o.csv": ("a,1,2026-01-05,10,GBP", "b,2,2026-02-03,20,EUR", "a,3,2026-03-09,7,EUR", "c,4,2026-03-10,5,GBP"),
    "a.csv": ("b,a",),
    "r.csv": ("EUR,2020-01-01,0.5",),
}
SOURCES = {
    "o.csv": source("orders", "o.csv", HEADS["o.csv"].split(",")).replace("'row'", "['order_key']"),
    "a.csv": source("customer_aliases", "a.csv", ["alias", "customer"]),
    "r.csv": source("exchange_rates", "r.csv", HEADS["r.csv"].split(",")),
}


def put(workspace: Workspace, name: str, *rows: str) -> None:
    workspace.put(name, "\n".join((HEADS[name], *rows, "")))


def months(workspace: Workspace) -> list[tuple[int, int, int, float]]:
    """Customers, never seen before, orders and value, month by month."""
    rows = workspace.rows(buyer_month, "month", "customers", "first_seen", "orders", "value")
    return [tuple(row[1:]) for row in rows]


def test_numbers_that_are_parted_again_are_two_customers_again(workspace: Workspace) -> None:
    workspace.sources(SOURCES["o.csv"] + SOURCES["a.csv"] + 'mode = "snapshot"\n' + SOURCES["r.csv"])
    for name, rows in FILES.items():
        put(workspace, name, *rows)
    workspace.load()
    assert months(workspace) == [(1, 1, 1, 10.0), (1, 0, 1, 10.0), (2, 1, 2, 8.5)], "b is a, and a euro is half"
    put(workspace, "a.csv")
    workspace.load()
    assert months(workspace) == [(1, 1, 1, 10.0), (1, 1, 1, 10.0), (2, 1, 2, 8.5)]


def test_numbers_merged_in_a_circle_are_one_customer(workspace: Workspace) -> None:
    workspace.sources("".join(SOURCES.values()))
    put(workspace, "r.csv", *FILES["r.csv"])
    put(workspace, "a.csv", "a,b", "b,a")
    put(workspace, "o.csv", *FILES["o.csv"])
    workspace.load()
    assert [row[:2] for row in months(workspace)] == [(1, 1), (1, 0), (2, 1)]


def test_an_order_of_which_a_line_lacks_its_amount_is_of_unknown_value(workspace: Workspace) -> None:
    """Known money is that of whole orders; also when everything is counted again, and line by line."""
    workspace.sources(SOURCES["o.csv"].replace("['order_key']", "'row'"))
    put(workspace, "o.csv", "a,1,2026-01-05,10,GBP", "a,1,2026-01-05,,GBP", "b,2,2026-01-06,7,GBP", "c,3,2026-02-01,,GBP")
    workspace.load()
    rows = workspace.rows(buyer_month, "month", "orders", "value", "value_unknown")
    assert [tuple(row[1:]) for row in rows] == [(2, 7.0, 1), (1, 0.0, 1)]
    put(workspace, "o.csv", "a,1,2026-01-05,10,GBP", "a,1,2026-01-05,,GBP", "b,2,2026-01-06,7,GBP", "d,4,2026-01-09,5,GBP")
    workspace.load()
    rows = workspace.rows(buyer_month, "month", "orders", "value", "value_unknown")
    assert tuple(rows[0][1:]) == (3, 12.0, 1)
