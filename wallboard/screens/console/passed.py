"""What stands at a gate that has been passed: who, when, what; and a decision as it was when it was taken."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle.life import Step
from wallboard.records.issue_views import IssueView, decision
from wallboard.screens.console.answers import ease_words
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import facts, fold, voice, written
from wallboard.screens.console.wording import says


def passed(step: Step, view: IssueView, page: PageContext) -> Iterator[Component]:
    """One gate's step, in a line or two; the rest of it at a touch."""
    by = f"{step.by}, {page.instant(step.at)}"
    if step.kind == "answered":
        yield beside(view, step)
        yield html.P(f"{by}. {ease_words(step.ease)} {_jargon(step, page)}", className="hint")
        if step.note:
            yield fold("Our own note: never on a wall, never to a visitor", html.P(written(step.note), dir="auto"), name="note")
        return
    yield html.P(written(says(step, page)), dir="auto")
    yield html.P(by, className="hint")
    if step.kind == "decided":
        yield fold("What it means, what it touches, and the numbers at that time", *_decided(step, page))


def beside(view: IssueView, step: Step) -> Component:
    """Our answer beside the customer's own words."""
    theirs = html.Div([html.H3("The customer said"), voice(view.words)])
    ours = html.Div([html.H3("We answer"), html.Blockquote(written(step.words or ""), className="words ours", dir="auto")])
    return html.Div([theirs, ours], className="beside")


def _jargon(step: Step, page: PageContext) -> str:
    return f"{page.count(step.jargon, 'word', 'words')} that a customer may not know." if step.jargon else "No lingo of ours."


def _decided(step: Step, page: PageContext) -> Iterator[Component]:
    decided = decision(page.connection, step)
    yield html.H3("What it means for others")
    yield html.P(written(step.implications or ""), dir="auto")
    yield html.H3("What it touches")
    yield facts((page.names.touchpoints.get(place, place), written(effect)) for place, effect in decided.touched.items())
    yield html.H3("The numbers as they were")
    yield facts(decided.numbers.items())
    yield html.H3("In the room")
    yield html.P(", ".join(page.names.name(user) for user in decided.present))
