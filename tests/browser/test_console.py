"""The life of an issue through the console, from the customer's words to the customer's yes, with every refusal on the way."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Chromium
from tests.browser.console import Opened, Person, opened
from tests.browser.watching import Watch, until, until_at, until_text
from tests.fixtures import Light
from tests.screens.console.given import COMPLAINT, PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def room(tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Iterator[Opened]:
    made = opened(tmp_path / "room", blank, lit, chromium, watch)
    yield made
    made.living.engine.dispose()


def relayed(person: Person, *functions: str, words: str = "rain", effect: str = "strong") -> None:
    """Relay an issue that stands on a loaded voice, found by a word of it."""
    person.open("/room/relay")
    if words:
        person.fill("relay", search=words)
        person.page.locator(".search-results button").first.click()
    person.tick("relay", *(f"function.{function}" for function in functions))
    person.fill("relay", title="Left in the rain", effect=effect).locator(".buttons button").click()
    until(lambda: person.page.evaluate("location.pathname").startswith("/room/relayed/"), page=person.page)
    until(lambda: person.page.locator(".became").count(), page=person.page)


def test_signing_in_shows_who_one_is_and_the_page_that_was_asked_for(page: Page, watch: Watch, room: Opened) -> None:
    person = Person(page, room.served.url).open("/room/issues")
    page.fill("[name=login]", "fay")
    page.fill("[name=password]", "not it at all")
    page.click("form.enter button")
    until_text(page, "form.enter .refusal", "this name and this password do not go together.")
    page.fill("[name=password]", PASSWORD)
    page.click("form.enter button")
    until_text(page, "main.console", "Awaiting a verdict")
    assert "Fay, facilitator" in person.text()
    assert page.evaluate("document.cookie") == "", "no script reads the sign-in"
    person.open("/room")
    page.click("form.leave button")
    until(lambda: page.locator("form.enter").count(), page=page)


@pytest.mark.req("R2", "R23", "R24", "R25", "R26", "R70", "R147")
def test_an_issue_lives_from_the_customers_words_to_the_customers_yes(room: Opened) -> None:
    people = {login: str(number) for login, number in room.living.people.items()}
    today = room.living.today
    with room.person("tom") as tom, room.person("fay") as fay:
        relayed(tom, "logistics", "shop")
        assert "It waits for the room’s verdict." in tom.text() and COMPLAINT in tom.text()
        fay.open("/room/issues")
        assert COMPLAINT in fay.page.locator("#judge").inner_text()
        fay.page.locator("#judge button", has_text="Admit it").click()
        until_at(fay.page, "/room/issue/1")
        until_text(fay.page, ".quotation-large", COMPLAINT)
        tom.open("/room/relayed/1")
        assert "Issue 1: nobody answers for it yet." in tom.text()
        assert not fay.has("alleviate") and "First somebody must answer for it." in fay.text()
        assert (
            "Nobody answers for it yet"
            in fay.post("/room/do/alleviate/1", seen=1, words="x", user_id=people["tom"], due_on=today)["refusal"]
        )
        assert "has not been chosen" in fay.refused("own", user_id="")
        fay.send("own", "one person answers for it", user_id=people["tom"])

        # golden rule 2
        assert "golden rule 2" in fay.refused("limit", words="The courier is another company.").lower()
        assert fay.value("limit", "words") == "The courier is another company."
        assert "says nothing" in fay.refused("alleviate", user_id=people["tom"], due_on=str(today))
        late = str(today + timedelta(days=15))
        fay.form("alleviate").locator("[name=due_on]").evaluate("(one) => one.removeAttribute('max')")
        assert "alleviate now" in fay.refused("alleviate", words="Call each of them", user_id=people["tom"], due_on=late)
        fay.send("alleviate", "this is done now", due_on=str(today + timedelta(days=1)))
        fay.send("limit", "beside what is done now", words="The courier is another company.")

        # golden rule 3
        assert "nobody with its mandate is here" in fay.form("decide").locator(".held").inner_text()
        fields = {
            "words": "Boxes leave a day earlier.",
            "implications": "The packers begin at six.",
            "effect__1": "drier parcels",
        }
        assert "Golden rule 3" in fay.refused("decide", **fields)
        assert fay.value("decide", "words") == fields["words"]
        fay.tick("decide", f"present.{people['lena']}", f"present.{people['sam']}")
        until(lambda: "nobody with" not in fay.form("decide").locator(".held").inner_text(), page=fay.page)
        assert "What it means for others" in fay.refused("decide", implications="")
        assert "What it does there" in fay.refused("decide", implications=fields["implications"], effect__1="")
        assert "which touchpoints" in fay.refused("decide", touchpoint__1="")
        fay.send("decide", "The room has decided", touchpoint__1="parcel", effect__1="drier parcels")
        tom.open("/room/relayed/1")
        assert "Tom answers for it; an answer is due." in tom.text() and "Decided in the room" in tom.text()

        # golden rule 4
        assert not fay.has("present") and "Golden rule 4: first there must be an answer" in fay.text()
        answer = fay.fill("answer", words="A PSP retry failed. Ask for an RMA.", note="the courier lies").locator(".reading")
        until(lambda: answer.locator(".hit").count() == 2, page=fay.page)
        assert "“PSP retry”" in answer.inner_text() and "RMA" in answer.inner_text()
        answer.locator("button", has_text="payment request").click()
        until(lambda: answer.locator(".hit").count() == 1, page=fay.page)
        assert fay.value("answer", "words") == "A payment request failed. Ask for an RMA."
        fay.fill("answer", words="Your box now leaves a day earlier, in a dry van.")
        until(lambda: answer.locator(".hit").count() == 0 and "Easy to read." in answer.inner_text(), page=fay.page)
        fay.send("answer", "as the customer will read it")
        beside = fay.page.locator(".passed .beside").inner_text()
        assert COMPLAINT in beside and "in a dry van" in beside
        tom.open("/room/relayed/1")
        assert "in a dry van" in tom.text() and "the courier lies" not in tom.text()

        # golden rule 5
        assert not fay.has("react") and "first the customer must have been shown" in fay.text()
        seen = room.life(1).seq
        assert "Golden rule 5" in fay.post("/room/do/react/1", seen=seen, words="fine", accepted="yes")["refusal"]
        assert "To whom: says nothing." in fay.refused("present", how="by telephone")
        fay.send("present", "waits for the customer", how="by telephone", to_whom="Mrs. Lee")
        assert "awaiting the customer’s answer" in fay.text()
        assert "neither yes nor no" in fay.refused("react", words="I still wait.")
        assert "says nothing" in fay.refused("react", words="", accepted="yes")
        fay.send("react", "open again", words="I still wait.", accepted="no")
        assert room.life(1).status == "reopened" and "a new answer is due" in fay.text()
        fay.send("answer", "as the customer will read it", words="We are sorry. It comes on Friday, by hand.")
        fay.send("present", "waits for the customer", how="at the door", to_whom="Mrs. Lee")
        fay.send("react", "it is over", words="Now it is good.", accepted="yes")
        assert room.life(1).status == "closed"
        assert fay.page.locator(".golden li.kept").count() == 5
        assert not any(fay.has(verb) for verb in ("own", "alleviate", "decide", "answer", "present", "react", "limit", "plan"))
        after = fay.post("/room/do/limit/1", seen=room.life(1).seq, words="but")["refusal"]
        assert "The customer has accepted the answer: it is closed." in after
        assert "there is no such action" in fay.post("/room/do/close/1", seen=room.life(1).seq)["refusal"]
        fay.send("reopen", "open again", words="It rained in again.")
        tom.open("/room/relayed/1")
        assert "a new answer is due" in tom.text()


@pytest.mark.req("R18")
def test_what_is_no_issue_is_told_at_once_counted_and_stays_out(room: Opened) -> None:
    with room.person("gus") as gus, room.person("fay") as fay:
        for functions, words, effect, verdict in (
            (("logistics", "shop"), "", "strong", "Not from a customer"),
            (("logistics",), "rain", "strong", "One function can solve it alone"),
            (("logistics", "shop"), "rain", "none", "no effect on the customer’s satisfaction"),
        ):
            relayed(gus, *functions, words=words, effect=effect)
            assert verdict in gus.text()
        fay.open("/room/issues")
        assert "1 not from a customer · 1 single function · 1 trivial" in fay.text()
        assert "Nothing is waiting for a verdict." in fay.text() and "No issue is open." in fay.text()
        again = fay.post("/room/do/judge/1", verdict="admitted")
        assert "said already what becomes of it" in again["refusal"]


def test_an_issue_without_an_owner_stands_first_and_goes_nowhere(room: Opened) -> None:
    owned = room.living.until("owned")
    orphan = room.living.admitted()
    with room.person("fay") as fay:
        fay.open("/room/issues")
        cards = fay.page.locator("#open .card")
        assert cards.count() == 2 and "nobody yet" in cards.nth(0).inner_text()
        assert [card.get_attribute("href") for card in cards.all()] == [f"/room/issue/{orphan}", f"/room/issue/{owned}"]
        for verb, fields in (("alleviate", {"words": "x", "user_id": 5, "due_on": "2026-06-02"}), ("limit", {"words": "x"})):
            assert "refusal" in fay.post(f"/room/do/{verb}/{orphan}", seen=1, **fields)
        assert room.life(orphan).seq == 1


def test_two_people_at_once_the_second_sees_what_changed_and_decides_again(room: Opened) -> None:
    issue = room.living.until("owned")
    with room.person("fay") as fay, room.person("lena") as lena:
        fay.open(f"/room/issue/{issue}")
        lena.open(f"/room/issue/{issue}")
        people = {login: str(number) for login, number in room.living.people.items()}
        day = str(room.living.today)
        lena.send("alleviate", "this is done now", words="Call them all.", user_id=people["lena"], due_on=day)
        mine = "Write to them all. " * 20
        refusal = fay.refused("alleviate", words=mine, user_id=people["tom"], due_on=day)
        assert "Somebody has moved this issue since you looked" in refusal and "Lena" in refusal and "Call them all." in refusal
        assert fay.value("alleviate", "words") == mine and room.life(issue).seq == 3
        fay.send("alleviate", "this is done now")
        assert [step.words for step in room.life(issue).of("alleviation")] == ["Call them all.", mine.strip()]


def test_whoever_loses_the_role_or_the_sign_in_meanwhile_loses_no_text(room: Opened) -> None:
    from_tom = room.living.until("owned")
    with room.person("tom") as tom:
        tom.open(f"/room/issue/{from_tom}")
        fields = {"words": "Call them.", "user_id": str(room.living.people["tom"]), "due_on": str(room.living.today)}
        room.living.at += timedelta(hours=13)
        fields["due_on"] = str(room.living.today)
        assert "Nobody is signed in here" in tom.refused("alleviate", **fields)
        assert tom.value("alleviate", "words") == "Call them."
        tom.page.context.add_cookies([{"name": "room", "value": room.house.secret("tom"), "url": room.served.url}])
        tom.send("alleviate", "this is done now")
        tom.fill("limit", words="It is far.")
        with room.living.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE user_account SET role = 'guest' WHERE login = 'tom'")
        assert "Your role does not take this step." in tom.refused("limit")
        assert tom.value("limit", "words") == "It is far."
