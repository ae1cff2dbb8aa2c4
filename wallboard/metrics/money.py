"""The room's money, as measures need it: what one unit of each known currency is worth."""

from sqlalchemy import Connection, select

from wallboard.store.schema import exchange_rate


def money_rates(connection: Connection, currency: str) -> dict[str, float]:
    """The newest rate of each currency, for all history, so that no rate looks like growth; the room's own money is 1."""
    r = exchange_rate.c
    rows = connection.execute(select(r.currency, r.rate).order_by(r.currency, r.valid_from, r.id))
    return {row.currency: row.rate for row in rows} | {currency: 1.0}
