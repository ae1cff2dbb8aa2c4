"""How soon what a phone writes stands on a wall that is on, while a page of the console is open: python -m bench.telling ROOM.

The room is one whose store may be written into: a copy. Prints the median and the worst of some promises, in seconds: 0.57
and 0.67 on two crowded cores.
"""

import sys
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Page
from sqlalchemy import select

from bench.browsing import chromium
from tests.browser.serving import Lit, served
from tests.browser.watching import open_board
from wallboard.clock import running
from wallboard.records.acting import acting
from wallboard.records.commitments import commit
from wallboard.settings import open_room
from wallboard.store.schema import user_account

PROMISES, WALL = 10, "/wall/issues"
STANDS = "(before) => (document.getElementById('since-morning')?.textContent || '') !== before"


def main() -> None:
    """Open the console and a wall, promise, and wait for each to stand there."""
    with served(open_room(Path(sys.argv[1])), running) as lit, chromium() as browser:
        console, wall = browser.new_page(), browser.new_page(viewport={"width": 1920, "height": 1080})
        console.goto(f"{lit.url}/room")
        open_board(wall, f"{lit.url}{WALL}", within=120)
        taken = sorted(_seconds(lit, wall) for _ in range(PROMISES))
    print(f"from a phone to the wall: median {median(taken):.2f} s, worst {taken[-1]:.2f} s of {PROMISES}")


def _seconds(lit: Lit, wall: Page) -> float:
    before = wall.locator("#since-morning").text_content()
    with lit.engine.connect() as connection:
        leader = connection.scalars(select(user_account.c.id).where(user_account.c.role == "facilitator")).first() or 0
    began = perf_counter()
    with acting(lit.engine, lit.room.settings, running, leader) as act:
        commit(act, leader, "Call them back.", act.day("") + timedelta(days=7))
    wall.wait_for_function(STANDS, arg=before, polling="raf", timeout=30_000)
    return perf_counter() - began


if __name__ == "__main__":
    main()
