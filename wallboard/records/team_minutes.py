"""What teams bring to a session, in its minutes: reports, recommendations, grants, verdicts of the rule, rewards."""

from collections.abc import Iterator

from sqlalchemy import Connection

from wallboard.lifecycle.team_cycles import STEPS, CycleStep
from wallboard.records.choices import Choices
from wallboard.records.minutes_parts import Line
from wallboard.records.sessions import SessionView
from wallboard.records.teams import teams_in


def teams(connection: Connection, view: SessionView, names: Choices) -> Iterator[Line]:
    """Team by team, with what it works on; beneath it each step that was taken while the session ran."""
    for team in teams_in(connection, view.number):
        yield Line(team.title, team.name)
        for step in team.life.steps:
            if step.room_session == view.number:
                yield Line("; ".join(_says(step, names)), STEPS[step.kind].title, 1)


def _says(step: CycleStep, names: Choices) -> Iterator[str]:
    if step.verdict:
        yield f"{step.rule}, version {step.version}, says “{step.verdict}”"
    if step.words:
        yield step.words
    if step.budget is not None:
        yield f"budget {step.budget:,.0f} {step.currency}" if step.budget else "costs nothing"
    if step.user_id is not None:
        yield f"by {names.name(step.user_id)}"
