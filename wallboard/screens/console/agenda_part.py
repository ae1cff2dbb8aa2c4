"""The agenda on the page of a session: its items in order, the clock of the one that runs, its notes, and what moves on."""

from collections.abc import Iterator

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.agendas import item_of
from wallboard.drawing.glyphs import shape
from wallboard.lifecycle import agenda as steps
from wallboard.lifecycle.sessions import SHOWN
from wallboard.metrics.research import unreviewed
from wallboard.metrics.scope import Scope
from wallboard.records.agenda import ItemView, items, not_reached, one_item
from wallboard.records.commitments import open_commitments
from wallboard.records.decisions import due_decisions
from wallboard.records.sessions import SessionView
from wallboard.records.snapshots import frozen_scenes
from wallboard.screens.console.entry_parts import waiting_words
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, line
from wallboard.screens.console.step_forms import plain_form
from wallboard.store.zones import EVERYTHING

WALKED = {"journey": "/journey", "end": "/journey/end"}
"""Where the layouts stand that are no walls."""

STATES = {"to come": "not measured", "begun": "watch", "finished": "good", "put off": "attention"}


def agenda(view: SessionView, page: PageContext) -> Component:
    """Every item; whoever leads begins and finishes them, everybody writes notes and adds items."""
    listed = items(page.connection, view.number)
    planned = sum(item.minutes for item in listed)
    head: list[Component | str] = ["Agenda", html.Small(f" {planned} of {view.minutes} minutes", className="hint")]
    begun = view.life.newest("begun")
    if begun and view.life.status == "running":
        head.append(_clock(begun.at.isoformat(), view.minutes))
    first = next((item.number for item in listed if item.life.status in ("begun", "to come")), None)
    rows = [html.Li(_item(item, view, page, is_due=item.number == first)) for item in listed]
    empty = html.P("Nothing is on the agenda yet.", className="hint")
    parts: list[Component] = [html.H2(head), html.Ol(rows, className="agenda-items") if rows else empty]
    if view.life.status == "planned":
        parts += _waiting(view, page)
    if view.life.status in ("planned", "running") and page.allowed("listed"):
        parts.append(_add(view))
    return html.Section(parts, className="agenda-of-session")


def _clock(since: str, minutes: int) -> Component:
    return html.Span(className="clock", role="timer", **{"data-since": since, "data-minutes": str(minutes)})


def _item(item: ItemView, view: SessionView, page: PageContext, *, is_due: bool) -> Component:
    status = "not reached" if view.life.status == "ended" and item.life.status in ("to come", "begun") else item.life.status
    mark = shape(STATES.get(status, "attention"))
    title = html.P([mark, html.B(item.title, dir="auto"), *_time(item, status)], className="line item-title")
    facts = [*_origin(item, page), *_scene(item), *_fills(item, view, page)]
    notes = [html.P([html.B(step.by), f": {step.words}"], dir="auto", className="note") for step in item.life.of("minuted")]
    came_to = [html.P(step.words, dir="auto") for step in item.life.of("finished", "deferred") if step.words]
    asks = [html.P(words, className="hint") for words in _asks(item, page)]
    below = [html.P(facts, className="line")] if facts else []
    return html.Div([title, *below, *asks, *notes, *came_to, *_forms(item, view, page, is_due=is_due)])


def _time(item: ItemView, status: str) -> list[Component]:
    opened = item.life.newest("opened")
    if status == "begun" and opened:
        return [_clock(opened.at.isoformat(), item.minutes)]
    if item.life.minutes is not None and status == "finished":
        return [html.Span(f"{item.life.minutes} of {item.minutes} min")]
    return [html.Span(f"{item.minutes} min"), *([html.Span(status, className="alert")] if status == "not reached" else [])]


