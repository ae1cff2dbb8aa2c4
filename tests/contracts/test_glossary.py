"""One word for each thing: no module, class or function of the house has a name that the glossary gives up."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

ROW = re.compile(r"^\| (?P<word>[^|]+) \| [^|]+ \| (?P<given_up>[^|]*) \|$", re.MULTILINE)
PATH = re.compile(r"`((?:wallboard|tests|docs|loaders|store|screens|records|lifecycle|metrics|assets)/[^`\s]*)`")


def given_up() -> dict[str, str]:
    """By name that is not used: the word that is."""
    rows = ROW.finditer((REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8"))
    return {name: row["word"].strip() for row in rows for name in re.findall(r"`([^`]+)`", row["given_up"])}


def names(file: Path) -> Iterator[str]:
    """The module and whatever it defines for others."""
    yield file.stem
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name


def test_the_glossary_gives_names_up() -> None:
    assert {"desk", "behind", "Told"} <= set(given_up())


def test_no_name_is_one_that_the_glossary_gives_up() -> None:
    instead, found = given_up(), []
    for file in sorted((REPOSITORY / "wallboard").rglob("*.py")):
        found += [f"{file.relative_to(REPOSITORY)}: {name}: say {instead[name]}" for name in names(file) if name in instead]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_a_guide_names_is_there(document: str) -> None:
    named = PATH.findall((REPOSITORY / document).read_text(encoding="utf-8"))
    paths = [path for path in named if "NAME" not in path]
    gone = [path for path in paths if not any((place / path).exists() for place in (REPOSITORY, REPOSITORY / "wallboard"))]
    assert paths and not gone, gone
