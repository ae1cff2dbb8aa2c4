"""The cell that a panel has in its scene, and the least that its picture needs of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from wallboard.drawing.theme import CANVAS_HEIGHT, SHARES

GRID_WIDTH, GAP = 1824, 22
"""What panels have of the canvas's width of 1920, and what lies between two of them."""

ROOM_LINE = GRID_WIDTH - 222 - 24
"""What a golden rule, or why a scene comes now, has of its line: beside it stands how long it is until the room meets."""

AIR = 10
"""What lies above a wall's head, between its head and its panels, and below them."""

HEAD_AND_FOOT = {
    "spine": {"text": 1.7, "fixed": 15},
    "question": {"text": 1.07},
    "foot": {"quiet": 1.14 + 1.02, "fixed": 21},
}
"""Their lines, in sizes of type and pixels: the answer and the turn; the scene's question; a golden rule and the stage rail."""

WALK_TITLE, WALK_AROUND = 1.12, 28 + 22 + 18 + 86
"""The walk has neither spine nor golden rule: its question in its type size; air above, between and below, and its rail."""

LETTER, LINE = 0.57, 1.22
"""Mean width of a letter and height of a line, as parts of the type size."""

LOW, HIGH, WIDE = 0.45, 0.75, 0.7
"""Shares of a scene: a lower panel than the first has no room for events, one as high as the second for several if it is wide."""

SLACK = 0.35
"""What a cell may lack of a line: half a wall has 7.7 of them, and counts as eight."""


def head_and_foot(legible: float) -> dict[str, float]:
    """How high the parts of a wall are that lie around its panels, where type smaller than `legible` pixels cannot be read."""
    sizes = {name: share * legible for name, share in SHARES.items()} | {"fixed": 1.0}
    return {part: sum(sizes[name] * times for name, times in lines.items()) for part, lines in HEAD_AND_FOOT.items()}


def wall_tokens(legible: float) -> dict[str, str]:
    """The CSS custom properties that give those parts their height: what a cell is taken to have is what it has."""
    return {"--air": f"{AIR}px"} | {f"--{part}-height": f"{height:.1f}px" for part, height in head_and_foot(legible).items()}


def grid_height(legible: float, *, is_walk: bool = False) -> float:
    """What a wall, or a scene of the walk, leaves its panels of the canvas."""
    if is_walk:
        return CANVAS_HEIGHT - WALK_TITLE * SHARES["title"] * legible - WALK_AROUND
    return CANVAS_HEIGHT - 3 * AIR - sum(head_and_foot(legible).values())


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest cell, its border and headline included, in which a panel's picture can be read.

    In letters and lines of the smallest legible type: on a screen further away the same cell holds fewer of them. A whole wall
    of 55 inches at 4 metres has 77 letters and 16 lines. `python -m bench.smallest` measures it.
    """

    letters: int
    lines: int

    def __str__(self) -> str:
        return f"{self.letters} letters × {self.lines} lines"

    def pixels(self, legible: float) -> tuple[float, float]:
        """The least width and height on the canvas that count as it."""
        return self.letters * legible * LETTER, (self.lines - SLACK) * legible * LINE


FULL = Smallest(76, 15)
"""A wall; of 55 inches, from 4 metres."""


@dataclass(frozen=True)
class Cell:
    """How much of its scene a panel has: shares of the width and of the height; `is_walk` where that is one of the walk.

    `letters_before`: how many letters of events the panels before it may have taken; each stands for one thing in a scene.
    """

    width: float = 1.0
    height: float = 1.0
    is_walk: bool = False
    letters_before: int = 0

    @property
    def area(self) -> float:
        """Its share of the scene."""
        return self.width * self.height

    @property
    def events(self) -> int:
        """Of how many events it has room to tell: of none where it is low."""
        if self.height < LOW:
            return 0
        return 1 if self.height < HIGH or self.width < WIDE else 2

    def pixels(self, legible: float) -> tuple[float, float]:
        """Width and height on the canvas; panels side by side share the gaps between them."""
        return self.width * (GRID_WIDTH + GAP) - GAP, self.height * (grid_height(legible, is_walk=self.is_walk) + GAP) - GAP

    def size(self, legible: float) -> Smallest:
        """How much it holds where type smaller than `legible` pixels of the canvas cannot be read."""
        width, height = self.pixels(legible)
        return Smallest(floor(width / (legible * LETTER)), floor(height / (legible * LINE) + SLACK))

    def holds(self, smallest: Iterable[Smallest], legible: float) -> bool:
        """Whether a picture that needs one of these can be read in it."""
        size = self.size(legible)
        return any(size.letters >= needed.letters and size.lines >= needed.lines for needed in smallest)


WHOLE = Cell()
"""A scene with one panel alone."""


def needed(smallest: Smallest, legible: float) -> tuple[int, int]:
    """The per cent of a wall's width and height that a picture needs."""
    width, height = smallest.pixels(legible)
    return ceil(100 * (width + GAP) / (GRID_WIDTH + GAP)), ceil(100 * (height + GAP) / (grid_height(legible) + GAP))
