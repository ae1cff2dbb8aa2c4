"""The sheet behind a number, as somebody reads it who stands at the touch screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.theme import Theme
from wallboard.metrics.definitions import DefinedMetric, MetricAction, MetricVersion
from wallboard.metrics.provenance import LoadedFile, ProvenanceCustomer
from wallboard.metrics.rows import Row, cells, columns
from wallboard.panels import catalogue_entry
from wallboard.screens.take_up import TakeUp, take_up_section
from wallboard.store.captured_sql import Statement

ROWS = 50
"""Rows of a metric that are shown; how many there are is said."""

CHANGED = {"new": "Customers who came", "won back": "Customers who came back", "lost": "Customers who left"}

LONGEST = 300
"""Characters of one cell."""


SIGN_IN = "Files, rows and SQL are for those who work in this room: they contain customers’ numbers and names. "


@dataclass(frozen=True)
class Provenance:
    """What is only for who is signed in: tables, rows, and what was asked of the store."""

    tables: tuple[str, ...]
    customers: tuple[ProvenanceCustomer, ...]
    measured: object
    """What the panel draws: the rows of one metric, or a dataclass that names those of several."""
    statements: tuple[Statement, ...]
    problem: str = ""


@dataclass(frozen=True)
class SheetContent:
    """Everything that stands behind a panel, or behind one metric of it; `behind` None for a visitor."""

    show: str
    definitions: tuple[DefinedMetric, ...]
    versions: tuple[MetricVersion, ...]
    actions: tuple[MetricAction, ...]
    files: tuple[LoadedFile, ...]
    behind: Provenance | None
    offer: TakeUp | None = None
    """What who is signed in may make of it."""


def sheet(content: SheetContent, theme: Theme) -> list[Component]:
    """Definitions first, then files, rows and SQL; for a visitor only which sources there are, and how old their last load is."""
    actions = {row.metric: row for row in content.actions}
    known = [_metric(row, content.versions, actions.get(row.metric), theme) for row in content.definitions]
    entry = catalogue_entry(content.show).split("\n\n")
    about = known or [html.Section([html.H2(entry[0]), *(html.P(part) for part in entry[1:])], className="metric-of")]
    offered = [take_up_section(content.offer)] if content.offer else []
    first = html.Div([*offered, *about], id="sheet-metric")
    if content.behind is None:
        return [first, _sources(content, theme)]
    return [
        first,
        _files(content.behind, content.files, theme),
        _rows(content.show, content.behind, theme),
        _sql(content.behind, theme),
    ]


def _metric(row: DefinedMetric, versions: tuple[MetricVersion, ...], action: MetricAction | None, theme: Theme) -> Component:
    facts = [
        ("How it is worked out", row.formula, ""),
        ("Version", _version(row, theme), ""),
        ("Owner", _owner(row), "" if row.owner or row.owner_body else "alert"),
        ("Target", _target(row, theme), ""),
        ("On the walls", "yes, a priority metric" if row.priority else "no, not a priority metric now", ""),
        ("Last done about it", _action(action, theme), ""),
        *([("Defined by", row.source, "")] if row.source else []),
        *(("Earlier", words, "") for words in _earlier(row, versions, theme)),
    ]
    listed = [part for name, words, tone in facts for part in (html.Dt(name), html.Dd(words, className=tone))]
    head = [html.H2(row.name), html.P(row.definition, className="meaning")]
    return html.Section([*head, html.Dl(listed)], className="metric-of")


def _version(row: DefinedMetric, theme: Theme) -> str:
    if row.version is None or row.valid_from is None:
        return f"as the program counts it; this room has declared none; {agreed_words(row, theme)}"
    return f"{row.version}, since {theme.full_day(row.valid_from)}; {agreed_words(row, theme)}"


def agreed_words(row: DefinedMetric, theme: Theme) -> str:
    """Whether a session has agreed on what a metric means, or it is a draft."""
    return f"agreed on {theme.full_day(row.agreed_on)}" if row.agreed_on else "draft: no session has agreed on it yet"


def _owner(row: DefinedMetric) -> str:
    return ", ".join(part for part in (row.owner_body, row.owner) if part) or "no owner"


def _target(row: DefinedMetric, theme: Theme) -> str:
    if row.target is None or row.target_from is None:
        return "no target"
    return f"{_in_its_unit(row.target, row.unit, theme)}, since {theme.full_day(row.target_from)}"


def _in_its_unit(value: float, unit: str, theme: Theme) -> str:
    if unit == "money":
        return theme.money(value)
    if unit == "share":
        return theme.share(value)
    return theme.whole(value) if float(value).is_integer() else theme.decimal(value)


def _action(action: MetricAction | None, theme: Theme) -> str:
    if action is None:
        return "nothing that the room knows of"
    parts = [action.what, action.owner or "nobody named", f"since {theme.full_day(action.since)}"]
    if action.done_on:
        parts += [f"done on {theme.full_day(action.done_on)}: {action.outcome or 'no outcome named'}"]
    elif action.due_on:
        parts += [f"due on {theme.full_day(action.due_on)}"]
    return "; ".join(parts)


def _earlier(row: DefinedMetric, versions: tuple[MetricVersion, ...], theme: Theme) -> Iterator[str]:
    for old in reversed(versions):
        if old.metric == row.metric and old.version != row.version:
            yield f"version {old.version}, from {theme.full_day(old.valid_from)}: {old.formula}"


def _sources(content: SheetContent, theme: Theme) -> Component:
    """Each source once, with its newest load: no file, no row."""
    loaded: dict[str, datetime] = {}
    for row in content.files:
        loaded.setdefault(row.source, row.started_at)
    door = html.P([SIGN_IN, html.A("Sign in", href="/room"), " and touch the number again."])
    listed = _table(("source", "loaded last"), list(loaded.items()), theme) if loaded else html.P("Nothing has been loaded yet.")
    return _part("files", "Where it comes from", listed, door)


def _files(behind: Provenance, rows: Sequence[LoadedFile], theme: Theme) -> Component:
    read = f"Read from {_listed(behind.tables)}."
    if not rows:
        return _part("files", "Where it comes from", html.P(f"{read} No file has been loaded into them yet."))
    cells = [(row.source, row.file, row.started_at, row.rows_read, row.rows_refused, (row.sha256 or "")[:12]) for row in rows]
    every = rows[0].files
    more = f" The newest {len(rows)} of {every} files:" if every > len(rows) else " They were filled from these files:"
    head = ("source", "file", "loaded", "rows", "refused", "SHA-256")
    return _part("files", "Where it comes from", html.P(read + more), _table(head, cells, theme))


def _rows(show: str, drilldown: Provenance, theme: Theme) -> Component:
    parts: list[Component] = [html.P(drilldown.problem, className="alert")] if drilldown.problem else []
    for kind, rows in _by_kind(drilldown.customers):
        summary = f"{CHANGED[kind]} in the last complete month: {_shown(len(rows), rows[0].all, theme)}"
        parts += [html.H4(summary), _table(columns(ProvenanceCustomer)[2:], [cells(row)[2:] for row in rows], theme)]
    for name, measured in _by_name(show, drilldown.measured):
        parts.append(html.H4(f"{_spoken(name).capitalize()}: {_shown(min(ROWS, len(measured)), len(measured), theme)}"))
        if measured:
            parts.append(_table(columns(type(measured[0])), [cells(row) for row in measured[:ROWS]], theme))
    return _part("rows", "The rows behind it", *parts)


def _by_name(show: str, measured: Any) -> Iterator[tuple[str, Sequence[Row]]]:
    """The rows of each metric of a panel, by the name that the panel gives them."""
    if isinstance(measured, tuple):
        yield show, measured
    else:
        for field in fields(measured):
            rows = getattr(measured, field.name)
            if rows is not None and not isinstance(rows, tuple):
                rows = (rows,)
            if rows is not None and all(is_dataclass(row) for row in rows):
                yield field.name, rows


def _by_kind(customers: Sequence[ProvenanceCustomer]) -> Iterator[tuple[str, list[ProvenanceCustomer]]]:
    for kind in dict.fromkeys(row.kind for row in customers):
        yield kind, [row for row in customers if row.kind == kind]


def _sql(drilldown: Provenance, theme: Theme) -> Component:
    times: dict[Statement, int] = {}
    for statement in drilldown.statements:
        times[statement] = times.get(statement, 0) + 1
    summary = f"{theme.plural(len(drilldown.statements), 'question', 'questions')} to the store, word for word."
    parts = [
        part
        for statement, count in times.items()
        for part in (html.Pre(statement.statement), html.P(_with(statement, count), className="with"))
    ]
    return _part("sql", "The SQL that was run", html.P(summary), *parts)


def _with(statement: Statement, count: int) -> str:
    values = f"with {', '.join(statement.values)}" if statement.values else "with no values"
    return values if count == 1 else f"{values} ({count} times)"


def _part(name: str, title: str, *parts: Component) -> Component:
    return html.Section([html.H3(title), *parts], id=f"sheet-{name}")


def _table(head: Sequence[str], rows: Sequence[Sequence[object]], theme: Theme) -> Component:
    """A table whose cells travel as text: a thousand cells as a thousand components would keep a browser busy for seconds."""
    table = {
        "head": [_spoken(name) for name in head],
        "numbers": [any(_is_number(row[n]) for row in rows) for n in range(len(head))],
        "rows": [[_cell(cell, theme) for cell in row] for row in rows],
    }
    return html.Div(className="table", tabIndex="0", **{"data-table": orjson.dumps(table).decode()})


def _cell(value: Any, theme: Theme) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return _instant(value, theme)
    if isinstance(value, date):
        return value.isoformat()
    if _is_number(value):
        return theme.whole(value) if float(value).is_integer() else theme.decimal(value, 4 if abs(value) < 1 else 2)
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _instant(at: datetime, theme: Theme) -> str:
    day = at.astimezone(theme.zone).date()
    return f"{theme.full_day(day)}, {theme.clock(at)}"


def _shown(shown: int, there: int, theme: Theme) -> str:
    rows = theme.plural(there, "row", "rows")
    return rows if shown >= there else f"the first {theme.whole(shown)} of {rows}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _spoken(name: str) -> str:
    return name.replace("_", " ")
