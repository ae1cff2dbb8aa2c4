"""Customers who came, left and changed, and why: the events of the ledger counted by day and by month."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, case, cast, func, literal_column, select

from wallboard.loaders.counting.days import Within, recount
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.grains import by_day
from wallboard.store.schema import customer_day, customer_event, customer_movement, reason_day

_E = customer_event.c


def count_events(connection: Connection, days: Iterable[date]) -> None:
    """Count the events of some days again, and those of the months in which they lie."""
    touched = set(days)
    recount(connection, customer_day, touched, _stayed, _moved_out)
    recount(connection, reason_day, touched, _reasons)
    months = {day.replace(day=1) for day in touched}
    recount(connection, customer_movement, months, _came_and_left, _changed, _revalued, _moved_in_month, _moved_out_month)


_UNKNOWN = func.sum(case((_E.value.is_(None), 1), else_=0)).label("value_unknown")
_SUMS = (func.count().label("customers"), func.coalesce(func.sum(_E.value), 0.0).label("value"))
_KIND = case((_E.kind == "moved", literal_column("'moved in'")), else_=_E.kind)


def _stayed(within: Within) -> Select[Any]:
    by = (_E.day, _E.perimeter, _E.customer_group)
    return select(*by, _KIND.label("kind"), *_SUMS, _UNKNOWN).where(within(_E.day)).group_by(*by, _E.kind)


def _moved_out(within: Within) -> Select[Any]:
    by = (_E.day, _E.perimeter, _E.from_group)
    return _out(*by).where(within(_E.day)).group_by(*by)


def _came_and_left(within: Within) -> Select[Any]:
    by = (_E.month, _E.perimeter, _E.customer_group, _E.kind)
    kinds = ("new", "won back", "lost")
    return select(*by, *_SUMS, _UNKNOWN).where(within(_E.month), _E.kind.in_(kinds)).group_by(*by)


def _moved_in_month(within: Within) -> Select[Any]:
    by = (_E.month, _E.perimeter, _E.customer_group)
    return select(*by, _named("moved in"), *_SUMS, _UNKNOWN).where(within(_E.month), _E.kind == "moved").group_by(*by)


def _moved_out_month(within: Within) -> Select[Any]:
    by = (_E.month, _E.perimeter, _E.from_group)
    return _out(*by).where(within(_E.month)).group_by(*by)


def _named(kind: str) -> ColumnElement[str]:
    written: ColumnElement[str] = literal_column(f"'{kind}'")
    return written.label("kind")


def _out(day: Any, perimeter: Any, group: Any) -> Select[Any]:
    chosen = select(day, perimeter, group.label("customer_group"), _named("moved out"), *_SUMS, _UNKNOWN)
    return chosen.where(_E.kind == "moved")


def _changed(within: Within) -> Select[Any]:
    """Each customer's changes of value in a month netted: who grew is an expansion, who shrank a contraction."""
    by = (_E.month, _E.perimeter, _E.customer_group)
    net = func.sum(_E.value).label("net")
    each = select(*by, _E.customer, net).where(within(_E.month), _E.kind == "changed").group_by(*by, _E.customer).subquery()
    grown = each.c.net > 0
    kind = case((grown, literal_column("'expansion'")), else_=literal_column("'contraction'")).label("kind")
    sums = (
        func.count().label("customers"),
        func.sum(func.abs(each.c.net)).label("value"),
        cast(literal_column("0"), Integer).label("value_unknown"),
    )
    columns = (each.c.month, each.c.perimeter, each.c.customer_group)
    return select(*columns, kind, *sums).where(each.c.net != 0).group_by(*columns, kind)


def _revalued(within: Within) -> Select[Any]:
    by = (_E.month, _E.perimeter, _E.customer_group)
    return select(*by, _named("revalued"), *_SUMS, _UNKNOWN).where(within(_E.month), _E.kind == "revalued").group_by(*by)


def _reasons(within: Within) -> Select[Any]:
    by = (_E.day, _E.perimeter, _E.kind, _E.reason, _E.reason_source)
    return select(*by, *_SUMS, _UNKNOWN).where(_E.kind.in_(("new", "won back", "lost")), within(_E.day)).group_by(*by)


FACT = Fact(
    reads=(customer_event,),
    writes=(customer_day, reason_day, customer_movement),
    version=1,
    grain=by_day(_E.day),
    count=lambda connection, _room, days: count_events(connection, days),
)
