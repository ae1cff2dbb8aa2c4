"""What is installed is what was tested: requirements.lock pins it, within the ranges of pyproject.toml, and names no address."""

import tomllib
from importlib.metadata import version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import REPOSITORY

LOCK = [Requirement(line) for line in (REPOSITORY / "requirements.lock").read_text().splitlines()]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [Requirement(line) for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"])]


def test_the_lock_names_versions_and_no_address() -> None:
    for requirement in LOCK:
        assert requirement.url is None and [part.operator for part in requirement.specifier] == ["=="], str(requirement)


def test_every_dependency_is_locked_within_its_range() -> None:
    for asked in ASKED:
        locked = [requirement for requirement in LOCK if canonicalize_name(requirement.name) == canonicalize_name(asked.name)]
        assert locked, f"make update writes {asked.name} into requirements.lock"
        for requirement in locked:
            assert asked.specifier.contains(str(requirement.specifier).removeprefix("==")), (
                f"{requirement}: not within {asked.specifier}; make update"
            )


def test_the_tests_run_with_what_is_locked() -> None:
    here = [requirement for requirement in LOCK if requirement.marker is None or requirement.marker.evaluate()]
    other = [
        f"{requirement}: {version(requirement.name)}"
        for requirement in here
        if version(requirement.name) not in requirement.specifier
    ]
    assert not other, "install it again (make clean test), or make update"
