"""The roster of the few: what the company works on, what stands in its way, what overlaps, and what could come next."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote, together
from wallboard.lifecycle.initiatives import CONTINUED, FINISHED, FREED, STOPPED, WAITING, InitiativeStep
from wallboard.lifecycle.roster import BARRIER, REMOVED, SPONSORED, UNBLOCKED, RosterStep
from wallboard.metrics.initiatives import InitiativeMovement, initiative_movements
from wallboard.metrics.roster import RosterTarget, roster_targets
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import INCOMPLETE, MEASURED, NOT_MEASURED
from wallboard.records.decisions import one_decision
from wallboard.records.initiatives import InitiativeView, initiatives, overlapping
from wallboard.records.opportunities import Opportunity, opportunities
from wallboard.records.ratings import Rating, by_priority
from wallboard.records.roster import RosterView, left_roster, roster
from wallboard.screens.console.alarms_part import eased, silence
from wallboard.screens.console.decision_parts import votes_words
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, line, select
from wallboard.screens.console.step_forms import plain_form
from wallboard.screens.console.wording import who_may
from wallboard.store.limits import ROSTER, limit

YEAR = timedelta(days=366)
NEXT = 12
"""Opportunities that are listed as what could come next."""


def roster_page(page: PageContext) -> list[Component]:
    """What stands on the roster, and beside it what could come next, the first of them at the top."""
    items, most = roster(page.connection), limit(page.connection, ROSTER)
    running = initiatives(page.connection)
    targets = {row.item: row for row in roster_targets(page.connection, Scope.of(page.settings, page.theme.now))}
    free = most - len(items)
    room = f"{page.count(free, 'place', 'places')} free" if free > 0 else "full: to add one, take one off"
    lead = html.P(f"What the whole company works on: {len(items)} of at most {most} items, {room}.", className="hint")
    none = html.P("Nothing yet: put an opportunity there from its page.", className="hint")
    cards = [_item(item, targets.get(item.number), running, page) for item in items]
    left = [html.Section([*(cards or [none])], className="items"), *_left(page)]
    beside = [_next(items, page), _initiatives(running, page)]
    return [
        html.Header([html.H1("The roster of the few"), lead, *_barriers_by_stage(items, page), *eased(page)]),
        html.Div([html.Div(left), html.Div(beside)], className="roster-page"),
    ]


def _barriers_by_stage(items: list[RosterView], page: PageContext) -> list[Component]:
    """How many barriers stand at each stage: a count, and never their words."""
    counted = Counter(item.stage for item in items for _ in item.life.barriers)
    if not counted:
        return []
    parts = [f"{page.names.stages.get(stage or '', 'the whole journey')}: {count}" for stage, count in counted.items()]
    return [html.P(f"Barriers by stage: {'; '.join(parts)}.", className="hint")]


def _item(item: RosterView, target: RosterTarget | None, running: list[InitiativeView], page: PageContext) -> Component:
    sponsor = html.Span(["sponsor ", html.B(page.names.name(item.owner))])
    place = page.names.touchpoints.get(item.touchpoint or "") or page.names.stages.get(item.stage or "")
    facts = [sponsor, html.Span(f"since {page.day(item.day)}"), *([html.Span(quote(place))] if place else [])]
    over = [
        html.P(f"Overlaps: {page.names.function(view.function)} works on “{view.title}” here too.", className="alert", dir="auto")
        for view in overlapping(page.connection, item, running)
    ]
    parts = [
        html.A(item.title, href=f"/room/opportunity/{item.opportunity}", className="title", dir="auto"),
        html.P(facts, className="line"),
        html.P(target_words(item, page), className="aim"),
        *_shared(target),
        *_selected(item, page),
        *silence(target, page),
        html.P(then_and_now(target, page.theme) if target else "Not measured here.", className="hint"),
        *over,
        *(_barrier(item, step, page) for step in item.life.barriers),
        *_forms(item, page),
    ]
    return html.Article(parts, className="card")


def _shared(target: RosterTarget | None) -> list[Component]:
    """The functions that share this target, and what they are promised together."""
    words = together(target.functions.splitlines(), target.rewards.splitlines()) if target else ""
    return [html.P(f"One target for {words}.", className="hint", dir="auto")] if words else []


def _selected(item: RosterView, page: PageContext) -> list[Component]:
    """The vote that put it there, with the dissent."""
    if item.decision is None:
        return []
    return [html.P(votes_words(one_decision(page.connection, item.decision), page), className="hint")]


def target_words(item: RosterView, page: PageContext) -> str:
    """The one target measure of a roster item."""
    wording = page.names.issue_types.get(item.issue_type, item.issue_type)
    return f"Target: {item.less_by} % fewer complaints “{wording}” by {page.day(item.due_on)}"


def then_and_now(target: RosterTarget, theme: Theme) -> str:
    """What was measured in the eight weeks before an item came to the roster, and what is now."""
    unit = "per 1,000" if target.adjusted else "a week"
    if target.state == INCOMPLETE and target.before is not None:
        return f"Then {theme.decimal(target.before)} {unit}; the comparison follows once eight full weeks have passed."
    if target.before is None or target.now is None:
        return "Not measured: some of the eight weeks before it came here, or of the newest eight, are not known."
    then, now = (theme.decimal(value) for value in (target.before, target.now))
    if target.state != MEASURED or target.change is None:
        return f"Then {then}, now {now} {unit}: too few to compare"
    by = "less" if target.change < 0 else "more"
    return f"Then {then}, now {now} {unit}: {theme.share(abs(target.change))} {by}"


def _barrier(item: RosterView, barrier: RosterStep, page: PageContext) -> Component:
    can = [html.P(["What can be done: ", html.Span(barrier.note, dir="auto")])] if barrier.note else []
    by = html.P(f"{barrier.by}, {page.instant(barrier.at)}", className="hint")
    words = html.P([shape("attention"), html.B(barrier.words, dir="auto"), html.Span(f"blocked by {barrier.how}", dir="auto")])
    gone = (
        [fold("It is out of the way", plain_form(UNBLOCKED, item, page, item.life.seq, about=barrier))]
        if page.allowed("unblocked")
        else []
    )
    return html.Section([words, *can, by, *gone], className="barrier")


def _forms(item: RosterView, page: PageContext) -> Iterator[Component]:
    for kind, title in ((BARRIER, "Something stands in the way"), (SPONSORED, "Another sponsor"), (REMOVED, "Take it off")):
        if page.allowed(kind.kind):
            yield fold(title, plain_form(kind, item, page, item.life.seq, calm=kind is REMOVED))


def _left(page: PageContext) -> list[Component]:
    gone = left_roster(page.connection, page.theme.today - YEAR)
    rows = [
        html.Li([html.B(view.title, dir="auto"), html.P(step.words, dir="auto"), html.Small(page.instant(step.at))])
        for view in gone
        if (step := view.life.removed) is not None
    ]
    return [html.Section([html.H2("Left the roster in the last year"), html.Ul(rows)], className="gone")] if rows else []


def _next(items: list[RosterView], page: PageContext) -> Component:
    """What could come next, with everything it is sorted by."""
    there = {item.opportunity for item in items}
    waiting = [opportunity for opportunity in opportunities(page.connection) if opportunity.id not in there]
    ordered = by_priority(page.connection, waiting)
    rows = [html.Li(_candidate(opportunity, rating, page)) for opportunity, rating in ordered[:NEXT]]
    how = "Most customer votes first, then most impact for the effort, then most money at stake, then the oldest."
    none = html.P("No opportunity is waiting.", className="hint")
    listed = html.Ol(rows) if rows else none
    return html.Section([html.H2("What could come next"), html.P(how, className="hint"), listed], className="next-ones")


def _candidate(opportunity: Opportunity, rating: Rating, page: PageContext) -> Component:
    facts = html.P([html.Span(part) for part in inputs(opportunity, rating, page)], className="line")
    title = html.A(opportunity.title, href=f"/room/opportunity/{opportunity.id}", className="title", dir="auto")
    return html.Div([title, facts])


def inputs(opportunity: Opportunity, rating: Rating, page: PageContext) -> list[str]:
    """Everything that an opportunity is sorted by, in words."""
    votes = (
        page.count(rating.votes, "customer voted for it", "customers voted for it") if rating.votes else "no votes from customers"
    )
    rated = f"impact {rating.impact}, effort {rating.effort} of 5" if rating.impact else "not rated yet"
    stake = [f"{page.money(float(opportunity.value_at_stake))} at stake"] if opportunity.value_at_stake else []
    return [votes, rated, *stake]


def _initiatives(running: list[InitiativeView], page: PageContext) -> Component:
    moves = initiative_movements(page.connection, Scope.of(page.settings, page.theme.now))
    rows = [html.Li(_initiative(view, moves, page)) for view in running]
    none = html.P("No initiative has been recorded.", className="hint")
    listed = html.Ul(rows, className="mine") if rows else none
    start = (
        fold("Record an initiative", _start(page))
        if page.allowed("started")
        else html.P(who_may("started", page), className="hint")
    )
    return html.Section([html.H2("Running initiatives"), listed, start], className="running")


def _initiative(view: InitiativeView, moves: tuple[InitiativeMovement, ...], page: PageContext) -> Component:
    place = page.names.touchpoints.get(view.touchpoint, view.touchpoint)
    of = "for the roster" if view.roster_item else "of the department"
    facts = [page.names.function(view.function), quote(place), of, f"since {page.day(view.day)}"]
    mine = [row for row in moves if row.initiative == view.number]
    moved = [html.P(movement_words(row, page), className="alert" if row.flat else "hint") for row in mine]
    reviewed = [html.P(f"Continued: {step.words}", className="hint", dir="auto") for step in view.life.of("continued")[-1:]]
    blocked = [part for step in view.life.blockers for part in _blocked(view, step, page)]
    offered = [kind for kind in (CONTINUED, FINISHED, STOPPED, WAITING) if page.allowed(kind.kind)]
    forms = [fold(kind.button, plain_form(kind, view, page, view.life.seq)) for kind in offered]
    title = html.P(view.title, className="title", dir="auto")
    what = html.P([html.Span(part) for part in facts], className="line")
    return html.Div([title, what, *moved, *blocked, *reviewed, *forms], className="card")


def _blocked(view: InitiativeView, step: InitiativeStep, page: PageContext) -> Iterator[Component]:
    """Who has to act before an initiative goes on, in which department, and what on."""
    works_in = next((user.function for user in page.names.users if user.id == step.user_id), None)
    who = ", ".join(part for part in (page.names.name(step.user_id), page.names.function(works_in)) if part)
    words = f"{step.words} (since {page.instant(step.at)})"
    yield html.P([html.B(f"Waits for {who}: ", className="alert"), words], dir="auto")
    if page.allowed(FREED.kind):
        yield fold(FREED.button, plain_form(FREED, view, page, view.life.seq, about=step))


def movement_words(row: InitiativeMovement, page: PageContext) -> str:
    """What has moved since an initiative started, against the number that was frozen then."""
    if row.then is None or row.state == NOT_MEASURED:
        return "Complaints here: not measured when it started, or not now."
    then = page.count(row.then, "complaint", "complaints")
    if row.now is None:
        return f"{then} in the four weeks before it started; too early to say what moves."
    words = f"{then} in the four weeks before it started, {page.theme.whole(row.now)} in the last four"
    return f"Nothing has moved: {words}." if row.flat else f"{words}."


def _start(page: PageContext) -> Component:
    known = {str(item.number): item.title for item in roster(page.connection)}
    fields = [
        line("title", "What is done?"),
        select("function", "By which department?", page.names.functions, first="choose one"),
        select("touchpoint", "At which touchpoint?", page.names.touchpoints, first="choose one"),
        select("roster_item", "For which item of the roster?", known, first="for none: the department’s own"),
    ]
    return form("/room/do/start-initiative/0", fields, button("Write it down"), name="start-initiative")
