"""How answers become a score: one formula, one interval and one test each, so that no two formulas are ever put together."""

from dataclasses import dataclass
from typing import Any

from wallboard.metrics.statistics import Change, Interval, mean_change, mean_interval, nps, nps_change, share_change, wilson
from wallboard.scales import LESS, MEAN, PROMOTERS, TOP_BOXES

SHARES = tuple(TOP_BOXES)
UNITS = {PROMOTERS: "points", LESS: "points", MEAN: "mean"} | dict.fromkeys(SHARES, "share")
"""points: −100 to +100; share: 0 to 1; mean: on the question's own scale."""


def floor_of(formula: str, lowest: float, highest: float) -> float:
    """The middle of a score's scale: below it customers are worse than halfway content, whatever they said before."""
    return {"points": 0.0, "share": 0.5}.get(UNITS.get(formula, "mean"), (lowest + highest) / 2)


CHANCE = 0.05
"""A change that chance alone makes as often as this is not shown as one."""


@dataclass(frozen=True)
class Answers:
    """What answers add up to: how many, their sum and sum of squares, and how many lie at either end, by their formula."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0
    high: int = 0
    low: int = 0

    @classmethod
    def of(cls, row: Any) -> "Answers":
        """From a row of sums of score_day."""
        return cls(int(row.n), float(row.total), float(row.squares), int(row.high), int(row.low))

    def __add__(self, other: "Answers") -> "Answers":
        mine, theirs = vars(self), vars(other)
        return Answers(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def ends(self) -> tuple[int, int, int]:
        """High, neither and low."""
        return self.high, self.n - self.high - self.low, self.low


def score_of(formula: str, answers: Answers) -> Interval | None:
    """The score with its 95 % interval; None where the answers are too few for one or the formula is not known.

    Points: adjusted Wald around the observed difference of two shares; shares: Wilson; means: t.
    """
    if UNITS.get(formula) == "points":
        observed = nps(*answers.ends)
        return Interval(observed.score, observed.low, observed.high) if observed else None
    if formula in SHARES:
        return wilson(answers.high, answers.n)
    return mean_interval(answers.n, answers.total, answers.squares) if formula == MEAN else None


def change_of(formula: str, before: Answers, after: Answers) -> Change | None:
    """The difference of two scores of one formula in its unit, and the test of it; None where it cannot be made."""
    if UNITS.get(formula) == "points":
        return nps_change(before.ends, after.ends)
    if formula in SHARES:
        return share_change((before.high, before.n), (after.high, after.n))
    if formula == MEAN:
        return mean_change(*((side.n, side.total, side.squares) for side in (before, after)))
    return None


def verdict(change: Change | None) -> str:
    """'up' or 'down' where chance alone would rarely do that, 'no change' where it might, 'too few' where no test holds."""
    if change is None or (change.p is None and change.difference != 0):
        return "too few"
    if change.p is None or change.p >= CHANCE:
        return "no change"
    return "up" if change.difference > 0 else "down"
