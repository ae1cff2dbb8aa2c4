"""What each metric means here: its definition, version, owner and target, when that changed, and what is done about it."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection, or_, select

from wallboard.catalogue import MetricDefinition, catalogue
from wallboard.metrics.memo import memoised
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope, rolling_months
from wallboard.store.schema import action, employee, metric_definition, target


@dataclass(frozen=True, slots=True)
class MetricVersion:
    """One version of a metric as the room has declared it; `owner` is a name, None where nobody answers."""

    metric: str
    version: int
    valid_from: date
    name: str
    definition: str
    formula: str
    owner: str | None
    owner_body: str | None
    priority: bool


@dataclass(frozen=True, slots=True)
class DefinedMetric:
    """One metric as it is defined today, and the target that holds here, in the metric's own unit.

    `version` and `valid_from` are None where the room has declared nothing: the program's own definition holds, and it is a
    priority.
    """

    metric: str
    name: str
    definition: str
    formula: str
    version: int | None
    valid_from: date | None
    owner: str | None
    owner_body: str | None
    priority: bool
    target: float | None
    target_from: date | None
    unit: str
    better: str
    source: str | None


@dataclass(frozen=True, slots=True)
class MetricBreak:
    """A day from which on a metric means something else: what was counted earlier is not comparable."""

    metric: str
    name: str
    version: int
    valid_from: date
    formula: str
    formula_before: str


@dataclass(frozen=True, slots=True)
class MetricAction:
    """The newest action about a metric; `done_on` and `outcome` only once that day has come."""

    metric: str
    what: str
    owner: str | None
    since: date
    due_on: date | None
    done_on: date | None
    outcome: str | None


@memoised
def definition_versions(connection: Connection, scope: Scope) -> tuple[MetricVersion, ...]:
    """Every version of every metric that the room has declared and that holds or has held, in the room's words.

    A room may word name, definition and formula in its own way; an empty cell leaves the program's words. Of a version that was
    declared twice the row that came last counts.

    Grain: one row per metric and version, oldest version first.
    """
    d = metric_definition.c
    query = (
        select(d.metric, d.version, d.valid_from, d.name, d.definition, d.formula, employee.c.name.label("owner"))
        .add_columns(d.owner_body, d.priority)
        .outerjoin(employee, employee.c.employee == d.owner)
        .where(d.valid_from <= scope.today)
        .order_by(d.metric, d.version, d.id)
    )
    known, newest = catalogue(), {}
    for metric, version, valid_from, name, definition, formula, owner, owner_body, priority in connection.execute(query):
        if own := known.get(metric):
            words = name or own.name, definition or own.definition, formula or own.formula
            newest[metric, version] = MetricVersion(metric, version, valid_from, *words, owner, owner_body, priority)
    return tuple(newest.values())


@memoised
def definitions(connection: Connection, scope: Scope) -> tuple[DefinedMetric, ...]:
    """Every metric as it is defined today: the room's newest version over the program's own, and the target that holds here.

    A perimeter's own target comes before that of what it is part of, and that before the company's.

    Grain: one row per metric, in the program's order.
    """
    newest = {version.metric: version for version in definition_versions(connection, scope)}
    targets = _targets(connection, scope)
    return tuple(_defined(metric, newest.get(key), targets.get(key)) for key, metric in catalogue().items())


def _defined(metric: MetricDefinition, version: MetricVersion | None, aimed: tuple[float, date] | None) -> DefinedMetric:
    nobody = {"version": None, "valid_from": None, "owner": None, "owner_body": None, "priority": True}
    own = nobody | {"metric": metric.key, "name": metric.name, "definition": metric.definition, "formula": metric.formula}
    return DefinedMetric(
        **(common_fields(version, DefinedMetric) if version else own),
        target=aimed[0] if aimed else None,
        target_from=aimed[1] if aimed else None,
        unit=metric.unit,
        better=metric.better,
        source=metric.source or None,
    )


def _targets(connection: Connection, scope: Scope) -> dict[str, tuple[float, date]]:
    """The target of each metric that holds today, of the nearest place that has one."""
    near = (*scope.places, "")
    where = target.c.applies_to.in_(near), target.c.valid_from <= scope.today
    query = select(target.c.metric, target.c.applies_to, target.c.valid_from, target.c.value).where(*where)
    best: dict[str, tuple[tuple[int, date], tuple[float, date]]] = {}
    for row in connection.execute(query.order_by(target.c.id)):
        rank = -near.index(row.applies_to), row.valid_from
        if row.metric not in best or rank >= best[row.metric][0]:
            best[row.metric] = rank, (row.value, row.valid_from)
    return {metric: aimed for metric, (_, aimed) in best.items()}


@memoised
def breaks(connection: Connection, scope: Scope, months: int = 13) -> tuple[MetricBreak, ...]:
    """The days of the last months from which on a metric means something else: what was counted earlier is not comparable.

    A version that changes neither definition nor formula (another owner, another name) is no break.

    Grain: one row per break, oldest first.
    """
    earliest = rolling_months(scope, months).start
    turned = [
        MetricBreak(new.metric, new.name, new.version, new.valid_from, new.formula, old.formula)
        for old, new in pairwise(definition_versions(connection, scope))
        if old.metric == new.metric and new.valid_from >= earliest
        and (new.definition, new.formula) != (old.definition, old.formula)
    ]  # fmt: skip
    return tuple(sorted(turned, key=lambda row: row.valid_from))


def metric_actions(connection: Connection, scope: Scope) -> tuple[MetricAction, ...]:
    """What was last done about each metric: the newest action in scope, its end only once that has come.

    Grain: one row per metric that anything was ever done about.
    """
    a = action.c
    here = or_(a.perimeter.is_(None), a.perimeter.in_((*scope.perimeters, *scope.places)))
    query = (
        select(a.subject, a.what, employee.c.name, a.since, a.due_on, a.done_on, a.outcome)
        .outerjoin(employee, employee.c.employee == a.owner)
        .where(a.about == "metric", a.since <= scope.today, here)
        .order_by(a.subject, a.since, a.id)
    )
    newest = {}
    for metric, what, owner, since, due_on, done_on, outcome in connection.execute(query):
        ended = (done_on, outcome) if done_on is not None and done_on <= scope.today else (None, None)
        newest[metric] = MetricAction(metric, what, owner, since, due_on, *ended)
    return tuple(newest.values())
