"""Touch a bar: three real voices of its kind as they were written, and a call that plays; Escape and idleness go back."""

import pytest
from playwright.sync_api import Page
from sqlalchemy import select, update

from tests.browser.serving import Lit
from tests.browser.watching import Watch, open_board, until, until_text
from tests.conftest import REPOSITORY
from tests.fixtures import Light
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.settings import Room
from wallboard.store.schema import voice

pytestmark = pytest.mark.browser

ISSUES = read_layouts(REPOSITORY / "layouts", find_panels())["issues"]
SCENE = {panel.show: scene.name for scene in ISSUES.scenes for panel in scene.panels}
BAR = '.scene.shown .panel-issue-pareto [data-voices*="issue_type=late-or-broken"]'
SCRIPT = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"


def voices_of(page: Page) -> list[str]:
    until(lambda: page.locator("#voices blockquote").count(), page=page)
    return page.locator("#voices blockquote").all_inner_texts()


@pytest.mark.req("R41")
def test_a_bar_leads_to_three_voices_of_its_kind_and_a_call_plays(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/wall/issues?scene={SCENE['issue_pareto']}")
    page.locator(BAR).click()
    quotations = [words.strip("“”") for words in voices_of(page)]
    with lit_demo.engine.connect() as connection:
        kinds = set(connection.scalars(select(voice.c.issue_type).where(voice.c.words.in_(quotations))))
    assert len(quotations) == 3 and "late-or-broken" in kinds
    assert "heard by" in page.locator("#voices article p").first.inner_text()
    page.locator("#voices .controls button").click()
    until(lambda: page.evaluate("document.querySelector('#voices audio').currentTime") > 0.1, page=page)
    page.keyboard.press("Escape")
    assert page.locator("#voices").count() == 0 and page.locator(".board [inert]").count() == 0


@pytest.mark.req("S12")
def test_a_script_in_a_voice_is_text(page: Page, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    with served.engine.begin() as connection:
        connection.execute(update(voice).where(voice.c.issue_type == "late-or-broken").values(words=SCRIPT))
    open_board(page, f"{served.url}/wall/issues?scene={SCENE['issue_pareto']}")
    page.locator(BAR).click()
    assert voices_of(page) == [f"“{SCRIPT}”"] * 3
    assert page.locator("#voices script, #voices img").count() == 0 and page.title() != "taken"


def test_the_keyboard_opens_it_and_its_keys_stay_in_it_until_nobody_touches_it(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/wall/issues?scene={SCENE['issue_pareto']}&idle=3")
    page.locator(BAR).focus()
    page.keyboard.press("Enter")
    voices_of(page)
    assert page.evaluate("document.activeElement.className") == "close"
    assert page.locator("#voices .close").bounding_box()["height"] >= 64  # type: ignore[index]
    until(lambda: page.locator("#voices").count() == 0, page=page)


def test_a_room_that_does_not_answer_says_so(page: Page, watch: Watch, lit_demo: Lit) -> None:
    watch.forgive("status of 500")
    open_board(page, f"{lit_demo.url}/wall/issues?scene={SCENE['issue_pareto']}")
    page.route("**/voices**", lambda route: route.fulfill(status=500, body="no"))
    page.locator(BAR).click()
    until_text(page, "#voices", "The room does not answer just now.")


def test_a_walk_that_goes_on_takes_the_panel_with_it(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/wall/issues?scene={SCENE['issue_pareto']}")
    page.locator(BAR).click()
    voices_of(page)
    page.evaluate("document.getElementById('voices').remove(); dispatchEvent(new CustomEvent('room:arrived'))")
    assert page.locator("body.voices-open").count() == 0
