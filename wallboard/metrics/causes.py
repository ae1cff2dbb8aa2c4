"""Who hears of a problem and who has caused it: what crosses departments, and what those do who never meet a customer."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.cropping import crop
from wallboard.metrics.facts import sums, within
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Period, Scope, full_months, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import cause_loss_month, cause_month, contact_month, customer_event, function, voice

_M = cause_month.c


@dataclass
class _Traced:
    """What is traced to one function: `crossed` was heard by another one, `own` by itself, `unheard` by nobody known."""

    crossed: int = 0
    own: int = 0
    unheard: int = 0
    complaints: int = 0
    cost: float = 0.0
    uncosted: int = 0
    worded: dict[bool, int] = field(default_factory=dict)
    """How many have words: among complaints (True) and others."""

    @property
    def contacts(self) -> int:
        return self.crossed + self.own + self.unheard


def cross_department(connection: Connection, scope: Scope, months: int = 3) -> pd.DataFrame:
    """How many contacts of the last complete months were caused by another department than the one that heard of them.

    `crossed` counts those whose handled_by is not their cause, `known` those of which both are known; `unknown` are all other
    complaints and contacts in which one of the two is missing. `previous_*` are as many months before. state: measured, no
    cases (nothing of which both are known), not measured (nothing heard yet).

    Grain: one row.
    Columns: crossed, known, unknown, contacts, previous_crossed, previous_known, period_start, period_end, state
    """
    both = full_months(scope, 2 * months)
    now, before = span(both[months:]), span(both[:months])
    crossed, known = _crossed(connection, scope, now)
    was_crossed, was_known = _crossed(connection, scope, before)
    found = sums(connection, contact_month, scope, [now], [], ["contacts"], when="month")
    contacts = sum(int(row.contacts or 0) for _, row in found)
    known_days = coverage(connection, scope, VOICES)
    measured = known_days.of(now)
    numbers: dict[str, int | None] = {"crossed": crossed, "known": known, "unknown": contacts - known, "contacts": contacts}
    past = known_days.whole(before)
    numbers |= {"previous_crossed": was_crossed if past else None, "previous_known": was_known if past else None}
    row = {
        **(numbers if measured else dict.fromkeys(numbers)),
        "period_start": now.start,
        "period_end": now.end,
        "state": NOT_MEASURED if not measured else MEASURED if known else NO_CASES,
    }
    return tidy([row], cross_department)


def cross_causes(connection: Connection, scope: Scope, months: int = 3) -> pd.DataFrame:
    """Which departments cause what others hear of, in the last complete months; they sum to cross_department.

    Grain: one row per function to which anything is traced of which both are known, most crossed first.
    Columns: function, name, customer_facing, outsourced, crossed, own, period_start, period_end
    """
    period = span(full_months(scope, months))
    traced, known = _traced(connection, scope, period), _functions(connection)
    rows = [
        {
            "function": key,
            "name": known[key].name if key in known else key,
            "customer_facing": known[key].customer_facing if key in known else None,
            "outsourced": known[key].outsourced if key in known else None,
            "crossed": one.crossed,
            "own": one.own,
            "period_start": period.start,
            "period_end": period.end,
        }
        for key, one in traced.items()
        if one.crossed + one.own
    ]
    return tidy(sorted(rows, key=lambda row: (-row["crossed"], -row["own"], row["name"])), cross_causes)


def function_effect(connection: Connection, scope: Scope, months: int = 3, longest: int = 120) -> pd.DataFrame:
    """The effect on customers of each function that never meets one: what is traced to it in the last complete months.

    Contacts and the complaints among them, what they cost at the unit costs of their days (None where none has one; those
    without are `uncosted`), and the newest of their words, complaints first. `left` are customers who left in these months
    within 90 days of a complaint that it had caused, with their `lost_value` and how many of them are of unknown value: who
    complained of two functions counts for both; None where no customer is known to have come or left. A function to which
    nothing is traced is not measured: that is no evidence of no effect, so it has no numbers.

    Grain: one row per function with customer_facing false, most complaints first, those without a trace last.
    Columns: function, name, outsourced, complaints, contacts, cost, uncosted, left, lost_value, left_unknown, words, abridged,
    heard_through, day, period_start, period_end, state
    """
    period = span(full_months(scope, months))
    traced, gone = _traced(connection, scope, period), _left(connection, scope, period)
    rows: list[dict[str, Any]] = []
    for one in _functions(connection).values():
        if one.customer_facing:
            continue
        mine = traced.get(one.function, _Traced())
        lost = dict.fromkeys(_LEFT) if gone is None else gone.get(one.function, dict.fromkeys(_LEFT, 0))
        some = mine.contacts > 0 or bool(lost["left"])
        numbers = {"complaints": mine.complaints, "contacts": mine.contacts, "uncosted": mine.uncosted, **lost}
        rows.append(
            {
                "function": one.function,
                "name": one.name,
                "outsourced": one.outsourced,
                **(numbers if some else dict.fromkeys(numbers)),
                "cost": mine.cost if some and mine.uncosted < mine.contacts else None,
                **_newest_words(connection, scope, period, one.function, longest, mine.worded),
                "period_start": period.start,
                "period_end": period.end,
                "state": MEASURED if some else NOT_MEASURED,
            }
        )
    rows.sort(key=lambda row: (row["complaints"] is None, -(row["complaints"] or 0), -(row["contacts"] or 0), row["name"]))
    return tidy(rows, function_effect)


_LEFT = ("left", "lost_value", "left_unknown")


def _left(connection: Connection, scope: Scope, period: Period) -> dict[str, dict[str, Any]] | None:
    """Who left after a complaint, by the function that had caused it; None where the ledger of customers is empty."""
    if connection.execute(select(customer_event.c.id).limit(1)).first() is None:
        return None
    of = ["customers", "value", "value_unknown"]
    rows = sums(connection, cause_loss_month, scope, [period], ["cause"], of, when="month")
    return {
        row.cause: {"left": int(row.customers), "lost_value": float(row.value), "left_unknown": int(row.value_unknown)}
        for _, row in rows
    }


def _functions(connection: Connection) -> dict[str, Any]:
    return {row.function: row for row in connection.execute(select(function).order_by(function.c.name))}


def _traced(connection: Connection, scope: Scope, period: Period) -> dict[str, _Traced]:
    found: dict[str, _Traced] = defaultdict(_Traced)
    by = ["handled_by", "cause", "complaint"]
    for _, row in sums(
        connection, cause_month, scope, [period], by, ["contacts", "cost", "uncosted", "with_words"], _M.cause != "", when="month"
    ):
        one, many = found[row.cause], int(row.contacts)
        if not row.handled_by:
            one.unheard += many
        elif row.handled_by == row.cause:
            one.own += many
        else:
            one.crossed += many
        one.complaints += many if row.complaint else 0
        one.cost += float(row.cost)
        one.uncosted += int(row.uncosted)
        one.worded[bool(row.complaint)] = one.worded.get(bool(row.complaint), 0) + int(row.with_words)
    return found


def _crossed(connection: Connection, scope: Scope, period: Period) -> tuple[int, int]:
    traced = _traced(connection, scope, period).values()
    return sum(one.crossed for one in traced), sum(one.crossed + one.own for one in traced)


def _newest_words(
    connection: Connection, scope: Scope, period: Period, key: str, longest: int, worded: dict[bool, int]
) -> dict[str, Any]:
    """The newest words traced to a function, a complaint's before others; looked for only where there are any."""
    head = func.substr(voice.c.words, 1, longest + 1).label("words")
    query = select(head, voice.c.heard_through, voice.c.day).where(
        voice.c.cause == key, *within(voice, scope, period), func.length(voice.c.words) > 0
    )
    for complaint in (True, False):
        if not worded.get(complaint):
            continue
        newest = query.where(voice.c.complaint.is_(complaint)).order_by(voice.c.day.desc(), voice.c.id.desc()).limit(1)
        row = connection.execute(newest).first()
        if row is not None:
            cut = {"words": crop(row.words, longest), "abridged": len(row.words) > longest}
            return {**cut, "heard_through": row.heard_through, "day": row.day}
    return {"words": None, "abridged": False, "heard_through": None, "day": None}
