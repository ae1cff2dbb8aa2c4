"""The cell that a panel has in its scene, and the least that its picture needs of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

GRID_WIDTH, GRID_HEIGHT, GAP = 1824, 800, 22
"""What panels have of the canvas of 1920 by 1080 below a wall's head and above its rail, and what lies between two of them."""

LETTER, LINE = 0.57, 1.22
"""Mean width of a letter and height of a line, as parts of the type size."""


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest cell, its border and headline included, in which a panel's picture can be read.

    In letters and lines of the smallest legible type: on a screen further away the same cell holds fewer of them. A whole wall
    of 55 inches at 4 metres has 77 letters and 15 lines.
    """

    letters: int
    lines: int

    def __str__(self) -> str:
        return f"{self.letters} letters × {self.lines} lines"


FULL, STACKED, SIDE_BY_SIDE, THIRD, SIXTH = (
    Smallest(76, 15), Smallest(76, 7), Smallest(38, 15), Smallest(25, 15), Smallest(25, 7),
)  # fmt: skip
"""A wall, half of it above or beside another half, a third beside two others, one of six; of 55 inches, from 4 metres."""


@dataclass(frozen=True)
class Cell:
    """How much of its scene a panel has: shares of the width and of the height."""

    width: float = 1.0
    height: float = 1.0

    @property
    def area(self) -> float:
        """Its share of the scene."""
        return self.width * self.height

    @property
    def pixels(self) -> tuple[float, float]:
        """Width and height on the canvas; panels side by side share the gaps between them."""
        return self.width * (GRID_WIDTH + GAP) - GAP, self.height * (GRID_HEIGHT + GAP) - GAP

    def size(self, legible: float) -> Smallest:
        """How much it holds where type smaller than `legible` pixels of the canvas cannot be read."""
        width, height = self.pixels
        return Smallest(floor(width / (legible * LETTER)), floor(height / (legible * LINE)))

    def holds(self, smallest: Iterable[Smallest], legible: float) -> bool:
        """Whether a picture that needs one of these can be read in it."""
        size = self.size(legible)
        return any(size.letters >= needed.letters and size.lines >= needed.lines for needed in smallest)


WHOLE = Cell()
"""A scene with one panel alone."""


def needed(smallest: Smallest, legible: float) -> tuple[int, int]:
    """The per cent of a wall's width and height that a picture needs."""
    width, height = smallest.letters * legible * LETTER + GAP, smallest.lines * legible * LINE + GAP
    return ceil(100 * width / (GRID_WIDTH + GAP)), ceil(100 * height / (GRID_HEIGHT + GAP))
