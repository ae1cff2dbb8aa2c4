"""The shape of the house: files are small, one module asks the time, no name says nothing (make lint: imports go down only).

Each test looks at all files and names those at fault: a test a file would be a third of all tests.
"""

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest
from grimp import build_graph

from tests.conftest import REPOSITORY
from tests.contracts.sources import nodes, tree

PACKAGE = REPOSITORY / "wallboard"
SOURCES = sorted(PACKAGE.rglob("*.py"))
WRITTEN = [file for file in SOURCES if "versions" not in file.parts[:-1] or "migrations" not in file.parts]
TIMES = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "monotonic_ns"}
CLOCKS = {"datetime", "date", "time", "dt", "Timestamp", "pd.Timestamp", "datetime.datetime", "datetime.date"}
FORBIDDEN = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


def name(file: Path) -> str:
    return file.relative_to(REPOSITORY).as_posix()


def test_no_file_is_longer_than_400_lines() -> None:
    tests = [file for file in (REPOSITORY / "tests").rglob("*.py") if file.parent.name != "kiosk"]  # one story about one script
    long = {name(file): lines for file in [*WRITTEN, *tests] if (lines := len(file.read_bytes().splitlines())) > 400}
    assert not long


def asks_the_time(module: Iterable[ast.AST]) -> Iterator[str]:
    for node in module:
        if isinstance(node, ast.Attribute) and node.attr in TIMES and ast.unparse(node.value) in CLOCKS:
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            wrong = {alias.name for alias in node.names} & (TIMES | {"perf_counter", "perf_counter_ns"})
            yield from (f"line {node.lineno}: from time import {called}" for called in sorted(wrong))


def test_only_the_clock_asks_the_time() -> None:
    asking = {name(file): lines for file in SOURCES if (lines := list(asks_the_time(nodes(file))))}
    assert set(asking) == {"wallboard/clock.py"}, f"take the time from wallboard.clock: {asking}"


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
    assert list(asks_the_time(ast.walk(ast.parse(text))))


def imports_inside(module: Collection[ast.AST]) -> Iterator[int]:
    if not any(isinstance(node, ast.Import | ast.ImportFrom) and node.col_offset for node in module):
        return
    for node in module:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from (inner.lineno for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom))


def test_no_import_stands_inside_a_function() -> None:
    inside = {name(file): lines for file in SOURCES if (lines := list(imports_inside(nodes(file))))}
    assert not inside
    assert list(imports_inside(list(ast.walk(ast.parse("def one():\n    import os"))))) == [2]


def imported_late(file: Path) -> Iterator[str]:
    for node in nodes(file):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("import_module")
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


def test_what_is_imported_late_leads_back_to_nobody() -> None:
    """The contracts of imports do not see them."""
    graph = build_graph("wallboard", cache_dir=None)
    late = [
        (".".join(file.relative_to(REPOSITORY).with_suffix("").parts), other) for file in SOURCES for other in imported_late(file)
    ]
    ours = [(module, other) for module, other in late if other in graph.modules]
    assert ours and not [(module, other) for module, other in ours if graph.find_shortest_chain(other, module)]


def says_nothing(file: Path) -> list[str]:
    classes = [node.name for node in nodes(file) if isinstance(node, ast.ClassDef)]
    return [
        *(FORBIDDEN & {file.stem, file.parent.name}),
        *(named_class for named_class in classes if named_class.endswith(("Manager", "Helper", "Utils"))),
        *([] if ast.get_docstring(tree(file)) else ["a module says in one sentence what it is"]),
    ]


def test_no_name_says_nothing_and_every_file_says_what_it_is() -> None:
    assert not {name(file): faults for file in SOURCES if (faults := says_nothing(file))}


def test_assets_ask_nobody_else() -> None:
    for file in (REPOSITORY / "assets").rglob("*"):
        if file.parent.name == "plotly":  # theirs, which names licences; no browser of the tests has seen it ask
            continue
        if file.suffix in (".css", ".js", ".svg", ".html"):
            text = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
            assert "http://" not in text and "https://" not in text and 'url("//' not in text, file.name


def test_a_rule_stands_once() -> None:
    """No table of three values or more is written down in two modules, and no reason of panels in two panels."""
    places: dict[str, list[str]] = {}
    for file in WRITTEN:
        for node in tree(file).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict | ast.Tuple | ast.Set | ast.List):
                parts = node.value.keys if isinstance(node.value, ast.Dict) else node.value.elts
                if len(parts) > 2 and all(isinstance(part, ast.Constant) for part in parts):
                    places.setdefault(ast.dump(node.value), []).append(f"{name(file)}:{node.lineno}")
        for keyword in (node for node in nodes(file) if isinstance(node, ast.keyword)):
            if keyword.arg == "timeless" and isinstance(keyword.value, ast.Constant):
                places.setdefault(str(keyword.value.value), []).append(f"{name(file)}:{keyword.value.lineno}")
    faults = [", ".join(twice) for twice in places.values() if len(twice) > 1]
    assert len(places) > 100 and not faults, "\n".join(faults)
