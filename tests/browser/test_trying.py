"""What customers must do, tried in a browser: a form to its end and given up, steps, a reload in between, no sign-in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, Request

from tests.browser.chromium import Chromium
from tests.browser.console import Opened, Person, opened
from tests.browser.watching import Watch, until, until_at, until_text
from tests.fixtures import Light
from tests.loaders.conftest import SHARED
from tests.screens.console.given import PASSWORD
from tests.screens.trying.given import tasks
from wallboard.screens.console.session import SIGNED_IN

pytestmark = pytest.mark.browser
REAL = SHARED / "retail" / "media" / "forms" / "form_210966.pdf"
SECRET = "Lena Lang of Long Lane"


@pytest.fixture
def room(tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Iterator[Opened]:
    made = opened(tmp_path / "room", blank, lit, chromium, watch)
    tasks(made.house)
    yield made
    made.living.engine.dispose()


def begun(person: Person, task: str) -> Page:
    """The page of a task, started."""
    page = person.page
    page.goto(f"{person.url}/try/{task}")
    until(lambda: page.locator(".start").is_visible(), page=page)
    page.click(".start")
    until(lambda: page.locator(".clockwork").is_visible(), page=page)
    return page


def over(page: Page, words: str) -> str:
    """What the page says once the attempt is over."""
    until_text(page, "main.trying h1", words)
    return " ".join(page.locator("main.trying").inner_text().split())


def errors(page: Page) -> str:
    return page.locator(".clockwork .errors").inner_text()


@pytest.mark.req("R87")
def test_a_form_is_tried_to_the_end_and_given_up_and_both_stand_beside_the_customers_median(room: Opened, watch: Watch) -> None:
    with room.person("lena") as lena:
        sent: list[Request] = []
        lena.page.on("request", lambda request: sent.append(request))
        page = begun(lena, "form")
        page.click(".send")
        until_text(page, ".troubles", "Your name is required")
        assert "2 things are wrong" in page.locator(".troubles").inner_text() and errors(page) == "2"
        page.fill("[name=f0]", SECRET)
        page.fill("[name=f1]", "soon")
        page.check("[name=f2]")
        page.click(".send")
        until_text(page, ".troubles", "Your name takes 8 letters; you wrote 22")
        assert "The day wants a date" in page.locator(".troubles").inner_text() and errors(page) == "4"
        assert page.locator('[aria-invalid="true"]').count() == 2
        page.reload()
        until(lambda: page.locator(".clockwork").is_visible() and page.locator("[name=f0]").count(), page=page)
        assert page.input_value("[name=f0]") == SECRET and page.is_checked("[name=f2]") and errors(page) == "4"
        assert page.locator(".clockwork .filled").inner_text() == "3"
        page.fill("[name=f0]", "Lena")
        page.fill("[name=f1]", "30/06/2026")
        room.living.at += timedelta(minutes=9, seconds=12)
        page.click(".send")
        text = over(page, "You took 9:12 with 4 errors")
        assert "3 of 3 fields filled. Customers need 11 minutes (n = 212)." in text and "11:00 · n = 212" in text
        assert page.evaluate("Object.keys(sessionStorage).filter((name) => name !== 'room:launch')") == []

        page = begun(lena, "form")
        page.fill("[name=f0]", "Lena")
        room.living.at += timedelta(minutes=2)
        page.click(".give-up")
        text = over(page, "You gave up after 2:00 with no error")
        assert "✗ gave up after 2:00 · no error" in text and "9:12 · 4 errors" in text
        posted = " ".join(f"{request.url} {request.post_data or ''}" for request in sent)
        assert "Lang" not in posted and "Lena" not in posted and "30%2F06" not in posted
        ends = [dict(parse_qsl(request.post_data or "")) for request in sent if urlsplit(request.url).path == "/try/form/end"]
        assert all({*end} <= {"began", "outcome", "errors", "filled", "took"} for end in ends) and len(ends) == 2


@pytest.mark.req("R87")
def test_steps_are_taken_one_after_the_other_and_one_that_cannot_be_done_is_an_error(room: Opened) -> None:
    with room.person("gus") as gus:
        page = begun(gus, "steps")
        until_text(page, ".to-do .now", "Sign in")
        page.locator(".to-do .now .step-done").click()
        until_text(page, ".to-do .now", "Scroll")
        page.reload()
        until_text(page, ".to-do .now", "Scroll")
        page.locator(".to-do .now .step-cannot").click()
        until_text(page, ".to-do .now", "Confirm")
        assert errors(page) == "1" and page.locator(".to-do .could-not").count() == 1
        room.living.at += timedelta(seconds=90)
        page.locator(".to-do .now .step-done").click()
        assert "2 of 3 steps done." in over(page, "You took 1:30 with 1 error")


def test_a_page_of_the_web_opens_apart_and_the_room_keeps_the_time(room: Opened) -> None:
    with room.person("sam") as sam:
        page = begun(sam, "web")
        link = page.locator("a.open")
        assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener noreferrer")
        with page.context.expect_page() as opened_apart:
            link.click()
        assert opened_apart.value.evaluate("window.opener") is None
        opened_apart.value.close()
        page.click(".wrong")
        until(lambda: errors(page) == "1", page=page)
        page.click(".through")
        over(page, "with 1 error")


def test_without_a_sign_in_it_can_be_tried_is_not_recorded_and_the_sign_in_comes_back_here(room: Opened, page: Page) -> None:
    nobody = Person(page, room.served.url)
    begun(nobody, "form")
    page.click(".give-up")
    assert "Nobody was signed in when this began, so it is not recorded." in over(page, "You gave up after")
    page.goto(f"{nobody.url}/try/form")
    page.click("text=Sign in first")
    until(lambda: page.locator("form.enter").count(), page=page)
    page.fill("[name=login]", "fay")
    page.fill("[name=password]", PASSWORD)
    page.click("form.enter button")
    until_text(page, "main.trying", "Fay, your attempt will be recorded")
    until_at(page, "/try/form")
    begun(nobody, "form")
    page.click(".give-up")
    assert "Fay" in over(page, "You gave up after")


def test_a_room_that_does_not_answer_loses_nothing(room: Opened, watch: Watch) -> None:
    watch.forgive("Failed to load resource|ERR_")
    with room.person("lena") as lena:
        page = begun(lena, "form")
        page.fill("[name=f0]", "Lena")
        page.check("[name=f2]")
        page.route("**/try/form/end", lambda route: route.abort())
        page.click(".send")
        until_text(page, ".work .refusal", "Nothing is lost")
        page.unroute("**/try/form/end")
        page.click(".send")
        over(page, "You took")


@pytest.mark.parametrize(("width", "pictured"), [(1180, True), (390, False)])
def test_fields_lie_over_the_pages_or_are_listed_where_the_glass_is_narrow(room: Opened, width: int, pictured: bool) -> None:
    with room.person("lena") as lena:
        lena.page.set_viewport_size({"width": width, "height": 820})
        page = begun(lena, "form")
        until(lambda: page.locator("[name=f0]").count(), page=page)
        assert (page.locator(".sheet").count() == 1) is pictured
        assert (page.locator(".paper-form.listed").count() == 1) is not pictured
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if pictured:
            until(lambda: page.locator(".sheet img").evaluate("(one) => one.naturalWidth"), page=page)
            field, sheet = (page.locator(selector).bounding_box() for selector in ("[name=f0]", ".sheet"))
            assert field and sheet
            assert abs((field["x"] - sheet["x"]) / sheet["width"] - 0.1) < 0.01
            assert abs((field["y"] - sheet["y"]) / sheet["height"] - 0.15) < 0.01


def test_where_no_picture_of_a_page_comes_its_fields_are_listed(room: Opened, watch: Watch) -> None:
    watch.forgive("Failed to load resource|ERR_")
    with room.person("lena") as lena:
        lena.page.route("**/media/*/page/*", lambda route: route.abort())
        page = begun(lena, "form")
        until(lambda: page.locator(".paper-form.listed [name=f0]").count(), page=page)
        assert "Your name (required)" in page.locator(".paper-form").inner_text()


@pytest.mark.skipif(not REAL.is_file(), reason="the real form lies beside the repository")
def test_the_real_form_of_64_fields_is_filled_in_as_it_is(
    tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch
) -> None:
    room = opened(tmp_path / "real", blank, lit, chromium, watch)
    tasks(room.house, REAL)
    with room.person("lena") as lena:
        page = begun(lena, "form")
        until(lambda: page.locator(".spot").count() == 69, page=page)
        assert page.locator(".sheet").count() == 2 and page.locator(".clockwork > span").nth(2).inner_text().split() == [
            "0",
            "of",
            "61",
        ]
        day = page.get_by_label("4. Enter Date of Birth - 2 digit Day.").first
        day.fill("123")
        page.click(".send")
        until_text(page, ".troubles", "takes 2 letters; you wrote 3")
        day.fill("12")
        page.click(".send")
        assert "1 of 61 fields filled." in over(page, "with 1 error")
    room.living.engine.dispose()


def test_what_one_has_typed_the_next_does_not_see_and_what_the_room_cannot_take_begins_anew(room: Opened) -> None:
    with room.person("lena") as lena:
        page = begun(lena, "form")
        page.fill("[name=f0]", SECRET)
        secret = {"name": SIGNED_IN, "url": lena.url}
        page.context.add_cookies([{**secret, "value": room.house.secret("fay")}])  # type: ignore[typeddict-item]
        page.goto(f"{lena.url}/try/form")
        until(lambda: page.locator(".start").is_visible(), page=page)
        page.click(".start")
        until(lambda: page.locator("[name=f0]").count(), page=page)
        assert page.input_value("[name=f0]") == "" and SECRET not in page.content()
        page.context.add_cookies([{**secret, "value": room.house.secret("tom")}])  # type: ignore[typeddict-item]
        page.click(".give-up")
        until(lambda: page.locator(".start").is_visible(), page=page)
        assert "begin again" in page.locator(".before .refusal").inner_text() and not page.locator(".clockwork").is_visible()
