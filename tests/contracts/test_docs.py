"""The documents say what the code says."""

import re
import tomllib
from typing import Any

import pytest
from typer.main import get_command

from tests.conftest import REPOSITORY
from tests.documents import DOCS, DOCUMENTS
from tests.wall_guide import PICTURES, picture_of, walls
from wallboard.cli import app

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_generated_document_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == DOCUMENTS[name](), f"docs/{name} is old: make docs"


def test_each_scene_that_a_wall_turns_through_has_a_small_picture_and_no_other_has() -> None:
    wanted = {picture_of(wall, scene) for wall in walls() for scene in wall.turning}
    sizes = {file.name: file.stat().st_size for file in PICTURES.iterdir()}
    assert set(sizes) == wanted, "docs/pictures/walls is old: .venv/bin/python -m bench.wall_pictures"
    assert not {name: size for name, size in sizes.items() if size > 60_000}


def commands() -> dict[str, list[tuple[str, ...]]]:
    """Every command with its options; where a switch has two names, either will do."""
    group = get_command(app)
    fields = {"": _options(group.params)}
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if command.hidden:  # what it was called before
            continue
        fields[name] = _options(command.params)
        for part, inner in getattr(command, "commands", {}).items():
            fields[f"{name} {part}"] = _options(inner.params)
    return fields


def _options(parts: list[Any]) -> list[tuple[str, ...]]:
    names = [(*part.opts, *part.secondary_opts) for part in parts]
    return [several for several in names if any(name.startswith("--") for name in several) and "--help" not in several]


@pytest.mark.parametrize("name", [name for name in commands() if name])
def test_the_readme_names_every_command_and_its_options(name: str) -> None:
    assert re.search(rf"wallboard (--root \S+ )?{name}\b", README), f"README does not show `wallboard {name}`"
    missing = [option for option in commands()[name] if not any(word in README for word in option)]
    assert not missing, f"README does not name {missing} of `wallboard {name}`"


def test_the_readme_shows_no_command_that_does_not_exist() -> None:
    shown = set(re.findall(r"^\s*(?:\.venv/bin/)?wallboard (?:--root \S+ )?([a-z]+)", README, re.MULTILINE))
    assert shown <= set(commands())


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)`?", README)) <= targets
    assert {"demo", "test", "lint", "shots", "bench", "docs"} <= targets


def test_every_dependency_has_a_range() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    every = [
        *project["dependencies"],
        *(requirement for extra in project["optional-dependencies"].values() for requirement in extra),
    ]
    names = [re.split(r"[\[<>=]", requirement)[0] for requirement in every]
    assert len(set(names)) == len(names) and all(">=" in requirement for requirement in every)


def test_every_link_of_a_document_leads_somewhere() -> None:
    documents = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
    links = [(file, to) for file in documents for to in re.findall(r"\]\(([^)#:\s]+)[^)]*\)", file.read_text(encoding="utf-8"))]
    assert links and not [f"{file.name}: {to}" for file, to in links if not (file.parent / to).exists()]
