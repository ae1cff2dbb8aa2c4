"""One word for each thing: no module, class, function, table, column, command, key or screen says what the glossary gives up."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.main import get_command

from tests.conftest import REPOSITORY
from tests.contracts.sources import nodes
from wallboard.cli import app
from wallboard.loaders.feeds import feeds
from wallboard.loaders.sources import Source
from wallboard.panels import catalogue_entry, find_panels
from wallboard.settings import Settings
from wallboard.store.rules import rules
from wallboard.store.schema import metadata

ROW = re.compile(r"^\| (?P<word>[^|]+) \| [^|]+ \| (?P<given_up>[^|]*) \|$", re.MULTILINE)
PATH = re.compile(r"`((?:wallboard|tests|docs|loaders|store|screens|records|lifecycle|metrics|assets)/[^`\s]*)`")

SAYS_NOTHING = {"said", "found", "one", "told", "heard"}
"""Words that named values of every type: a reader could not know whether one is a row, a message or a file."""

PARTICIPLES = {"asked", "felt", "kept"}
"""The same in the program; a constant may be called so, where it names the very word (`KEPT = "kept"`)."""


def given_up() -> dict[str, str]:
    """By name that is not used: the word that is."""
    rows = ROW.finditer((REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8"))
    return {name: row["word"].strip() for row in rows for name in re.findall(r"`([^`]+)`", row["given_up"])}


def words_given_up() -> dict[str, str]:
    """By word that no screen says: the word that it says."""
    rows = ROW.finditer((REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8"))
    return {word: row["word"].strip() for row in rows for word in re.findall(r'"([^"]+)"', row["given_up"])}


def names(file: Path) -> Iterator[str]:
    """The module, unless a command is called so, and whatever it defines for others."""
    if file.parent.name != "commands":
        yield file.stem
    for node in nodes(file):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name


def test_the_glossary_gives_names_up() -> None:
    assert {"desk", "behind", "Told"} <= set(given_up())


def test_no_name_is_one_that_the_glossary_gives_up() -> None:
    instead, faults = given_up(), []
    for file in sorted((REPOSITORY / "wallboard").rglob("*.py")):
        faults += [f"{file.relative_to(REPOSITORY)}: {name}: say {instead[name]}" for name in names(file) if name in instead]
    assert not faults, "\n".join(faults)


def values(file: Path) -> Iterator[tuple[int, str]]:
    """Whatever a file binds: parameters, variables, fields, functions and classes, with their lines."""
    for node in nodes(file):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.ClassDef | ast.FunctionDef | ast.ExceptHandler) and node.name:
            yield node.lineno, node.name


def unnamed(file: Path) -> list[str]:
    """What is called by a word that says nothing of it."""
    place = file.relative_to(REPOSITORY)
    bound = sorted(set(values(file)))
    gone = SAYS_NOTHING | PARTICIPLES if "wallboard" in place.parts else SAYS_NOTHING
    return [
        f"{place}:{line}: {name}"
        for line, name in bound
        if name.strip("_").lower() in gone and not (name.isupper() and name.strip("_").lower() in PARTICIPLES)
    ]


@pytest.mark.parametrize("folder", ["wallboard", "tests", "bench"])
def test_a_name_says_what_its_value_is(folder: str) -> None:
    """`match`, `rows`, `fields`, `message`: what a practitioner would look for, never a word that fits any value."""
    files = (file for file in sorted((REPOSITORY / folder).rglob("*.py")) if "versions" not in file.parts)
    faults = [fault for file in files for fault in unnamed(file)]
    assert not faults, "\n".join(faults)


_TEXT = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)
_WORDS = "|".join(sorted(SAYS_NOTHING))
_IDENTIFIER = re.compile(rf"(?:\.\.\.|(?<![\w.$-]))({_WORDS})(?![\w-])")
_SELECTOR = re.compile(rf"[.#]({_WORDS})(?![\w-])")


def template_code(script: str) -> str:
    """A script whose template literals are what they calculate, without their text."""
    return re.sub(r"`[^`]*`", lambda match: " ".join(re.findall(r"\$\{([^}]*)\}", match[0])), script)


@pytest.mark.parametrize(
    ("pattern", "word", "clean"),
    [
        ("assets/js/*.js", _IDENTIFIER, template_code),
        ("tests/browser/*.js", _IDENTIFIER, template_code),
        ("wallboard/**/*.css", _SELECTOR, str),
    ],
)
def test_a_script_and_a_style_say_it_too(pattern: str, word: re.Pattern[str], clean: Callable[[str], str]) -> None:
    """What JavaScript binds and what CSS selects."""
    files, faults = sorted(REPOSITORY.glob(pattern)), []
    for file in files:
        code = clean(_TEXT.sub(" ", file.read_text(encoding="utf-8")))
        faults += [f"{file.relative_to(REPOSITORY)}: {match[0]}" for match in word.finditer(code)]
    assert files and not faults, "\n".join(faults)
    assert word.search("const { a, ...found } = said") or word.search(".panel .said { color: red }")


def columns() -> Iterator[tuple[str, str]]:
    for table in metadata.sorted_tables:
        yield table.name, table.name
        yield from ((f"{table.name}.{column.name}", column.name) for column in table.columns)


def keys() -> Iterator[tuple[str, str]]:
    """Whatever a room writes into its TOML files."""
    models: dict[str, type[BaseModel]] = {"room.toml": Settings, "sources.toml": Source}
    models |= {name: panel.options for name, panel in find_panels().items()}
    for name, model in models.items():
        yield from ((f"{name}: {field}", field) for field in model.model_fields)
    yield from ((f"feed {name}", name) for name in feeds())
    yield from ((f"feed {name}: {column}", column) for name, feed in feeds().items() for column in feed.columns)


def commands() -> Iterator[tuple[str, str]]:
    group = get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if not command.hidden:
            yield f"wallboard {name}", name
            yield from ((f"wallboard {name} {part}", part) for part in getattr(command, "commands", {}))


@pytest.mark.parametrize("written", [columns, keys, commands])
def test_no_column_key_or_command_has_such_a_name(written: Callable[[], Iterator[tuple[str, str]]]) -> None:
    instead = given_up() | dict.fromkeys(SAYS_NOTHING, "what it is")
    faults = [f"{where}: say {instead[name]}" for where, name in written() if name in instead]
    assert not faults, "\n".join(faults)


def shown(file: Path) -> Iterator[str]:
    """Every text of a module that is none of its docstrings."""
    explained = {id(node.value) for node in nodes(file) if isinstance(node, ast.Expr)}
    for node in nodes(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained and " " in node.value:
            yield node.value


def test_no_screen_says_such_a_word() -> None:
    instead, texts = words_given_up(), [rule["sentence"] for rule in rules()["rule"].values()]
    for folder in ("panels", "drawing", "screens", "lifecycle", "records"):
        texts += [text for file in sorted((REPOSITORY / "wallboard" / folder).rglob("*.py")) for text in shown(file)]
    texts += [catalogue_entry(name) for name in find_panels()]
    texts += [line for file in sorted((REPOSITORY / "layouts").glob("*.toml")) for line in file.read_text("utf-8").splitlines()]
    faults = [f"{text!r}: say {instead[word]}" for text in texts for word in instead if re.search(rf"\b{word}s?\b", text, re.I)]
    assert instead and not faults, "\n".join(faults)


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_a_guide_names_is_there(document: str) -> None:
    named = PATH.findall((REPOSITORY / document).read_text(encoding="utf-8"))
    paths = [path for path in named if "NAME" not in path]
    gone = [path for path in paths if not any((place / path).exists() for place in (REPOSITORY, REPOSITORY / "wallboard"))]
    assert paths and not gone, gone
