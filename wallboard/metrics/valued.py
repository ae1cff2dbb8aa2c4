"""Customers and what they are worth, where of some it is not known: the unknown travel with every sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Valued:
    """Some customers, what those are worth of whom it is known, and how many there are of whom it is not."""

    customers: int = 0
    value: float = 0.0
    unknown: int = 0

    @classmethod
    def of(cls, row: Any) -> "Valued":
        """A row of a fact with customers, value and value_unknown; sums of no rows are nobody."""
        return cls(int(row.customers or 0), float(row.value or 0.0), int(row.value_unknown or 0))

    def __add__(self, other: "Valued") -> "Valued":
        return Valued(self.customers + other.customers, self.value + other.value, self.unknown + other.unknown)

    @property
    def worth(self) -> float | None:
        """What they are worth; None where of nobody it is known."""
        return None if self.customers and self.unknown >= self.customers else self.value


NOBODY = Valued()


def known_sum(values: Iterable[float | None]) -> float | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
