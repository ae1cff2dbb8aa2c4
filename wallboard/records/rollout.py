"""The roll-out: each part of the business becomes aware, tries the room in a pilot, and works with it, each with evidence."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select, true

from wallboard.errors import RuleRefused
from wallboard.lifecycle.rollout import RolloutLife, RolloutStep
from wallboard.records.acting import Acting, needed
from wallboard.records.repository import Repository
from wallboard.store.lives import taken_steps
from wallboard.store.schema import ROLLOUT_STEPS, rollout, team_cycle, team_cycle_step, user_account


@dataclass(frozen=True)
class RolloutView:
    """The roll-out in one part of the business as the console reads it."""

    number: int
    perimeter: str
    life: RolloutLife

    @property
    def owner(self) -> int | None:
        """A roll-out belongs to everybody who leads."""
        return None


def make_aware(act: Acting, perimeter: str, evidence: str | None) -> int:
    """Begin the roll-out in a part of the business, with what has made its people aware; returns its number."""
    act.part(perimeter)
    words = needed("the evidence", evidence)
    if act.connection.scalar(select(rollout.c.id).where(rollout.c.perimeter == perimeter)) is not None:
        raise RuleRefused("the roll-out", "has begun here already.", "Look at it on its page.")
    return ROLLOUTS.add(act, perimeter, {}, words=words)


def rollouts(connection: Connection) -> list[RolloutView]:
    """Every part of the business in which it has begun, in that order."""
    return _views(connection, true())


def alumni(connection: Connection, besides: Collection[int] = ()) -> list[int]:
    """Who was in the team of a pilot and is still here, the first of them at the top: they can coach the others."""
    s, c, u = team_cycle_step.c, team_cycle.c, user_account.c
    chosen = select(s.user_id).join(team_cycle, c.id == s.team_cycle).join(user_account, u.id == s.user_id)
    here = c.pilot, s.kind == "member", u.left_at.is_(None), u.id.not_in([*besides])
    users = connection.scalars(chosen.where(*here).order_by(s.at, s.user_id))
    return [*dict.fromkeys(user for user in users if user is not None)]


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[RolloutView]:
    r = rollout.c
    rows = connection.execute(select(r.id, r.perimeter).where(chosen).order_by(r.at, r.id)).all()
    steps = taken_steps(connection, ROLLOUT_STEPS, RolloutStep, [row.id for row in rows])
    return [RolloutView(row.id, row.perimeter, RolloutLife(steps.get(row.id, ()))) for row in rows]


ROLLOUTS = Repository(ROLLOUT_STEPS, "roll-out", "list", _views)
one_rollout = ROLLOUTS.get
take_form = ROLLOUTS.take_form
