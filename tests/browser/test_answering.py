"""Who answers: for the whole journey, for each stage, for each touchpoint; a supplier as much as a department."""

import pytest
from playwright.sync_api import Page

from tests.browser.watching import open_board
from tests.fixtures import Light
from wallboard.settings import Room, open_room

pytestmark = pytest.mark.browser


@pytest.mark.req("R127")
def test_whoever_answers_for_the_whole_journey_and_for_each_stage_is_named_and_a_gap_is_a_gap(
    page: Page, fresh_room: Room, lit: Light
) -> None:
    open_board(page, f"{lit(fresh_room).url}/journey")
    assert "Miriam Vance answers for the whole journey" in page.locator(".scene.shown h2").inner_text()
    stages = page.locator(".stages > li")
    assert "Ana Roth" in stages.filter(has_text="I wait").inner_text()
    assert "nobody answers for it" in stages.filter(has_text="I use it").inner_text()

    file = fresh_room.root / "room.toml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("owner")]
    file.write_text("\n".join(lines), encoding="utf-8")
    open_board(page, f"{lit(open_room(fresh_room.root)).url}/journey")
    assert "Nobody answers for the whole journey" in page.locator(".scene.shown h2").inner_text()


@pytest.mark.req("R57")
def test_the_touchpoint_wall_names_its_people_and_suppliers_without_a_login(page: Page, fresh_room: Room, lit: Light) -> None:
    open_board(page, f"{lit(fresh_room).url}/wall/touchpoints?scene=doorstep")
    answers = page.locator(".scene.shown .answers").inner_text()
    assert "Ana Roth" in answers
    assert "with Parcelway" in answers
    open_board(page, f"{lit(fresh_room).url}/wall/touchpoints?scene=bill")
    assert "late" in page.locator(".scene.shown .answers").inner_text()
