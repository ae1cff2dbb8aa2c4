"""Who of the customers at the start of a month, and of a year, is still there, and what became of their value."""

from sqlalchemy import Connection, select

from wallboard.calendar import number_of
from wallboard.loaders.counting.cohorts import CELL, MONEY, cohorts
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.events import read_events
from wallboard.loaders.counting.portions import Portion, by_customers
from wallboard.loaders.counting.stays import unpriced_by_month, unpriced_months
from wallboard.settings import Room
from wallboard.store.schema import contract, customer, customer_alias, customer_event, exchange_rate, purchase, retention_month
from wallboard.store.write import insert_rows


def _touched(connection: Connection, room: Room) -> set[int]:
    """The months in which something happened to any customer."""
    return {number_of(month) for month in connection.scalars(select(customer_event.c.month).distinct())} | unpriced_months(
        connection, room
    )


def _count(connection: Connection, room: Room, portion: Portion[set[int]]) -> None:
    of = portion.customers
    rows = cohorts(read_events(connection, of=of), unpriced_by_month(connection, room, of), portion.common)
    total = portion.total(rows, ["month", "months", *CELL], exact=MONEY)
    if total is not None:
        insert_rows(connection, retention_month, total)


FACT = Fact(
    reads=(customer_event, contract, purchase, customer, customer_alias, exchange_rate),
    writes=(retention_month,),
    version=2,
    grain=by_customers(customer_event.c.customer, lambda change: change.moved(customer_event), _touched),
    count=_count,
    rules=lambda settings: settings.currency,
)
