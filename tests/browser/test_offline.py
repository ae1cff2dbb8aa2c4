"""A lost network loses nothing: what was typed comes back, what was sent waits, and the room takes it once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Route
from sqlalchemy import Table, func, select

from tests.browser.chromium import Chromium
from tests.browser.console import Opened, opened
from tests.browser.watching import Watch, until, until_text
from tests.fixtures import Light
from tests.records.sessions import begun
from wallboard.records import verbs
from wallboard.store.schema import commitment, sent_form

pytestmark = pytest.mark.browser

KEPT = "kept in this browser, and is sent when the room answers again"


@pytest.fixture
def room(tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Iterator[Opened]:
    watch.forgive("ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|status of 500")
    made = opened(tmp_path / "room", blank, lit, chromium, watch)
    yield made
    made.living.engine.dispose()


def rows(room: Opened, table: Table = commitment) -> int:
    with room.living.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_what_is_promised_without_a_network_is_sent_once_when_it_is_back(room: Opened) -> None:
    due, session = str(room.living.today + timedelta(days=9)), begun(room.living, "lena")
    with room.person("lena") as lena:
        lena.open(f"/room/session/{session}")
        lena.fill("commit", words="Call the carrier.", user_id=str(room.living.people["lena"]), due_on=due)
        lena.page.context.set_offline(True)
        assert KEPT in lena.refused("commit")
        assert "1 form" in lena.page.locator(".waiting").inner_text() and rows(room) == 0
        lena.page.context.set_offline(False)
        until(lambda: rows(room) == 1, page=lena.page)
        until(lambda: not lena.page.locator(".waiting").count(), page=lena.page)
        assert lena.value("commit", "words") == "" and "Call the carrier." in lena.text()


def test_what_waits_can_be_taken_back_into_its_form_and_discarded(room: Opened) -> None:
    due, session = str(room.living.today + timedelta(days=9)), begun(room.living, "lena")
    with room.person("lena") as lena:
        lena.open(f"/room/session/{session}")
        promise = {"user_id": str(room.living.people["lena"]), "due_on": due}
        lena.page.route("**/room/do/**", lambda route: route.abort())
        assert KEPT in lena.refused("commit", words="Call the carier.", **promise)
        lena.page.locator(".waiting button", has_text="Take it back").click()
        until(lambda: not lena.page.locator(".waiting li").count(), page=lena.page)
        assert lena.value("commit", "words") == "Call the carier.", "to be corrected"
        assert KEPT in lena.refused("commit", words="Call the carrier.", **promise)
        lena.page.locator(".waiting button", has_text="Discard it").click()
        until(lambda: lena.page.locator("form.commit").count() and not lena.page.locator(".waiting li").count(), page=lena.page)
        until(lambda: lena.value("commit", "words") == "", page=lena.page)
        assert lena.page.evaluate("Object.keys(localStorage).filter((name) => /draft|waiting/.test(name)).length") == 0
    assert rows(room) == 0


def test_an_answer_that_was_lost_on_its_way_makes_no_second_row(room: Opened) -> None:
    due, session = str(room.living.today + timedelta(days=9)), begun(room.living, "lena")
    with room.person("lena") as lena:
        lena.open(f"/room/session/{session}")

        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        lena.page.route("**/room/do/commit/*", lose)
        assert KEPT in lena.refused("commit", words="Call.", user_id=str(room.living.people["lena"]), due_on=due)
        assert rows(room) == 1, "the room has taken it, and nobody was told"
        lena.page.unroute("**/room/do/commit/*")
        lena.form("commit").locator("button[type=submit]").first.click()
        until(lambda: lena.page.locator(".toast-now.show").count(), page=lena.page)
        assert (rows(room), rows(room, sent_form)) == (1, 1)


def test_what_was_typed_comes_back_with_the_page_for_the_same_person_until_they_sign_out(room: Opened) -> None:
    issue = room.living.until("alleviation")
    with room.person("fay") as fay:
        fay.open(f"/room/issue/{issue}")
        fay.fill("limit", words="The courier is another company.")
        kept = "Object.keys(localStorage).filter((name) => name.startsWith('room:draft:')).length"
        until(lambda: fay.page.evaluate(kept) == 1, page=fay.page)
        fay.open("/room/issues")
        fay.open(f"/room/issue/{issue}")
        until(lambda: fay.value("limit", "words") == "The courier is another company.", page=fay.page)
        fay.open("/room")
        fay.page.click("form.leave button")
        until(lambda: fay.page.locator("form.enter").count(), page=fay.page)
        assert fay.page.evaluate("Object.keys(localStorage).filter((name) => /draft|waiting/.test(name)).length") == 0


def test_what_others_did_meanwhile_is_told_and_nothing_is_lost(room: Opened) -> None:
    issue = room.living.until("alleviation")
    with room.person("fay") as fay:
        fay.open(f"/room/issue/{issue}")
        fay.page.context.set_offline(True)
        assert KEPT in fay.refused("limit", words="It is far.")
        room.living.take(issue, verbs.limit, "They close at five.", login="tom")
        fay.page.context.set_offline(False)
        until_text(fay.page, "form[action*='/do/limit/'] .refusal", "Somebody has moved this issue since you looked")
        assert fay.value("limit", "words") == "It is far." and not fay.page.locator(".waiting li").count()
        fay.send("limit", "beside what is done now")
        assert [step.words for step in room.life(issue).of("limit")] == ["They close at five.", "It is far."]
