"""How long the room takes: until it is alleviated, until the customer is shown an answer, until the customer has answered."""

from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.frames import tidy
from wallboard.metrics.room_lives import FIRM, RoomIssue, open_ones, people, room_lives
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NO_CASES, TOO_FEW
from wallboard.metrics.statistics import time_within

PRESENTATION, REACTION = "presentation", "the customer’s answer"
MILESTONES = {"alleviated": ("alleviated",), "presented": ("presented",), "answered by the customer": ("accepted", "refused")}


def room_times(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Days from admission to each milestone, the first time that it was reached: within how many half and 85 % of all reached it.

    Days are (instant − admitted_at) in days of 24 hours. Issues that are open and have not reached it count as well, with the
    days that they have taken so far (Kaplan-Meier); None where not so many have reached it yet. `oldest_days` is the age of the
    oldest of them, (today − admitted) + 1 days. state: measured, too few (provisional: under 11 have reached it), no cases.

    Grain: one row per milestone: alleviated, presented, answered by the customer.
    Columns: milestone, reached, median_days, p85_days, not_yet, oldest_days, oldest_words, provisional, state
    """
    found = room_lives(connection, scope)
    return tidy((_time(name, found, scope) for name in MILESTONES), room_times)


def _time(name: str, found: list[RoomIssue], scope: Scope) -> dict[str, Any]:
    first = {one.issue: _first(one, MILESTONES[name]) for one in found}
    took = [(at - one.admitted_at).total_seconds() / 86400 for one in found if (at := first[one.issue])]
    late = [one for one in open_ones(found) if not first[one.issue]]
    still = [(scope.as_of - one.admitted_at).total_seconds() / 86400 for one in late]
    return {
        "milestone": name,
        "reached": len(took),
        "median_days": time_within(took, still, 50),
        "p85_days": time_within(took, still, 85),
        "not_yet": len(late),
        "oldest_days": late[0].life.age(scope.today) if late else None,
        "oldest_words": late[0].words if late else None,
        "provisional": len(took) < FIRM,
        "state": NO_CASES if not took else TOO_FEW if len(took) < FIRM else MEASURED,
    }


def _first(one: RoomIssue, kinds: tuple[str, ...]) -> datetime | None:
    reached = one.life.of(*kinds)
    return reached[0].at if reached else None


def awaiting(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Open issues whose answer the customer has not been shown yet, and those shown that the customer has not answered.

    Silence is no yes: it stays open, with its age, (today − since) + 1 days.

    Grain: one row per issue that waits for its presentation or for the customer's answer, longest first.
    Columns: issue, words, waits_for, since, age_days, to_whom, owner
    """
    names = people(connection)
    rows: list[dict[str, Any]] = []
    for one in open_ones(room_lives(connection, scope)):
        step = one.life.shown or one.life.answer
        if step is None:
            continue
        owner = names[one.life.owner][0] if one.life.owner is not None else None
        waits_for = REACTION if one.life.shown else PRESENTATION
        said = {"issue": one.issue, "words": one.words, "waits_for": waits_for, "to_whom": step.to_whom, "owner": owner}
        rows.append({**said, "since": step.day, "age_days": (scope.today - step.day).days + 1})
    return tidy(sorted(rows, key=lambda row: (-row["age_days"], row["issue"])), awaiting)
