"""What each figure means here: its definition, version, owner and target, when that changed, and what is done about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from wallboard.figures import Figure, figures
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope, rolling_months
from wallboard.store.schema import action, metric_definition, person, target

WORDS = ("name", "definition", "formula")
"""What a room may word in its own way; an empty cell leaves the program's words."""


@memoised
def definition_versions(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Every version of every figure that the room has declared and that holds or has held, in the room's words.

    Of a version that was declared twice the row that came last counts. `owner` is a name, None where nobody answers.

    Grain: one row per figure and version, oldest version first.
    Columns: figure, version, valid_from, name, definition, formula, owner, owner_body, priority
    """
    its = metric_definition.c
    query = (
        select(its.metric, its.version, its.valid_from, its.name, its.definition, its.formula, its.owner_body, its.priority)
        .add_columns(person.c.name.label("owner"))
        .outerjoin(person, person.c.person == its.owner)
        .where(its.valid_from <= scope.today)
        .order_by(its.metric, its.version, its.id)
    )
    known = figures()
    found = {(row["metric"], row["version"]): dict(row) for row in connection.execute(query).mappings() if row["metric"] in known}
    return tidy((_worded(known[name], row) for (name, _), row in found.items()), definition_versions)


def _worded(figure: Figure, row: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: row[name] or getattr(figure, name) for name in WORDS}
    rest = {name: row[name] for name in ("version", "valid_from", "owner", "owner_body", "priority")}
    return {"figure": figure.key, **said, **rest}


@memoised
def definitions(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Every figure as it is defined today: the room's newest version over the program's own, and the target that holds here.

    `version` and `valid_from` are None where the room has declared nothing: the program's own definition holds, and it is a
    priority. A perimeter's own target comes before that of what it is part of, and that before the company's.

    Grain: one row per figure, in the program's order.
    Columns: figure, name, definition, formula, version, valid_from, owner, owner_body, priority, target, target_from, unit,
    better, source
    """
    newest = {row["figure"]: row for row in rows_of(definition_versions(connection, scope))}
    targets = _targets(connection, scope)
    return tidy((_defined(figure, newest.get(key), targets.get(key)) for key, figure in figures().items()), definitions)


def _defined(figure: Figure, row: Mapping[str, Any] | None, aimed: tuple[float, date] | None) -> dict[str, Any]:
    own = {name: getattr(figure, name) for name in WORDS}
    nobody = {"version": None, "valid_from": None, "owner": None, "owner_body": None, "priority": True}
    value, since = aimed or (None, None)
    fixed = {"target": value, "target_from": since, "unit": figure.unit, "better": figure.better, "source": figure.source or None}
    return {**(row or own | nobody), "figure": figure.key, **fixed}


def _targets(connection: Connection, scope: Scope) -> dict[str, tuple[float, date]]:
    """The target of each figure that holds today, of the nearest place that has one."""
    near = (*scope.places, "")
    where = target.c.applies_to.in_(near), target.c.valid_from <= scope.today
    query = select(target.c.metric, target.c.applies_to, target.c.valid_from, target.c.value).where(*where)
    found: dict[str, tuple[tuple[Any, ...], tuple[float, date]]] = {}
    for row in connection.execute(query.order_by(target.c.id)):
        rank = -near.index(row.applies_to), row.valid_from
        if row.metric not in found or rank >= found[row.metric][0]:
            found[row.metric] = rank, (row.value, row.valid_from)
    return {metric: aimed for metric, (_, aimed) in found.items()}


@memoised
def breaks(connection: Connection, scope: Scope, months: int = 13) -> pd.DataFrame:
    """The days of the last months from which on a figure means something else: what was counted earlier is not comparable.

    A version that changes neither definition nor formula (another owner, another name) is no break.

    Grain: one row per break, oldest first.
    Columns: figure, name, version, valid_from, formula, formula_before
    """
    found = []
    earliest = rolling_months(scope, months).start
    before: dict[str, Any] = {}
    for row in rows_of(definition_versions(connection, scope)):
        old = before if before.get("figure") == row["figure"] else None
        before = row
        if old and row["valid_from"] >= earliest and any(row[name] != old[name] for name in ("definition", "formula")):
            said = {name: row[name] for name in ("figure", "name", "version", "valid_from", "formula")}
            found.append({**said, "formula_before": old["formula"]})
    return tidy(sorted(found, key=lambda one: one["valid_from"]), breaks)


def figure_actions(connection: Connection, scope: Scope) -> pd.DataFrame:
    """What was last done about each figure: the newest action in scope, its end only once that has come.

    Grain: one row per figure that anything was ever done about.
    Columns: figure, what, owner, since, due_on, done_on, outcome
    """
    its = action.c
    here = or_(its.perimeter.is_(None), its.perimeter.in_((*scope.perimeters, *scope.places)))
    query = (
        select(its.subject.label("figure"), its.what, person.c.name.label("owner"), its.since, its.due_on, its.done_on)
        .add_columns(its.outcome)
        .outerjoin(person, person.c.person == its.owner)
        .where(its.about == "metric", its.since <= scope.today, here)
        .order_by(its.subject, its.since, its.id)
    )
    newest = {row["figure"]: dict(row) for row in connection.execute(query).mappings()}
    for row in newest.values():
        if row["done_on"] is None or row["done_on"] > scope.today:
            row |= {"done_on": None, "outcome": None}
    return tidy(newest.values(), figure_actions)
