"""Who shares the one target of a roster item: the functions that work on it, and what its teams are promised together."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from wallboard.lifecycle.initiatives import ENDS
from wallboard.lifecycle.team_cycles import CycleLife, CycleStep
from wallboard.metrics.scope import Scope
from wallboard.store.lives import taken_steps
from wallboard.store.schema import TEAM_STEPS, function, initiative, initiative_step, team_cycle, user_account


@dataclass(frozen=True, slots=True)
class Shared:
    """The functions that share a roster item's target, by name, and the rewards that its teams are promised; a line each."""

    functions: str
    rewards: str


def sharing(connection: Connection, scope: Scope, items: Collection[int]) -> dict[int, Shared]:
    """By roster item: whose initiatives run for it, whose people are in its teams, and the reward of all of them."""
    shared: dict[int, set[str]] = {item: set() for item in items}
    i, s = initiative.c, initiative_step.c
    stopped = select(s.initiative).where(s.kind.in_(ENDS), s.at <= scope.as_of)
    at_work = select(i.roster_item, i.function).where(i.roster_item.in_([*items]), i.at <= scope.as_of, i.id.not_in(stopped))
    for item, key in connection.execute(at_work):
        shared[item].add(key)
    rewards: dict[int, list[str]] = {item: [] for item in items}
    t, u = team_cycle.c, user_account.c
    teams = connection.execute(
        select(t.id, t.roster_item, t.reward).where(t.roster_item.in_([*items]), t.at <= scope.as_of).order_by(t.at, t.id)
    ).all()
    works_in = {row.id: row.function for row in connection.execute(select(u.id, u.function).where(u.function.is_not(None)))}
    steps = taken_steps(connection, TEAM_STEPS, CycleStep, [row.id for row in teams], as_of=scope.as_of)
    for row in teams:
        life = CycleLife(steps.get(row.id, ()))
        if life.newest("disbanded") is None:
            rewards[row.roster_item].append(row.reward)
            shared[row.roster_item] |= {works_in[user] for user in life.members if user in works_in}
    names = {row.function: row.name for row in connection.execute(select(function.c.function, function.c.name))}
    return {
        item: Shared("\n".join(sorted(names.get(key, key) for key in keys)), "\n".join(dict.fromkeys(rewards[item])))
        for item, keys in shared.items()
    }
