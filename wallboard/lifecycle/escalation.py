"""When an issue must move up the ladder: it has been at its level for longer than it may."""

from dataclasses import dataclass
from datetime import date, timedelta

from wallboard.lifecycle.life import Life
from wallboard.settings import Level


@dataclass(frozen=True)
class Rung:
    """Where an open issue is on the ladder: since when, until when at most (inclusive), and whether that has passed."""

    level: int
    name: str
    decides: str
    since: date
    until: date
    is_due: bool


def rung(life: Life, ladder: tuple[Level, ...], today: date) -> Rung | None:
    """The rung of an open issue; None for one that is closed or was never admitted."""
    if not life.steps or life.closed:
        return None
    here = ladder[min(life.level, len(ladder)) - 1]
    until = life.level_since + timedelta(days=here.max_days)
    return Rung(life.level, here.name, here.decides, life.level_since, until, today > until)


def is_due(life: Life, ladder: tuple[Level, ...], today: date) -> bool:
    """Whether somebody above must decide now."""
    here = rung(life, ladder, today)
    return here is not None and here.is_due
