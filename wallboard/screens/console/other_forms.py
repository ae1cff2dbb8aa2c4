"""What else can be done with an issue, folded beneath the one next thing."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.life import Step
from wallboard.lifecycle.steps import KINDS
from wallboard.records.desk import Told
from wallboard.screens.console.desk import Desk
from wallboard.screens.console.parts import fold
from wallboard.screens.console.step_forms import step_form
from wallboard.screens.console.wording import says, who_may

LONGEST = 120
"""Letters of a step's words in a heading."""


def other_forms(told: Told, desk: Desk) -> list[Component]:
    """Everything that this person may do besides the next thing; what the role may not do is said at the end."""
    found = [
        part for kind in KINDS if (kind.follows == "closed") is bool(told.life.closed) for part in _offered(kind, told, desk)
    ]
    if not desk.allowed("escalated") and not told.life.closed:
        said = who_may("escalated", desk).replace(" does this", " moves it up the ladder, decides and names who answers")
        found.append(html.P(said, className="hint may-not"))
    return [html.Section([html.H2("Something else"), *found], className="others")] if found else []


def _offered(kind: StepKind, told: Told, desk: Desk) -> Iterator[Component]:
    for offer in kind.offers if desk.allowed(kind.kind) else ():
        for about in offer.about(told.life):
            if kind.only_of_its_function and about is not None and about.function != desk.me.function:
                where = desk.names.function(about.function)
                yield html.P(f"Not yet acknowledged: somebody of {where} says “yes, that is us”.", className="alert")
                continue
            heading = offer.heading.format(words=_short(about, desk))
            yield fold(heading, step_form(kind, told, desk, about), opened=kind.only_of_its_function)


def _short(step: Step | None, desk: Desk) -> str:
    return says(step, desk)[:LONGEST] if step else ""
