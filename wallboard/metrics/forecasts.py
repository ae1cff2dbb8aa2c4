"""What will be, as far as the past tells: until nothing is open, and until a count that falls has reached its target."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from math import ceil, log
from random import Random
from statistics import fmean

from sqlalchemy import Connection

from wallboard.metrics.distributions import t_cdf
from wallboard.metrics.issues import issue_flow
from wallboard.metrics.scope import Scope, and_running
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW

RUNS, HORIZON, FEWEST = 10_000, 104, 7
"""Runs; weeks after which a run counts as not cleared; complete weeks below which nothing is forecast."""

SEED = 20_000_101
CHANCE = 0.05
ANSWERS = (50, 85, 95)


@dataclass(frozen=True)
class Clearing:
    """In how many weeks each run was clear, in order; runs that never were are missing."""

    runs: int
    cleared: tuple[int, ...]

    @property
    def share(self) -> float:
        """The share of runs that were clear within the horizon."""
        return len(self.cleared) / self.runs

    def within(self, percentile: float) -> int | None:
        """The weeks in which so many per cent of all runs were clear (nearest rank); None: not expected to clear."""
        place = ceil(percentile / 100 * self.runs)
        return self.cleared[max(place, 1) - 1] if place <= len(self.cleared) else None


def clear(
    backlog: int,
    departed: Sequence[int],
    arrived: Sequence[int] | None = None,
    *,
    runs: int = RUNS,
    horizon: int = HORIZON,
    seed: int = SEED,
) -> Clearing | None:
    """Draw past weeks, each with what departed and arrived in it, until nothing is open; None below seven weeks.

    What belongs together stays together: the week is drawn, not its numbers; weeks without a departure stay in. The same
    numbers always give the same answer.
    """
    if len(departed) < FEWEST:
        return None
    if backlog <= 0:
        return Clearing(runs, (0,) * runs)
    net = [went - came for went, came in zip(departed, arrived or repeat(0), strict=False)]
    draw, open_in, cleared = Random(seed).choices, [backlog] * runs, list[int]()
    for week in range(1, horizon + 1):
        left = [before - drawn for before, drawn in zip(open_in, draw(net, k=len(open_in)), strict=True)]
        open_in = [count for count in left if count > 0]
        cleared += [week] * (len(left) - len(open_in))
        within_reach = (horizon - week) * max(net)
        if max(open_in, default=0) > within_reach:  # a run that has more open will not be clear, whatever it draws
            open_in = [count for count in open_in if count <= within_reach]
    return Clearing(runs, tuple(cleared))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedRuns:
    """How many `runs` of `all_runs` needed so many weeks until nothing was open; what follows is the same in every row.

    `open` complaints now; `weeks_seen` complete weeks with what arrived and departed in them. The week_… are None where not
    expected to clear. state: measured, no cases (nothing is open), too few (below seven complete weeks), not measured.
    """

    weeks_needed: int | None = None
    runs: int | None = None
    all_runs: int | None = None
    open: int | None
    weeks_seen: int
    arrived: int
    departed: int
    week_50: int | None = None
    week_85: int | None = None
    week_95: int | None = None
    cleared_share: float | None = None
    state: str


def clearing(connection: Connection, scope: Scope, weeks: int = 26) -> tuple[ClearedRuns, ...]:
    """In how many weeks no complaint is open any more, if weeks go on as the last complete ones went: 10,000 runs.

    Of each drawn week both what the source solved and what arrived counts. `week_50`, `week_85` and `week_95` are the weeks in
    which so many of 100 simulations were clear, None: not expected to clear (within 104 weeks). `cleared_share` of them cleared
    at all.

    Grain: one row per number of weeks in which a run was clear, earliest first; one row without `weeks_needed` where none was.
    """
    flow = [week for week in issue_flow(connection, scope, weeks=and_running(scope, weeks)) if week.state == MEASURED]
    full = [week for week in flow if week.complete]
    backlog = flow[-1].wip if flow else None
    departed, arrived = [week.departed or 0 for week in full], [week.arrived or 0 for week in full]
    known = ClearedRuns(
        open=backlog,
        weeks_seen=len(full),
        arrived=sum(arrived),
        departed=sum(departed),
        state=NOT_MEASURED if not flow else MEASURED if backlog else NO_CASES,
    )
    forecast = None if backlog is None else clear(backlog, departed, arrived)
    if forecast is None:
        return (replace(known, state=TOO_FEW if flow else NOT_MEASURED),)
    half, most, nearly_all = (forecast.within(percentile) for percentile in ANSWERS)
    known = replace(known, runs=0, all_runs=forecast.runs, week_50=half, week_85=most, week_95=nearly_all)
    known = replace(known, cleared_share=forecast.share)
    counted = sorted(Counter(forecast.cleared).items())
    return tuple(replace(known, weeks_needed=needed, runs=runs) for needed, runs in counted) or (known,)


def weeks_until(rates: Sequence[float], target: float) -> int | None:
    """In how many weeks a rate that falls by the same share every week reaches the target; None where it does not fall.

    A straight line through the logarithms; it falls where chance alone would make such a slope in less than 5 of 100 cases.
    """
    if len(rates) < FEWEST or target <= 0 or not any(rates):
        return None
    least = min(rate for rate in rates if rate > 0) / 2
    y = [log(max(rate, least)) for rate in rates]
    middle, height, last = (len(rates) - 1) / 2, fmean(y), len(rates) - 1
    width = sum((x - middle) ** 2 for x in range(len(y)))
    slope = sum((x - middle) * (rate - height) for x, rate in enumerate(y)) / width
    start = height - slope * middle
    spread, freedom = sum((rate - start - slope * x) ** 2 for x, rate in enumerate(y)), len(y) - 2
    error = (spread / freedom / width) ** 0.5
    if slope >= 0 or (error > 0 and t_cdf(freedom, slope / error) >= CHANCE):
        return None
    needed = ceil((log(target) - start) / slope - last - 1e-9)
    return max(needed, 0) if needed <= HORIZON else None
