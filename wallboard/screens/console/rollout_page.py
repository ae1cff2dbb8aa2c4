"""The roll-out: which parts of the business work with the room, by which evidence, who coaches there, and what is covered."""

from collections.abc import Iterator
from types import MappingProxyType

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.lifecycle import rollout as lives
from wallboard.metrics.rollout import PHASE_STATE, RolloutPart, coverage, rollout_parts
from wallboard.metrics.scope import Scope
from wallboard.records import rollout as records
from wallboard.records.acting import Acting
from wallboard.records.rollout import RolloutView, alumni, rollouts
from wallboard.screens.console.actions import Action, Done, step_actions
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, select, text
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.step_forms import plain_form
from wallboard.screens.console.wording import who_may

PAGE = "/room/rollout"


def rollout_page(page: PageContext) -> list[Component]:
    """Every part of the business, the furthest first; and who was in a pilot and can coach."""
    rows = rollout_parts(page.connection, Scope.of(page.settings, page.theme.now))
    begun = {view.perimeter: view for view in rollouts(page.connection)}
    cards = [html.Li(_part(row, begun.get(row.perimeter), page)) for row in rows]
    lead = html.P(_covered(rows, page), className="hint")
    parts: list[Component] = [html.Section([html.Ul(cards, className="mine")]), _alumni(page)]
    if not page.allowed("aware"):
        parts.append(html.P(who_may("aware", page), className="hint"))
    return [html.Header([html.H1("Roll-out"), lead]), html.Div(parts, className="kinds")]


def _covered(rows: tuple[RolloutPart, ...], page: PageContext) -> str:
    whole = coverage(rows)
    if whole.customers is None:
        return "How many customers the room covers is not measured."
    value = f", {page.theme.share(whole.value)} of their value" if whole.value is not None else ""
    return f"The room covers {page.theme.share(whole.customers)} of the customers{value}."


def _part(row: RolloutPart, view: RolloutView | None, page: PageContext) -> Component:
    phase = row.phase or "not begun"
    facts = [f"since {page.day(row.since)}"] if row.since else []
    if row.customers is not None:
        share = f", {page.theme.share(row.customers_share)} of all" if row.customers_share is not None else ""
        facts.append(page.count(row.customers, "customer", "customers") + share)
    head = html.P([shape(PHASE_STATE[row.phase]), html.B(phase), *(html.Span(fact) for fact in facts)], className="line")
    title = html.P(page.place(row.perimeter), className="title", dir="auto")
    below = _begun(view, page) if view else _not_begun(row, page)
    return html.Div([title, head, *below], className="card")


def _not_begun(row: RolloutPart, page: PageContext) -> Iterator[Component]:
    if page.allowed("aware"):
        where = dbc.Input(type="hidden", name="perimeter", value=row.perimeter)
        fields = [where, text("words", "What has made its people aware?", "the workshop, and which functions came")]
        begin = form("/room/do/make-aware/0", fields, button("Begin the roll-out here"), name="make-aware")
        yield fold("Begin here", begin)


def _begun(view: RolloutView, page: PageContext) -> Iterator[Component]:
    for step in view.life.of(*lives.PHASES):
        why = f" ({step.note})" if step.note else ""
        yield html.P(f"{lives.STEPS[step.kind].title}, {page.day(step.day)}: {step.words}{why}", className="hint", dir="auto")
    coaches = [page.names.name(user) for user in view.life.coaches]
    if coaches:
        yield html.P(["Coached by ", html.B(", ".join(coaches))])
    else:
        yield html.P("Nobody from a pilot coaches here.", className="alert")
    if page.allowed("aware"):
        phase = view.life.phase.kind
        following = lives.DEPLOYED if phase == "pilot" else lives.PILOT
        others = [kind for kind in (lives.PILOT, lives.DEPLOYED) if kind.kind != phase and kind is not following]
        forms = [plain_form(kind, view, page, view.life.seq, calm=True) for kind in others]
        yield fold("Its next phase", plain_form(following, view, page, view.life.seq))
        yield from (fold("Another phase", each) for each in forms)
        yield fold("Name a coach", _coach(view, page))


def _coach(view: RolloutView, page: PageContext) -> Component:
    offered = {str(user): page.names.name(user) for user in alumni(page.connection, besides=view.life.coaches)}
    if not offered:
        return html.P("Nobody else was in the team of a pilot.", className="hint")
    who = select("user_id", "Who coaches?", offered, first="choose a person")
    return form(f"/room/do/coach/{view.number}", [who], button(lives.COACHED.button), seen=view.life.seq, name="coach")


def _alumni(page: PageContext) -> Component:
    names = ", ".join(page.names.name(user) for user in alumni(page.connection))
    return html.Section([html.H2("Were in the team of a pilot, and can coach"), html.P(names or "Nobody yet.")])


def _make_aware(act: Acting, _none: int, sent: Sent) -> Done:
    records.make_aware(act, sent.short("perimeter", "the part of the business", 60) or "", sent.text("words"))
    return Done("Begun: its people are aware.", PAGE)


ROLLOUT_ACTIONS: MappingProxyType[str, Action] = MappingProxyType(
    {
        **step_actions(lives.STEPS, records.take_form, PAGE),
        "make-aware": _make_aware,
    }
)
