"""Rows: what all of them can."""

from dataclasses import dataclass

from wallboard.metrics.rows import Summed


@dataclass(frozen=True, slots=True)
class Sums(Summed):
    count: int = 0
    money: float = 0.0


def test_sums_are_added_field_by_field() -> None:
    assert Sums(1, 2.5) + Sums(2, 0.5) == Sums(3, 3.0) == sum([Sums(1, 2.5), Sums(2, 0.5)], Sums())
