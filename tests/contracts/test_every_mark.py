"""No panel sets a length by a number itself: a scale does (wallboard/drawing/scale.py), so that the browser can measure it."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.contracts.sources import nodes

LENGTHS = {"width", "height", "right", "bottom", "flex", "flexBasis", "flexGrow", "inset", "clipPath", "transform"}
MEASURED = {"drawing/scale.py": "the mechanism"}
FOLDERS = ("drawing", "panels", "screens")


def lengths(source: Iterable[ast.AST]) -> Iterator[str]:
    """The lengths that a file writes into a style with a number in them."""
    for node in source:
        if not isinstance(node, ast.Dict):
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in LENGTHS and isinstance(value, ast.JoinedStr):
                yield f"line {key.lineno}: {key.value}"


def files() -> Iterator[tuple[str, Path]]:
    root = REPOSITORY / "wallboard"
    return ((str(file.relative_to(root)), file) for folder in FOLDERS for file in sorted((root / folder).rglob("*.py")))


def test_only_a_scale_draws_a_length() -> None:
    by_key = {name: list(lengths(nodes(file))) for name, file in files()}
    assert {name for name, at in by_key.items() if at} <= set(MEASURED), by_key


def test_a_length_is_found_where_it_is_written() -> None:
    assert list(lengths(ast.walk(ast.parse('html.I(style={"width": f"{share:.1%}"})')))) == ["line 1: width"]
    assert not list(lengths(ast.walk(ast.parse('line = {"width": 6}; grid = {"gridTemplateColumns": f"repeat({n}, 1fr)"}'))))
