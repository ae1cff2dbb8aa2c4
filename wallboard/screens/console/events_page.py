"""What happened, at arm's length: shifts that nobody has explained, the events of a year, and the form that records one."""

from collections.abc import Mapping
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from wallboard.catalogue import catalogue
from wallboard.drawing.events import explain_address
from wallboard.drawing.glyphs import STATE_WORDS
from wallboard.drawing.words import quote
from wallboard.errors import RuleRefused
from wallboard.lifecycle.forms import named_day
from wallboard.metrics.events import RECORDED, Event, events
from wallboard.metrics.memo import state_of
from wallboard.metrics.monthly_shifts import milestone_shifts, scoreboard_shifts, turns
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import TURNED, Shift, complaint_shifts, early_shifts
from wallboard.metrics.state_shifts import state_shifts
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, line, select, text
from wallboard.screens.console.wording import who_may
from wallboard.store.schema.events import EVENT_KINDS
from wallboard.store.versions import read_versions

SHOWN = 60
"""Events that are listed at most."""

YEAR = timedelta(days=366)


def events_page(page: PageContext) -> list[Component]:
    """What nobody has explained first, then what happened, newest first; and the form, filled in for a shift that was chosen."""
    versions = read_versions(page.connection)
    scope = Scope.of(page.settings, versions.as_of(page.theme.now))
    every = complaint_shifts, early_shifts, scoreboard_shifts, milestone_shifts, turns, state_shifts
    with page.measured.of(state_of(scope.as_of, versions)):  # a wall has measured most of them
        shifts = tuple({_about(shift): shift for metric in every for shift in metric(page.connection, scope)}.values())
    lead = "What moved our numbers, on every wall that shows them."
    head = html.Header([html.H1("What happened here"), html.P(lead, className="hint")])
    lists = html.Div([_shifts(shifts, page), _events(events(page.connection, scope), page)], className="kinds")
    return [head, html.Div([lists, _form(page)], className="learned-log events-log")]


def _about(shift: Shift) -> tuple[object, ...]:
    """What is one shift, though two panels judge it: a scoreboard's may be a milestone too."""
    return shift.metric, shift.issue_type, shift.touchpoint, shift.name, shift.since


def _shifts(shifts: tuple[Shift, ...], page: PageContext) -> Component:
    unexplained = [shift for shift in shifts if shift.explained_by is None]
    lines = [html.Ul([html.Li(_shift(shift, page)) for shift in unexplained])] if unexplained else []
    explained = f"{page.count(len(shifts) - len(unexplained), 'shift is', 'shifts are')} explained."
    hint = html.P(explained if shifts else "Nothing has shifted.", className="hint")
    return html.Section([html.H2("Nobody has explained this yet"), *lines, hint])


def _shift(shift: Shift, page: PageContext) -> list[Component | str]:
    link = html.A("Explain it", href=explain_address(shift), className="act")
    name = quote(shift.name) if shift.issue_type else shift.name
    place = page.names.touchpoints.get(shift.touchpoint or "", "")
    at = f" ({place})" if place and place not in name else ""
    changed = f"{at}: {_change(shift)} since {page.day(shift.since)}. "
    return [html.Span(name, dir="auto"), changed, *([link] if page.allowed("recorded") else [])]


def _change(shift: Shift) -> str:
    """More than usual; less than before; in trouble (was good)."""
    if shift.state and shift.was:
        return f"{STATE_WORDS.get(shift.state, shift.state)} (was {STATE_WORDS.get(shift.was, shift.was)})"
    return f"{'more' if shift.side == 'high' else 'less'} than {'before' if shift.rule == TURNED else 'usual'}"


def _events(happened: tuple[Event, ...], page: PageContext) -> Component:
    recent = [event for event in happened if event.starts_on >= page.theme.today - YEAR][:SHOWN]
    lines = (
        html.Ul([html.Li(_event(event, page)) for event in recent]) if recent else html.P("Nothing is known.", className="hint")
    )
    return html.Section([html.H2("What happened"), lines])


def _event(event: Event, page: PageContext) -> list[Component | str]:
    ends = f" to {page.day(event.ends_on)}" if event.ends_on and event.ends_on != event.starts_on else ""
    about = ", ".join(_concerns(event, page)) or "everything"
    by = f" · {event.by}" if event.by else ""
    parts: list[Component | str] = [
        html.B(f"{page.day(event.starts_on)}{ends}"), " ", html.Span(event.words, dir="auto"),
        html.P(f"{event.kind} · concerns {about}{by}", className="hint"),
    ]  # fmt: skip
    if event.origin == RECORDED and page.allowed("recorded"):
        why = text("words", "Why does it not hold?", rows=1)
        parts.append(
            fold("Take it back", form(f"/room/do/withdraw/{event.entry}", [why], button("Take it back"), name="withdraw"))
        )
    return parts


def _concerns(event: Event, page: PageContext) -> list[str]:
    names, metrics = page.names, catalogue()
    place = names.touchpoints.get(event.touchpoint or "") or names.stages.get(event.stage or "")
    known = (
        place,
        names.issue_types.get(event.issue_type or ""),
        metrics[event.metric].name if event.metric in metrics else None,
        page.place(event.perimeter) if event.perimeter else None,
    )
    return [name for name in known if name]


def _form(page: PageContext) -> Component:
    if not page.allowed("recorded"):
        return html.P(who_may("recorded", page), className="hint")
    today, names, query = page.theme.today.isoformat(), page.names, page.query
    explains = _day(query.get("explains", ""))
    known = {key: metric.name for key, metric in catalogue().items()}

    def concerns(name: str, label: str, choices: Mapping[str, str]) -> Component:
        return select(name, label, choices, first="all", chosen=query.get(name, ""))

    fields = [
        text("words", "What happened?", hint="in a few words that everybody understands", rows=2),
        select("kind", "What was it?", {kind: kind for kind in EVENT_KINDS}),
        line("starts_on", "On which day, or from when on?", kind="date", value=explains or today, max=today),
        line("ends_on", "Until when?", hint="empty: on that day, or it lasts", kind="date"),
        concerns("issue_type", "Which complaints does it concern?", names.issue_types),
        concerns("touchpoint", "Which touchpoint?", names.touchpoints),
        concerns("stage", "Which stage?", names.stages),
        concerns("metric", "Which number?", known),
        concerns("perimeter", "Which part of the business?", page.perimeters()),
        html.Div(line("explains", "", value=explains), hidden=True),
    ]
    title = f"What explains the shift since {page.day(named_day(explains, 'the day'))}?" if explains else "Record what happened"
    return html.Section([html.H2(title), form("/room/do/record/0", fields, button("Record it"), name="record")], id="record")


def _day(query: str) -> str:
    """A day of the address, as it was given; '' where it is none."""
    try:
        return named_day(query, "the day").isoformat() if query else ""
    except RuleRefused:
        return ""
