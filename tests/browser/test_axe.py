"""axe finds nothing on any page of the console that the president can open: names, roles, contrast, order of headings."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from tests.browser.boards import signed_in
from tests.browser.serving import Lit
from tests.browser.watching import until
from wallboard.screens.console.navigation import PLACES
from wallboard.store.schema import issue, opportunity, room_session_step, team_cycle

pytestmark = pytest.mark.browser

RUN = """async () => (await axe.run()).violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`))"""


def pages(room: Lit) -> list[str]:
    """Each page of the console, and one of each thing that has a page."""
    with room.engine.connect() as connection:
        ended = connection.scalars(select(room_session_step.c.room_session).where(room_session_step.c.kind == "ended")).first()
        assert ended, "the demo has met"
        of_one = {
            f"/room/{name}/{connection.scalars(select(table.c.id)).first()}"
            for name, table in {"issue": issue, "opportunity": opportunity, "team": team_cycle}.items()
        }
    return [
        "/room",
        "/room/rows",
        *(each.address for place in PLACES for each in place.pages),
        *sorted(of_one),
        f"/room/session/{ended}",
    ]


def test_axe_finds_nothing_on_the_pages_of_the_console(page: Page, lit_demo: Lit) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    signed_in(page, lit_demo, "president")
    page.set_viewport_size({"width": 1280, "height": 800})
    faults, opened = [], pages(lit_demo)
    for address in opened:
        page.goto(lit_demo.url + address, timeout=180_000)
        until(lambda: page.locator("main.console").count(), within=180, page=page)
        page.evaluate(axe)
        faults += [f"{address}: {' '.join(fault.split())}" for fault in page.evaluate(RUN)]
    assert len(opened) > 20 and not faults, "\n".join(faults)
