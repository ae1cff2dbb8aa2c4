"""Who of the customers at the start of a month, and of a year, is still there, and what became of their value."""

from sqlalchemy import Connection

from wallboard.loaders.counting.cohorts import cohorts
from wallboard.loaders.counting.declared import Everything, Fact
from wallboard.loaders.counting.events import read_events
from wallboard.loaders.counting.grains import whole
from wallboard.loaders.counting.stays import unpriced_by_month
from wallboard.settings import Room
from wallboard.store.schema import contract, customer, customer_alias, customer_event, exchange_rate, purchase, retention_month
from wallboard.store.write import insert_rows


def _count(connection: Connection, room: Room, _part: Everything) -> None:
    insert_rows(connection, retention_month, cohorts(read_events(connection), unpriced_by_month(connection, room)))


FACT = Fact(
    reads=(customer_event, contract, purchase, customer, customer_alias, exchange_rate),
    writes=(retention_month,),
    version=1,
    grain=whole(lambda change: change.moved(customer_event)),
    count=_count,
    rules=lambda settings: settings.currency,
)
