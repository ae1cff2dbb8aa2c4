"""A guided walk in real browsers: a tablet drives three walls and a follower; nothing that happens to one of them stops it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from tests.browser.console import RECORDED
from tests.browser.guided import LOST, WALLS, Room, at, at_screen, made, until_all, until_heard, until_wall, walk_state
from tests.browser.watching import Watch, after_questions, questions, settled, until, until_text
from tests.loaders.media.files import picture
from tests.metrics.given import media
from tests.screens.console.given import COMPLAINT
from wallboard.clock import elapsed
from wallboard.records.opportunities import opportunities
from wallboard.screens import guiding
from wallboard.store.connections import writing

pytestmark = pytest.mark.browser


@pytest.fixture
def room(tmp_path: Path, blank: Path, chromium: Chromium, watch: Watch) -> Iterator[Room]:
    with made(tmp_path / "room", blank, chromium, watch) as opened:
        yield opened


@pytest.mark.req("S6", "R73")
@pytest.mark.slow
def test_three_walls_and_a_follower_follow_a_tablet(room: Room) -> None:
    walls, phone = room.walls(), room.screen("/follow", 390, 844)
    assert "No walk right now" in phone.locator("h1").inner_text()
    tablet, everybody = room.tablet().begin(), [*walls, phone]
    until_all(everybody, "mission")
    assert [at_screen(page) for page in everybody] == [*WALLS, ""]
    until_text(walls[0], ".scene.shown .mission", "Dry parcels for everybody.")
    until(lambda: "3 walls and 1 other screen follow" in tablet.message, page=tablet.page)

    # clicker, arrow keys and touch; to every stage and back, and to a question of a stage
    way = (("PageDown", "voice"), ("ArrowRight", "map"), ("PageDown", "choose"), ("ArrowRight", "receive"), ("PageUp", "choose"))
    for key, place in (*way, ("PageDown", "receive"), ("PageDown", "leave"), ("PageDown", "end")):
        tablet.press(key)
        until_all(everybody, place)
        assert tablet.here == place
    tablet.touch("receive")
    until_all(everybody, "receive")
    tablet.page.locator('[data-place="receive"] [data-view="receive/promised"]').click()
    until_all(everybody, "receive/promised")
    for _ in range(5):  # on a busy machine it is late at times
        tablet.touch("choose")
        until_all(everybody, "choose")
        tablet.touch("receive")
        until(lambda: tablet.here == "receive", page=tablet.page)
        with questions(walls[0], "/walk/now") as answers:
            until_all(walls[:1], "receive", every=0.02)
        if len(answers) <= 2:
            break
    else:
        pytest.fail("a wall asks four times a second, and follows at the first answer that says so")
    until_all(everybody, "receive")

    # an item plays on every screen, and sounds on one
    tablet.press(" ")
    for page in everybody:
        until_heard(page, lambda clip: clip["playing"] and clip["at"] > 0.2)
    assert [not walk_state(page)["muted"] for page in everybody] == [True, False, False, False]
    tablet.page.locator("select[name=sounding]").select_option("issues")
    until_heard(walls[1], lambda clip: clip["playing"] and not clip["muted"])
    for page in (walls[0], walls[2], phone):
        until_heard(page, lambda clip: clip["playing"] and clip["muted"])

    # who comes late is where the others are
    late = room.screen("/follow")
    until_all([late], "receive")
    until(lambda: walk_state(late)["playing"], page=late)
    until(lambda: abs(walk_state(late)["at"] - walk_state(walls[1])["at"]) < 1.5, page=late)
    tablet.press("b")
    for page in (*everybody, late):
        until_heard(page, lambda clip: not clip["playing"])

    tablet.page.locator("[data-do=end]").click()
    tablet.until_mode("none")
    for page, name in zip(walls, WALLS, strict=True):
        until_wall(page, name)
        assert at_screen(page) == name
        settled(page)
    until_text(phone, "h1", "No walk right now")
    assert [kind for kind, _ in room.moves()][-1] == "end"


@pytest.mark.req("S6")
@pytest.mark.slow
def test_a_walk_survives_a_server_restart_and_a_reload(room: Room, watch: Watch) -> None:
    watch.forgive(LOST)
    wall, tablet = room.wall(WALLS[0]), room.tablet().begin()
    tablet.touch("choose")
    until_all([wall], "choose")
    room.stop()
    tablet.press("PageDown")
    until_text(tablet.page, ".walking > header .refusal", "The room does not answer")
    assert at(wall) == "choose", "the last picture stays"
    room.start()
    until_all([wall], "receive")
    assert tablet.here == "receive" and tablet.page.locator("#walking").get_attribute("data-mode") == "lead"

    tablet.page.reload()
    tablet.until_mode("lead")
    assert tablet.here == "receive"
    wall.reload()
    tablet.press("PageDown")
    until_all([wall], "leave")
    late = room.screen("/follow")
    until_all([late], "leave")
    assert [kind for kind, _ in room.moves()] == ["begin", "go", "go", "go"]


@pytest.mark.slow
def test_a_presenter_who_vanishes_releases_the_walls(room: Room, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room's watch is the test's: however busy the machine is, the tablet is silent for too long when the test says so."""
    watch.forgive(LOST)
    passed = [0.0]
    monkeypatch.setattr(guiding, "elapsed", lambda: elapsed() + passed[0])
    wall, phone, tablet = room.wall("issues"), room.screen("/follow"), room.tablet().begin()
    tablet.touch("receive")
    until_all([wall, phone], "receive")
    tablet.page.context.set_offline(True)

    def released() -> bool:
        passed[0] += 200
        return room.moves()[-1] == ("release", None)

    until(released, page=wall)
    until_wall(wall, "issues")
    until_text(phone, "h1 + p", "It is paused")
    assert room.moves()[-1] == ("release", None)
    tablet.page.context.set_offline(False)
    tablet.arrive()
    tablet.until_mode("free")
    assert "The room let the walls go: this tablet was silent." in tablet.message and tablet.here == "receive"
    tablet.page.locator("[data-do=hold]").click()
    until_all([wall, phone], "receive")
    tablet.page.locator("[data-do=release]").click()
    until_wall(wall, "issues")
    assert room.moves()[-1] == ("release", room.living.people["fay"])


