"""The golden rules, and how one issue keeps each of them: kept, not yet, or late, with the evidence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wallboard.lifecycle.escalation import rung
from wallboard.lifecycle.life import Life, Step
from wallboard.lifecycle.steps.alleviating import NEAR
from wallboard.settings import Level

KEPT, NOT_YET, LATE = "kept", "not yet", "late"


@dataclass(frozen=True)
class GoldenRule:
    """One rule in the version that holds on a day."""

    number: int
    version: int
    rule: str
    valid_from: date


@dataclass(frozen=True)
class Compliance:
    """How an issue keeps a rule: the state, why in a few words, since when, and the step that shows it."""

    rule: GoldenRule
    state: str
    evidence: str | None = None
    since: date | None = None
    step: Step | None = None


def compliance(rules: Iterable[GoldenRule], life: Life, ladder: tuple[Level, ...], today: date) -> Iterator[Compliance]:
    """Each rule against one admitted issue, as of a day.

    Late are: no alleviation 14 days after the issue was admitted, or one that is not done by its day (rule 2); undecided when
    escalation is due (3); our own lingo in the standing answer (4); an answer that waits 14 days to be presented, or 14 days for
    the customer (5). An answer that the customer refused shows nothing any more.
    """
    for rule in rules:
        if rule.number in _RULES:
            yield Compliance(rule, *_RULES[rule.number](life, ladder, today))


_Shown = tuple[str, str | None, date | None, Step | None]
_NOTHING: _Shown = (NOT_YET, None, None, None)


def _from_a_customer(life: Life, ladder: tuple[Level, ...], today: date) -> _Shown:
    step = life.of("admitted")[0]
    return KEPT, "in the customer’s words", step.day, step


def _alleviated(life: Life, ladder: tuple[Level, ...], today: date) -> _Shown:
    named, done = life.newest("alleviation"), life.newest("alleviated")
    if done is not None:
        return KEPT, "alleviated", done.day, done
    if named is None:
        return _within(life, life.of("admitted")[0], "nothing alleviates it yet", today, shows=False)
    over = named.due_on is not None and named.due_on < today and not life.closed
    return (LATE, "not alleviated by its day", named.due_on, named) if over else (KEPT, "being alleviated", named.day, named)


def _decided(life: Life, ladder: tuple[Level, ...], today: date) -> _Shown:
    step = life.newest("decided")
    if step is not None:
        return KEPT, "decided in the room", step.day, step
    here = rung(life, ladder, today)
    return (LATE, "escalation is due", here.until + timedelta(days=1), None) if here and here.is_due else _NOTHING


def _understood(life: Life, ladder: tuple[Level, ...], today: date) -> _Shown:
    step = life.answer
    if step is None:
        return _NOTHING
    state, why = (LATE, "our own lingo in the answer") if step.jargon else (KEPT, "no lingo of ours")
    return state, why, step.day, step


def _accepted(life: Life, ladder: tuple[Level, ...], today: date) -> _Shown:
    if life.closed:
        return KEPT, "the customer has accepted it", life.closed.day, life.newest("accepted")
    if life.shown is not None:
        return _within(life, life.shown, "waiting for the customer’s answer", today)
    if life.answer is not None:
        return _within(life, life.answer, "not shown to the customer", today)
    return _NOTHING


def _within(life: Life, since: Step, why: str, today: date, shows: bool = True) -> _Shown:
    late = not life.closed and (today - since.day).days > NEAR
    return LATE if late else NOT_YET, why, since.day, since if shows else None


_RULES: dict[int, Callable[[Life, tuple[Level, ...], date], _Shown]] = {
    1: _from_a_customer, 2: _alleviated, 3: _decided, 4: _understood, 5: _accepted,
}  # fmt: skip
