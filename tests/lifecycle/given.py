"""Lives of issues, written as their kinds of steps."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from wallboard.lifecycle.life import Life, Step
from wallboard.lifecycle.steps import KINDS

FIRST = date(2026, 5, 4)


def step(seq: int, kind: str, refers: int | None = None, day: int = 0, **says: Any) -> Step:
    """One step, so many days after the first of an issue."""
    on = FIRST + timedelta(days=day)
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Step(issue=1, seq=seq, kind=kind, at=at, day=on, actor=1, by="Ada", refers=refers, **says)


def lived(text: str, **says: dict[str, Any]) -> Life:
    """Steps by their kinds, in order ("decided@5": five days after the first); each refers to the newest of the kind before it.

    `says` gives a kind of step what it says: answered={"jargon": 2}.
    """
    steps: list[Step] = []
    day = 0
    for seq, word in enumerate(text.split(), 1):
        kind, _, later = word.partition("@")
        day = int(later or day)
        before = next((earlier.seq for earlier in reversed(steps) if earlier.kind == KINDS[kind].follows), None)
        steps.append(step(seq, kind, before, day, **says.get(kind, {})))
    return Life(tuple(steps))
