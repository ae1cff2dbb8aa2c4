"""What an issue passes on its way, in order; only the next gate can be opened."""

from dataclasses import dataclass

from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.life import Life, Step
from wallboard.lifecycle.steps import KINDS

GATES = tuple(kind for kind in KINDS if kind.gate)


@dataclass(frozen=True)
class Passage:
    """One gate of one issue: passed by a step, the next one to pass, or later."""

    kind: StepKind
    step: Step | None
    is_next: bool


def gates(life: Life) -> list[Passage]:
    """All gates in order, as they stand now."""
    passed = {kind.kind: _passed(life, kind.kind) for kind in GATES}
    following = None if life.closed else next((kind for kind, step in passed.items() if step is None), None)
    return [Passage(kind, passed[kind.kind], kind.kind == following) for kind in GATES]


def next_gate(life: Life) -> StepKind | None:
    """The one next thing to do; None where it is over."""
    return next((gate.kind for gate in gates(life) if gate.is_next), None)


def waiting(life: Life) -> str:
    """Where an issue stands, in a few words."""
    following = next_gate(life)
    if following is None or following.gate is None:
        return "accepted by the customer"
    return "the customer did not accept; a new answer is due" if _is_anew(life, following) else following.gate.waiting


def todo(life: Life) -> str | None:
    """What comes next, as something to do; None where it is over."""
    following = next_gate(life)
    if following is None or following.gate is None:
        return None
    return "give the customer a new answer" if _is_anew(life, following) else following.gate.todo


def reached(life: Life) -> str:
    """How far an issue has come, in a few words."""
    return KINDS[life.status].reached


def _is_anew(life: Life, following: StepKind) -> bool:
    return following.kind == "answered" and bool(life.of("refused", "reopened"))


def _passed(life: Life, kind: str) -> Step | None:
    if kind == "answered":
        return life.answer
    if kind == "presented":
        return life.shown
    if kind == "accepted":
        return life.newest(kind) if life.closed else None
    return life.newest(kind)
