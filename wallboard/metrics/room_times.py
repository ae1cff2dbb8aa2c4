"""How long the room takes: until it is alleviated, until the customer is shown an answer, until the customer has answered."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from wallboard.metrics.room_lives import FIRM, RoomIssue, open_ones, room_lives, user_names
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NO_CASES, TOO_FEW
from wallboard.metrics.statistics import time_within

PRESENTATION, REACTION = "presentation", "the customer’s answer"
MILESTONES = {"alleviated": ("alleviated",), "presented": ("presented",), "answered by the customer": ("accepted", "refused")}


@dataclass(frozen=True, slots=True)
class MilestoneTime:
    """Days from admission to one milestone: within how many half and 85 % of all reached it; None where not so many have yet.

    `not_yet` are open and have not `reached` it, the oldest for `oldest_days`. state: measured, too few (provisional: under 11
    have reached it), no cases.
    """

    milestone: str
    reached: int
    median_days: float | None
    p85_days: float | None
    not_yet: int
    oldest_days: int | None
    oldest_words: str | None
    provisional: bool
    state: str


@dataclass(frozen=True, slots=True)
class AwaitedAnswer:
    """One open issue whose answer waits for its presentation or for the customer, since when, and for how many days."""

    issue: int
    words: str
    waits_for: str
    since: date
    age_days: int
    to_whom: str | None
    owner: str | None


def room_times(connection: Connection, scope: Scope) -> tuple[MilestoneTime, ...]:
    """Days from admission to each milestone, the first time that it was reached: within how many half and 85 % of all reached it.

    Days are (instant − admitted_at) in days of 24 hours. Issues that are open and have not reached it count as well, with the
    days that they have taken so far (Kaplan-Meier). `oldest_days` is the age of the oldest of them, (today − admitted) + 1 days.

    Grain: one row per milestone: alleviated, presented, answered by the customer.
    """
    issues = room_lives(connection, scope)
    return tuple(_time(name, issues, scope) for name in MILESTONES)


def _time(name: str, issues: list[RoomIssue], scope: Scope) -> MilestoneTime:
    first = {issue.issue: _first(issue, MILESTONES[name]) for issue in issues}
    took = [_days(issue, at) for issue in issues if (at := first[issue.issue])]
    late = [issue for issue in open_ones(issues) if not first[issue.issue]]
    still = [_days(issue, scope.as_of) for issue in late]
    return MilestoneTime(
        milestone=name,
        reached=len(took),
        median_days=time_within(took, still, 50),
        p85_days=time_within(took, still, 85),
        not_yet=len(late),
        oldest_days=late[0].life.age(scope.today) if late else None,
        oldest_words=late[0].words if late else None,
        provisional=len(took) < FIRM,
        state=NO_CASES if not took else TOO_FEW if len(took) < FIRM else MEASURED,
    )


def _days(issue: RoomIssue, at: datetime) -> float:
    return (at - issue.admitted_at).total_seconds() / 86400


def _first(issue: RoomIssue, kinds: tuple[str, ...]) -> datetime | None:
    reached = issue.life.of(*kinds)
    return reached[0].at if reached else None


def awaiting(connection: Connection, scope: Scope) -> tuple[AwaitedAnswer, ...]:
    """Open issues whose answer the customer has not been shown yet, and those shown that the customer has not answered.

    Silence is no yes: it stays open, with its age, (today − since) + 1 days.

    Grain: one row per issue that waits for its presentation or for the customer's answer, longest first.
    """
    names = user_names(connection)
    waiting = [
        AwaitedAnswer(
            issue=issue.issue,
            words=issue.words,
            waits_for=REACTION if issue.life.shown else PRESENTATION,
            since=step.day,
            age_days=(scope.today - step.day).days + 1,
            to_whom=step.to_whom,
            owner=names[issue.life.owner][0] if issue.life.owner is not None else None,
        )
        for issue in open_ones(room_lives(connection, scope))
        if (step := issue.life.shown or issue.life.answer)
    ]
    return tuple(sorted(waiting, key=lambda answer: (-answer.age_days, answer.issue)))
