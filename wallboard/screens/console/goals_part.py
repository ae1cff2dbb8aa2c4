"""The four goals of the room on the page of a session: which items of its agenda are for each, and which have served it."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.records.goals import ServedGoal, served
from wallboard.records.sessions import SessionView
from wallboard.screens.console.page_context import PageContext


def goals(view: SessionView, page: PageContext) -> Iterator[Component]:
    """Nothing where no item of the agenda names a goal."""
    known = served(page.connection, page.settings, view)
    if any(goal.named for goal in known):
        rows = [html.Li(_goal(goal, page, is_over=view.life.status == "ended")) for goal in known]
        yield html.Section([html.H2("The goals of the room"), html.Ul(rows, className="start-list")])


def _goal(goal: ServedGoal, page: PageContext, *, is_over: bool) -> list[Component | str]:
    name = html.B(f"{goal.goal}. {goal.name}")
    if goal.items:
        return [shape("good"), " ", name, f": {'; '.join(goal.items)} ({page.count(goal.minutes, 'minute', 'minutes')})"]
    if is_over or not goal.named:
        return [shape("attention" if is_over else "not measured"), " ", name, ": no item of this session"]
    return [shape("not measured"), " ", name, f": {'; '.join(goal.named)}"]
