"""Whether complaints descend: rule DR-1 of definitions.md B.5, its guards, and how rarely chance alone fires it."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp, log, sqrt

import numpy as np
import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_counts
from tests.metrics.given_definitions import defined
from wallboard.errors import NotFound
from wallboard.metrics.reward_rule import (
    DESCENDING,
    NO,
    RISING,
    RUN,
    TOO_EARLY,
    TOO_LITTLE,
    CountedWeek,
    Frozen,
    baseline,
    complaints_descending,
    descent_since,
    judged,
)
from wallboard.metrics.scope import Scope
from wallboard.metrics.weekly import measured_against

FIRST = date(2025, 1, 6)
LOOKS, RUNS = 26, 1000


def counted(counts: Sequence[int | None], exposure: float | None = 1000.0) -> list[CountedWeek]:
    return [CountedWeek(FIRST + timedelta(weeks=n), count, exposure) for n, count in enumerate(counts)]


def verdict_of(before: Sequence[int | None], since: Sequence[int | None]) -> str:
    return judged(baseline(counted(before)), counted(since))[0]


def fires(before: Sequence[int], since: Sequence[int], verdict: str) -> bool:
    """Whether a verdict is given at the end of any of the weeks since."""
    base = baseline(counted(before))
    weeks = counted(since)
    return any(judged(base, weeks[:n])[0] == verdict for n in range(RUN, len(weeks) + 1))


def drawn(mean: float, phi: float, weeks: int, seed: np.random.Generator) -> list[int]:
    """Counts of weeks around a mean, with a variance of phi times the mean."""
    chance = seed.poisson(mean, weeks) if phi == 1 else seed.negative_binomial(mean / (phi - 1), 1 / phi, weeks)
    return [int(count) for count in chance]


@pytest.mark.slow
@pytest.mark.req("R100")
@pytest.mark.parametrize(("mean", "phi"), [(40, 1), (40, 3), (5, 1)])
def test_where_nothing_changed_a_reward_is_rare(mean: float, phi: float) -> None:
    seed = np.random.default_rng(13)
    runs = [(drawn(mean, phi, 24, seed), drawn(mean, phi, LOOKS, seed)) for _ in range(RUNS)]
    false = sum(fires(before, since, DESCENDING) for before, since in runs)
    assert 0 < false <= 0.04 * RUNS, f"{false} of {RUNS} teams would be rewarded for nothing"
    assert sum(fires(before, since, RISING) for before, since in runs) <= 0.04 * RUNS


@pytest.mark.req("R100")
def test_a_fall_of_thirty_per_cent_is_found() -> None:
    seed = np.random.default_rng(13)
    hits = sum(fires(drawn(40, 3, 24, seed), drawn(28, 3, LOOKS, seed), DESCENDING) for _ in range(RUNS))
    assert hits >= 0.85 * RUNS


def test_the_bound_is_the_quasi_poisson_one_of_the_definition() -> None:
    before, since = [40, 44] * 12, [30] * 8
    base = baseline(counted(before))
    assert base is not None and (base.complaints, base.dispersion) == (1008, 1.0)
    verdict, bound = judged(base, counted(since))
    ratio = (240 / 8000) / (1008 / 24000)
    assert verdict == DESCENDING and bound == pytest.approx(exp(log(ratio) + 2.326 * sqrt(1 / 240 + 1 / 1008)))


def test_weeks_that_vary_more_than_chance_widen_the_bound() -> None:
    calm, wild = baseline(counted([40, 44] * 12)), baseline(counted([20, 64] * 12))
    assert calm is not None and wild is not None and wild.dispersion > 10 > calm.dispersion == 1
    since = counted([34] * 8)
    assert judged(calm, since)[0] == DESCENDING and judged(wild, since)[0] == NO


@pytest.mark.parametrize(
    ("before", "since", "verdict"),
    [
        ([40] * 24, [20] * 7, TOO_EARLY),
        ([40] * 24, [20] * 7 + [41], NO),
        ([40] * 24, [39] * 8, NO),
        ([40] * 24, [40] + [20] * 7, NO),
        ([40] * 24, [0] * 8, DESCENDING),
        ([2, 1] * 12, [0] * 8, DESCENDING),
        ([1, 0] * 12, [0] * 8, TOO_LITTLE),
        ([40] * 11, [20] * 8, TOO_LITTLE),
        ([None] * 12 + [40] * 12, [20] * 8, DESCENDING),
        ([40] * 24, [20] * 7 + [None], TOO_LITTLE),
        ([40] * 24, [20] * 3 + [None] + [20] * 8, DESCENDING),
        ([40] * 24, [60] * 8, RISING),
        ([0] * 24, [9] * 8, TOO_LITTLE),
    ],
)
def test_too_little_data_is_never_a_no(before: list[int | None], since: list[int | None], verdict: str) -> None:
    assert verdict_of(before, since) == verdict


def test_without_any_complaint_left_the_chance_of_that_decides() -> None:
    base = baseline(counted([1] * 24))
    verdict, bound = judged(base, counted([0] * 8))
    assert bound == pytest.approx((24 / 32) ** 24 / 0.01) and verdict == DESCENDING


def test_a_week_whose_exposure_is_missing_is_too_little_data() -> None:
    assert judged(baseline(counted([40] * 24)), counted([20] * 8, None))[0] == TOO_LITTLE


def test_the_rule_reads_the_weeks_of_the_store(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": [40] * 24 + [50] + [20] * 9})
    begun = given_counts.MONDAY - timedelta(weeks=9, days=-2)
    rows = complaints_descending(connection, scope, issue_type="late", begun_on=begun.isoformat())
    assert [row.verdict for row in rows] == [TOO_EARLY] * 7 + [DESCENDING] * 2, "the week in which they began counts for neither"
    last = rows[-1]
    assert (last.baseline_weeks, last.baseline_complaints, last.complaints, last.exposure) == (24, 960, 160, 8000)
    assert last.adjusted and (last.rule, last.version, last.week) == ("DR-1", 1, 9) and last.week_start == given_counts.MONDAY


@pytest.mark.req("R100")
def test_rising_fires_as_descending_does_in_the_first_week_that_fulfils_it(connection: Connection, scope: Scope) -> None:
    before, low, high = [40] * 24, [20] * 8, [60] * 8
    lived = {
        "fell": (low + [40] * 8, (DESCENDING, 8)),
        "rose": (high + [40] * 8, (RISING, 8)),
        "level": ([39] * 16, (NO, 16)),
        "turned": (high + low, (DESCENDING, 16)),
        "back": (low + high, (DESCENDING, 8)),
    }
    given.journey(connection)
    given_counts.weekly(connection, {kind: [*before, *since] for kind, (since, _) in lived.items()})
    begun = given_counts.MONDAY - timedelta(weeks=15)
    frozen = Frozen(begun, begun, baseline(counted(before)), measured_against(None, connection, scope))
    for kind, (_, expected) in lived.items():
        row = descent_since(connection, scope, kind, frozen, begun)
        assert row is not None and (row.verdict, row.week) == expected, f"{kind}: what comes after takes nothing back"


def test_a_definition_that_changed_since_the_baseline_began_leaves_too_little_data(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": [40] * 24 + [20] * 10})
    begun = given_counts.MONDAY - timedelta(weeks=9)
    defined(connection, "complaint_rate", 1, date(2024, 1, 1), formula="all complaints")

    def verdicts() -> list[str]:
        return [row.verdict for row in complaints_descending(connection, scope, issue_type="late", begun_on=begun.isoformat())]

    assert verdicts() == [TOO_EARLY] * 7 + [DESCENDING] * 3, "a definition as old as that changes nothing"
    defined(connection, "complaint_rate", 2, given_counts.MONDAY, formula="complaints without praise")
    assert verdicts() == [TOO_EARLY] * 7 + [DESCENDING] * 2 + [TOO_LITTLE], "the newest week counts something else"
    defined(connection, "complaint_rate", 3, begun - timedelta(weeks=3), formula="complaints on paper")
    assert verdicts() == [TOO_EARLY] * 7 + [TOO_LITTLE] * 3, "within the baseline: nothing of it can be compared"


def test_counts_without_exposure_are_judged_and_said_not_to_be_adjusted(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": [40] * 24 + [20] * 8}, exposed=None)
    begun = given_counts.MONDAY - timedelta(weeks=7)
    last = complaints_descending(connection, scope, issue_type="late", begun_on=begun.isoformat())[-1]
    assert last.verdict == DESCENDING and not last.adjusted and last.exposure is None


@pytest.mark.parametrize("asked", [{"issue_type": "lost"}, {"issue_type": "late", "begun_on": "soon"}])
def test_what_is_not_known_is_named(connection: Connection, scope: Scope, asked: dict[str, str]) -> None:
    given.journey(connection)
    with pytest.raises(NotFound, match=r"is not known|is not a day"):
        complaints_descending(connection, scope, **asked)