@pytest.mark.slow
def test_two_presenters_are_told_of_each_other(room: Room) -> None:
    fay = room.tablet().begin()
    fay.touch("receive")
    lena = room.tablet("lena")
    lena.until_mode("follow")
    until(lambda: "Fay is leading a walk right now" in lena.message and lena.here == "receive", page=lena.page)
    lena.press("PageDown")
    assert not lena.page.locator("[data-step]").first.is_visible()
    lena.page.locator("[data-do=take-over]").click()
    lena.until_mode("lead")
    until(lambda: "Lena has taken over the walk" in fay.message, page=fay.page)
    lena.press("PageDown")
    until(lambda: fay.here == "leave", page=fay.page)
    assert [kind for kind, _ in room.moves()] == ["begin", "go", "take over", "go"]
    tom = room.tablet("tom")
    until(lambda: "Lena is leading a walk right now" in tom.message, page=tom.page)
    assert not tom.page.locator("[data-do=take-over]").is_visible()


@pytest.mark.slow
def test_a_wall_that_is_switched_on_during_a_walk_joins_it_before_it_draws_its_loop(room: Room) -> None:
    tablet = room.tablet().begin()
    tablet.touch("receive")
    until(lambda: tablet.here == "receive", page=tablet.page)
    asked, page = list[str](), room.screen("/", 1920, 1080)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{room.url}/wall/issues?screen=issues")
    until_all([page], "receive")
    settled(page)
    assert at_screen(page) == "issues"
    assert not [url for url in asked if "/picture/issues--" in url], "its loop is drawn when it comes home"
    tablet.page.locator("[data-do=end]").click()
    until_wall(page, "issues")
    settled(page)


@pytest.mark.req("R125")
def test_a_customer_speaks_before_any_number_is_seen(room: Room) -> None:
    wall, tablet = room.screen("/wall/outcomes?screen=outcomes"), room.tablet().begin()
    until_all([wall], "mission")
    settled(wall)
    shown = wall.locator(".scene.shown .grid")
    assert not any(letter.isdigit() for letter in shown.inner_text())
    tablet.press("PageDown")
    until_all([wall], "voice")
    until_text(wall, ".scene.shown blockquote", COMPLAINT)
    wall.goto(f"{room.url}/journey?perimeter=south")
    settled(wall)
    assert wall.locator(".scene.shown").get_attribute("data-scene") == "map", "on its own the walkthrough opens on the map"


