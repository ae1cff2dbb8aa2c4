"""Golden rule 3: the people in the room decide; who lacks a mandate is to be seen before anything is sent."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from wallboard.records.issue_views import IssueView
from wallboard.records.users import User
from wallboard.screens.console.known_numbers import known_now
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import box, facts, line, select, several

Fields = Mapping[str, Component]
"""The fields of a form by name, as its declaration asks for them."""

ROWS = 8
"""Touchpoints that one decision may touch; the form shows one, and another one at a touch."""


def deciding(fields: Fields, view: IssueView, page: PageContext) -> list[Component]:
    """Who is here, what is decided, what it means, what it touches, and the numbers it is based on."""
    here = page.names.answering()
    boxes = [box(f"present.{user.id}", _named(user, view, page), user.id == page.me.id, f"present-{user.id}") for user in here]
    numbers = known_now(page.connection, page.settings, page.today(view.perimeter), view)
    return [
        several("Who is in the room?", boxes),
        html.Ul([_held(key, page) for key in view.functions], className="held"),
        fields["words"],
        fields["implications"],
        _touched(view, page),
        html.Div([html.H3("The numbers before us"), facts((name, shown) for name, (_, shown) in numbers.items()),
                  html.P("They are kept with the decision as they are now.", className="hint")], className="before-us"),
    ]  # fmt: skip


def _named(user: User, view: IssueView, page: PageContext) -> list[Component]:
    """A person with role and mandates; without a mandate for what is affected, that is said."""
    holds = [page.names.function(key) for key in user.mandates if key in view.functions]
    mandate = html.Em(f"decides for {', '.join(holds)}", className="holds") if holds else html.Em("no mandate here")
    return [html.B(user.name), html.Span(user.role), mandate]


def _held(key: str, page: PageContext) -> Component:
    """One affected function; the page's script says whether somebody with its mandate is ticked."""
    holders = page.names.holders(key)
    known = ", ".join(holder.name for holder in holders) or "nobody in this room has it"
    summary = [html.B(page.names.function(key)), html.Span(className="state"), html.Span(f"mandate: {known}", className="hint")]
    return html.Li(summary, **{"data-holders": ",".join(str(holder.id) for holder in holders)})


def _touched(view: IssueView, page: PageContext) -> Component:
    names = page.names.touchpoints
    rows = []
    for row in range(1, ROWS + 1):
        chosen = view.touchpoint or "" if row == 1 else ""
        place = (
            select(f"touchpoint.{row}", "Touchpoint", names, first="choose a touchpoint", chosen=chosen)
            if names
            else line(f"touchpoint.{row}", "Touchpoint")
        )
        rows.append(html.Div([place, line(f"effect.{row}", "What does it do there?")], className="row", hidden=row > 1))
    more = html.Button("And another touchpoint", type="button", className="btn btn-secondary one-more")
    return html.Fieldset(
        [html.Legend("Which touchpoints does it touch? Think each of them through."), *rows, more], className="field touched"
    )
