"""The normal, Student's t and gamma distributions, as far as a wall needs them.

Loading scipy.special costs each start of the room 0.4 s and 28 MB; tests/metrics/test_distributions.py compares with it.
Continued fractions and series as in Press et al., Numerical Recipes, 3rd edition, 6.2 and 6.4.
"""

from collections.abc import Iterator
from itertools import count
from math import erfc, exp, inf, lgamma, log, log1p, pi, sqrt

_ENOUGH, _TINY = 1e-16, 1e-300
_LARGE = 100.0
_FAR = 10.0
"""Nearer to the middle the fraction of the other end loses no digits, however many degrees of freedom there are."""


def normal_cdf(z: float) -> float:
    """How often a standard normal number is at most `z`."""
    return 0.5 * erfc(-z / sqrt(2))


def t_cdf(freedom: float, t: float) -> float:
    """How often Student's t with that many degrees of freedom is at most `t`."""
    tail = 0.5 * _beta_half(freedom / 2, freedom, t * t)
    return tail if t < 0 else 1 - tail


def t_quantile(freedom: float, probability: float, start: float) -> float:
    """The t that is not passed with that probability above one half; `start` is the normal one, which is never larger.

    Newton's method: from below, on a curve that bends down, no step goes too far.
    """
    t = start
    for _ in range(100):
        density = exp(-0.5 * (freedom + 1) * log1p(t * t / freedom) + _lgamma_half(freedom / 2)) / sqrt(freedom * pi)
        step = (probability - t_cdf(freedom, t)) / density
        t += step
        if abs(step) <= 1e-15 * t:
            break
    return t


def gamma_survival(shape: float, x: float) -> float:
    """How often a gamma-distributed number of that shape (scale 1) is above `x` (the regularised upper incomplete gamma)."""
    if x <= 0:
        return 1.0
    if x == inf:
        return 0.0
    scale = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        return 1 - scale * _gamma_series(shape, x)
    return scale / _continued_fraction(x + 1 - shape, ((-n * (n - shape), x + 2 * n + 1 - shape) for n in count(1)))


def _gamma_series(shape: float, x: float) -> float:
    term = total = 1 / shape
    for n in count(1):
        term *= x / (shape + n)
        total += term
        if term < total * _ENOUGH:
            return total
    raise AssertionError


def _beta_half(a: float, freedom: float, square: float) -> float:
    """The regularised incomplete beta function of a and 1/2 at freedom / (freedom + square), which is t's two-sided tail."""
    if square == inf:
        return 0.0
    if square == 0:
        return 1.0
    x, rest = freedom / (freedom + square), square / (freedom + square)
    front = exp(_lgamma_half(a) - log(pi) / 2 - a * log1p(square / freedom) + 0.5 * log(rest))
    if square > _FAR and x < (a + 1) / (a + 2.5):
        return front / a / _continued_fraction(1.0, _beta_terms(a, 0.5, x))
    return 1 - front / 0.5 / _continued_fraction(1.0, _beta_terms(0.5, a, rest))


def _beta_terms(a: float, b: float, x: float) -> Iterator[tuple[float, float]]:
    for n in count():
        yield -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1)), 1.0
        m = n + 1
        yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0


def _continued_fraction(first: float, terms: Iterator[tuple[float, float]]) -> float:
    """first + a1 / (b1 + a2 / (b2 + …)), by Lentz's method."""
    value = c = first or _TINY
    d = 0.0
    for over, under in terms:
        d = 1 / ((under + over * d) or _TINY)
        c = (under + over / c) or _TINY
        value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _lgamma_half(a: float) -> float:
    """lgamma(a + 1/2) - lgamma(a), which for large a would be the difference of two large numbers."""
    if a < _LARGE:
        return lgamma(a + 0.5) - lgamma(a)
    return 0.5 * log(a) - 1 / (8 * a) + 1 / (192 * a**3) - 1 / (640 * a**5)
