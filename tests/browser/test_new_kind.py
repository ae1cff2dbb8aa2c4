"""A kind of step and a role are one declaration each: from the browser to the store, with nothing else touched."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.console import REFUSED, Person
from tests.browser.watching import Watch
from tests.conftest import REPOSITORY
from wallboard.screens.console.session import SIGNED_IN

PARDONED = "INSERT INTO issue_step (issue, seq, kind, at, day, actor) SELECT issue, seq + 1, 'pardoned', at, day, actor"
"""A kind that nobody has declared."""


@pytest.fixture
def lit(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The room with one kind of step and one role more."""
    command = [sys.executable, "-m", "tests.browser.with_a_new_kind", str(tmp_path / "room")]
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None and program.stdin is not None
        started: dict[str, Any] = json.loads(program.stdout.readline())
        yield started
        program.stdin.close()


def test_a_new_kind_of_step_goes_from_the_form_to_the_store(
    lit: dict[str, Any], page: Page, watch: Watch, tmp_path: Path
) -> None:
    watch.forgive(REFUSED)
    page.context.add_cookies([{"name": SIGNED_IN, "value": lit["secret"], "url": lit["url"]}])
    tom = Person(page, lit["url"]).open(f"/room/issue/{lit['issue']}")
    assert "the apology: says nothing" in tom.refused("apologise", words=" ").lower()
    tom.send("apologise", "Written down: we are sorry.", words="That your boxes came late.")
    assert "We said that we are sorry" in tom.text() and not tom.has("own"), "and a nurse names nobody who answers"
    with sqlite3.connect(tmp_path / "room" / "data" / "room.sqlite") as store:
        row = store.execute("SELECT words, refers_kind FROM issue_step WHERE kind = 'apologised'").fetchone()
        assert row == ("That your boxes came late.", "alleviation")
        with pytest.raises(sqlite3.IntegrityError):
            store.execute(f"{PARDONED} FROM issue_step WHERE kind = 'apologised'")
    store.close()
