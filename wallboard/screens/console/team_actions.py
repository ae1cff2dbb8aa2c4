"""What a form about teams does; the baseline and the verdict are measured here, when they are frozen and asked for."""

from types import MappingProxyType
from typing import Any

from wallboard.errors import RuleRefused
from wallboard.lifecycle import team_cycles as lives
from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.team_cycles import MONTH
from wallboard.lifecycle.team_reports import ANALYSED, CHECKED, RECOMMENDED
from wallboard.metrics.milestones import milestones
from wallboard.metrics.scope import Scope
from wallboard.records import teams
from wallboard.records.acting import Acting
from wallboard.records.recognitions import Signal, recognise
from wallboard.records.teams import Task, TeamView, one_team
from wallboard.screens.console.actions import Action, Done
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.team_rule import frozen_now, verdict_now


def _task(act: Acting, item: int, sent: Sent) -> Done:
    days = sent.number("step_days", "the days of a step") if sent.text("step_days") else MONTH
    what = Task(
        name=sent.text("name"),
        reward=sent.text("reward"),
        step_days=days,
        pace=sent.text("pace"),
        pilot=sent.text("pilot") is not None,
    )
    number = teams.task(act, item, what)
    return Done("Tasked. Now name its members.", f"/room/team/{number}")


def _beside(act: Acting, kind: StepKind, view: TeamView) -> dict[str, Any]:
    """What the room adds to a step: the frozen baseline, and the room's money."""
    if kind is ANALYSED:
        return frozen_now(act.connection, act.settings, act.at, view)
    return {"currency": act.settings.currency} if kind is RECOMMENDED else {}


def _step(kind: StepKind, form: type[Form]) -> Action:
    def take(act: Acting, number: int, sent: Sent) -> Done:
        filled_in = form.read(sent.fields)
        teams.take_form(act, kind, number, sent.seen, filled_in, **_beside(act, kind, one_team(act.connection, number)))
        return Done(kind.done)

    return take


def _check(act: Acting, number: int, sent: Sent) -> Done:
    """Ask the rule, and keep what it says with all that it rests on."""
    view = one_team(act.connection, number)
    begun = view.life.begun
    if begun is None:
        raise RuleRefused("the room", "step 4, actions begun, has not been reported.", "")
    teams.take(act, CHECKED.kind, number, sent.seen, begun.seq, **verdict_now(act.connection, act.settings, act.at, view))
    return Done(CHECKED.done)


def _recognise(act: Acting, _none: int, sent: Sent) -> Done:
    until = sent.day("shown_until", "until when it is shown")
    recognise(act, sent.text("words"), until, user=sent.number("user_id", "who is recognised"))
    return Done("Recognised: the wall shows it until then.")


def _recognise_metric(act: Acting, _none: int, sent: Sent) -> Done:
    """A metric, on the signal that it gives now, as the room measures it and not as the form says it."""
    until, chosen = sent.day("shown_until", "until when it is shown"), sent.text("metric")
    row = next((row for row in milestones(act.connection, Scope.of(act.settings, act.at)) if row.metric == chosen), None)
    if row is None:
        raise RuleRefused("the metric", "gives no signal: its last month is within the normal range.", "Wait for one.")
    inputs: dict[str, Any] = {"value": row.value, "low": row.usual_low, "high": row.usual_high, "run": row.in_a_row}
    recognise(act, sent.text("words"), until, signal=Signal(metric=row.metric, kind=row.signal, month=row.month, **inputs))
    return Done("Recognised: the wall shows it until then.")


TEAM_ACTIONS: MappingProxyType[str, Action] = MappingProxyType(
    {
        **{kind.verb: _step(kind, kind.form) for kind in lives.STEPS if kind.form},
        "task-team": _task,
        "check-team": _check,
        "recognise": _recognise,
        "recognise-metric": _recognise_metric,
    }
)
"""`task-team` is about a roster item, `recognise` and `recognise-metric` about nothing yet, all others about a team's cycle."""
