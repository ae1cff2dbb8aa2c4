"""The council's registers: each department against its customers' measures, best practices, and every measure's definition."""

from collections.abc import Iterator
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.lifecycle.entries import measures, practices, reports
from wallboard.metrics.definitions import DefinedMetric, definitions
from wallboard.metrics.departments import DepartmentMeasure, department_measures
from wallboard.metrics.scope import Scope
from wallboard.records.entries import EntryView, entries
from wallboard.screens.console.entry_parts import NO_MEASURE, department_measure, entry_card
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import fold
from wallboard.screens.sheet import agreed_words


def council_page(page: PageContext) -> list[Component]:
    """All registers on one page, each with where it comes from."""
    lead = "What departments report, what they take over from each other, and what we have agreed to measure."
    ways = [("#departments", "Departments"), ("#practices", "Best practices"), ("#measures", "Measures")]
    chips = html.Nav(
        html.Span([html.A(name, href=href) for href, name in ways]), className="chips", **{"aria-label": "registers"}
    )
    sections = [_departments(page), _practices(page), _measures(page)]
    return [
        html.Header([html.H1("The council"), chips, html.P(lead, className="hint")]),
        html.Div(sections, className="kinds registers"),
    ]


def _departments(page: PageContext) -> Component:
    """Those without a customer measure first: each department has one, or is flagged."""
    newest: dict[str | None, EntryView] = {}
    for entry in reversed(entries(page.connection, reports.REPORT)):
        newest[entry.subject] = entry
    rows = department_measures(page.connection, Scope.of(page.settings, page.theme.now))
    by_department = [[*held] for _, held in groupby(rows, key=lambda row: row.function)]
    ordered = sorted(by_department, key=lambda held: held[0].measure is not None)
    without = sum(held[0].measure is None for held in ordered)
    of = page.count(len(ordered), "department", "departments")
    lead = f"{without} of {of} without a customer measure." if without else f"Each of {of} has a customer measure."
    cards = [html.Li(_department(held, newest.get(held[0].function), page)) for held in ordered]
    return html.Section(
        [html.H2("Departments"), html.P(lead, className="hint"), html.Ul(cards, className="mine")], id=reports.REPORT.fills
    )


def _department(held: list[DepartmentMeasure], report: EntryView | None, page: PageContext) -> Component:
    title = html.P(held[0].function_name, className="title", dir="auto")
    if held[0].measure is None:
        body = [html.P([shape("not measured"), html.B(NO_MEASURE, className="alert")], className="line")]
    else:
        body = [html.P(department_measure(row, page), className="line measured") for row in held]
    return html.Div([title, *body, *_reported(report, page)], className="card")


def _reported(report: EntryView | None, page: PageContext) -> Iterator[Component]:
    """What the department said last that it is doing."""
    if report is None:
        yield html.P("Has not reported to a session yet.", className="hint")
        return
    doing = report.life.last(reports.DOING)
    if doing is None:
        yield html.P(f"Reported on {page.day(report.day)}, but not what they are doing: incomplete.", className="alert")
    else:
        yield html.P([html.B(f"{page.day(report.day)}: "), doing.words], dir="auto")


def _practices(page: PageContext) -> Component:
    known = entries(page.connection, practices.PRACTICE)
    cards = [html.Li(entry_card(entry, page)) for entry in known]
    listed = html.Ul(cards, className="mine") if cards else html.P(practices.PRACTICE.none, className="hint")
    return html.Section([html.H2(practices.PRACTICE.title), listed], id=practices.PRACTICE.fills)


def _measures(page: PageContext) -> Component:
    """Every measure: whether a session has agreed on it; those that were reviewed first, with the review."""
    reviews: dict[str | None, list[EntryView]] = {}
    for entry in entries(page.connection, measures.MEASURE):
        reviews.setdefault(entry.subject, []).append(entry)
    rows = definitions(page.connection, Scope.of(page.settings, page.theme.now))
    ordered = sorted(rows, key=lambda row: (row.metric not in reviews, row.name))
    drafts = sum(row.agreed_on is None for row in rows)
    lead = (
        f"{drafts} of {page.count(len(rows), 'definition is a draft', 'definitions are drafts')}: no session has agreed on them."
    )
    reviewed = [html.Li(_measure(row, reviews[row.metric], page)) for row in ordered if row.metric in reviews]
    others = [html.Li(_measure(row, [], page)) for row in ordered if row.metric not in reviews]
    parts: list[Component] = [html.H2("Measures"), html.P(lead, className="hint"), html.Ul(reviewed, className="mine")]
    folded = fold(f"Not reviewed yet: {len(others)}", html.Ul(others, className="mine"))
    return html.Section([*parts, *([folded] if others else [])], id=measures.MEASURE.fills)


def _measure(row: DefinedMetric, reviews: list[EntryView], page: PageContext) -> Component:
    state = "good" if row.agreed_on else "attention"
    version = f"version {row.version}" if row.version else "the program’s own"
    head = html.P([shape(state), html.B(agreed_words(row, page.theme)), html.Span(version)], className="line")
    title = html.P(row.name, className="title", dir="auto")
    means = html.P(f"{row.definition} ({row.formula})", className="hint", dir="auto")
    cards = [html.Li(entry_card(entry, page)) for entry in reviews]
    return html.Div([title, head, means, *([html.Ul(cards, className="mine")] if cards else [])], className="card")
