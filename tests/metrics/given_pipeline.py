"""Facts of tiers, moves and accounts as the load would have counted them."""

from datetime import date

from sqlalchemy import Connection, insert

from tests.metrics.given import loaded
from wallboard.store import schema

OCTOBER = date(2025, 10, 1)
MAY = date(2026, 5, 1)
FEBRUARY = date(2026, 2, 1)
RULE = (("gold", "Good customers", 100.0), ("iron", "Small customers", 0.0), ("lead", "Cost us money", None))


def month(n: int) -> date:
    """So many months before May 2026."""
    at = MAY.year * 12 + MAY.month - 1 - n
    return date(at // 12, at % 12 + 1, 1)


def rules(connection: Connection, since: date = date(2020, 1, 1), gold: float = 100.0) -> None:
    rows = [(key, name, gold if key == "gold" else least) for key, name, least in RULE]
    tier_rows = ({"tier": k, "name": n, "seq": i, "at_least": a, "valid_from": since} for i, (k, n, a) in enumerate(rows, 1))
    loaded(connection, schema.tier, *tier_rows)


def money(connection: Connection, months: int = 12, perimeters: tuple[str, ...] = ("north", "south"), last: int = 0) -> None:
    """Money was delivered, and so much that nobody can say whose it was."""
    rows = [row(month(n), where, "-", 0, (0.0, 20.0, 30.0)) for n in range(last, last + months) for where in perimeters]
    connection.execute(insert(schema.tier_month), rows)


def row(
    when: date,
    where: str,
    tier: str,
    customers: int,
    worth: tuple[float, float, float] = (0.0, 0.0, 0.0),
    group: str = "",
    partly: int = 0,
) -> dict[str, object]:
    amounts = dict(zip(("revenue", "direct_cost", "cost_to_serve"), worth, strict=True))
    fields = {"month": when, "perimeter": where, "customer_group": group, "tier": tier, "customers": customers}
    return {**fields, **amounts, "partly_costed": partly}


def stands(connection: Connection, when: date, *rows: tuple[str, int, float, str]) -> None:
    """Tier, customers, profit and group, in the north."""
    listed = [row(when, "north", tier, n, (profit + 10, 4.0, 6.0), group) for tier, n, profit, group in rows]
    connection.execute(insert(schema.tier_month), listed)


def active(connection: Connection, when: date, customers: int) -> None:
    fields = {"perimeter": "north", "month": when, "customer_group": "", "active": customers, "value": 0.0, "value_unknown": 0}
    connection.execute(insert(schema.customer_month).values(**fields))


def moves(connection: Connection, *rows: tuple[str, str, int, int], months: int = 3) -> None:
    """From, to, customers, by the rule."""
    names = ("from_tier", "to_tier", "customers", "by_rule")
    plain = {"month": MAY, "months": months, "perimeter": "north"}
    connection.execute(insert(schema.tier_move), [plain | dict(zip(names, values, strict=True)) for values in rows])


def whale(connection: Connection, profits: list[float], perimeters: str = "north,south") -> None:
    """A curve of customers of these profits, the best first."""
    steps = {n: -(-len(profits) * n // 20) for n in range(1, 21)}
    steps[0] = sum(profit > 0 for profit in profits)
    steps[21] = next(n for n in range(len(profits) + 1) if sum(profits[:n]) >= sum(profits))
    plain = {"month": MAY, "perimeters": perimeters}
    rows = [plain | {"step": step, "customers": n, "profit": sum(profits[:n])} for step, n in steps.items()]
    connection.execute(insert(schema.whale_month), rows)


def accounts(connection: Connection, *rows: tuple[str, str, int, float]) -> None:
    """Perimeter, account, customers, value; '' is all of them."""
    names = ("perimeter", "account", "customers", "value")
    connection.execute(insert(schema.account_month), [{"month": MAY} | dict(zip(names, values, strict=True)) for values in rows])


def customer(
    connection: Connection, key: str, parent: str | None = None, name: str | None = None, contact: str | None = None
) -> None:
    fields = {"customer": key, "perimeter": "north", "name": name, "kind": "B2B", "customer_group": None}
    loaded(connection, schema.customer, {**fields, "parent": parent, "contact": contact, "test_account": False})


def action(
    connection: Connection, tier: str, what: str, since: date, due_on: date | None = None, done_on: date | None = None
) -> None:
    plain = dict.fromkeys(("perimeter", "stage", "why", "quotation", "owner", "outcome", "presented_on", "value", "basis"))
    fields = {"about": "tier", "subject": tier, "what": what, "since": since, "due_on": due_on, "done_on": done_on}
    loaded(connection, schema.action, {**plain, **fields, "currency": "GBP"})
