"""What has moved since an initiative started: the complaints at its touchpoint then, frozen, and now."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from wallboard.lifecycle.initiatives import InitiativeLife, InitiativeStep
from wallboard.metrics.movement import NOTHING_MOVED, movement
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import INCOMPLETE, MEASURED, NOT_MEASURED
from wallboard.metrics.touchpoints import touchpoint_states
from wallboard.store.lives import taken_steps
from wallboard.store.schema import INITIATIVE_STEPS, initiative
from wallboard.store.zones import EVERYTHING

FIRST = timedelta(weeks=4)
"""How long after its start there are four weeks to compare."""


@dataclass(frozen=True, slots=True)
class InitiativeMovement:
    """One running initiative: complaints at its touchpoint in the four complete weeks before it started, and in the last four.

    `then` was frozen at the start, None where nothing was measured. `flat`: nothing has moved (metrics.movement).
    state: measured, incomplete (four weeks have not passed yet), not measured.
    """

    initiative: int
    title: str
    touchpoint: str
    since: date
    then: int | None
    now: int | None
    flat: bool
    state: str


def initiative_movements(connection: Connection, scope: Scope) -> tuple[InitiativeMovement, ...]:
    """What has moved at the touchpoint of each running initiative since it started.

    Grain: one row per running initiative, the oldest first.
    """
    i = initiative.c
    here = i.perimeter.in_({EVERYTHING, *scope.perimeters, *scope.places}), i.at <= scope.as_of
    columns = (i.id, i.title, i.touchpoint, i.day, i.complaints_then)
    rows = connection.execute(select(*columns).where(*here).order_by(i.at, i.id)).all()
    steps = taken_steps(connection, INITIATIVE_STEPS, InitiativeStep, [row.id for row in rows], as_of=scope.as_of)
    running = [row for row in rows if InitiativeLife(steps.get(row.id, ())).over is None]
    known = {row.touchpoint: row.complaints for row in touchpoint_states(connection, scope)} if running else {}
    return tuple(
        _movement(scope, row.id, row.title, row.touchpoint, row.day, row.complaints_then, known.get(row.touchpoint))
        for row in running
    )


def _movement(
    scope: Scope, number: int, title: str, place: str, since: date, then: int | None, now: int | None
) -> InitiativeMovement:
    if then is None or now is None:
        return InitiativeMovement(number, title, place, since, then, now, False, NOT_MEASURED)
    if scope.today < since + FIRST:
        return InitiativeMovement(number, title, place, since, then, None, False, INCOMPLETE)
    flat = movement(since, scope.today, then, now) == NOTHING_MOVED
    return InitiativeMovement(number, title, place, since, then, now, flat, MEASURED)
