"""What the reward rule measures for a team: its baseline when it is frozen, its verdict when it is rule for."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from wallboard.errors import RuleRefused
from wallboard.lifecycle.team_cycles import CycleStep
from wallboard.metrics.reward_rule import RULE, TOO_EARLY, VERSION, Baseline, Frozen, baseline_now, descent_since
from wallboard.metrics.scope import Scope
from wallboard.metrics.weekly import Against
from wallboard.records.teams import TeamView
from wallboard.settings import Settings
from wallboard.store.zones import EVERYTHING


def frozen_now(connection: Connection, settings: Settings, at: datetime, view: TeamView) -> dict[str, Any]:
    """The columns of the baseline as it is at an instant; without counts where too few weeks are measured."""
    frozen = baseline_now(connection, _scope(settings, at, view), view.issue_type)
    counted, against = frozen.counted, frozen.against
    return {
        "base_from": frozen.first,
        "base_to": frozen.last,
        "base_weeks": counted.weeks if counted else 0,
        "base_count": counted.complaints if counted else None,
        "base_exposure": counted.exposure if counted else None,
        "base_dispersion": counted.dispersion if counted else None,
        "against_touchpoint": against.touchpoint if against else None,
        "against_kind": against.kind if against else None,
    }


def verdict_now(connection: Connection, settings: Settings, at: datetime, view: TeamView) -> dict[str, Any]:
    """The columns of what the rule says at an instant, on the baseline that was frozen."""
    frozen, begun = view.life.baseline, view.life.begun
    if frozen is None or begun is None:
        raise RuleRefused("the room", "step 4, actions begun, has not been reported.", "")
    descent = descent_since(connection, _scope(settings, at, view), view.issue_type, _frozen(frozen), begun.day)
    rule: dict[str, Any] = {"rule": RULE, "version": VERSION}
    if descent is None:
        return rule | {"verdict": TOO_EARLY, "week_no": 0}
    return rule | {
        "verdict": descent.verdict,
        "week_start": descent.week_start,
        "week_no": descent.week,
        "recent_count": descent.complaints,
        "recent_exposure": descent.exposure,
        "bound": descent.bound,
    }


def _frozen(step: CycleStep) -> Frozen:
    """The baseline as a report has frozen it."""
    counted = None
    if step.base_count is not None and step.base_exposure:
        rate = step.base_count / step.base_exposure
        counted = Baseline(step.base_weeks or 0, step.base_count, step.base_exposure, rate, step.base_dispersion or 1.0)
    against = Against(step.against_touchpoint, step.against_kind) if step.against_touchpoint and step.against_kind else None
    return Frozen(step.base_from or step.day, step.base_to or step.day, counted, against)


def _scope(settings: Settings, at: datetime, view: TeamView) -> Scope:
    return Scope.of(settings, at, None if view.perimeter == EVERYTHING else view.perimeter)
