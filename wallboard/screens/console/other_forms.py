"""What else can be done with an issue, folded beneath the one next thing."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.life import Step
from wallboard.lifecycle.steps import KINDS
from wallboard.records.issue_views import IssueView
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import fold
from wallboard.screens.console.step_forms import step_form
from wallboard.screens.console.wording import says, who_may

LONGEST = 120
"""Letters of a step's words in a heading."""


def other_forms(view: IssueView, page: PageContext) -> list[Component]:
    """Everything that this person may do besides the next thing; what the role may not do is said at the end."""
    offered = [
        part for kind in KINDS if (kind.follows == "closed") is bool(view.life.closed) for part in _offered(kind, view, page)
    ]
    if not page.allowed("escalated") and not view.life.closed:
        hint = who_may("escalated", page).replace(" does this", " moves it up the ladder, decides and names who answers")
        offered.append(html.P(hint, className="hint may-not"))
    return [html.Section([html.H2("Something else"), *offered], className="others")] if offered else []


def _offered(kind: StepKind, view: IssueView, page: PageContext) -> Iterator[Component]:
    for offer in kind.offers if page.allowed(kind.kind) else ():
        for about in offer.about(view.life):
            if kind.awaited and about is not None and about.function != page.me.function:
                yield html.P(kind.awaited.format(function=page.names.function(about.function)), className="alert")
                continue
            heading = offer.heading.format(words=_short(about, page))
            is_mine = about is not None and about.user_id == page.me.id
            yield fold(heading, step_form(kind, view, page, about), opened=bool(kind.awaited) or is_mine)


def _short(step: Step | None, page: PageContext) -> str:
    return says(step, page)[:LONGEST] if step else ""
