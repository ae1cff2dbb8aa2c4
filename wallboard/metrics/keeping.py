"""Customers by name: who may leave and what we do about it, and who came back and what we had done."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, func, or_, select

from wallboard.metrics.facts import within
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Scope, rolling_months
from wallboard.metrics.shared import shared
from wallboard.metrics.standing import GONE, Standing, all_numbers, company_names, slices, standing, todays_numbers, why_of
from wallboard.store.schema import action, contract, customer_event, person, reason

_ASKED_WITHIN = timedelta(days=400)
_MOST = 10_000
_E, _C, _A = customer_event.c, contract.c, action.c


@shared
def at_risk(connection: Connection, scope: Scope, limit: int = 5) -> pd.DataFrame:
    """Who is still a customer, but has asked to leave, or has somebody working to keep them?

    At risk is who is there on the last complete day and has asked in the last 400 days for the end of a contract that still runs
    (`asked_on`), or of whom an action is open that began in this stay. Worth is what the customer is worth as a whole, on the
    room's one basis. `why` is what the customer said, else the reason that was entered for them (why_source: customer said,
    staff entered, inferred), else why we act ('we say'). The action is the newest of this stay; `action` None means that nobody
    does anything. `name` only of companies. `total`, `total_value` and `unattended` (no open action) are of everybody at risk,
    the same in every row.

    Grain: one row per customer at risk, the most valuable first, at most `limit`.
    Columns: customer, name, perimeter, value, asked_on, why, why_source, action, owner, since, due, overdue, done_on, outcome,
    total, total_value, unattended
    """
    asked, here = _at_risk(connection, scope)
    acted = _newest(connection, scope, here, after={who: one.came_on or date.min for who, one in here.items()})
    order = sorted(here, key=lambda who: (-here[who].value, who))
    names = company_names(connection, order[:limit])
    total = {
        "total": len(here),
        "total_value": sum(one.value for one in here.values()),
        "unattended": sum(1 for who in here if who not in acted or _done(scope, acted[who])),
    }
    rows = (_risk_row(scope, who, here[who], asked.get(who), acted.get(who), names.get(who)) | total for who in order[:limit])
    return tidy(rows, at_risk)


@shared
def won_back(connection: Connection, scope: Scope, months: int = 3, limit: int = 5) -> pd.DataFrame:
    """Who had left, came back in the last months and is here to stay, and what had been done about it?

    The newest action about the customer that began before the return; `action` None means that they came by themselves. Who has
    left again is not here, and who is at risk again stands among those at risk. `total` are all who came back in these months,
    `staying` those of them who are here, with their `total_value`, and `after_action` those about whom something was done: the
    same in every row. `name` only of companies.

    Grain: one row per customer who came back, those about whom something was done first, then the most
    valuable; at most `limit`.
    Columns: customer, name, perimeter, value, left_on, back_on, days_away, why, why_source, action, owner, since, done_on,
    outcome, period_start, total, staying, total_value, after_action
    """
    since = rolling_months(scope, months).start
    came = select(_E.customer).where(_E.kind == "won back", *within(customer_event, scope), _E.day >= since)
    returned = set(connection.scalars(came.limit(_MOST)))
    known = standing(connection, returned, scope)
    again = _at_risk(connection, scope)[1] if returned else {}
    here = {who: one for who, one in known.items() if who not in again and one.back_since(since)}
    acted = _newest(connection, scope, here, before={who: one.came_on or date.min for who, one in here.items()})
    order = sorted(here, key=lambda who: (who not in acted, -here[who].value, who))
    names = company_names(connection, order[:limit])
    total = {
        "period_start": since,
        "total": len(returned),
        "staying": len(here),
        "total_value": sum(one.value for one in here.values()),
        "after_action": len(acted),
    }
    rows = (_back_row(scope, who, here[who], acted.get(who), names.get(who)) | total for who in order[:limit])
    return tidy(rows, won_back)


def _at_risk(connection: Connection, scope: Scope) -> tuple[dict[str, Row[Any]], dict[str, Standing]]:
    """The requests of customers, and how everybody at risk stands; both by today's number."""
    asked, open_since = _asked(connection, scope), _open(connection, scope)
    known = todays_numbers(connection, {*asked, *open_since})
    here = {who: one for who, one in standing(connection, known.values(), scope).items() if one.there}
    working = {known[who] for who, day in open_since.items() if day >= (here.get(known[who], GONE).came_on or date.max)}
    requests = {known[who]: row for who, row in asked.items()}
    return requests, {who: one for who, one in here.items() if who in requests or who in working}


