"""What is worked out without scipy is what scipy works out."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.special import gammaincc, ndtr, stdtr, stdtrit

from wallboard.metrics.distributions import gamma_survival, normal_cdf, t_cdf, t_quantile
from wallboard.metrics.statistics import Z95

ALIKE = 1e-10
freedoms = some.one_of(some.integers(1, 10_000_000).map(float), some.floats(1, 1e6))


@given(z=some.floats(-38, 38))
def test_the_normal_distribution(z: float) -> None:
    assert normal_cdf(z) == pytest.approx(float(ndtr(z)), rel=ALIKE, abs=1e-300)


@given(freedom=freedoms, t=some.one_of(some.floats(-200, -1e-3), some.floats(1e-3, 200)))
def test_students_t(freedom: float, t: float) -> None:
    """Within a thousandth of the middle, scipy itself has fewer digits."""
    assert t_cdf(freedom, t) == pytest.approx(float(stdtr(freedom, t)), rel=1e-9, abs=1e-250)


@given(freedom=freedoms)
def test_the_quantile_of_students_t(freedom: float) -> None:
    assert t_quantile(freedom, 0.975, Z95) == pytest.approx(float(stdtrit(freedom, 0.975)), rel=ALIKE)


@given(shape=some.floats(1, 20_000), ratio=some.floats(0, 4))
def test_the_gamma_distribution(shape: float, ratio: float) -> None:
    x = shape * ratio
    assert gamma_survival(shape, x) == pytest.approx(float(gammaincc(shape, x)), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("freedom", [1, 2, 30, 1e7])
def test_the_ends(freedom: float) -> None:
    assert t_cdf(freedom, 0.0) == 0.5 and t_cdf(freedom, float("inf")) == 1 and t_cdf(freedom, float("-inf")) == 0
    assert gamma_survival(freedom, 0.0) == 1 and gamma_survival(freedom, float("inf")) == 0
