"""Who takes part: each leader in person, levels and functions of the company, working sessions, work across functions."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.metrics.collaboration import collaboration
from wallboard.metrics.engagement import LeaderEngagement, PartAttendance, attendance_by_part, leader_engagement, working_sessions
from wallboard.metrics.scope import Scope
from wallboard.screens.console.page_context import PageContext


def engagement_page(page: PageContext) -> list[Component]:
    """Counts of the last year. Nobody is ranked: leaders stand in the order of their names."""
    scope = Scope.of(page.settings, page.theme.now)
    lead = "The last year: who was in the room in person, walked the journey, and tried what customers have to do."
    return [
        html.Header([html.H1("Taking part"), html.P(lead, className="hint")]),
        html.Div([_together(page, scope), _leaders(page, scope), _parts(page, scope), _working(page, scope)], className="kinds"),
    ]


def _together(page: PageContext, scope: Scope) -> Component:
    (row,) = collaboration(page.connection, scope)
    active = row.issues + row.initiatives
    of = page.count(active, "open issue or running initiative", "open issues and running initiatives")
    share = f" ({page.theme.share(row.share)})" if row.share is not None else ""
    words = f"{row.shared} of {of}{share} had two functions or more at work on it in the last 30 days."
    return html.Section([html.H2("Across functions"), html.P(words if active else "Nothing is open and nothing runs.")])


def _leaders(page: PageContext, scope: Scope) -> Component:
    cards = [html.Li(_leader(row, page)) for row in leader_engagement(page.connection, scope)]
    listed = html.Ul(cards, className="mine") if cards else html.P("This room has no leader yet.", className="hint")
    hint = html.P("A delegate does not count as attendance.", className="hint")
    return html.Section([html.H2("Leaders"), hint, listed])


def _leader(row: LeaderEngagement, page: PageContext) -> Component:
    facts = [
        f"{row.attended} of {page.count(row.held, 'session', 'sessions')} attended",
        page.count(row.walks, "walkthrough completed", "walkthroughs completed"),
        page.count(row.tried, "task tried", "tasks tried"),
    ]
    sent = [html.Span(page.count(row.delegated, "delegate sent", "delegates sent"), className="alert")] if row.delegated else []
    title = html.P([html.B(row.leader), *([f", {row.function_name}"] if row.function_name else [])], className="title")
    return html.Div([title, html.P([*(html.Span(fact) for fact in facts), *sent], className="line")], className="card")


def _parts(page: PageContext, scope: Scope) -> Component:
    rows = attendance_by_part(page.connection, scope)
    parts: list[Component] = [html.H2("Levels and functions")]
    for by, plural in (("level", "levels"), ("function", "functions")):
        absent = [row.part for row in rows if row.by == by and not row.attended]
        there = [html.Li(_part(row, page)) for row in rows if row.by == by and row.attended]
        if absent:
            parts.append(
                html.P(f"No session of the last year had anybody of these {plural}: {', '.join(absent)}.", className="alert")
            )
        if there:
            parts.append(html.Ul(there, className="present"))
    return html.Section(parts)


def _part(row: PartAttendance, page: PageContext) -> list[Component | str]:
    came = page.count(row.attended, "attendance", "attendances")
    last = f", last on {page.day(row.last_on)}" if row.last_on else ""
    people, added = page.count(row.people, "person", "people"), page.count(row.contributed, "contribution", "contributions")
    return [html.B(row.part), f": {came} by {people}{last}, {added}"]


def _working(page: PageContext, scope: Scope) -> Component:
    rows = working_sessions(page.connection, scope)
    cards = [
        html.Li(
            html.Div(
                [
                    html.A(row.title, href=f"/room/session/{row.session}", className="title", dir="auto"),
                    html.P(
                        [
                            shape("attention" if row.one_function else "good"),
                            html.Span(page.day(row.held_on)),
                            html.Span(row.functions or "no function"),
                            *([html.B("one function only", className="alert")] if row.one_function else []),
                        ],
                        className="line",
                    ),
                ],
                className="card",
            )
        )
        for row in rows
    ]
    none = html.P("No working session in the last year.", className="hint")
    return html.Section([html.H2("Working sessions"), html.Ul(cards, className="mine") if cards else none])
