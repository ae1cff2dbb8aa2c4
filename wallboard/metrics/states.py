"""How anything measured becomes a state: by its target, where there is none by its scale, and where that holds by its change."""

from collections.abc import Iterable
from typing import NamedTuple

MEASURED, NO_CASES, TOO_FEW, NOT_MEASURED = "measured", "no cases", "too few", "not measured"
IN_PART = "in part"
"""Some of what is summed is known and some is not."""
NOT_JUDGED = "not judged"
"""There are numbers, and the feed they come from forbids a verdict (feed_health)."""

COMPLETE, INCOMPLETE, LEFT_CENSORED = "complete", "incomplete", "left-censored"

GOOD, WATCH, ATTENTION = "good", "watch", "attention"
WORST_FIRST = (ATTENTION, WATCH, GOOD, NOT_MEASURED)
NOTHING = "nothing loaded"
_UNKNOWN = {TOO_FEW: "too few to judge", NO_CASES: "no cases to judge by"}


class Judgement(NamedTuple):
    """A state, and what speaks for it."""

    state: str
    why: str


def judged(
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    *,
    state: str = "measured",
    target: float | None = None,
    better: str = "up",
    floor: float | None = None,
    change: str = "",
) -> Judgement:
    """The state of a value with its 95 % interval.

    A target decides alone. Without one the floor of its scale does: worse than half of what the scale allows is never good; and
    on the right side of it a `change` for the worse, one that chance alone would rarely make, is to be watched. attention: the
    whole interval lies on the wrong side; watch: the value does. not measured: no value, or nothing to judge it by.
    """
    if value is None:
        return Judgement(NOT_MEASURED, _UNKNOWN.get(state, NOTHING))
    aim = floor if target is None else target
    if aim is None:
        return Judgement(NOT_MEASURED, "no target to judge by")
    up = better == "up"
    where = "target" if target is not None else "the middle of its scale"
    if value < aim if up else value > aim:
        surely = low is not None and high is not None and low < high and (high < aim if up else low > aim)
        side = "below" if up else "above"
        return Judgement(ATTENTION, f"clearly {side} {where}") if surely else Judgement(WATCH, f"{side} {where}")
    if target is None and change == ("down" if up else "up"):
        return Judgement(WATCH, "worse than in the months before")
    return Judgement(GOOD, "on target" if target is not None else "on the good side of its scale")


def worst(judgements: Iterable[Judgement]) -> Judgement:
    """The judgement that speaks for all of them: the worst one; good says everything that is good, and nothing measured is never
    good."""
    every = [*judgements]
    if not every:
        return Judgement(NOT_MEASURED, NOTHING)
    leading = min(every, key=lambda judgement: WORST_FIRST.index(judgement.state))
    if leading.state == GOOD:
        return Judgement(GOOD, " and ".join(dict.fromkeys(judgement.why for judgement in every if judgement.state == GOOD)))
    if leading.state == NOT_MEASURED:
        return next((judgement for judgement in every if judgement.why != NOTHING), leading)
    return leading
