"""How the tests are run: which are slow, which come first, and what all of them know (what they ask for: tests/fixtures.py)."""

import gc
from collections.abc import Generator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.instant_failures import InstantFailures
from wallboard.clock import stopped

AS_OF = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
MORNING = stopped(AS_OF)
REPOSITORY = Path(__file__).parents[1]
SCREEN: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}, "locale": "en-GB", "timezone_id": "Europe/London"}
LOADERS = REPOSITORY / "tests" / "loaders"
LONGEST = "test_scripted_year.py"
DATABASES = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """Where the workers report, tell each failure at once; no example fails because the machine was busy.

    `make fast` tries ten examples (--hypothesis-profile fast): a test says by `at_most` how many it tries otherwise.
    """
    gc.disable()  # what is imported stays (see pytest_collection)
    hypothesis.settings.register_profile("patient", deadline=None)
    hypothesis.settings.register_profile("fast", deadline=None, max_examples=10)
    hypothesis.settings.load_profile(config.getoption("--hypothesis-profile") or "patient")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(InstantFailures(config))
    if hasattr(config, "workerinput") or config.getoption("dist") == "no" or config.getoption("collectonly"):
        # who only hands tests out to workers asks for no fixture, and need not import what they need
        config.pluginmanager.register(import_module("tests.fixtures"), "tests.fixtures")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays until the end: no search for garbage goes through it, then or later (two fifths of collecting)."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)  # each test leaves an application or a store behind: one search is enough for several
        gc.enable()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave what asks for Chromium to the browser part, and to the slow part what loads a company first (see _is_slow)."""
    if _is_slow(item):
        item.add_marker(pytest.mark.slow)
    if "chromium" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.browser)


def _is_slow(item: pytest.Item) -> bool:
    """A demo company is loaded in a minute, a file or the migrations in a second; what runs on SQLite runs on PostgreSQL too."""
    parameters = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    twin = any(isinstance(parameter, str) and parameter == "postgresql" for parameter in parameters)
    wanted = set(getattr(item, "fixturenames", ()))
    loads = item.path.is_relative_to(LOADERS) and not wanted.isdisjoint({"sqlite_store", "store"})
    return twin or loads or not wanted.isdisjoint({"nowhere", "postgres_server"}) or _looks_at_demo(item)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what loads a company, each once, and come back to it when it has been loaded: no worker waits.

    The first worker begins at the beginning and the others further on, and who is done takes from the end of another. The year,
    which takes longer than any other test, comes early: begun last, it would leave the other workers with nothing to do.
    """
    first = next((item for item in items if _looks_at_demo(item)), None)
    items.sort(key=lambda item: (not _is_retail(item), item is not first, item.path.name != LONGEST, _looks_at_demo(item)))


def _is_retail(item: pytest.Item) -> bool:
    return item.path.name == "test_retail.py"


def _looks_at_demo(item: pytest.Item) -> bool:
    return "demo_room" in getattr(item, "fixturenames", ())
