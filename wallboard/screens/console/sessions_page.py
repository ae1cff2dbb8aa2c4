"""All sessions: the one that runs, those to come, those that were, and the form that plans."""

from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.lifecycle.sessions import SESSION_KINDS
from wallboard.records.maturity import LEVELS, last_customer, maturity
from wallboard.records.recurrence import EVERY
from wallboard.records.sessions import SessionView, sessions
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import box, button, fold, form, line, select, several, text
from wallboard.screens.console.wording import who_may
from wallboard.store.zones import EVERYTHING

YEAR = timedelta(days=366)
SHOWN = 40
STATES = {"running": "good", "planned": "watch", "ended": "good", "cancelled": "not measured", "missed": "attention"}


def sessions_page(page: PageContext) -> list[Component]:
    """What runs and what comes first, then what was, newest first."""
    now = page.theme.now
    known = sessions(page.connection, [EVERYTHING, *page.settings.leaves(None)], now - YEAR, now + YEAR)
    running = [view for view in known if view.life.status == "running"]
    coming = [view for view in known if view.life.status == "planned" and view.at >= now]
    before = [view for view in reversed(known) if view not in running and view not in coming]
    lists = [
        _list("Now", running, page, ""),
        _list("Upcoming", coming, page, "No session is planned."),
        _list("Past", before, page, "No session has been held yet."),
    ]
    head = html.Header([html.H1("Sessions"), html.A("All commitments", href="/room/commitments", className="act")])
    forms = html.Div([_plan(page), *_maturity(page)], className="kinds")
    return [head, html.Div([html.Div(lists, className="kinds"), forms], className="learned-log sessions")]


def _maturity(page: PageContext) -> list[Component]:
    """How mature the room is, and the form that says so with its evidence."""
    places = {EVERYTHING: page.settings.company, **page.perimeters()}
    known = {place: stands for place in places if (stands := maturity(page.connection, place))}
    rows = [html.Li(f"{places[place]}: level {stands.level}, {stands.evidence}", dir="auto") for place, stands in known.items()]
    stands = html.Ul(rows) if rows else html.P("Nobody has assessed it yet.", className="hint")
    last = last_customer(page.connection, page.theme.now)
    was = f"A customer was last here on {page.instant(last)}." if last else "No customer has been in a session yet."
    parts: list[Component] = [html.H2("How mature is the room?"), stands, html.P(was, className="hint")]
    if page.allowed("planned"):
        fields = [
            *([select("perimeter", "Which part of the business?", places)] if len(places) > 1 else []),
            select("level", "Which level?", {str(level): f"{level}: {what}" for level, what in LEVELS.items()}),
            text("evidence", "On what evidence?", "customers are invited from level 3"),
        ]
        parts.append(fold("Assess it", form("/room/do/assess/0", fields, button("Write it down"), name="assess")))
    return [html.Section(parts)]


def state_of(view: SessionView, page: PageContext) -> str:
    """How a session stands: planned, running, ended, cancelled, or missed where its time has passed and it never began."""
    passed = view.at + timedelta(minutes=view.minutes) < page.theme.now
    return "missed" if view.life.status == "planned" and passed else view.life.status


def when(view: SessionView, page: PageContext) -> str:
    """The day and the time of a session, where it takes place; and when it was planned first."""
    zone = page.settings.zone(None if view.perimeter == EVERYTHING else view.perimeter)
    here = view.at.astimezone(zone)
    moved = f", planned for {page.day(view.planned_at.astimezone(zone).date())}" if view.life.moved_to else ""
    return f"{page.day(here.date())} at {here:%H:%M}{moved}"


def _list(title: str, views: list[SessionView], page: PageContext, empty: str) -> Component:
    if not views and not empty:
        return html.Div(hidden=True)
    rows = [html.Li(_card(view, page)) for view in views[:SHOWN]]
    more = [html.P(f"and {page.count(len(views) - SHOWN, 'more', 'more')}", className="hint")] if len(views) > SHOWN else []
    return html.Section([html.H2(title), html.Ul(rows) if rows else html.P(empty, className="hint"), *more])


def _card(view: SessionView, page: PageContext) -> Component:
    state = state_of(view, page)
    place = page.settings.company if view.perimeter == EVERYTHING else page.place(view.perimeter)
    present = page.count(len(view.life.present), "person present", "people present") if view.life.present else ""
    expected = page.count(len(view.life.expected), "person expected", "people expected") if view.life.expected else ""
    line_of = [when(view, page), f"{view.minutes} minutes", place, present or expected]
    marks = [shape(STATES[state]), html.Span(state), *(html.Span(part) for part in line_of if part)]
    inside = [html.Span(f"{view.title} ({view.kind})", className="title", dir="auto"), html.P(marks, className="line")]
    return html.A(html.Div(inside), href=f"/room/session/{view.number}", className="card")


def _plan(page: PageContext) -> Component:
    if not page.allowed("planned"):
        return html.P(who_may("planned", page), className="hint")
    places = page.perimeters()
    where = [select("perimeter", "For which part of the business?", places, first="all of it")] if len(places) > 1 else []
    agendas = {key: template.title for key, template in page.settings.agenda.items()}
    named = ((user.id, f"{user.name}, {user.role}") for user in page.names.answering())
    people = [box(f"expected.{number}", name, identity=f"expected-{number}") for number, name in named]
    fields = [
        select("kind", "What is it for?", {kind: kind for kind in SESSION_KINDS}),
        line("title", "What is it called?"),
        select("agenda", "With which agenda?", agendas, first="the one for this kind of session"),
        *where,
        line("day", "On which day, or from which day?", kind="date", min=page.theme.today.isoformat()),
        line("time", "At what time?", "local time", kind="time", value="09:30"),
        line("minutes", "How many minutes does it take?", kind="number", value="60", min="5", max="600"),
        select("every", "How often?", dict(EVERY), first="once"),
        line("times", "How many times?", "for a series", kind="number", value="12", min="1", max="160"),
        several("Who is expected?", people),
    ]
    planned = form("/room/do/plan-session/0", fields, button("Plan it"), name="plan-session")
    return html.Section([html.H2("Plan a session"), planned])
