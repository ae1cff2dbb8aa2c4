"""A team's charter, to be printed: what it is for, by which rules, who is in it, when it reports, what good looks like."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from wallboard.lifecycle.team_cycles import Planned, next_of
from wallboard.lifecycle.team_reports import ENOUGH, REPORTS, RUN
from wallboard.lifecycle.team_steps import VOLUNTEER
from wallboard.records.choices import Choices, choices
from wallboard.records.minutes import Minutes, Section
from wallboard.records.minutes_parts import Line
from wallboard.records.roster import one_item
from wallboard.records.teams import TeamView, one_team
from wallboard.settings import Settings
from wallboard.store.lives import golden_rules

GOOD = {
    "experienced": "a stage, a customer’s own voice and an artefact: what customers live through today",
    "analysed": "root causes with evidence, and the measures as they are: the baseline is frozen and never changed",
    "recommended": "what to do, and what it costs; nothing is a budget too, a blank is none",
    "acted": "an action that leaders granted has begun, with who answers for it",
    "rewarded": f"after {RUN} full weeks in a row below the baseline, which chance alone would rarely do; fewer than {ENOUGH} "
    "complaints in the baseline are too little data, and not a no",
}
"""By each of the five steps: what good looks like."""


def charter_of(connection: Connection, settings: Settings, number: int, today: date) -> Minutes:
    """The charter of one team, as the store holds it today; raises NotFound."""
    view, names = one_team(connection, number), choices(connection)
    sections = (
        ("What good looks like", _target(connection, view, names)),
        ("The team", _members(view, names)),
        ("The five steps", _steps(view)),
        ("The golden rules", (Line(rule.rule, str(rule.number)) for rule in golden_rules(connection, today))),
    )
    when = f"Charter of the team, {today.isoformat()}. Works on “{view.title}”, tasked on {view.day.isoformat()}."
    made = tuple(Section(title, tuple(lines)) for title, lines in sections)
    return Minutes(number, view.name, when, settings.journey.mission or "", made)


def _target(connection: Connection, view: TeamView, names: Choices) -> Iterator[Line]:
    item = one_item(connection, view.roster_item)
    wording = names.issue_types.get(item.issue_type, item.issue_type)
    yield Line(f"{item.less_by} % fewer complaints “{wording}” by {item.due_on.isoformat()}", "Target")
    yield Line(view.reward, "Promised reward")
    yield Line(names.name(view.sponsor), "Sponsor")


def _members(view: TeamView, names: Choices) -> Iterator[Line]:
    for user, step in view.life.members.items():
        how = "volunteered for the pilot" if step.how == VOLUNTEER else "tasked by leaders"
        yield Line(f"{step.share} % of the time, {how}", names.name(user))
    if not view.life.members:
        yield Line("Nobody yet.")


def _steps(view: TeamView) -> Iterator[Line]:
    """Where the team is, what is next, and by when."""
    pace = view.life.pace
    days, why = (pace.step_days, pace.words) if pace else (view.step_days, view.pace)
    yield Line(f"each step takes {days} days{f' ({why})' if why else ''}; another pace needs the team’s agreement", "Pace")
    plan = view.plan
    upcoming = None if view.life.over else next_of(plan)
    for kind, step in zip(REPORTS, plan, strict=True):
        yield Line(f"{step.name}, {_state(step, is_next=step is upcoming)}", f"Step {step.number}")
        yield Line(GOOD[kind], level=1)


def _state(step: Planned, *, is_next: bool) -> str:
    if step.reported:
        return f"reported on {step.reported.day.isoformat()}"
    return f"{'next, ' if is_next else ''}by {step.day.isoformat()}"
