"""The page of the data: what was refused stands there, with the row, the reason and what to do."""

import pytest
from playwright.sync_api import Page

from tests.browser.boards import signed_in
from tests.browser.watching import until
from tests.conftest import AS_OF
from tests.fixtures import Light
from wallboard.clock import stopped
from wallboard.loaders.load import load
from wallboard.settings import Room

pytestmark = pytest.mark.browser


@pytest.mark.req("S9")
def test_three_corrupt_rows_are_three_refusals_on_the_page_of_the_data(page: Page, fresh_room: Room, lit: Light) -> None:
    file = fresh_room.data / "exports" / "boxes_sent.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    for number in (10, 20, 30):
        lines[number] = lines[number].replace(lines[number].split(";")[0], "31.02.2026")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    there = lit(fresh_room)
    assert [result.refused for result in load(fresh_room, there.engine, stopped(AS_OF), only=["boxes_sent"])] == [3]
    page.goto(f"{there.url}/status")
    until(lambda: page.locator("table").count() == 1, page=page)
    assert "31.02.2026" not in page.locator("body").inner_text(), "a visitor sees no row"
    signed_in(page, there, "facilitator")
    page.reload()
    until(lambda: page.locator("table").count() == 2, page=page)
    rows = page.locator("table").nth(1).locator("tbody tr").filter(has_text="boxes_sent")
    assert rows.count() == 3
    assert all("31.02.2026" in row for row in rows.all_inner_texts())
    assert "11" in rows.first.inner_text()


def test_a_slip_in_the_name_of_a_scene_is_answered_with_the_nearest(page: Page, fresh_room: Room, lit: Light) -> None:
    page.goto(f"{lit(fresh_room).url}/wall/outcomes?scene=growht")
    until(lambda: "Did you mean 'growth'?" in page.locator("body").inner_text(), page=page)
