"""Customers by name: who may leave and what we do about it, and who came back and what we had done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, exists, func, or_, select

from wallboard.metrics.customer_state import (
    GONE,
    CustomerState,
    all_numbers,
    company_names,
    customer_states,
    todays_numbers,
    why_of,
)
from wallboard.metrics.facts import within
from wallboard.metrics.memo import memoised
from wallboard.metrics.quotations import CustomersOrOurs, quotation
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope, rolling_months
from wallboard.metrics.valued import NOBODY, Valued
from wallboard.store.portions import in_portions
from wallboard.store.rates import newest_rates
from wallboard.store.schema import action, contract, customer, customer_alias, customer_day, customer_event, employee, reason

_ASKED_WITHIN = timedelta(days=400)
_MOST = 2_000
"""More open actions about customers than anybody can follow."""

_MARGIN = 50
"""So many more candidates are looked at than rows are shown: some turn out to be gone, or worth less than one contract says."""

_E, _C, _A = customer_event.c, contract.c, action.c


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskyCustomer:
    """A customer who is there on the last complete day and may leave; `value` is in the room's currency, None where not known.

    At risk is who has asked in the last 400 days for the end of a contract that still runs (`asked_on`), or of whom an action is
    open that began in this stay. Worth is what the customer is worth as a whole, on the room's one basis. `why` is what the
    customer said, else the reason that was entered for them (why_source: customer said, staff entered, inferred), else why we act
    ('we say'). The action is the newest of this stay; `action` None means that nobody does anything. `name` only of companies.
    `total` are all customers at risk, `total_value` what is at stake with them (the contracts whose end was asked for, and all of
    those whom somebody works to keep; None where of none of it the value is known), `total_unknown` how many contracts and
    customers are in it without a value, `unattended` those without an open action: the same in every row. `came_on` is when this
    stay began, `company` whether it is a business.
    """

    customer: str
    name: str | None
    company: bool
    came_on: date | None
    perimeter: str
    value: float | None
    asked_on: date | None
    why: CustomersOrOurs | None
    why_source: str | None
    action: str | None
    owner: str | None
    since: date | None
    due: date | None
    overdue: bool
    done_on: date | None
    outcome: str | None
    total: int
    total_value: float | None
    total_unknown: int
    unattended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedCustomer:
    """A customer who had left, came back and is here to stay; `value` is in the room's currency, None where not known.

    The action is the newest about the customer that began before the return; `action` None means that they came by themselves.
    `total` are all who came back since `period_start`, with what they were worth on that day (`total_value`, of
    `total_unknown` it is not known; None where of nobody it is), and `after_action` those of them who stay and about whom
    something was done: the same in every row. `days_away` are days; `name` only of companies.
    """

    customer: str
    name: str | None
    company: bool
    came_on: date | None
    perimeter: str
    value: float | None
    left_on: date | None
    back_on: date | None
    days_away: int | None
    why: CustomersOrOurs | None
    why_source: str | None
    action: str | None
    owner: str | None
    since: date | None
    done_on: date | None
    outcome: str | None
    period_start: date
    total: int
    total_value: float | None
    total_unknown: int
    after_action: int


@memoised
def at_risk(connection: Connection, scope: Scope, limit: int = 5) -> tuple[RiskyCustomer, ...]:
    """Who is still a customer, but has asked to leave, or has somebody working to keep them?

    Grain: one row per customer at risk, those without an open action first, then the most valuable; at most `limit`.
    """
    requests, here = _at_risk(connection, scope, limit)
    acted = _newest(connection, scope, here, after={who: state.came_on or date.min for who, state in here.items()})
    working = {who for who in here if who in acted and acted[who].done_on is None}
    order = sorted(here, key=lambda who: (who in working, -here[who].value, who))[:limit]
    names = company_names(connection, order)
    everybody, at_stake = _requests(connection, scope)
    unasked = [who for who in here if who not in requests]
    at_stake += sum((Valued(1, here[who].value, int(not here[who].known)) for who in unasked), NOBODY)
    total = everybody + len(unasked)

    def risky(who: str) -> RiskyCustomer:
        state, action = here[who], acted.get(who, _NOTHING)
        why, source = _why(requests.get(who), action)
        return RiskyCustomer(
            customer=who,
            name=names.get(who),
            company=who in names,
            asked_on=requests[who].cancel_requested_on if who in requests else None,
            why=why,
            why_source=source,
            overdue=action.due is not None and action.due <= scope.last_day and action.done_on is None,
            **common_fields(state, RiskyCustomer) | {"value": state.worth},
            **common_fields(action, RiskyCustomer),
            total=total,
            total_value=at_stake.worth,
            total_unknown=at_stake.unknown,
            unattended=total - len(working),
        )

    return tuple(risky(who) for who in order)


@memoised
def won_back(connection: Connection, scope: Scope, months: int = 3, limit: int = 5) -> tuple[ReturnedCustomer, ...]:
    """Who had left, came back in the last months and is here to stay, and what had been done about it?

    Who has left again is not here, and who is at risk again stands among those at risk.

    Grain: one row per customer who came back, those about whom something was done first, then the newest; at most `limit`.
    """
    since = rolling_months(scope, months).start
    returned = _returned(connection, scope, since, limit)
    known = customer_states(connection, returned, scope)
    again = (
        set(connection.scalars(_cancel_requested(scope, _C.customer).where(_C.customer.in_(sorted(returned)))))
        if returned
        else set()
    )
    again |= {who for who, day in _open(connection, scope).items() if who in known and day >= (known[who].came_on or date.max)}
    here = {who: state for who, state in known.items() if who not in again and state.back_since(since)}
    acted = _newest(connection, scope, here, before={who: state.came_on or date.min for who, state in here.items()})
    newest = sorted(here, key=lambda who: (here[who].came_on or date.min, here[who].value, who), reverse=True)
    order = sorted(newest, key=lambda who: who not in acted)[:limit]
    names = company_names(connection, order)
    back = _returns(connection, scope, since)

    def returner(who: str) -> ReturnedCustomer:
        state, action = here[who], acted.get(who, _NOTHING)
        return ReturnedCustomer(
            customer=who,
            name=names.get(who),
            company=who in names,
            back_on=state.came_on,
            days_away=(state.came_on - state.left_on).days if state.came_on and state.left_on else None,
            why=state.left_because[0],
            why_source=state.left_because[1],
            **common_fields(state, ReturnedCustomer) | {"value": state.worth},
            **common_fields(action, ReturnedCustomer),
            period_start=since,
            total=back.customers,
            total_value=back.worth,
            total_unknown=back.unknown,
            after_action=len(acted),
        )

    return tuple(returner(who) for who in order)


def _returned(connection: Connection, scope: Scope, since: date, limit: int) -> set[str]:
    """Those who came back and may stand in a row: the newest ones, and whoever something was done about."""
    came = (_E.kind == "won back", *within(customer_event, scope), _E.day >= since)
    newest = select(_E.customer).where(*came).order_by(_E.day.desc(), _E.id.desc()).limit(limit + _MARGIN)
    came_back = set(connection.scalars(newest))
    subjects = select(_A.subject).distinct().where(_A.about == "customer", _A.since <= scope.last_day, _here(scope))
    for some in in_portions(set(todays_numbers(connection, set(connection.scalars(subjects.limit(_MOST)))).values())):
        came_back |= set(connection.scalars(select(_E.customer).where(*came, _E.customer.in_(some))))
    return came_back


def _returns(connection: Connection, scope: Scope, since: date) -> Valued:
    """How many came back, and what they were worth on that day: from the counts by day, however many they are."""
    d = customer_day.c
    sums = (func.sum(d[name]).label(name) for name in ("customers", "value", "value_unknown"))
    mine = *within(customer_day, scope), d.day >= since, d.kind == "won back"
    return Valued.of(connection.execute(select(*sums).where(*mine)).one())


def _at_risk(connection: Connection, scope: Scope, limit: int) -> tuple[dict[str, Row[Any]], dict[str, CustomerState]]:
    """Requests of those at risk who may stand in a row, and how they stand; both by today's number."""
    open_since = _open(connection, scope)
    cancellations = _cancellations(connection, scope, limit, open_since)
    known = todays_numbers(connection, {*cancellations, *open_since})
    here = {who: state for who, state in customer_states(connection, known.values(), scope).items() if state.there}
    working = {known[who] for who, day in open_since.items() if day >= (here.get(known[who], GONE).came_on or date.max)}
    requests = {known[who]: row for who, row in cancellations.items()}
    return requests, {who: state for who, state in here.items() if who in requests or who in working}


