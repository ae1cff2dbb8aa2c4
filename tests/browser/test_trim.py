"""A list that does not fit its panel says how many of its rows it leaves out, those among them that were never drawn."""

import pytest
from playwright.sync_api import Page

from tests.browser.boards import WALLS
from tests.browser.watching import until
from tests.fixtures import Light
from wallboard.settings import Room

pytestmark = pytest.mark.browser

LIST = """([height, beyond, style]) => {
  document.getElementById("probe")?.remove();
  const list = document.createElement("ul");
  list.id = "probe";
  list.className = `trim ${style}`;
  if (beyond) list.dataset.beyond = beyond;
  list.style = `height: ${height}px; overflow: hidden; line-height: 50px; position: absolute; top: 0`;
  for (let nth = 1; nth <= 4; nth += 1) list.append(Object.assign(document.createElement("li"), { textContent: `row ${nth}` }));
  document.querySelector(".scene.shown").append(list);
  dispatchEvent(new Event("resize"));
}"""


LISTS = {
    (215, 0, ""): "row 1 row 2 row 3 row 4",
    (165, 0, ""): "row 1 row 2 and 2 more",
    (265, 3, ""): "row 1 row 2 row 3 row 4 and 3 more",
    (215, 3, ""): "row 1 row 2 row 3 and 4 more",
    (115, 3, ""): "row 1 and 6 more",
    (115, 3, "silent"): "row 1 row 2",
}
"""What is read of four rows by the height of their list, how many were never drawn, and its style."""


@pytest.fixture
def wall(page: Page, lit: Light, empty_room: Room) -> Page:
    page.goto(f"{lit(empty_room).url}{WALLS[0]}?scene=growth")
    until(lambda: page.locator(".scene.shown").count() == 1, page=page)
    return page


def read(page: Page, part: str) -> str:
    return " ".join(page.locator(part).inner_text().split())


def test_a_list_says_how_many_it_leaves_out(wall: Page) -> None:
    for made, words in LISTS.items():
        wall.evaluate(LIST, list(made))
        until(lambda words=words: read(wall, "#probe") == words, page=wall)  # type: ignore[misc]


NOTED = """() => {
  const frame = document.createElement("section");
  frame.className = "frame";
  frame.style = "position: absolute; inset: 0; display: block";
  frame.innerHTML = '<header><p class="aside">as of yesterday</p></header><ul class="trim noted" data-beyond="3"></ul>';
  frame.querySelector("ul").style = "height: 115px; overflow: hidden; line-height: 50px";
  for (const nth of [1, 2, 3, 4]) {
    frame.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: `row ${nth}` }));
  }
  frame.id = "noted";
  document.querySelector(".scene.shown").append(frame);
  dispatchEvent(new Event("resize"));
  dispatchEvent(new Event("resize"));
}"""


def test_a_list_that_is_noted_says_it_beside_its_headline_once(wall: Page) -> None:
    wall.evaluate(NOTED)
    until(lambda: read(wall, "#noted") == "as of yesterday 2 of 7 shown row 1 row 2", page=wall)
