"""Where an issue stands: it follows from its steps alone, so the walls and the console cannot disagree.

Every function takes the steps of one issue, oldest first. A step that a later one has reversed counts no more.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Stepped(Protocol):
    """As much of a step as its standing depends on."""

    @property
    def seq(self) -> int:
        """Its number in the life of its issue."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def refers(self) -> int | None:
        """The step that made it possible, or that it undoes."""


Taken = TypeVar("Taken", bound=Stepped)


def of(steps: Sequence[Taken], *kinds: str) -> list[Taken]:
    """The steps of some kinds."""
    return [step for step in steps if step.kind in kinds]


def newest(steps: Sequence[Taken], *kinds: str) -> Taken | None:
    """The newest step of some kinds that nothing has undone."""
    undone = _undone(steps)
    return next((step for step in reversed(of(steps, *kinds)) if step.seq not in undone), None)


def answer(steps: Sequence[Taken]) -> Taken | None:
    """The newest answer that the customer has not turned down and whose decision stands."""
    found, again = newest(steps, "answered"), newest(steps, "refused", "reopened")
    if found is None or found.refers in _undone(steps):
        return None
    return None if again is not None and again.seq > found.seq else found


def shown(steps: Sequence[Taken]) -> Taken | None:
    """The step by which the customer was shown the standing answer."""
    found, standing = newest(steps, "presented"), answer(steps)
    return found if found is not None and standing is not None and found.refers == standing.seq else None


def end(steps: Sequence[Taken]) -> Taken | None:
    """The step that closed it; None while it is open, again or still."""
    found = newest(steps, "closed", "reopened")
    return found if found is not None and found.kind == "closed" else None


def status(steps: Sequence[Taken]) -> str:
    """The farthest kind of step that still holds, 'reopened' where a new decision or answer is due; 'admitted' without any."""
    if end(steps) is not None:
        return "closed"
    if answer(steps) is not None:
        return "presented" if shown(steps) is not None else "answered"
    decided, again = newest(steps, "decided"), newest(steps, "refused", "reopened")
    if again is not None and (decided is None or decided.seq < again.seq):
        return "reopened"
    reached = decided or newest(steps, "alleviated", "alleviation") or newest(steps, "owned")
    return reached.kind if reached is not None else "admitted"


def _undone(steps: Sequence[Taken]) -> set[int | None]:
    return {step.refers for step in of(steps, "reversed")}
