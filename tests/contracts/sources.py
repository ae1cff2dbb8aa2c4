"""The product's own files as they are parsed: each once, for all contracts that look through them."""

import ast
from collections.abc import Collection
from functools import cache
from pathlib import Path

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "wallboard"


@cache
def tree(file: Path) -> ast.Module:
    """A file as Python reads it."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def nodes(file: Path) -> Collection[ast.AST]:
    """Everything in a file, as `ast.walk` goes; what only one contract looks at is not kept."""
    return _nodes(file) if file.is_relative_to(PACKAGE) else list(ast.walk(tree.__wrapped__(file)))


@cache
def _nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(file)))
