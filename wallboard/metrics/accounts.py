"""Businesses as accounts: all that belong to one parent together, with whom we talk to there."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, or_, select

from wallboard.metrics.customer_state import all_numbers
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import COMPLETE, NO_CASES
from wallboard.metrics.valued import Valued
from wallboard.store.portions import in_portions
from wallboard.store.schema import account_month, customer, voice

_A = account_month.c
_ALL = ""
_SPARE = 8
_LEVELS = 20


@dataclass(frozen=True, slots=True)
class Account:
    """One business account at the end of a month: `customers` are its branches that are there, `contact` whom we talk to.

    `value` is what they are worth together (annual contracts, or twelve months' purchases) in the room's currency: None where of
    no branch it is known; `value_unknown` counts those of whom it is not. `open_complaints` is what its branches have said and is
    not solved. `all_customers`, `all_value` and `all_unknown` are of all accounts together. state: complete, no cases.
    """

    account: str
    name: str
    contact: str | None
    customers: int
    value: float | None
    value_unknown: int
    open_complaints: int
    all_customers: int
    all_value: float | None
    all_unknown: int
    month: date
    period_name: str
    state: str


def accounts(connection: Connection, scope: Scope, limit: int = 6) -> tuple[Account, ...]:
    """The most valuable business accounts at the end of the last complete month: each with all its branches, counted once.

    No rows where no business is known.

    Grain: one row per account, most value first.
    """
    period = month_before(scope)
    mine = _A.perimeter.in_(scope.perimeters)
    month = connection.scalar(select(func.max(_A.month)).where(mine, _A.month <= period.start))
    if month is None:
        return ()
    of = [func.sum(_A[name]).label(name) for name in ("customers", "value", "value_unknown")]
    every = Valued.of(connection.execute(select(*of).where(mine, _A.month == month, _A.account == _ALL)).one())
    first = _candidates(connection, scope, month, limit)
    sums = select(_A.account, *of).where(mine, _A.month == month, _A.account.in_(first)).group_by(_A.account)
    best = sorted(connection.execute(sums).all(), key=lambda row: (-row[2], row[0]))[:limit]
    named = _named(connection, [row.account for row in best])

    def account(key: str, branches: Valued) -> Account:
        name, contact = named.get(key, (None, None))
        return Account(
            account=key,
            name=name or key,
            contact=contact,
            customers=branches.customers,
            value=branches.worth,
            value_unknown=branches.unknown,
            open_complaints=_open(connection, scope, _branches(connection, key)),
            all_customers=every.customers,
            all_value=every.worth,
            all_unknown=every.unknown,
            month=period.start,
            period_name=period.name,
            state=COMPLETE if every.customers else NO_CASES,
        )

    return tuple(account(row.account, Valued.of(row)) for row in best)


def _candidates(connection: Connection, scope: Scope, month: date, limit: int) -> list[str]:
    """The first of each perimeter; more than asked for, as an account may be middling in each and large in all together."""
    accounts: dict[str, None] = {}
    for where in scope.perimeters:
        query = select(_A.account).where(_A.month == month, _A.perimeter == where, _A.account != _ALL)
        best = query.order_by(_A.value.desc(), _A.account).limit(limit * _SPARE)
        accounts |= dict.fromkeys(connection.scalars(best))
    return list(accounts)


def _named(connection: Connection, keys: list[str]) -> dict[str, tuple[str | None, str | None]]:
    c = customer.c
    query = select(c.customer, c.name, c.contact).where(c.customer.in_(keys))
    return {row.customer: (row.name, row.contact) for row in connection.execute(query)}


def _branches(connection: Connection, account: str) -> list[str]:
    """The account and all below it, level by level, under every number that they ever had."""
    branches, above = {account: None}, [account]
    for _ in range(_LEVELS):
        queries = (select(customer.c.customer).where(customer.c.parent.in_(some)) for some in in_portions(above))
        above = [branch for query in queries for branch in connection.scalars(query) if branch not in branches]
        if not above:
            break
        branches |= dict.fromkeys(above)
    return list(all_numbers(connection, branches))


def _open(connection: Connection, scope: Scope, customers: list[str]) -> int:
    v = voice.c
    still = or_(v.solved_day.is_(None), v.solved_day > scope.last_day)
    mine = v.complaint, v.day <= scope.last_day, still, v.perimeter.in_(scope.perimeters)
    counted = (select(func.count()).select_from(voice).where(*mine, v.customer.in_(some)) for some in in_portions(customers))
    return sum(connection.scalar(query) or 0 for query in counted)
