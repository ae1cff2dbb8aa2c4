"""Where one can go in the console: each page under one place, the current one marked, and to everybody what they may open."""

from typing import Any

from tests.screens.console.given import House
from wallboard.screens.console.navigation import PLACES

EVERY = [each for place in PLACES for each in place.pages]


def links(part: Any, current: bool = False) -> list[str]:
    """The addresses to which a bar leads; only the marked ones where they are asked for."""
    if isinstance(part, list):
        return [link for each in part for link in links(each, current)]
    if not isinstance(part, dict):
        return []
    given = part.get("props", {})
    here = [given["href"]] if "href" in given and (not current or "aria-current" in given) else []
    return here + links(given.get("children"), current)


def bar(house: House, login: str, path: str) -> Any:
    """The bar above a page."""
    (top,) = [part for part in house.at_the_console(login).drawn(path)["props"]["children"] if part["type"] == "Nav"]
    return top


def test_each_page_stands_under_one_place_and_marks_itself_there(house: House) -> None:
    assert len({each.address for each in EVERY}) == len(EVERY)
    for each in (each for each in EVERY if each.opens != "loads"):
        top = bar(house, "ada", each.address)
        assert links(top, current=True) == [each.address], each.name
        assert len(links(top)) == len(links(bar(house, "ada", "/room"))), "every page leads to every other one"


def test_a_single_thing_marks_the_page_that_lists_it(house: House) -> None:
    for single, listed in {"issue": "issues", "session": "sessions", "team": "teams", "opportunity": "opportunities"}.items():
        assert links(bar(house, "ada", f"/room/{single}/1"), current=True) == [f"/room/{listed}"]


def test_a_guest_is_led_nowhere_but_to_relaying(house: House) -> None:
    assert set(links(bar(house, "gus", "/room/relay"))) == {"/room/relay", "/room/relayed", "/room"}
