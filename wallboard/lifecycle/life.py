"""One issue's life: its steps, oldest first, and what follows from them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wallboard.lifecycle.history import History, RecordStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(RecordStep):
    """One step in the life of an issue."""

    issue: int
    implications: str | None = None
    function: str | None = None
    to_whom: str | None = None
    level: int | None = None
    attendance: int | None = None
    jargon: int | None = None
    ease: float | None = None


@dataclass(frozen=True)
class Life(History[Step]):
    """All steps of one issue, oldest first. A step that a later one has reversed counts no more."""

    @cached_property
    def answer(self) -> Step | None:
        """The newest answer that the customer has not turned down and whose decision stands."""
        step, again = self.newest("answered"), self.newest("refused", "reopened")
        if step is None or step.refers in self.undone:
            return None
        return None if again is not None and again.seq > step.seq else step

    @cached_property
    def shown(self) -> Step | None:
        """The step by which the customer was shown the standing answer."""
        step = self.newest("presented")
        return step if step is not None and self.answer is not None and step.refers == self.answer.seq else None

    @cached_property
    def closed(self) -> Step | None:
        """The step that closed it; None while it is open, again or still."""
        step = self.newest("closed", "reopened")
        return step if step is not None and step.kind == "closed" else None

    @cached_property
    def status(self) -> str:
        """The furthest kind of step that holds, 'reopened' where a new decision or answer is due; 'admitted' without any."""
        if self.closed is not None:
            return "closed"
        if self.answer is not None:
            return "presented" if self.shown is not None else "answered"
        decided, again = self.newest("decided"), self.newest("refused", "reopened")
        if again is not None and (decided is None or decided.seq < again.seq):
            return "reopened"
        reached = decided or self.newest("alleviated", "alleviation") or self.newest("owned")
        return reached.kind if reached is not None else "admitted"

    @property
    def owner(self) -> int | None:
        """Who answers for it."""
        owned = self.newest("owned")
        return owned.user_id if owned else None

    @property
    def doing(self) -> Step | None:
        """The newest alleviation or action that is not done yet."""
        over = {step.refers for step in self.of("alleviated", "done")}
        return next((step for step in reversed(self.of("alleviation", "action")) if step.seq not in over), None)

    @property
    def contributors(self) -> list[int]:
        """Who else works on it, in the order in which they came."""
        came = [step.user_id for step in self.of("joined", "alleviation", "action") if step.user_id is not None]
        return [user for user in dict.fromkeys(came) if user != self.owner]

    @property
    def level(self) -> int:
        """Where it is on the ladder of escalation."""
        moved = self.of("escalated")
        return moved[-1].level or 1 if moved else 1

    @property
    def level_since(self) -> date:
        """Since when it is at its level: it was admitted, moved or reopened then."""
        return self.of("admitted", "escalated", "reopened")[-1].day

    def age(self, today: date) -> int:
        """Days from its admission until it was closed, or until today: (end − start) + 1."""
        return ((self.closed.day if self.closed else today) - self.steps[0].day).days + 1

    @cached_property
    def undone(self) -> frozenset[int | None]:
        """Decisions that were taken back."""
        return frozenset(step.refers for step in self.of("reversed"))
