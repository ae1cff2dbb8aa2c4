"""What lives by steps: an issue, a session, a commitment. Steps are only ever added; where it stands follows from them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStep:
    """One step: its number in the life of its record, who took it when, what made it possible (`refers`), and what it says."""

    seq: int
    kind: str
    at: datetime
    day: date
    actor: int
    by: str
    refers: int | None = None
    words: str | None = None
    note: str | None = None
    user_id: int | None = None
    due_on: date | None = None
    how: str | None = None


AnyStep = TypeVar("AnyStep", bound=RecordStep)


@dataclass(frozen=True)
class History(Generic[AnyStep]):
    """All steps of one record, oldest first."""

    steps: tuple[AnyStep, ...] = ()

    @property
    def seq(self) -> int:
        """The number of the newest step: what a person has seen when looking at it now."""
        return self.steps[-1].seq if self.steps else 0

    def of(self, *kinds: str) -> list[AnyStep]:
        """The steps of some kinds."""
        return [step for step in self.steps if step.kind in kinds]

    def newest(self, *kinds: str) -> AnyStep | None:
        """The newest step of some kinds that nothing has undone."""
        undone = self.undone
        return next((step for step in reversed(self.of(*kinds)) if step.seq not in undone), None)

    def since(self, seq: int) -> list[AnyStep]:
        """What has happened after a step."""
        return [step for step in self.steps if step.seq > seq]

    @property
    def undone(self) -> Collection[int | None]:
        """The numbers of the steps that count no more, because a later one has taken them back."""
        return ()