def _asked(connection: Connection, scope: Scope) -> dict[str, Row[Any]]:
    """The newest request of each customer whose contract runs on the last complete day."""
    last = scope.last_day
    chosen = (
        select(_C.customer, _C.cancel_requested_on, _C.reason_words, _C.reason_source, reason.c.wording)
        .outerjoin(reason, reason.c.reason == _C.reason)
        .where(_C.cancel_requested_on > last - _ASKED_WITHIN, _C.cancel_requested_on <= last)
        .where(or_(_C.ended_on.is_(None), _C.ended_on > last), _C.perimeter.in_(scope.perimeters))
        .order_by(_C.cancel_requested_on.desc(), _C.id)
        .limit(_MOST)
    )
    return {row.customer: row for row in reversed(connection.execute(chosen).all())}


def _open(connection: Connection, scope: Scope) -> dict[str, date]:
    """Customers about whom an action is open on the last complete day, and since when the newest is."""
    undone = or_(_A.done_on.is_(None), _A.done_on > scope.last_day)
    chosen = select(_A.subject, func.max(_A.since)).where(
        _A.about == "customer", undone, _A.since <= scope.last_day, _here(scope)
    )
    newest_first = chosen.group_by(_A.subject).order_by(func.max(_A.since).desc())
    return {row[0]: row[1] for row in connection.execute(newest_first.limit(_MOST))}


def _here(scope: Scope) -> Any:
    return or_(_A.perimeter.is_(None), _A.perimeter.in_(scope.perimeters))


def _newest(
    connection: Connection,
    scope: Scope,
    customers: Iterable[str],
    after: dict[str, date] | None = None,
    before: dict[str, date] | None = None,
) -> dict[str, Any]:
    """The newest action about each customer, under any number of theirs, that began from `after` on, or up to `before`."""
    known = all_numbers(connection, customers)
    columns = (_A.subject, _A.what, _A.why, _A.said, _A.since, _A.due_on, _A.done_on, _A.outcome, person.c.name.label("owner"))
    chosen = select(*columns).outerjoin(person, person.c.person == _A.owner).where(_A.about == "customer")
    chosen = chosen.where(_A.since <= scope.last_day, _here(scope)).order_by(_A.since, _A.id)
    found: dict[str, Any] = {}
    for some in slices(known):
        for row in connection.execute(chosen.where(_A.subject.in_(some))):
            who = known[row.subject]
            early = after is not None and row.since < after[who]
            late = before is not None and row.since > before[who]
            if not early and not late and (who not in found or row.since >= found[who].since):
                found[who] = row
    return found


def _risk_row(
    scope: Scope, who: str, one: Standing, asked: Row[Any] | None, act: Row[Any] | None, name: str | None
) -> dict[str, Any]:
    why, source = why_of(asked) if asked else (None, None)
    if source != "customer said" and act and act.said:
        why, source = act.said, "customer said"
    elif why is None and act and act.why:
        why, source = act.why, "we say"
    return {
        **_common(scope, who, one, act, name),
        "asked_on": asked.cancel_requested_on if asked else None,
        "why": why,
        "why_source": source,
        "due": act.due_on if act else None,
        "overdue": bool(act and act.due_on and act.due_on <= scope.last_day and not _done(scope, act)),
    }


def _back_row(scope: Scope, who: str, one: Standing, act: Row[Any] | None, name: str | None) -> dict[str, Any]:
    why, source = one.left_because
    away = (one.came_on - one.left_on).days if one.came_on and one.left_on else None
    found = {"left_on": one.left_on, "back_on": one.came_on, "days_away": away, "why": why, "why_source": source}
    return {**_common(scope, who, one, act, name), **found}


def _common(scope: Scope, who: str, one: Standing, act: Row[Any] | None, name: str | None) -> dict[str, Any]:
    done = act is not None and _done(scope, act)
    return {
        "customer": who,
        "name": name,
        "perimeter": one.perimeter,
        "value": one.value,
        "action": act.what if act else None,
        "owner": act.owner if act else None,
        "since": act.since if act else None,
        "done_on": act.done_on if act and done else None,
        "outcome": act.outcome if act and done else None,
    }


def _done(scope: Scope, act: Row[Any]) -> bool:
    return act.done_on is not None and act.done_on <= scope.last_day
