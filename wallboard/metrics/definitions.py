"""What each metric means here: its definition, version, owner and target, when that changed, and what is done about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection, or_, select

from wallboard.catalogue import MetricDefinition, catalogue
from wallboard.metrics.memo import memoised
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope, rolling_months
from wallboard.store.schema import action, employee, metric_definition, session_entry, session_entry_step, target

VERSIONS = ("session_entry", "session_entry_step")
"""The tables in which sessions change definitions and agree on them; whoever reads metric_definition reads them too."""


@dataclass(frozen=True, slots=True)
class MetricVersion:
    """One version of a metric as the room has declared it; `owner` is a name, None where nobody answers.

    `agreed_on`: the day on which a session agreed on it; None while it is a draft.
    """

    metric: str
    version: int
    valid_from: date
    name: str
    definition: str
    formula: str
    owner: str | None
    owner_body: str | None
    priority: bool
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class DefinedMetric:
    """One metric as it is defined today, and the target that holds here, in the metric's own unit.

    `version` and `valid_from` are None where the room has declared nothing: the program's own definition holds, and it is a
    priority. `agreed_on`: the day on which a session agreed on this definition; None while it is a draft.
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
    agreed_on: date | None = None


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
    declared twice the row that came last counts. A session that changes a definition makes the next version of it.

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
    agreed, made = _of_sessions(connection, scope)
    for change in made:
        if (metric := change.metric) in known and (metric, change.version) not in newest:
            newest[metric, change.version] = _redefined(change, _newest_of(metric, newest.values()), known[metric])
    versions = (replace(row, agreed_on=agreed.get((row.metric, row.version))) for row in newest.values())
    return tuple(sorted(versions, key=lambda row: (row.metric, row.version)))


@dataclass(frozen=True, slots=True)
class _Change:
    """A definition that a session has changed."""

    metric: str
    version: int
    day: date
    definition: str
    formula: str | None


def _newest_of(metric: str, versions: Iterable[MetricVersion]) -> MetricVersion | None:
    """The newest version of a metric; None where the room has declared none."""
    return max((row for row in versions if row.metric == metric), key=lambda row: row.version, default=None)


def _redefined(change: _Change, before: MetricVersion | None, own: MetricDefinition) -> MetricVersion:
    """The next version: what the session did not change stays as it was."""
    formula = change.formula or (before.formula if before else own.formula)
    if before:
        return replace(
            before, version=change.version, valid_from=change.day, definition=change.definition, formula=formula, agreed_on=None
        )
    return MetricVersion(change.metric, change.version, change.day, own.name, change.definition, formula, None, None, True)


@memoised
def _of_sessions(connection: Connection, scope: Scope) -> tuple[dict[tuple[str, int], date], tuple[_Change, ...]]:
    """By metric and version the day on which a session agreed on it first, and the definitions that sessions have changed."""
    e, s = session_entry.c, session_entry_step.c
    query = select(e.subject, s.kind, s.version, s.day, s.words, s.how).join(session_entry, e.id == s.session_entry)
    chosen = query.where(s.kind.in_(("redefined", "agreed_on")), s.at <= scope.as_of).order_by(s.at, s.session_entry, s.seq)
    agreed: dict[tuple[str, int], date] = {}
    made = []
    for metric, kind, version, day, words, how in connection.execute(chosen):
        if kind == "agreed_on":
            agreed.setdefault((metric, version), day)
        else:
            made.append(_Change(metric, version, day, words, how))
    return agreed, tuple(made)


@memoised
def definitions(connection: Connection, scope: Scope) -> tuple[DefinedMetric, ...]:
    """Every metric as it is defined today: the room's newest version over the program's own, and the target that holds here.

    A perimeter's own target comes before that of what it is part of, and that before the company's.

    Grain: one row per metric, in the program's order.
    """
    newest = {version.metric: version for version in definition_versions(connection, scope)}
    targets, (agreed, _made) = _targets(connection, scope), _of_sessions(connection, scope)
    defined = (_defined(metric, newest.get(key), targets.get(key)) for key, metric in catalogue().items())
    return tuple(replace(row, agreed_on=agreed.get((row.metric, row.version or 0))) for row in defined)


def _defined(metric: MetricDefinition, version: MetricVersion | None, aimed: tuple[float, date] | None) -> DefinedMetric:
    nobody = {"version": None, "valid_from": None, "owner": None, "owner_body": None, "priority": True, "agreed_on": None}
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