@pytest.mark.req("R89", "R88", "R96")
@pytest.mark.slow
def test_three_marks_emerge_as_opportunities_whose_first_month_is_told(room: Room) -> None:
    wall, fay, tom = room.screen("/wall/issues?screen=issues"), room.tablet().begin(), room.tablet("tom")
    fay.touch("receive")
    tom.until_mode("follow")
    until(lambda: tom.here == "receive", page=tom.page)
    words = ("Nobody rings the bell.", "Let them choose the hour.", "The card has no number.")
    for person, kind, words_marked in ((fay, "improve", words[0]), (tom, "innovate", words[1]), (tom, "improve", words[2])):
        person.mark(kind, words_marked)
    until(lambda: all(word in fay.page.locator(".marked").inner_text() for word in words), page=fay.page)
    fay.touch("end")
    until_all([wall], "end")
    settled(wall)
    until(lambda: all(word in wall.locator(".scene.shown").inner_text() for word in words), page=wall)
    assert "Three things to improve or innovate" in wall.locator(".scene.shown h2").inner_text()
    fay.page.locator("[data-do=end]").click()
    until_text(fay.page, ".walking > header .refusal", "3 marks are now among the opportunities.")
    with room.living.engine.connect() as connection:
        assert sorted(opportunity.title for opportunity in opportunities(connection, origin="walkthrough")) == sorted(words)

    tom.open("/room/opportunities?kind=innovate")
    cards = tom.page.locator(".listed .card")
    assert cards.count() == 1 and words[1] in cards.inner_text() and "marked on a walk" in cards.inner_text()
    tom.send("propose", "Written down", title="A dry box by the door", kind="innovate", stage="receive")
    tom.open("/room/opportunities?kind=innovate")
    assert cards.count() == 2
    tom.open("/room/opportunities?origin=walkthrough")
    assert cards.count() == 3
    tom.open("/room/opportunities").send("propose", "Written down", title="A card with a number", kind="improve")
    tom.open("/room/opportunities?kind=improve")
    assert cards.count() == 3

    tom.open("/room/opportunity/1?stage=receive")
    assert "Step 1 cannot be reported empty" in tom.refused("report", words="They wait in the rain.")
    form = tom.form("report")
    form.locator("[name=voice]").first.check()
    assert "The artefact: has not been chosen" in tom.refused("report")
    form.locator("[name=media]").first.check()
    tom.send("report", "Reported")
    report = tom.page.locator(".reported").inner_text()
    assert (
        "They wait in the rain." in report
        and COMPLAINT in report
        and "I get my order" in report
        and "The parcel arrives" in report
    )


@pytest.mark.req("S7")
@pytest.mark.slow
def test_a_tour_on_ones_own_shows_the_same_things_in_another_frame(room: Room) -> None:
    page = room.screen("/tour")
    settled(page)
    assert page.locator(".scene.shown h1").inner_text() == "You are the customer now: “I choose”"
    assert "1 of 3" in page.locator(".tour-steps").inner_text() and page.locator(".tour-back").count() == 0
    page.locator(".tour-next").click()
    until(lambda: page.evaluate("location.pathname") == "/tour/receive", page=page)
    settled(page)
    assert page.locator(".panel-stage-hear [data-media]").first.get_attribute("data-media") == "1"
    page.keyboard.press("PageDown")
    until(lambda: page.evaluate("location.pathname") == "/tour/leave", page=page)
    settled(page)
    page.keyboard.press("ArrowLeft")
    until(lambda: page.evaluate("location.pathname") == "/tour/receive", page=page)
    until_text(page, ".tour-steps", "2 of 3")
    room.tablet().begin().touch("leave")
    after_questions(page)
    assert page.evaluate("location.pathname") == "/tour/receive", "whoever goes alone is not led"
    page.goto(f"{room.url}/journey/receive")
    settled(page)
    assert page.locator(".scene.shown h1").inner_text() == "“I get my order”"
    assert page.locator(".panel-stage-hear [data-media]").first.get_attribute("data-media") == "1"


@pytest.mark.slow
def test_a_wall_shows_whatever_the_tablet_offers(room: Room) -> None:
    """More pictures and calls than the strips have places: the wall opens the last of them too, and asks for it only then."""
    pictures = [{"path": f"receive/parcel/experience/{n:02}.png"} for n in range(9)]
    reaction = {"path": "receive/parcel/react/smile.png", "lane": "react"}
    calls = [{"path": f"receive/parcel/hear/{n:02}.ogg", "kind": "call", "lane": "hear", "mime": "audio/ogg"} for n in range(6)]
    for call in [*pictures, reaction]:
        picture(room.root / "data" / "media" / call["path"])
    for call in calls:
        there = room.root / "data" / "media" / call["path"]
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RECORDED, there)
    with writing(room.living.engine) as connection:
        media(connection, *pictures, *calls, reaction)
    wall, tablet = room.wall("issues"), room.tablet().begin()
    tablet.touch("receive")
    until_all([wall], "receive")
    settled(wall)
    offered = tablet.page.locator('[data-place="receive"] [data-item]')
    numbers = [offered.nth(n).get_attribute("data-item") for n in range(offered.count())]
    assert len(numbers) == len(pictures) + len(calls) + 2
    assert wall.locator(".panel-stage-experience .strip .others").inner_text() == "+4"
    assert wall.locator(".panel-stage-experience img[data-src]").count() == 8
    for number in numbers[-1], numbers[-2], numbers[len(pictures) - 1]:
        tablet.page.locator(f'[data-item="{number}"]').click()
        wall.locator(f'.scene.shown :is(.page-of, .clip).shown[data-media="{number}"]').wait_for(timeout=60_000)
    until(lambda: wall.locator(".page-of.shown img").evaluate("one => one.complete && one.naturalWidth > 0"), page=wall)
    until(lambda: "here" in (wall.locator(".panel-stage-experience .strip .others").get_attribute("class") or ""), page=wall)
