"""Who of us has tried what customers must do: each attempt beside the customers' median, and who gave up.

One block for each task, the most tried first, with the latest attempts, their time and errors. A hatched bar was given up
before it was done; the line through the bars is the customers' median. Tasks are tried at /try/<task>, from the walk or from
any browser.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.trials import bars, cost_words, customers_words, fared_words
from wallboard.drawing.words import noun
from wallboard.metrics.availability import TASKS
from wallboard.metrics.scope import Scope
from wallboard.metrics.tasks import READS, Attempt, Task, attempts, tasks
from wallboard.panel import OF_SINGLE_THINGS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which tasks, and how many."""

    stage: str = Field("", description="only the tasks of this stage; empty: of the whole journey")
    tasks: int = Field(2, ge=1, le=6, description="most tasks to show at the default screen and distance")
    attempts: int = Field(4, ge=1, le=12, description="newest attempts to show of each")


@dataclass(frozen=True, slots=True)
class Tried:
    """The tasks and everybody's attempts."""

    tasks: tuple[Task, ...]
    attempts: tuple[Attempt, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Tried:
    """The tasks and everybody's attempts."""
    return Tried(tasks(connection, scope, stage=options.stage or None), attempts(connection, scope))


def draw(measured: Tried, options: Options, theme: Theme) -> Picture:
    """One block a task."""
    rows = sorted(measured.tasks, key=lambda row: -row.attempts)
    if not rows:
        return Picture("Nothing to try here", nothing("No task of our customers is described at this stage."))
    tried = measured.attempts
    shown = rows[: theme.rows(options.tasks)]
    blocks = [_block(row, tried, _longest(shown, tried), options, theme) for row in shown]
    return Picture(_headline(rows, theme), html.Div(blocks, className="tried"), note=_note(rows))


def _longest(shown: Sequence[Task], tried: Sequence[Attempt]) -> float:
    """The longest time on this panel, in seconds: tasks that stand together are drawn on one scale."""
    names = {row.task for row in shown if row.attempts}
    ours = [attempt.seconds for attempt in tried if attempt.task in names]
    return max([1.0, *ours, *(row.customer_seconds or 0.0 for row in shown if row.attempts)])


def _headline(rows: Sequence[Task], theme: Theme) -> list[str | Component]:
    count, gave_up = sum(row.attempts for row in rows), sum(row.gave_up for row in rows)
    if not count:
        return ["We have not tried what customers must do"]
    if not gave_up:
        return [f"We managed all that customers must do ({theme.sample(count)})"]
    return [
        "We gave up ",
        metric_link(f"{theme.whole(gave_up)} of {theme.whole(count)}", "given_up", "alert"),
        f" {noun(count, 'time', 'times')}",
    ]


def _note(rows: Sequence[Task]) -> str:
    untimed = sum(row.customer_seconds is None for row in rows)
    return "how long each took" + (f" · {untimed} of {len(rows)} not timed with customers" if untimed else "")


def _block(row: Task, tried: Sequence[Attempt], longest: float, options: Options, theme: Theme) -> Component:
    own = [attempt for attempt in tried if attempt.task == row.task]
    title = html.H3([html.Span(row.title, dir="auto"), html.Small(fared_words(row, theme))])
    cost = cost_words(row, theme)
    if not own:
        known = f"{customers_words(row, theme)}{f' · {cost}' if cost else ''}"
        return html.Section([title, html.P(known, className="quiet")])
    cost = cost if row.customer_seconds is not None else customers_words(row, theme)
    quiet = [html.P(cost, className="quiet")] if cost else []
    drawn = bars(own[: options.attempts], row.customer_seconds, row.customer_n, theme, longest=longest)
    return html.Section([title, drawn, *quiet])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*READS, "user_account"),
    metrics=("given_up",),
    subject="What customers must do",
    needs=((TASKS,),),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(25, 4),
        Smallest(51, 3),
    ),
)
