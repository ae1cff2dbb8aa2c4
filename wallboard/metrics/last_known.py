"""What was known last, before its source was late or stopped: how many customers there were, how many complaints were open."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from wallboard.metrics.availability import CUSTOMERS, VOICES, Absence
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.issues import open_summary
from wallboard.metrics.scope import Scope


def with_last_known(connection: Connection, scope: Scope, lacking: Absence) -> Absence:
    """The same with the stocks at the end of the last day that is known; none where nothing has stopped."""
    if lacking.known_to is None:
        return lacking
    then = replace(scope, as_of=datetime.combine(lacking.known_to + timedelta(days=1), time(), scope.zone))
    customers = open_ = None
    if {*lacking.feeds} & {*CUSTOMERS.feeds}:
        customers = customer_flow(connection, then, months=1)[-1].closing
    if {*lacking.feeds} & {*VOICES.feeds}:
        open_ = open_summary(connection, then)[0].open
    return replace(lacking, customers=_whole(customers), open_complaints=open_)


def _whole(number: float | None) -> int | None:
    return None if number is None or number != number else int(number)
