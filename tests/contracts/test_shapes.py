"""A shape means one thing everywhere: disc, triangle and square are the states of the rail's legend, in its colours."""

import re
from pathlib import Path

from tests.conftest import REPOSITORY
from wallboard.drawing.glyphs import LEGEND, SHAPES, STATE_WORDS

PACKAGE, SCRIPTS = REPOSITORY / "wallboard", REPOSITORY / "assets" / "js"
COLOURS = {"▲": {"watch"}, "■": {"bad", "alert"}}
"""Which colour a written shape may have: that of its state."""


def written(shape: str) -> list[tuple[Path, str]]:
    """Each line of the product that writes a shape as a letter, a style with all its rules of the same element."""
    files = [file for end in ("*.py", "*.css") for file in PACKAGE.rglob(end)] + [*SCRIPTS.rglob("*.js")]
    lines = [(file, line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if shape in line]
    return [(file, _rules(file, line) if file.suffix == ".css" else line) for file, line in lines]


def _rules(file: Path, line: str) -> str:
    selector = line.split("::")[0].strip()
    return " ".join(rule for rule in file.read_text(encoding="utf-8").splitlines() if rule.startswith(f"{selector} {{"))


def test_a_written_shape_has_the_colour_of_its_state() -> None:
    wrong = [
        f"{file.relative_to(REPOSITORY)}: {shape} in {line.strip()}"
        for shape, colours in COLOURS.items()
        for file, line in written(shape)
        if not any(re.search(rf"\b{colour}\b", line) for colour in colours)
    ]
    assert not wrong, "\n".join(wrong)
    assert written("▲") and written("■"), "the search finds what it looks for"


def test_every_state_has_a_shape_and_a_word_in_the_legend() -> None:
    assert SHAPES.keys() == STATE_WORDS.keys() == LEGEND.keys()
    assert len(set(SHAPES.values())) == len(SHAPES) and len(set(LEGEND.values())) == len(LEGEND)