def _origin(item: ItemView, page: PageContext) -> Iterator[Component]:
    """Since when an item waits that moved on, and who has put another one there."""
    if item.carried_from is not None:
        first = one_item(page.connection, item.carried_from)
        yield html.Span(f"carried over since {page.day(first.life.steps[0].day)}", className="alert")
    elif item.template is None:
        yield html.Span(f"added by {page.names.name(item.by)}")


def _scene(item: ItemView) -> Iterator[Component]:
    if item.scene:
        name, scene = item.scene.split("/", 1)
        yield html.A("On the wall", href=f"{WALKED.get(name, f'/wall/{name}')}?scene={scene}")


def _fills(item: ItemView, view: SessionView, page: PageContext) -> Iterator[Component]:
    """What stands on an item by itself, counted."""
    places, begun = {view.perimeter, EVERYTHING}, view.life.newest("begun")
    if item.fills == "commitments":
        waiting = open_commitments(page.connection, places, begun.at if begun else page.theme.now, besides=view.number)
        yield html.B(page.count(len(waiting), "commitment is open", "commitments are open"))
    elif item.fills == "decisions":
        due = due_decisions(page.connection, places, page.today(view.perimeter))
        yield html.B(page.count(len(due), "decision is due for review", "decisions are due for review"))
    elif item.fills == "research":
        studies = unreviewed(page.connection, Scope.of(page.settings, page.theme.now))
        yield html.A(page.count(len(studies), "study not reviewed", "studies not reviewed"), href="/room/research")
    elif (words := waiting_words(item.fills, view, page)) is not None:
        yield html.A(words, href=f"#{item.fills}")


def _asks(item: ItemView, page: PageContext) -> Iterator[str]:
    """The question that the template asks with an item."""
    made_from = item_of(page.settings.agenda, item.template, item.title)
    if made_from and made_from.asks:
        yield made_from.asks


def _forms(item: ItemView, view: SessionView, page: PageContext, *, is_due: bool) -> Iterator[Component]:
    if view.life.status != "running":
        return
    seen, status, leads = item.life.seq, item.life.status, page.allowed("opened")
    if status in ("begun", "finished") and page.allowed("minuted"):
        yield fold("Write a note", plain_form(steps.MINUTED, item, page, seen, calm=True))
    if is_due and item.scene and _can_be_put_up(item.scene, view, page):
        field = dbc.Input(type="hidden", name="scene", value=item.scene)
        yield form(f"/room/do/show-scene/{view.number}", [field], button(SHOWN.button, calm=True), name="put-up")
    put_off = plain_form(steps.DEFERRED, item, page, seen, calm=True)
    if status == "begun" and leads:
        yield plain_form(steps.FINISHED, item, page, seen)
        yield fold("Put it off", put_off)
    elif status == "to come" and leads:
        begin = plain_form(steps.OPENED, item, page, seen, calm=not is_due)
        yield from (begin, fold("Put it off", put_off)) if is_due else (fold("Begin it, or put it off", begin, put_off),)


def _can_be_put_up(scene: str, view: SessionView, page: PageContext) -> bool:
    """Whether a scene is one of those that stand frozen on the walls while the session runs."""
    wall, name = scene.split("/", 1)
    _label, scenes = frozen_scenes(page.connection, view.number).get(wall, ("", {}))
    return page.allowed("shown") and name in scenes


def _waiting(view: SessionView, page: PageContext) -> list[Component]:
    """What will move on to this agenda when the session begins."""
    waiting = not_reached(page.connection, view)
    if not waiting:
        return []
    titles = [html.Li(item.title, dir="auto") for item in waiting]
    return [html.H3("Carried over from earlier sessions when it begins"), html.Ul(titles, className="moves-on")]


def _add(view: SessionView) -> Component:
    fields = [
        line("title", "What is it about?"),
        line("minutes", "How many minutes?", kind="number", value="10", min="1", max="240"),
    ]
    return fold("Add an item", form(f"/room/do/list-item/{view.number}", fields, button("Add it"), name="list-item"))
