"""A team's cycle: tasked by leaders with a roster item, it reports five steps, and is rewarded once complaints fall.

What follows from the steps of one cycle; each kind of step is declared in team_steps.py and team_reports.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from wallboard.lifecycle import team_reports as reports
from wallboard.lifecycle import team_steps as steps
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds

STEPS = Kinds(*steps.KINDS, *reports.KINDS)

MONTH = 30
"""Days from one report to the next where nothing else was agreed."""

FULL, MANY = 100, 3
"""Per cent of a person's time, and teams at one time, from which on somebody is overloaded: above the one, or at the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStep(RecordStep):
    """One step in the life of a team's cycle; what only some kinds say is None in the others.

    share: per cent of a person's time. base_…: the frozen baseline, complaints of so many weeks, their exposure and dispersion.
    recent_…, bound, week_no: what the rule found at the end of the week `week_start`.
    """

    team_cycle: int
    room_session: int | None = None
    share: int | None = None
    step_days: int | None = None
    experience: int | None = None
    budget: float | None = None
    currency: str | None = None
    base_from: date | None = None
    base_to: date | None = None
    base_weeks: int | None = None
    base_count: int | None = None
    base_exposure: float | None = None
    base_dispersion: float | None = None
    against_touchpoint: str | None = None
    against_kind: str | None = None
    rule: str | None = None
    version: int | None = None
    week_start: date | None = None
    week_no: int | None = None
    recent_count: int | None = None
    recent_exposure: float | None = None
    bound: float | None = None
    verdict: str | None = None
    unchanged: bool | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One of the five steps: its number, what it reports, the day that was planned, and the step that reported it."""

    number: int
    name: str
    day: date
    reported: CycleStep | None


@dataclass(frozen=True)
class CycleLife(History[CycleStep]):
    """All steps of one cycle, oldest first."""

    @cached_property
    def members(self) -> dict[int, CycleStep]:
        """By user who is in the team: the step by which they came, with how and with which share of their time."""
        inside: dict[int, CycleStep] = {}
        for step in self.of("member", "left_team"):
            if step.user_id is not None:
                inside.pop(step.user_id, None)
                if step.kind == "member":
                    inside[step.user_id] = step
        return inside

    @cached_property
    def over(self) -> CycleStep | None:
        """The step by which it ended, with a reward or without; None while it runs."""
        return self.newest("rewarded", "disbanded")

    @cached_property
    def pace(self) -> CycleStep | None:
        """The newest change of the length of a step that the team has agreed to; None where it never changed."""
        agreed = self.newest("agreed")
        return next((step for step in self.of("paced") if agreed and step.seq == agreed.refers), None)

    @property
    def awaits_agreement(self) -> CycleStep | None:
        """A change of the pace that the team has not agreed to yet."""
        proposed, agreed = self.newest("paced"), {step.refers for step in self.of("agreed")}
        return proposed if proposed is not None and proposed.seq not in agreed else None

    def plan(self, began: date, step_days: int) -> tuple[Planned, ...]:
        """The five steps with the day that was planned for each, at the pace that the team agreed to."""
        days = (self.pace.step_days if self.pace else None) or step_days
        first = {kind: next(iter(self.of(kind)), None) for kind in reports.REPORTS}
        names = enumerate(reports.REPORTS.items(), 1)
        return tuple(Planned(n, name, began + timedelta(days=n * days), first[kind]) for n, (kind, name) in names)

    @property
    def baseline(self) -> CycleStep | None:
        """The report that froze the baseline."""
        return self.newest("analysed")

    @property
    def begun(self) -> CycleStep | None:
        """The first action that was begun."""
        return next(iter(self.of("acted")), None)

    @property
    def undecided(self) -> list[CycleStep]:
        """Recommendations that nobody has decided on."""
        decided = {step.refers for step in self.of("granted", "declined")}
        return [step for step in self.of("recommended") if step.seq not in decided]


def next_of(plan: Iterable[Planned]) -> Planned | None:
    """The first of the five steps that has not been reported; None after the last."""
    return next((step for step in plan if step.reported is None), None)


def overloaded(share: int, teams: int) -> bool:
    """Whether somebody carries more than a whole working time, or three teams at once."""
    return share > FULL or teams >= MANY
