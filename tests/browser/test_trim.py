"""A list that does not fit its panel says how many of its rows it leaves out, those among them that were never drawn."""

import pytest
from playwright.sync_api import Page

from tests.browser.boards import WALLS
from tests.browser.watching import until
from tests.conftest import Light
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


@pytest.mark.parametrize(
    ("height", "beyond", "style", "read"),
    [
        (215, 0, "", "row 1 row 2 row 3 row 4"),
        (165, 0, "", "row 1 row 2 and 2 more"),
        (265, 3, "", "row 1 row 2 row 3 row 4 and 3 more"),
        (215, 3, "", "row 1 row 2 row 3 and 4 more"),
        (115, 3, "", "row 1 and 6 more"),
        (115, 3, "silent", "row 1 row 2"),
    ],
)
def test_a_list_says_how_many_it_leaves_out(
    page: Page, lit: Light, empty_room: Room, height: int, beyond: int, style: str, read: str
) -> None:
    page.goto(f"{lit(empty_room).url}{WALLS[0]}?scene=growth")
    until(lambda: page.locator(".scene.shown").count() == 1, page=page)
    page.evaluate(LIST, [height, beyond, style])
    until(lambda: " ".join(page.locator("#probe").inner_text().split()) == read, page=page)


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


def test_a_list_that_is_noted_says_it_beside_its_headline_once(page: Page, lit: Light, empty_room: Room) -> None:
    page.goto(f"{lit(empty_room).url}{WALLS[0]}?scene=growth")
    until(lambda: page.locator(".scene.shown").count() == 1, page=page)
    page.evaluate(NOTED)
    read = "as of yesterday 5 not shown row 1 row 2"
    until(lambda: " ".join(page.locator("#noted").inner_text().split()) == read, page=page)
