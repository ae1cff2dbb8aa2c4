"""What else the room does at its console: the ladder, causes, old decisions, converted posts, and texts that mean harm."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from tests.browser.console import Opened, opened
from tests.browser.watching import Watch, until, until_text
from tests.fixtures import Light
from tests.metrics.given import complaints
from tests.screens.console.given import CALL, POST
from wallboard.records.acting import LONGEST
from wallboard.store.schema import evidence, issue_voice, post

pytestmark = pytest.mark.browser

SCRIPT = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
SMALL = """() => [...document.querySelectorAll("main a, main button, main summary, main input, main select, main textarea")]
    .filter((one) => one.checkVisibility() && one.type !== "hidden")
    .filter((one) => (one.closest(".form-check") || one).getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML.slice(0, 120))"""
"""What a finger would miss."""

RIGHT_TO_LEFT = "\u202eהמשלוח איחר\u202c and then nothing"


@pytest.fixture
def room(tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Iterator[Opened]:
    made = opened(tmp_path / "room", blank, lit, chromium, watch)
    yield made
    made.living.engine.dispose()


def test_an_issue_too_old_for_its_level_is_due_and_moves_with_a_reason(room: Opened) -> None:
    issue = room.living.until("owned")
    room.living.at += timedelta(days=15)
    with room.person("lena") as lena:
        lena.open("/room/issues")
        assert "1 due for escalation" in lena.text() and "to level 2, Room" in lena.text()
        lena.open(f"/room/issue/{issue}")
        assert "the reason: says nothing" in lena.refused("escalate", level="2").lower()
        lena.send("escalate", "Moved on the ladder", words="The team cannot settle it.")
        assert "level 2, Room" in lena.text() and "escalation due" not in lena.text()
        assert "to level 2 · The team cannot settle it." in lena.page.locator(".life .escalated").inner_text()
        assert "already" in lena.post(f"/room/do/escalate/{issue}", seen=room.life(issue).seq, level=2, words="x")["refusal"]


@pytest.mark.req("R132")
def test_a_cause_waits_until_the_causing_function_says_yes_that_is_us(room: Opened) -> None:
    issue = room.living.until("alleviation")
    with room.person("sam") as sam, room.person("lena") as lena:
        sam.open(f"/room/issue/{issue}")
        sam.send("cause", "has to acknowledge", words="The van is too small.", function="logistics")
        assert "caused in Logistics, not yet acknowledged" in sam.text() and not sam.has("acknowledge")
        seen = room.life(issue).seq
        assert "Only somebody of the function" in sam.post(f"/room/do/acknowledge/{issue}", seen=seen, refers=seen)["refusal"]
        lena.open(f"/room/issue/{issue}")
        lena.send("acknowledge", "Acknowledged")
        assert "caused in Logistics, acknowledged" in lena.text()


@pytest.mark.req("R143")
def test_an_old_decision_shows_the_numbers_as_they_were_and_is_taken_back_with_a_reason(room: Opened) -> None:
    with room.person("lena") as lena:
        lena.open("/room/relay?source=tests&key=" + _key_of_the_complaint(room))
        lena.tick("relay", "function.logistics", "function.shop")
        lena.fill("relay", title="Wet boxes", effect="strong").locator(".buttons button").click()
        until_text(lena.page, "main.console", "It waits for the room’s verdict.")
        number = room.living.people["lena"]
        lena.post("/room/do/judge/1", verdict="admitted")
        lena.open("/room/issue/1")
        lena.send("own", "answers for it", user_id=str(number))
        lena.send("alleviate", "done now", words="Dry ones today.", user_id=str(number), due_on=str(room.living.today))
        lena.tick("decide", f"present.{room.living.people['sam']}")
        assert "1 in 13 weeks" in lena.form("decide").locator(".before-us").inner_text()
        fields = {"words": "A dry van.", "implications": "It costs more.", "effect__1": "dry parcels"}
        lena.send("decide", "has decided", touchpoint__1="parcel", **fields)
        with room.living.engine.begin() as connection:
            day = room.living.today - timedelta(days=1)
            complaints(connection, *({"day": day, "issue_type": "late", "words": f"Late {n}."} for n in range(6)))
        room.living.at += timedelta(days=3)
        lena.page.context.add_cookies([{"name": "room", "value": room.house.secret("lena"), "url": room.served.url}])
        lena.open("/room/issue/1")
        kept = lena.page.locator(".passed .fold", has_text="the numbers at that time")
        kept.locator(".accordion-button").click()
        kept.locator(".accordion-collapse.show").wait_for()
        assert "1 in 13 weeks" in kept.inner_text() and "0 days" in kept.inner_text() and "dry parcels" in kept.inner_text()
        lena.form("decide")
        assert "7 in 13 weeks" in lena.form("decide").locator(".before-us").inner_text(), "what a new decision would stand on"
        assert "the reason: says nothing" in lena.refused("reverse").lower()
        lena.send("reverse", "Taken back", words="The van is not dry.")
        assert lena.page.locator(".at-hand form").get_attribute("action") == "/room/do/decide/1"
        assert "The van is not dry." in lena.page.locator(".life .reversed").inner_text()
        seen = room.life(1).seq
        answer = lena.post("/room/do/answer/1", seen=seen, words="A dry van comes.")
        assert "has reversed what it decided" in answer["refusal"]


def _key_of_the_complaint(room: Opened) -> str:
    with room.living.engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT source_key FROM voice").scalar())


def test_a_post_becomes_an_issue_that_stands_on_it(room: Opened) -> None:
    with room.living.engine.connect() as connection:
        row = connection.execute(post.select()).one()
    with room.person("tom") as tom, room.person("fay") as fay:
        tom.open(f"/room/relay?source={row.source}&key={row.source_key}")
        assert POST in tom.page.locator(".picked").inner_text() and tom.page.locator("[name=search]").is_hidden()
        tom.tick("relay", "function.logistics", "function.shop")
        tom.fill("relay", title="Nobody answers", effect="some", perimeter="south").locator(".buttons button").click()
        until_text(tom.page, "main.console", "It waits for the room’s verdict.")
        fay.open("/room/issues?perimeter=south")
        fay.page.locator("#judge button", has_text="Admit it").click()
        until_text(fay.page, ".quotation-large", POST)
    with room.living.engine.connect() as connection:
        assert connection.execute(issue_voice.select()).one()[1:3] == (row.source, row.source_key)
        assert connection.execute(evidence.select()).one().kind == "post"


def test_a_recording_is_relayed_and_plays(room: Opened) -> None:
    with room.person("tom") as tom:
        tom.open("/room/relay")
        tom.form("relay").locator(".heard .accordion-button").click()
        tom.tick("relay", "function.logistics", "function.shop")
        tom.fill("relay", title="Passed on three times", effect="strong", recording=CALL)
        assert "Through what it was heard: says nothing" in tom.refused("relay")
        tom.fill("relay", channel="the help line").locator(".buttons button").click()
        until_text(tom.page, "main.console", "It waits for the room’s verdict.")
        until(lambda: tom.page.evaluate("document.querySelector('audio').duration > 1"), page=tom.page)


@pytest.mark.req("S12")
def test_hostile_texts_are_shown_as_written_and_far_too_many_letters_are_refused_and_kept(room: Opened) -> None:
    with room.person("tom") as tom, room.person("fay") as fay:
        tom.open("/room/relay")
        tom.form("relay").locator(".heard .accordion-button").click()
        tom.tick("relay", "function.logistics", "function.shop")
        words = f"{SCRIPT} {RIGHT_TO_LEFT} {'and on ' * 300}"
        fields = {"channel": SCRIPT[:60], "said_by": RIGHT_TO_LEFT, "effect": "some", "title": f"{SCRIPT} title"}
        field = tom.form("relay").locator("[name=heard_words]")
        long = "all of it, once more\n" * 5_000
        field.evaluate("(one, words) => { one.value = words; one.dispatchEvent(new Event('input', { bubbles: true })); }", long)
        assert "The room keeps 20,000; shorten it." in tom.refused("relay", **fields)
        assert field.evaluate("(one) => one.value.length") == len(long)
        tom.fill("relay", heard_words=words).locator(".buttons button").click()
        until_text(tom.page, "main.console", "It waits for the room’s verdict.")
        fay.open("/room/issues")
        assert fay.page.locator("#judge blockquote").get_attribute("dir") == "auto"
        fay.page.locator("#judge button", has_text="Admit it").click()
        until_text(fay.page, ".quotation-large", SCRIPT)
        large = fay.page.locator(".quotation-large")
        assert RIGHT_TO_LEFT in large.inner_text() and large.locator(".fold").count() == 1
        assert fay.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        note = f"{SCRIPT}{RIGHT_TO_LEFT}"
        fay.send("own", "answers for it", user_id=str(room.living.people["tom"]))
        fay.send("alleviate", "done now", words=note, user_id=str(room.living.people["tom"]), due_on=str(room.living.today))
        assert note in fay.page.locator(".life").inner_text()
        fay.open("/room/audit")
        fay.page.locator(".trail .accordion-button", has_text="alleviation").first.click()
        assert SCRIPT in fay.text()
        assert fay.page.locator("main script, main img").count() == 0 and fay.page.title() != "taken"
    assert LONGEST == 20_000


def test_a_guest_relays_and_does_nothing_else(room: Opened) -> None:
    issue = room.living.until("alleviation")
    with room.person("gus") as gus, room.person("tom") as tom:
        gus.open("/room")
        assert "Relay an issue" in gus.text() and "Who changed what" not in gus.text()
        gus.open(f"/room/issue/{issue}")
        assert "As a guest you relay what customers say." in gus.text() and "Call each of them" not in gus.text()
        gus.open("/room/audit")
        assert "This page is for those who work in this room." in gus.text()
        seen = room.life(issue).seq
        for verb in ("own", "alleviate", "limit", "escalate", "reopen"):
            assert "refusal" in gus.post(
                f"/room/do/{verb}/{issue}", seen=seen, words="x", user_id=5, due_on="2026-06-02", level=2
            )
        tom.open(f"/room/issue/{issue}")
        may = tom.page.locator(".at-hand .may-not").inner_text()
        assert may == "A facilitator, a leader or the president does this. You are signed in as Tom, team member."
        refusal = tom.post(
            f"/room/do/decide/{issue}",
            seen=seen,
            words="x",
            implications="y",
            present__5="on",
            touchpoint__1="site",
            effect__1="z",
        )
        assert "records who is present" in refusal["refusal"] or "does not take this step" in refusal["refusal"]
        assert room.life(issue).seq == seen


def test_a_phone_and_a_touch_table_have_room_for_fingers(room: Opened) -> None:
    issue = room.living.until("alleviation")
    room.living.relayed()
    for width, height in ((390, 844), (1920, 1080)):
        with room.person("fay") as fay:
            fay.page.set_viewport_size({"width": width, "height": height})
            for path in ("", "/issues", f"/issue/{issue}", "/relay", "/relayed", "/relayed/1", "/events", "/audit"):
                fay.open(f"/room{path}")
                assert fay.page.evaluate(SMALL) == [], path
                assert fay.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_room_that_does_not_answer_says_so_and_keeps_the_text(room: Opened, watch: Watch) -> None:
    watch.forgive("ERR_FAILED|status of 500")
    issue = room.living.until("owned")
    with room.person("fay") as fay:
        fay.open(f"/room/issue/{issue}")
        fay.page.route("**/room/token", lambda route: route.abort())
        fields = {"words": "Call them.", "user_id": "5", "due_on": str(room.living.today)}
        assert "The room does not answer just now." in fay.refused("alleviate", **fields)
        assert fay.value("alleviate", "words") == "Call them."
        fay.page.unroute("**/room/token")
        fay.send("alleviate", "done now")


def test_an_explanation_is_asked_for_with_the_series_and_the_day_and_taken_back_with_a_reason(room: Opened) -> None:
    with room.person("lena") as lena:
        lena.open("/room/events?issue_type=late&explains=2026-03-30")
        record = lena.page.locator("form.record")
        assert record.locator("[name=issue_type]").input_value() == "late"
        assert record.locator("[name=starts_on]").input_value() == "2026-03-30"
        assert "says nothing" in lena.refused("record", words=" ")
        lena.send("record", "it stands on every wall", words="A new carrier", kind="new supplier")
        lena.open("/room/events")
        assert "A new carrier" in lena.text() and "new supplier · concerns My order is late · Lena" in lena.text()
        lena.send("withdraw", "no wall shows it any more", words="It was another year.")
        until(lambda: "A new carrier" not in lena.open("/room/events").text(), page=lena.page)
