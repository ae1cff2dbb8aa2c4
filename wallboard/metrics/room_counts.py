"""The room's issues in numbers, and what was brought to the room and is no issue of it."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from wallboard.metrics.memo import memoised
from wallboard.metrics.room_issues import BEYOND, age_state
from wallboard.metrics.room_lives import expectation, open_ones, room_lives
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import intake, user_account, verdict
from wallboard.store.schema.issues import ADMITTED, VERDICTS


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """The room's issues counted; the service level expectation in days, None where none is closed.

    state: measured, no cases (nothing admitted yet), not measured (the room has no people).
    """

    admitted: int
    open: int
    orphans: int
    beyond: int
    closed: int
    expectation_days: int | None
    provisional: bool
    state: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """How many intakes were given one verdict, of all that were `relayed` and judged."""

    verdict: str
    intakes: int
    relayed: int


@memoised
def room_summary(connection: Connection, scope: Scope) -> tuple[RoomSummary, ...]:
    """The room's issues in numbers: open, without anybody who answers for them, older than expected, and closed.

    Grain: one row.
    """
    issues = room_lives(connection, scope)
    still, expected = open_ones(issues), expectation(issues)
    u = user_account.c
    anybody = connection.execute(select(u.id).where(u.added_at <= scope.as_of).limit(1)).first() is not None
    summary = RoomSummary(
        admitted=len(issues),
        open=len(still),
        orphans=sum(issue.life.owner is None for issue in still),
        beyond=sum(age_state(issue.life.age(scope.today), expected) == BEYOND for issue in still),
        closed=expected.closed,
        expectation_days=expected.days,
        provisional=expected.provisional,
        state=NOT_MEASURED if not anybody else MEASURED if issues else NO_CASES,
    )
    return (summary,)


def turned_away(connection: Connection, scope: Scope) -> tuple[TurnedAway, ...]:
    """What was brought to the room and not admitted, by verdict; in none of the volumes of issues.

    Grain: one row per verdict other than admitted, in their order.
    """
    mine = (intake.c.perimeter.in_(scope.perimeters), verdict.c.at <= scope.as_of)
    chosen = select(verdict.c.verdict, func.count()).join(intake, intake.c.id == verdict.c.intake).where(*mine)
    counts = {row[0]: int(row[1]) for row in connection.execute(chosen.group_by(verdict.c.verdict))}
    every = sum(counts.values())
    return tuple(TurnedAway(name, counts.get(name, 0), every) for name in VERDICTS if name != ADMITTED)
