"""What facts and metrics agree on: the answers that a formula counts (definitions.md), windows, and steps of a whale curve."""

FORMULAS = PROMOTERS, TOP_1, TOP_2, TOP_3, MEAN, LESS = (
    "promoters less detractors", "top-1 share", "top-2 share", "top-3 share", "mean", "high less low"
)  # fmt: skip
"""How answers become a score; one survey is never put together with another one's formula."""

TOP_BOXES = {TOP_1: 1, TOP_2: 2, TOP_3: 3}
"""A share of the top boxes, and how many boxes that are."""

_USUAL = {2: TOP_1, 3: TOP_1, 4: TOP_2, 5: TOP_2, 6: TOP_2, 7: TOP_3, 10: TOP_2, 11: TOP_2}


def steps(lowest: float, highest: float) -> float:
    """How many answers a scale offers."""
    return highest - lowest + 1


def usual_share(lowest: float, highest: float) -> str | None:
    """The share of satisfied answers that is usual on a scale; None where no convention says which answers are satisfied."""
    return _USUAL.get(int(offered)) if (offered := steps(lowest, highest)).is_integer() else None


def least_steps(formula: str) -> int:
    """How many answers a scale must offer for a formula: two at least, and its ends share the middle answer at most."""
    return max(2, 2 * TOP_BOXES.get(formula, 1) - 1)


def ends(formula: str, lowest: float, highest: float) -> tuple[float, float]:
    """From where on an answer counts as high, and up to where as low.

    NPS: 9 and 6. A share of top boxes: as many boxes at either end. High less low: 5 to 7 of seven and 4 to 5 of five, on any
    other scale its outer thirds in whole boxes. A mean does not ask.
    """
    if formula == PROMOTERS:
        return 9, 6
    offered = steps(lowest, highest)
    if formula == LESS:
        boxes = {7: 3, 5: 2}.get(int(offered), max(1, int(offered // 3)))
    else:
        boxes = max(1, min(TOP_BOXES.get(formula, 2), int(offered) - 1))
    return highest + 1 - boxes, lowest - 1 + boxes


WINDOWS = (1, 3, 12)
"""Over how many months what customers do is summed up, and tiers are compared."""

WHALE_STEPS = 20
PEAK, ENOUGH = 0, WHALE_STEPS + 1
"""Two more steps of a whale curve: those who earn anything, and the fewest who together earn as much as everybody."""

NOBODY_KNOWN = "-"
"""The group of those whom nobody known has sent."""
