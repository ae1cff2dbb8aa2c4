"""What an issue passes on its way, in order; only the next gate can be opened. And when it must move up the ladder."""

from dataclasses import dataclass
from datetime import date, timedelta

from wallboard.records.steps import Life, Step
from wallboard.settings import Level

GATES = ("owned", "alleviation", "decided", "answered", "presented", "accepted")


@dataclass(frozen=True)
class Gate:
    """One gate: passed by a step, the next one to pass, or later."""

    kind: str
    step: Step | None
    is_next: bool


def gates(life: Life) -> list[Gate]:
    """All gates in order, as they stand now."""
    passed = {
        "owned": life.newest("owned"),
        "alleviation": life.newest("alleviation"),
        "decided": life.newest("decided"),
        "answered": life.answer,
        "presented": life.shown,
        "accepted": life.newest("accepted") if life.status == "closed" else None,
    }
    following = next((kind for kind in GATES if passed[kind] is None), None)
    return [Gate(kind, passed[kind], kind == following) for kind in GATES]


def next_gate(life: Life) -> str | None:
    """The one next thing to do; None where it is over."""
    return next((gate.kind for gate in gates(life) if gate.is_next), None)


@dataclass(frozen=True)
class Rung:
    """Where an issue is on the ladder: since when, until when at most, and whether that has passed."""

    level: int
    name: str
    decides: str
    since: date
    until: date
    is_due: bool


def rung(life: Life, ladder: tuple[Level, ...], today: date) -> Rung | None:
    """The rung of an open issue; None for a closed one."""
    if not life.steps or life.status == "closed":
        return None
    here = ladder[min(life.level, len(ladder)) - 1]
    since = life.of("admitted", "escalated", "reopened")[-1].day
    until = since + timedelta(days=here.max_days)
    return Rung(life.level, here.name, here.decides, since, until, today > until)
