"""What other currencies are worth in the room's money."""

from sqlalchemy import Connection, select

from wallboard.store.schema import exchange_rate


def newest_rates(connection: Connection, currency: str) -> dict[str, float]:
    """The newest rate of each currency, for all history, so that no rate looks like growth; the room's own `currency` is 1."""
    r = exchange_rate.c
    rows = connection.execute(select(r.currency, r.rate).order_by(r.currency, r.valid_from, r.id))
    return {row.currency: row.rate for row in rows} | {currency: 1.0}
