"""What an issue passes on its way, in order; only the next gate can be opened."""

from dataclasses import dataclass

from wallboard.lifecycle.life import Life, Step

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
        "accepted": life.newest("accepted") if life.closed else None,
    }
    following = next((kind for kind in GATES if passed[kind] is None), None)
    return [Gate(kind, passed[kind], kind == following) for kind in GATES]


def next_gate(life: Life) -> str | None:
    """The one next thing to do; None where it is over."""
    return next((gate.kind for gate in gates(life) if gate.is_next), None)
