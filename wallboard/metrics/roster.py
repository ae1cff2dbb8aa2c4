"""The roster of the few: what the whole company commits to, and its target measure when it came there and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from wallboard.lifecycle.roster import RosterLife, RosterStep
from wallboard.metrics.movement import movement
from wallboard.metrics.room_lives import user_names
from wallboard.metrics.roster_alarms import TABLES, last_steps, running_initiatives
from wallboard.metrics.roster_shared import sharing
from wallboard.metrics.scope import Period, Scope, full_weeks, week_of
from wallboard.metrics.states import INCOMPLETE, MEASURED, NOT_MEASURED, TOO_FEW
from wallboard.metrics.weekly import Against, Weekly, measured_against, read_weeks
from wallboard.store.lives import taken_steps
from wallboard.store.lookups import wordings
from wallboard.store.schema import ROSTER_STEPS, opportunity, roster_item, stage
from wallboard.store.zones import EVERYTHING

WEEKS = 8
"""Complete weeks of each rate: before the item came to the roster, and the newest ones."""

READS = (
    *("roster_item", "roster_item_step", "opportunity", "stage", "user_account", "function", "issue_type"),
    *("voice_day", "kind_week", "exposure"),
    *TABLES,
)
"""The tables behind it."""


@dataclass(frozen=True, slots=True)
class RosterTarget:
    """One roster item and its target: `less_by` per cent fewer complaints of its kind until `due_on`.

    before, now: complaints per 1,000 exposed, or a week where nothing is measured against (`adjusted` false), in the eight
    complete weeks before `since` and the newest eight after it, in the item's own perimeter where the scope holds it; None where
    it is not measured. `change` is now / before - 1. state: measured, too few (no complaint before), incomplete (eight weeks
    are not over yet), not measured. `silent_days` since the newest step of the item, its initiatives and its teams;
    None once the target is reached: nobody has to do anything any more. `initiatives` run for it. `moved`: which way its
    complaints went (metrics.movement); None while it is too early to say. `functions` share the target, by initiatives and
    members of teams; `rewards` are what its teams are promised, for all of them together; a line each.
    """

    item: int
    opportunity: int
    title: str
    kind: str
    stage: str | None
    stage_name: str | None
    sponsor: str
    since: date
    issue_type: str
    wording: str
    less_by: int
    due_on: date
    state: str
    complaints_before: int | None
    complaints_now: int | None
    before: float | None
    now: float | None
    change: float | None
    adjusted: bool
    silent_days: int | None = None
    initiatives: int = 0
    moved: str | None = None
    functions: str = ""
    rewards: str = ""

    @property
    def reached(self) -> bool:
        """Whether there are as few complaints as was aimed at."""
        return _reached(self.change, self.less_by)


def roster_targets(connection: Connection, scope: Scope) -> tuple[RosterTarget, ...]:
    """What stands on the roster, the longest there first, with its target measure before it came there and now.

    Grain: one row per roster item.
    """
    i, o = roster_item.c, opportunity.c
    columns = (i.id, i.perimeter, i.opportunity, i.user_id, i.day, i.issue_type, i.less_by, i.due_on, o.title, o.kind, o.stage)
    query = select(*columns, stage.c.name.label("stage_name")).join(opportunity, o.id == i.opportunity)
    s = ROSTER_STEPS.table.c
    gone = select(s.roster_item).where(s.kind == "removed", s.at <= scope.as_of)
    here = i.perimeter.in_({*scope.perimeters, *scope.places, EVERYTHING})
    there = query.outerjoin(stage, stage.c.stage == o.stage).where(i.at <= scope.as_of, here, i.id.not_in(gone))
    rows = connection.execute(there.order_by(i.at, i.id)).all()
    taken = taken_steps(connection, ROSTER_STEPS, RosterStep, [row.id for row in rows], as_of=scope.as_of)
    lived = {number: RosterLife(steps) for number, steps in taken.items()}
    if not rows:
        return ()
    newest, at_work = last_steps(connection, scope, lived), running_initiatives(connection, scope, lived)
    shared = sharing(connection, scope, lived)
    names, worded = user_names(connection), wordings(connection)
    made = []
    for perimeter in dict.fromkeys(row.perimeter for row in rows):
        placed = [row for row in rows if row.perimeter == perimeter]
        rates = _rates(connection, scope.only(perimeter) if perimeter in scope.perimeters else scope, placed)
        made += [
            RosterTarget(
                item=row.id,
                opportunity=row.opportunity,
                title=row.title,
                kind=row.kind,
                stage=row.stage,
                stage_name=row.stage_name,
                sponsor=names[lived[row.id].sponsor or row.user_id][0],
                since=row.day,
                issue_type=row.issue_type,
                wording=worded.get(row.issue_type, row.issue_type),
                less_by=row.less_by,
                due_on=row.due_on,
                silent_days=None
                if row.id not in newest or _reached(rates[row.id]["change"], row.less_by)
                else (scope.today - newest[row.id]).days,
                initiatives=at_work[row.id],
                moved=_moved(row.day, scope, rates[row.id]),
                functions=shared[row.id].functions,
                rewards=shared[row.id].rewards,
                **rates[row.id],
            )
            for row in placed
        ]
    return tuple(sorted(made, key=lambda target: (target.since, target.item)))


def _reached(change: float | None, less_by: int) -> bool:
    return change is not None and change <= -less_by / 100


def _moved(since: date, scope: Scope, rate: Mapping[str, Any]) -> str | None:
    """Which way the counts went, for as many exposed as there were then, which rates and counts say of each other."""
    then, now = rate["complaints_before"], rate["complaints_now"]
    exposure = (now / rate["now"]) / (then / rate["before"]) if then and now else 1.0
    return movement(since, scope.today, then, now, exposure)


def _rates(connection: Connection, scope: Scope, rows: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """By roster item: what its target measures, in the perimeters of the scope."""
    newest, before = full_weeks(scope, WEEKS), {row.id: _weeks_before(scope, row.day) for row in rows}
    against = measured_against(None, connection, scope)
    read = read_weeks([*before.values(), newest], connection, scope, against)
    rates = {}
    for row in rows:
        early = not newest or newest[0].start < row.day
        then = _rate(read, before[row.id], row.issue_type, against)
        now = None if early else _rate(read, newest, row.issue_type, against)
        rates[row.id] = {
            "state": _state(then, now, early),
            "complaints_before": then[0] if then else None,
            "complaints_now": now[0] if now else None,
            "before": then[1] if then else None,
            "now": now[1] if now else None,
            "change": now[1] / then[1] - 1 if then and now and then[1] else None,
            "adjusted": against is not None,
        }
    return rates


def _state(then: tuple[int, float] | None, now: tuple[int, float] | None, early: bool) -> str:
    if then is None or (now is None and not early):
        return NOT_MEASURED
    if early:
        return INCOMPLETE
    return MEASURED if then[0] else TOO_FEW


def _weeks_before(scope: Scope, day: date) -> list[Period]:
    """The complete weeks before a day, oldest first."""
    first = week_of(scope, day).start
    return [week_of(scope, first - timedelta(weeks=n)) for n in range(WEEKS, 0, -1)]


def _rate(read: Weekly, weeks: list[Period], issue_type: str, against: Against | None) -> tuple[int, float] | None:
    """Complaints, and their rate per 1,000 exposed or a week; None where a week is not measured, or in doubt."""
    if len(weeks) < WEEKS or not all(map(read.is_certain, weeks)):
        return None
    complaints = sum(read.count(week, issue_type) for week in weeks)
    if against is None:
        return complaints, complaints / len(weeks)
    exposed = [read.exposure(week) for week in weeks]
    if not all(exposed):
        return None
    return complaints, 1000 * complaints / sum(part or 0.0 for part in exposed)
