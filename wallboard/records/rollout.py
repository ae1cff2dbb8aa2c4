"""The roll-out: each part of the business becomes aware, tries the room in a pilot, and works with it, each with evidence."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, insert, select, true

from wallboard.errors import NotFound, RuleRefused
from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.rollout import RolloutLife, RolloutStep
from wallboard.records.acting import Acting, needed
from wallboard.records.steps import as_seen, write_step
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
    words, day = needed("the evidence", evidence), act.day(perimeter)
    if act.connection.scalar(select(rollout.c.id).where(rollout.c.perimeter == perimeter)) is not None:
        raise RuleRefused("the roll-out", "has begun here already.", "Look at it on its page.")
    values = {"perimeter": perimeter, "at": act.at, "day": day, "actor": act.actor}
    number = int(act.connection.execute(insert(rollout).values(**values).returning(rollout.c.id)).scalar_one())
    act.audited("rollout", number, "aware", None, values)
    write_step(act, ROLLOUT_STEPS, number, RolloutLife(), "aware", day, words=words)
    return number


def take_form(act: Acting, kind: StepKind, number: int, seen: int, form: Form) -> int:
    """Take a step of a roll-out as its form says it; raises Changed where it has moved on meanwhile."""
    view = one_rollout(act.connection, number)
    as_seen(view.life, seen, "this roll-out", ROLLOUT_STEPS.kinds)
    return write_step(act, ROLLOUT_STEPS, number, view.life, kind.kind, act.day(view.perimeter), **form.model_dump())


def one_rollout(connection: Connection, number: int) -> RolloutView:
    """The roll-out in one part of the business by its number; raises NotFound."""
    views = _views(connection, rollout.c.id == number)
    if not views:
        raise NotFound("roll-out", f"there is no number {number}.", "Choose one from the list.")
    return views[0]


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
