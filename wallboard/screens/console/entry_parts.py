"""What a session keeps, on its page: questions to leaders, departments' reports, best practices, measures reviewed, ideas."""

from collections.abc import Iterator
from dataclasses import asdict

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.drawing.kpi_words import kpi_words
from wallboard.lifecycle.entries import ENTRIES, ideas, measures, practices, questions, reports
from wallboard.lifecycle.entries.entry import EntryKind, EntryStep
from wallboard.lifecycle.history import RecordStep
from wallboard.lifecycle.kinds import StepKind
from wallboard.metrics.departments import DepartmentMeasure, department_measures
from wallboard.metrics.scope import Scope
from wallboard.records.agenda import items
from wallboard.records.entries import EntryView, entries_of
from wallboard.records.sessions import SessionView
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form
from wallboard.screens.console.step_forms import fields_of, plain_form

NO_MEASURE = "Has no customer measure: give it one."
INCOMPLETE = "Incomplete: it does not say what they are doing to improve."
WHILE_RUNNING = (reports.DOING, questions.REPLIED, measures.ASSESSED, measures.AGREED)
"""Steps that are taken in a session only."""


def leader_question(view: SessionView, page: PageContext) -> Iterator[Component]:
    """The question that this session asks its leaders, with every answer."""
    questions_here = entries_of(page.connection, view.number, questions.QUESTION)
    if questions_here:
        cards = [html.Li(entry_card(each, page, view)) for each in questions_here]
        yield html.Section([html.H2(questions.QUESTION.title), html.Ul(cards, className="mine")], className="asked-of-leaders")


def entries_part(view: SessionView, page: PageContext) -> Iterator[Component]:
    """Every other kind: what was written down, and the form that adds to it; what nobody has asked for waits in a fold."""
    fills = {item.fills for item in items(page.connection, view.number)}
    others = []
    for kind in ENTRIES.values():
        if kind is questions.QUESTION:
            continue
        there = entries_of(page.connection, view.number, kind)
        raising = _raise(kind, view, page)
        if there or (kind.fills in fills and view.life.status != "planned"):
            yield _section(kind, there, raising, view, page)
        elif raising is not None:
            others.append(fold(kind.title, raising))
    if others:
        yield html.Section([html.H2("Also kept with this session"), *others], className="also-kept")


def _section(
    kind: EntryKind, there: list[EntryView], raising: Component | None, view: SessionView, page: PageContext
) -> Component:
    cards = [html.Li(entry_card(each, page, view)) for each in there]
    listed = html.Ul(cards, className="mine") if cards else html.P(kind.none, className="hint")
    add = [fold(kind.button, raising)] if raising is not None else []
    missing = [*_missing(there, view, page)] if kind is reports.REPORT else []
    return html.Section([html.H2(f"{kind.title}: {len(there)}"), *missing, listed, *add], id=kind.fills, className="entries")


def _missing(there: list[EntryView], view: SessionView, page: PageContext) -> Iterator[Component]:
    """Departments that have not reported, and those that no customer measures."""
    part = view.perimeter if view.perimeter in page.settings.perimeter else None
    rows = department_measures(page.connection, Scope.of(page.settings, page.theme.now, part))
    reported = {entry.subject for entry in there}
    waiting = dict.fromkeys(row.function_name for row in rows if row.measure and row.function not in reported)
    without = [row.function_name for row in rows if row.measure is None]
    if waiting:
        yield html.P(f"Not reported yet: {', '.join(waiting)}.", className="hint", dir="auto")
    if without:
        yield html.P(f"Without a customer measure: {', '.join(without)}.", className="alert", dir="auto")


def _raise(kind: EntryKind, view: SessionView, page: PageContext) -> Component | None:
    open_to = ("planned", "running") if kind.ahead else ("running",)
    if kind.form is None or not page.allowed("raised") or view.life.status not in open_to:
        return None
    fields = fields_of(kind.form, view, page)
    return form(f"/room/do/{kind.verb}/{view.number}", fields, button(kind.button), name=kind.verb)


def entry_card(entry: EntryView, page: PageContext, session: SessionView | None = None) -> Component:
    """One entry: what it is, what was measured, what became of it, and what comes next; `session`: on whose page it stands."""
    whose = page.names.function(entry.subject) if entry.kind.subject == "function" else ""
    named = [html.Span(whose)] if whose and whose != entry.title else []
    by = html.P([*named, html.Span(f"{page.names.name(entry.by)}, {page.day(entry.day)}")], className="line")
    about = {reports.REPORT.name: _report, measures.MEASURE.name: _definition}.get(entry.kind.name)
    taken = [_taken(entry, step, page) for step in entry.life.steps[1:]]
    forms = [_form(kind, entry, page, about_step) for kind, about_step in offered(entry, page, session)]
    title = html.P(entry.title, className="title", dir="auto")
    return html.Div([title, by, *(about(entry, page) if about else ()), *taken, *forms], className="card")


