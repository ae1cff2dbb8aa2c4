"""The ledger of commitments: by person, what was promised, what was done and how, and what is overdue."""

from collections import Counter
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.lifecycle.commitments import DROPPED, FULFILLED, PROGRESSED
from wallboard.records.commitments import CommitmentView, ledger
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import fold
from wallboard.screens.console.step_forms import plain_form

YEAR = timedelta(days=366)
"""How far back the ledger goes, besides what is open."""

STATES = {"done": "good", "done late": "watch", "overdue": "attention", "dropped": "not measured"}
"""The shape of each state, its word beside it; one that is open and not due yet has none."""


def commitments_page(page: PageContext) -> list[Component]:
    """Mine first, then everybody's, whoever has most overdue first."""
    by_owner: dict[int, list[CommitmentView]] = {}
    for view in ledger(page.connection, page.theme.today - YEAR):
        by_owner.setdefault(view.owner, []).append(view)

    def urgency(owner: int) -> tuple[bool, int, str]:
        states = Counter(view.state(page.theme.today) for view in by_owner[owner])
        return owner != page.me.id, -states["overdue"], page.names.name(owner)

    people = [_person(owner, by_owner[owner], page) for owner in sorted(by_owner, key=urgency)]
    none = html.P("Nobody has made a commitment yet.", className="hint")
    return [
        html.Header(
            [
                html.H1("Commitments"),
                html.P("Everything still open, and everything that fell due in the last year.", className="hint"),
            ]
        ),
        html.Div(people or [none], className="kinds"),
    ]


def by_person(views: list[CommitmentView], page: PageContext) -> list[CommitmentView]:
    """Commitments by the name of whoever made them, then by the day on which they are due."""
    return sorted(views, key=lambda view: (page.names.name(view.owner), view.due_on, view.number))


def _person(owner: int, views: list[CommitmentView], page: PageContext) -> Component:
    """One person's ledger: done when promised of what has fallen due (definitions, B.6: commitment reliability)."""
    today = page.theme.today
    due = [view for view in views if view.due_on <= today and view.state(today) != "dropped"]
    done = sum(view.state(today) == "done" for view in due)
    of = page.count(len(due), "commitment", "commitments")
    line = f"{done} of {of} done on time" if due else "nothing due yet"
    cards = html.Ul([html.Li(commitment_card(view, page)) for view in _most_urgent_first(views, page)], className="mine")
    return html.Section([html.H2([page.names.name(owner), html.Small(f" {line}", className="hint")]), cards])


def _most_urgent_first(views: list[CommitmentView], page: PageContext) -> list[CommitmentView]:
    order = {state: rank for rank, state in enumerate(("overdue", "open", "done late", "done", "dropped"))}
    return sorted(views, key=lambda view: (order[view.state(page.theme.today)], view.due_on, view.number))


def commitment_card(view: CommitmentView, page: PageContext) -> Component:
    """One commitment: who, what, by when, how it stands, and what its owner can say about it."""
    state = view.state(page.theme.today)
    waits = f", {page.age(view.day, view.perimeter)}" if view.life.over is None else ""
    age = f"promised {page.day(view.day)}{waits}"
    aloud = f"said aloud, written by {page.names.name(view.by)}" if view.is_said_aloud else ""
    place = page.names.touchpoints.get(view.touchpoint or "", "")
    facts = [page.names.name(view.owner), f"by {page.day(view.due_on)}", state, age, place, aloud]
    line = html.P(
        [*([shape(STATES[state])] if state in STATES else []), *(html.Span(part) for part in facts if part)], className="line"
    )
    taken = [html.P(f"{page.instant(step.at)}, {step.by}: {_step_words(step.words, step.how)}", className="hint", dir="auto")
            for step in view.life.of("progressed", "fulfilled", "dropped")]  # fmt: skip
    return html.Div([html.P(view.words, className="title", dir="auto"), line, *taken, *_forms(view, page)], className="card")


def _step_words(words: str | None, how: str | None) -> str:
    return f"{words} How: {how}" if how else words or ""


def _forms(view: CommitmentView, page: PageContext) -> list[Component]:
    if view.life.over is not None:
        return []
    mine = view.owner == page.me.id or page.allowed("dropped")
    offered = [*([PROGRESSED, FULFILLED] if mine else []), *([DROPPED] if page.allowed("dropped") else [])]
    return [fold(kind.button, plain_form(kind, view, page, view.life.seq)) for kind in offered]
