"""What leaders are asked about: roster items to which nothing happens, and targets that are met since their rule changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from wallboard.lifecycle.initiatives import ENDS
from wallboard.metrics.definitions import definition_versions
from wallboard.metrics.scope import Scope
from wallboard.metrics.scoreboard import ScoreboardRow, scoreboard
from wallboard.store.schema import (
    decision,
    decision_step,
    initiative,
    initiative_step,
    room_session,
    roster_item_step,
    target,
    team_cycle,
    team_cycle_step,
)
from wallboard.store.zones import EVERYTHING

SILENT, BEFORE = 30, timedelta(days=62)
"""Days without a step of a roster item, its initiatives or its teams; how long before a target is met its rule may not change."""

TWO_YEARS = timedelta(days=732)

TABLES = ("initiative", "initiative_step", "team_cycle", "team_cycle_step")
"""What is read here of a roster item besides its own steps."""


@dataclass(frozen=True, slots=True)
class EasedTarget:
    """One metric of the scoreboard whose target is met in the last complete month, and whose rule was changed before.

    what: target (the number would not reach the one before) or definition (a new version within 62 days of the month's end).
    """

    metric: str
    name: str
    period_name: str
    what: str
    changed_on: date


@dataclass(frozen=True, slots=True)
class Reversals:
    """How many decisions of sessions were adopted in the last two years, and how many of these were taken back."""

    decided: int
    taken_back: int


def reversals(connection: Connection, scope: Scope) -> tuple[Reversals, ...]:
    """The decisions of two years, by the instant.

    Grain: one row.
    """
    s, here = decision_step.c, room_session.c.perimeter.in_({*scope.perimeters, *scope.places, EVERYTHING})
    joined = select(s.kind, func.count(s.decision.distinct())).join(decision, decision.c.id == s.decision)
    query = joined.join(room_session, room_session.c.id == decision.c.room_session).where(here, s.at <= scope.as_of)
    lately = query.where(decision.c.day > scope.today - TWO_YEARS, s.kind.in_(("adopted", "taken_back"))).group_by(s.kind)
    counts = {kind: int(count) for kind, count in connection.execute(lately)}
    return (Reversals(counts.get("adopted", 0), counts.get("taken_back", 0)),)


def last_steps(connection: Connection, scope: Scope, items: Iterable[int]) -> dict[int, date]:
    """By roster item: the day of the newest step of itself, of its initiatives and of its teams, by the instant."""
    wanted, r = [*items], roster_item_step.c
    newest: dict[int, date] = {}
    own = select(r.roster_item, func.max(r.day)).where(r.roster_item.in_(wanted), r.at <= scope.as_of).group_by(r.roster_item)
    i, s = initiative.c, initiative_step.c
    beside = select(i.roster_item, func.max(s.day)).join(initiative_step, s.initiative == i.id)
    beside = beside.where(i.roster_item.in_(wanted), s.at <= scope.as_of).group_by(i.roster_item)
    t, u = team_cycle.c, team_cycle_step.c
    teams = select(t.roster_item, func.max(u.day)).join(team_cycle_step, u.team_cycle == t.id)
    teams = teams.where(t.roster_item.in_(wanted), u.at <= scope.as_of).group_by(t.roster_item)
    for query in (own, beside, teams):
        for item, day in connection.execute(query):
            newest[item] = max(day, newest.get(item, day))
    return newest


def running_initiatives(connection: Connection, scope: Scope, items: Iterable[int]) -> Counter[int]:
    """By roster item: how many initiatives for it have been started by the instant, and neither stopped nor finished."""
    i, s = initiative.c, initiative_step.c
    stopped = select(s.initiative).where(s.kind.in_(ENDS), s.at <= scope.as_of)
    there = select(i.roster_item).where(i.roster_item.in_([*items]), i.at <= scope.as_of, i.id.not_in(stopped))
    return Counter(connection.scalars(there))


def eased_targets(connection: Connection, scope: Scope) -> tuple[EasedTarget, ...]:
    """Targets of the scoreboard that are met since the target, or the definition of the metric, was changed.

    Grain: one row per metric and change.
    """
    versions, since = definition_versions(connection, scope), scope.last_day - BEFORE

    def changes(row: ScoreboardRow) -> list[tuple[str, date]]:
        defined = [each.valid_from for each in versions if each.metric == row.metric and each.version > 1]
        eased = _eased(row, _targets(connection, scope, row.metric))
        return [*(("target", day) for day in eased), *(("definition", day) for day in defined if since <= day <= scope.last_day)]

    met = [row for row in scoreboard(connection, scope) if row.reached]
    return tuple(EasedTarget(row.metric, row.name, row.period_name or "", *each) for row in met for each in changes(row))


def _eased(row: ScoreboardRow, targets: Sequence[tuple[date, float]]) -> list[date]:
    """The day of the newest target, where the number would not have reached the one before."""
    if len(targets) < 2 or row.value is None:
        return []
    (_, before), (changed_on, _) = targets[-2:]
    reached = row.value >= before if row.better == "up" else row.value <= before
    return [] if reached else [changed_on]


def _targets(connection: Connection, scope: Scope, metric: str) -> list[tuple[date, float]]:
    """The targets of a metric where the readers stand, or of the company, the oldest first."""
    t = target.c
    query = select(t.applies_to, t.valid_from, t.value).where(t.metric == metric, t.valid_from <= scope.today)
    rows = connection.execute(query.order_by(t.valid_from, t.id)).all()
    where = next((place for place in (*scope.places, "") if any(row.applies_to == place for row in rows)), "")
    return [(row.valid_from, row.value) for row in rows if row.applies_to == where]
