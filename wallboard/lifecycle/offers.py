"""When a step can be taken besides the next gate, and about which earlier step: None where it is about the issue as a whole."""

from wallboard.lifecycle.life import Life, Step


def always(life: Life) -> list[Step | None]:
    """It can be taken whenever the issue is open."""
    return [None]


def once_owned(life: Life) -> list[Step | None]:
    """Once somebody answers for it."""
    return [None] if life.owner is not None else []


def once_alleviated(life: Life) -> list[Step | None]:
    """Once something is done now."""
    return [None] if life.newest("alleviation") else []


def once_decided(life: Life) -> list[Step | None]:
    """About the decision that stands."""
    decision = life.newest("decided")
    return [decision] if decision else []


def once_answered(life: Life) -> list[Step | None]:
    """Once there is an answer that stands."""
    return [None] if life.answer and life.newest("decided") else []


def _unfinished(life: Life, kind: str, by: str) -> list[Step]:
    finished = {step.refers for step in life.of(by)}
    return [step for step in life.of(kind) if step.seq not in finished]


def alleviating(life: Life) -> list[Step | None]:
    """About what is done now and not finished."""
    newest = life.newest("alleviation")
    return [newest] if newest in _unfinished(life, "alleviation", "alleviated") else []


def planned(life: Life) -> list[Step | None]:
    """About every planned step that is not taken yet."""
    return [*_unfinished(life, "action", "done")]


def named_cause(life: Life) -> list[Step | None]:
    """About the cause that nobody has acknowledged yet."""
    newest = life.newest("cause")
    return [newest] if newest in _unfinished(life, "cause", "acknowledged") else []
