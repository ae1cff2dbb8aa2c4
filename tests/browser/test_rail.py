"""The stage rail is measured where it stands: its names and its legend fit into their line in every alphabet."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Chromium
from tests.browser.serving import Lit
from tests.browser.watching import open_board

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FITTED = """(names) => {
  const rail = document.querySelector("#rail"), links = [...rail.querySelectorAll("li[data-stage] a")];
  links.forEach((link, n) => { link.lastElementChild.replaceChildren(...names[n].map((part, k) => {
    const half = document.createElement("span");
    half.textContent = k ? part : `${part} `;
    return half;
  })); });
  dispatchEvent(new CustomEvent("room:fit"));
  const line = Number.parseFloat(getComputedStyle(links[0]).lineHeight), box = rail.getBoundingClientRect();
  const lines = links.map((link) => Math.round(link.lastElementChild.getBoundingClientRect().height / line));
  const items = [...rail.querySelectorAll("li")].filter((item) => item.checkVisibility());
  const words = items.map((item) => item.getBoundingClientRect());
  return {
    form: rail.dataset.form, lines: Math.max(...lines),
    outside: words.filter(({ left, right }) => left < box.left - 1 || right > box.right + 1).length,
    overlapping: words.filter(({ right }, n) => n + 1 < words.length && words[n + 1].left < right).length,
  };
}"""


@pytest.fixture(scope="module")
def wall(chromium: Chromium, lit_demo: Lit) -> Iterator[Page]:
    with chromium.context(viewport={"width": 1920, "height": 1080}, locale="en-GB") as context:
        page = context.new_page()
        open_board(page, f"{lit_demo.url}/wall/outcomes?scene=reasons")
        yield page


def six(*names: str) -> list[list[str]]:
    return [name.split("/") for name in names]


@pytest.mark.parametrize(
    ("names", "form", "lines"),
    [
        (six("Go", "Pay", "Wait", "Get", "Use", "Ask"), "legend", 1),
        (six("I look around", "I order", "I wait", "It arrives", "I use it", "I need help"), "legend", 1),
        (six("Я/выбираю", "Я/заказываю", "Я жду/заказ", "Заказ/у меня", "Я/пользуюсь", "Нужна/помощь"), "halved", 2),
        (six("Ich sehe/mich um", "Ich/bestelle", "Ich warte", "Es kommt/an", "Ich nutze/es täglich", "Ich frage"), "halved", 2),
        (six("商品を探して選ぶ", "注文する", "配達を待っている", "荷物が届いた", "毎日使っている", "助けて"), "names", 1),
        (six(*["Lieferterminverschiebungsantrag"] * 6), "broken", 3),
    ],
    ids=["short", "demo", "cyrillic", "german", "japanese", "long-words"],
)  # fmt: skip
def test_the_rail_shows_as_much_as_its_line_holds_in_every_alphabet(
    wall: Page, names: list[list[str]], form: str, lines: int
) -> None:
    fitted: dict[str, Any] = wall.evaluate(FITTED, names)
    assert (fitted["form"], fitted["lines"]) == (form, lines), fitted
    assert fitted["outside"] == fitted["overlapping"] == 0, fitted