def _report(entry: EntryView, page: PageContext) -> Iterator[Component]:
    """The customers' measures as they were, each with its target; and whether the report says what is done."""
    for row in entry.measured:
        yield html.P(measure_words(row, page), className="line measured")
    if not entry.measured:
        yield html.P(NO_MEASURE, className="alert")
    if not reports.complete(entry.life):
        yield html.P(INCOMPLETE, className="alert")


def department_measure(row: DepartmentMeasure, page: PageContext) -> list[Component]:
    """A measure as it is now, in the words of a report."""
    return measure_words(asdict(row), page)


def measure_words(row: dict[str, object], page: PageContext) -> list[Component]:
    """One measure: its state, what customers get there, its value with n, and its target."""
    value, target, n = row["value"], row["target"], row["denominator"]
    name = html.Span([shape(str(row["judged"])), f" {row['measure']} ({row['touchpoint_name']})"], dir="auto")
    if not isinstance(value, int | float):
        return [name, html.B(str(row["state"]))]
    aim = float(target) if isinstance(target, int | float) else None
    words = kpi_words(float(value), aim, str(row["unit"]), str(row["better"]), page.theme)
    of = [html.Span(page.theme.sample(n))] if isinstance(n, int | float) and row["unit"] == "share" else []
    target_words = html.Span(f"target {words.target}" if words.target else "no target")
    return [name, html.B(f"{words.number} {words.unit}".strip()), target_words, *of]


def _definition(entry: EntryView, page: PageContext) -> Iterator[Component]:
    """What the measure meant when it was reviewed, and whether a session has agreed on what it means since."""
    for row in entry.measured[:1]:
        yield html.P(f"{row['definition']} ({row['formula']})", className="hint", dir="auto")
    agreed = entry.life.last(measures.AGREED)
    changed = entry.life.last(measures.REDEFINED)
    if agreed is None or (changed is not None and changed.seq > agreed.seq):
        yield html.P("Draft: this session has not agreed on the definition.", className="alert")


def _taken(entry: EntryView, step: EntryStep, page: PageContext) -> Component:
    """One step in words: what was said, by whom, and when."""
    kind = next((kind for kind in entry.kind.steps if kind.kind == step.kind), None)
    who = page.names.name(step.user_id) if step.user_id else None
    head = [kind.title if kind else step.kind, page.names.function(step.function) if step.function else None]
    about = next((earlier for earlier in entry.life.steps if earlier.seq == step.refers and earlier.function), None)
    head += [page.names.function(about.function) if about else None, f"version {step.version}" if step.version else None]
    says = [words for words in (step.words, step.how, step.note) if words]
    name = who if who else " ".join(part for part in head if part)
    aloud = "written by " if step.user_id not in (None, step.actor) else ""
    text = html.Span(f": {' · '.join(says)}" if says else "")
    return html.P([html.B(name), text, html.Small(f" {aloud}{step.by}, {page.instant(step.at)}")], dir="auto")


def _form(kind: StepKind, entry: EntryView, page: PageContext, about: RecordStep | None) -> Component:
    of = f" ({page.names.function(_function(entry, about))})" if _function(entry, about) else ""
    return fold(f"{kind.button}{of}", plain_form(kind, entry, page, entry.life.seq, about=about))


def _function(entry: EntryView, about: RecordStep | None) -> str | None:
    """The department that a step is about: that to which a practice was proposed, also where it has adopted it."""
    steps = {step.seq: step for step in entry.life.steps}
    while about is not None:
        step = steps[about.seq]
        if step.function:
            return step.function
        about = steps.get(step.refers or 0)
    return None


def offered(entry: EntryView, page: PageContext, session: SessionView | None) -> Iterator[tuple[StepKind, EntryStep | None]]:
    """The steps that somebody can take now, each with the earlier one that it is about where there may be several."""
    runs = session is not None and session.life.status == "running"
    for kind in entry.kind.steps:
        if kind.form is None or not page.allowed(kind.kind) or (kind in WHILE_RUNNING and not runs):
            continue
        siblings = [other.kind for other in entry.kind.steps if other.follows == kind.follows and other.once]
        answered = {step.refers for step in entry.life.of(*(siblings if kind.once else []))}
        for about in [step for step in entry.life.of(kind.follows or "") if step.seq not in answered]:
            yield kind, about if "refers" in kind.form.model_fields else None


def waiting_words(fills: str | None, view: SessionView, page: PageContext) -> str | None:
    """What stands on an item of the agenda that shows entries of a kind, counted; None for other items."""
    kind = next((kind for kind in ENTRIES.values() if kind.fills == fills), None)
    if kind is None:
        return None
    there = entries_of(page.connection, view.number, kind)
    if kind is reports.REPORT:
        whole = sum(reports.complete(entry.life) for entry in there)
        return f"{page.count(len(there), 'department has', 'departments have')} reported, {whole} of them completely"
    if kind is practices.PRACTICE:
        return page.count(len(there), "best practice shared", "best practices shared")
    if kind is ideas.IDEA:
        return page.count(len(there), "idea of a working session", "ideas of working sessions")
    return page.count(len(there), "measure reviewed", "measures reviewed")
