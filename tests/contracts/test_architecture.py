"""The shape of the house: imports go down only, files are small, one module asks the time, no name says nothing."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "wallboard"
SOURCES = sorted(PACKAGE.rglob("*.py"))
WRITTEN = [file for file in SOURCES if "versions" not in file.parts[:-1] or "migrations" not in file.parts]
TIMES = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "monotonic_ns"}
CLOCKS = {"datetime", "date", "time", "dt", "Timestamp", "pd.Timestamp", "datetime.datetime", "datetime.date"}
FORBIDDEN = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


def name(file: Path) -> str:
    return file.relative_to(REPOSITORY).as_posix()


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def test_imports_go_down_only() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    said = subprocess.run([command, "--no-logo"], cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("file", [*WRITTEN, *sorted((REPOSITORY / "tests").rglob("*.py"))], ids=name)
def test_no_file_is_longer_than_400_lines(file: Path) -> None:
    if file.is_relative_to(REPOSITORY / "tests" / "kiosk"):
        pytest.skip("one long story about one shell script")
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def asks_the_time(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in TIMES and ast.unparse(node.value) in CLOCKS:
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            wrong = {one.name for one in node.names} & (TIMES | {"perf_counter", "perf_counter_ns"})
            yield from (f"line {node.lineno}: from time import {one}" for one in sorted(wrong))


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_only_the_clock_asks_the_time(file: Path) -> None:
    if file == PACKAGE / "clock.py":
        assert list(asks_the_time(tree(file)))
        return
    assert not list(asks_the_time(tree(file))), "take the time from wallboard.clock"


@pytest.mark.parametrize(
    "text",
    [
        "datetime.now()",
        "time.time()",
        "from time import monotonic",
        "date.today()",
        "pd.Timestamp.now()",
        "datetime.datetime.utcnow()",
    ],
)
def test_the_ban_of_the_clock_bites(text: str) -> None:
    assert list(asks_the_time(ast.parse(text)))


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_no_import_stands_inside_a_function(file: Path) -> None:
    inside = [
        f"line {inner.lineno}"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not inside


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_no_name_says_nothing_and_every_file_says_what_it_is(file: Path) -> None:
    module = tree(file)
    assert file.stem not in FORBIDDEN and file.parent.name not in FORBIDDEN
    assert not [
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Manager", "Helper", "Utils"))
    ]
    assert ast.get_docstring(module), "a module says in one sentence what it is"


def test_assets_ask_nobody_else() -> None:
    for file in (REPOSITORY / "assets").rglob("*"):
        if file.suffix in (".css", ".js", ".svg", ".html"):
            text = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
            assert "http://" not in text and "https://" not in text and 'url("//' not in text, file.name
