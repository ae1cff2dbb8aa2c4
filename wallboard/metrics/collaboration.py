"""How much of what the room works on is worked on by more than one function."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, select

from wallboard.lifecycle.history import RecordStep
from wallboard.lifecycle.initiatives import InitiativeLife, InitiativeStep
from wallboard.metrics.room_lives import open_ones, room_lives
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NO_CASES, TOO_FEW
from wallboard.store.lives import taken_steps
from wallboard.store.schema import INITIATIVE_STEPS, initiative, user_account
from wallboard.store.zones import EVERYTHING

LATELY = timedelta(days=30)
TWO = 2


@dataclass(frozen=True, slots=True)
class Collaboration:
    """Open issues and running initiatives, and those of them to which two functions or more contributed in 30 days; counts.

    `share` = shared / (issues + initiatives); None where there are fewer than the room calls a small number. state: measured, no
    cases, too few.
    """

    issues: int
    initiatives: int
    shared: int
    share: float | None
    state: str


def collaboration(connection: Connection, scope: Scope) -> tuple[Collaboration, ...]:
    """What share of the open issues and running initiatives had two functions or more that contributed in the last 30 days.

    Whoever takes a step contributes for the function in which they work; what lies further back ages out.

    Grain: one row.
    """
    works_in = {row.id: row.function for row in connection.execute(select(user_account.c.id, user_account.c.function))}
    issues = open_ones(room_lives(connection, scope))
    i = initiative.c
    here = i.perimeter.in_({EVERYTHING, *scope.perimeters, *scope.places})
    numbers = connection.scalars(select(i.id).where(here, i.at <= scope.as_of)).all()
    steps = taken_steps(connection, INITIATIVE_STEPS, InitiativeStep, numbers, as_of=scope.as_of)
    running = [life for life in map(InitiativeLife, steps.values()) if life.over is None]
    shared = sum(_functions(issue.life.steps, works_in, scope) >= TWO for issue in issues)
    shared += sum(_functions(life.steps, works_in, scope) >= TWO for life in running)
    active = len(issues) + len(running)
    state = NO_CASES if not active else TOO_FEW if active < scope.small_n else MEASURED
    return (Collaboration(len(issues), len(running), shared, shared / active if state == MEASURED else None, state),)


def _functions(steps: Iterable[RecordStep], works_in: dict[int, str | None], scope: Scope) -> int:
    """How many functions contributed lately."""
    recent = (step for step in steps if step.day > scope.today - LATELY)
    return len({key for step in recent if (key := works_in.get(step.actor))})
