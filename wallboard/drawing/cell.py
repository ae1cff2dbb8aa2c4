"""The cell that a panel has in its scene."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """How much of its scene a panel has: shares of the width and of the height."""

    width: float = 1.0
    height: float = 1.0


WHOLE = Cell()
"""A scene with one panel alone."""
