"""How those fared who tried what customers must do: a bar for each attempt beside the customers' median."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import on_a_clock
from wallboard.metrics.tasks import DONE, Attempt, Task


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """An attempt that the room has not kept, as its page tells of it; `seconds` long."""

    name: str
    outcome: str
    seconds: int
    errors: int
    filled: int
    fields: int
    attempt: int = 0


Trial = Attempt | Unrecorded


def bars(
    tried: Sequence[Trial],
    customers: float | None,
    n: int | None,
    theme: Theme,
    mine: int | None = None,
    longest: float = 1.0,
) -> Component:
    """The customers' median of `n`, then a row an attempt: who, how long, how it ended, a line at that median; `mine` marked.

    What stands beside other tasks is drawn on their scale: `longest` is the longest time among them, in seconds.
    """
    scale = Scale.over("seconds", [longest, customers, *(trial.seconds for trial in tried)])
    rows = [_bar(trial, scale, customers, mine is not None and trial.attempt == mine, theme) for trial in tried]
    return html.Ul([*_theirs(customers, scale, n, theme), *rows], className="trials trim")


def _theirs(customers: float | None, scale: Scale, n: int | None, theme: Theme) -> list[Component]:
    if customers is None:
        return []
    track = scale.well(scale.mark(customers), "track")
    counted = f" · {theme.sample(n)}" if n is not None else ""
    took = html.Span(f"{on_a_clock(customers)}{counted}", className="took")
    return [html.Li([html.Span("Customers’ median", className="name"), track, took], className="customers")]


def _bar(trial: Trial, scale: Scale, customers: float | None, mine: bool, theme: Theme) -> Component:
    done = trial.outcome == DONE
    parts = [scale.mark(trial.seconds), *([] if customers is None else [scale.point(customers)])]
    words = f"{on_a_clock(trial.seconds)} · {errors_words(trial.errors, theme)}"
    ended = html.Span(words if done else f"✗ gave up after {words}", className="took" if done else "took alert")
    name = html.Span(trial.name, className="name", dir="auto")
    track = scale.well(parts, "track" if done else "track given-up")
    return html.Li([name, track, ended], className="own" if mine else "")


def customers_words(row: Task, theme: Theme) -> str:
    """What it takes customers, with n and its day; or that nobody has measured it."""
    if row.customer_seconds is None:
        return "customers’ time not measured"
    return f"customers need {theme.in_minutes(row.customer_seconds)} ({theme.sample(row.customer_n)})"


def cost_words(row: Task, theme: Theme) -> str:
    """What it costs the customers altogether, where it is known how many come by."""
    if row.customer_hours is None or row.cases is None:
        return ""
    cases = f"{theme.whole(row.cases)} {row.cases_are} in {theme.month(row.month)}"
    return f"{cases}: {theme.in_hours(row.customer_hours)} of customers’ time"


def errors_words(errors: int, theme: Theme) -> str:
    """A count of errors."""
    return theme.plural(errors, "error", "errors") if errors else "no error"


def fared_words(row: Task, theme: Theme) -> str:
    """How many attempts there were and how many were given up."""
    if not row.attempts:
        return "nobody has tried it yet"
    return f"tried {_times(row.attempts, theme)}, given up {_times(row.gave_up, theme)}"


def _times(number: int, theme: Theme) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number) or theme.plural(number, "time", "times")