def _cancel_requested(scope: Scope, *columns: Any) -> Select[Any]:
    """Contracts that run on the last complete day and whose end was asked for in the last 400 days."""
    last = scope.last_day
    recent = _C.cancel_requested_on > last - _ASKED_WITHIN, _C.cancel_requested_on <= last
    return select(*columns).where(*recent, or_(_C.ended_on.is_(None), _C.ended_on > last), _C.perimeter.in_(scope.perimeters))


def _requests(connection: Connection, scope: Scope) -> tuple[int, Valued]:
    """How many customers have asked to leave, merged ones once, and the contracts whose end they asked for."""
    who = func.coalesce(customer_alias.c.customer, _C.customer)
    test = exists().where(customer.c.customer == _C.customer, customer.c.test_account)
    worth = _worth(connection, scope)
    sums = _cancel_requested(scope, func.count(who.distinct()), func.count(), func.sum(worth), func.count(worth)).where(~test)
    row = connection.execute(sums.outerjoin(customer_alias, customer_alias.c.alias == _C.customer)).one()
    return int(row[0]), Valued(int(row[1]), float(row[2] or 0.0), int(row[1]) - int(row[3]))


def _worth(connection: Connection, scope: Scope) -> ColumnElement[float]:
    """A contract's annual value in the room's money."""
    known = newest_rates(connection, scope.currency)
    return case(*((_C.currency == name, _C.annual_value * rate) for name, rate in sorted(known.items())))


