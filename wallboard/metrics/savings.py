"""What better questions on the call would save in visits: a what-if, with the cost at which it breaks even."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saving:
    """What some faults would cost less if fewer of them needed a second visit; money in one currency.

    `saved` on visits, `spent` on calls, `net` = saved - spent; `break_even` is the extra cost of one call at which net is 0.
    """

    saved: float
    spent: float
    net: float
    break_even: float


def failure_visit_saving(faults: float, before: float, after: float, visit: float, extra: float) -> Saving:
    """Of `faults`, a share of `before` needs a second visit today and `after` would; each call would cost `extra` more.

    N x (before - after) x visit - N x extra, and break-even extra = (before - after) x visit.
    """
    fewer = before - after
    return Saving(faults * fewer * visit, faults * extra, faults * (fewer * visit - extra), fewer * visit)
