"""What came of an attempt: one's own time beside the customers', everybody else's, and what it costs the customers."""

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.theme import Theme
from wallboard.drawing.trials import Trial, Unrecorded, bars, cost_words, errors_words
from wallboard.drawing.words import on_a_clock
from wallboard.errors import NotFound
from wallboard.metrics.tasks import DONE, Attempt
from wallboard.screens.trying.known import Known

_LONGEST = 9
"""Digits of the largest number that a page's address may say."""


def result(task: Known, tried: Sequence[Attempt], query: Mapping[str, str], theme: Theme) -> list[Component]:
    """The page after an attempt: the recorded one, or what an unrecorded one told of itself."""
    number = _number(query, "attempt") if "attempt" in query else None
    mine: Trial = _mine(tried, number) if number is not None else _unrecorded(task, query)
    listed: list[Trial] = [*tried] if number is not None else [mine, *tried]
    seconds = task.row.customer_seconds
    head = html.Header(
        [
            html.P(task.row.title, dir="auto"),
            html.H1(_yours(mine, theme)),
            html.P(_theirs(task, mine, theme), className="theirs"),
        ]
    )
    unrecorded = [html.P("Nobody was signed in when this began, so it is not recorded.", className="unrecorded")]
    cost = cost_words(task.row, theme)
    costs = (
        [html.P(f"It costs every customer {theme.in_minutes(seconds)}. {cost}.", className="cost")]
        if seconds is not None and cost
        else []
    )
    words = [
        html.H2("Everyone who tried it, beside the customers’ median"),
        bars(listed, seconds, task.row.customer_n, theme, mine.attempt),
    ]
    again = html.A("Try again", href=f"/try/{task.row.task}", className="again")
    there = f"/journey/{task.row.stage}"
    back = html.A("Back to the walk", href=there, className="again calm", **{"data-back": there})
    return [
        head,
        html.Div([*costs, *([] if number is not None else unrecorded)], className="results"),
        html.Section(words, className="beside-customers"),
        html.Div([again, back], className="buttons"),
    ]


def _yours(mine: Trial, theme: Theme) -> str:
    took, errors = on_a_clock(mine.seconds), errors_words(mine.errors, theme)
    return f"You took {took} with {errors}" if mine.outcome == DONE else f"You gave up after {took} with {errors}"


def _theirs(task: Known, mine: Trial, theme: Theme) -> str:
    row, what = task.row, "fields filled" if task.row.kind == "form" else "steps done"
    far = f"{theme.whole(mine.filled)} of {theme.whole(mine.fields)} {what}. " if mine.fields else ""
    if row.customer_seconds is None:
        return f"{far}What it takes customers has not been measured."
    n = f" ({theme.sample(row.customer_n)})" if row.customer_n is not None else ""
    return f"{far}Customers need {theme.in_minutes(row.customer_seconds)}{n}."


def _mine(tried: Sequence[Attempt], number: int) -> Attempt:
    for attempt in tried:
        if attempt.attempt == number:
            return attempt
    raise NotFound(f"?attempt={number}", "there is no such attempt at this task.", "Try it again.")


def _unrecorded(task: Known, query: Mapping[str, str]) -> Unrecorded:
    seconds, errors, filled = (_number(query, key) for key in ("took", "errors", "filled"))
    outcome = DONE if query.get("outcome") == DONE else "gave up"
    return Unrecorded("You, not recorded", outcome, seconds, errors, filled, max(task.fields, filled))


def _number(query: Mapping[str, str], name: str) -> int:
    digits = query.get(name, "0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST else 0