def _cancellations(connection: Connection, scope: Scope, limit: int, open_since: Iterable[str]) -> dict[str, Row[Any]]:
    """The newest request of each of the most valuable customers who have asked to leave, and of those somebody works for."""
    named = (_C.source, _C.source_key, _C.customer, _C.cancel_requested_on)
    columns = (*named, _C.reason_words, _C.reason_source, reason.c.wording)
    alone = [_C.customer.not_in(some) for some in in_portions(all_numbers(connection, open_since))]
    best = _cancel_requested(scope, _C.id).where(*alone).order_by(_worth(connection, scope).desc(), _C.id).limit(limit + _MARGIN)
    chosen = select(*columns).outerjoin(reason, reason.c.reason == _C.reason)
    rows = list(connection.execute(chosen.where(_C.id.in_(connection.scalars(best).all()))))
    for some in in_portions(all_numbers(connection, open_since)):
        ids = connection.scalars(_cancel_requested(scope, _C.id).where(_C.customer.in_(some))).all()
        rows += connection.execute(chosen.where(_C.id.in_(ids)))
    newest_last: list[Any] = sorted(rows, key=lambda row: row.cancel_requested_on)
    return {row.customer: row for row in newest_last}


def _open(connection: Connection, scope: Scope) -> dict[str, date]:
    """Customers about whom an action is open on the last complete day, and since when the newest is."""
    undone = or_(_A.done_on.is_(None), _A.done_on > scope.last_day)
    chosen = select(_A.subject, func.max(_A.since)).where(
        _A.about == "customer", undone, _A.since <= scope.last_day, _here(scope)
    )
    newest_first = chosen.group_by(_A.subject).order_by(func.max(_A.since).desc())
    return {row[0]: row[1] for row in connection.execute(newest_first.limit(_MOST))}


def _here(scope: Scope) -> ColumnElement[bool]:
    return or_(_A.perimeter.is_(None), _A.perimeter.in_(scope.perimeters))


@dataclass(frozen=True, slots=True)
class _Action:
    """What is being done about a customer; how it ended only where that was not after the last complete day."""

    action: str | None = None
    because: str | None = None
    quotation: str | None = None
    owner: str | None = None
    since: date | None = None
    due: date | None = None
    done_on: date | None = None
    outcome: str | None = None


_NOTHING = _Action()


def _newest(
    connection: Connection,
    scope: Scope,
    customers: Iterable[str],
    after: dict[str, date] | None = None,
    before: dict[str, date] | None = None,
) -> dict[str, _Action]:
    """The newest action about each customer, under any number of theirs, that began from `after` on, or up to `before`."""
    known = all_numbers(connection, customers)
    columns = (
        _A.source,
        _A.source_key,
        _A.subject,
        _A.what,
        _A.why,
        _A.quotation,
        _A.since,
        _A.due_on,
        _A.done_on,
        _A.outcome,
        employee.c.name.label("owner"),
    )
    chosen = select(*columns).outerjoin(employee, employee.c.employee == _A.owner).where(_A.about == "customer")
    chosen = chosen.where(_A.since <= scope.last_day, _here(scope)).order_by(_A.since, _A.id)
    newest: dict[str, Any] = {}
    for some in in_portions(known):
        for row in connection.execute(chosen.where(_A.subject.in_(some))):
            who = known[row.subject]
            early = after is not None and row.since < after[who]
            late = before is not None and row.since > before[who]
            if not early and not late and (who not in newest or row.since >= newest[who].since):
                newest[who] = row
    return {who: _action(scope, row) for who, row in newest.items()}


def _action(scope: Scope, row: Any) -> _Action:
    done = row.done_on is not None and row.done_on <= scope.last_day
    ended = (row.done_on, row.outcome) if done else (None, None)
    words = quotation(row, _A.quotation, row.quotation) if row.quotation else None
    return _Action(row.what, row.why, words, row.owner, row.since, row.due_on, *ended)


def _why(request: Row[Any] | None, action: _Action) -> tuple[str | None, str | None]:
    """Why a customer may leave, and who says so."""
    why, source = why_of(request, _C.reason_words) if request else (None, None)
    if source != "customer said" and action.quotation:
        return action.quotation, "customer said"
    if why is None and action.because:
        return action.because, "we say"
    return why, source
