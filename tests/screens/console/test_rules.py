"""The golden rules at the console: one text for every room, and no way around them by any address."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.screens.console.given import House, furnished, small_room
from wallboard.errors import Faults
from wallboard.lifecycle.golden import KEPT, LATE, NOT_YET
from wallboard.metrics.room_rules import golden_compliance
from wallboard.metrics.scope import Scope
from wallboard.records import verbs
from wallboard.screens.console.actions import ACTIONS
from wallboard.settings import open_room
from wallboard.store.open import make_engine

FIELDS = {
    "words": "x", "implications": "x", "user_id": 5, "due_on": "2026-06-03", "how": "x", "to_whom": "x", "accepted": "yes",
    "level": 2, "function": "shop", "refers": 1, "present__2": "on", "present__3": "on", "present__4": "on",
    "touchpoint__1": "site", "effect__1": "x", "verdict": "admitted",
}  # fmt: skip


@pytest.mark.req("R20")
@pytest.mark.parametrize("stage", ["admitted", "owned"])
def test_no_address_leads_anywhere_without_saying_what_is_done_now(house: House, stage: str) -> None:
    issue = house.living.until(stage) if stage != "admitted" else house.living.admitted()
    fay = house.at_the_console("fay")
    for verb in ACTIONS:
        if verb not in ("alleviate", "relay", "judge"):
            fay.do(verb, issue, seen=house.living.steps(issue).seq, **FIELDS)
    taken = {step.kind for step in house.living.steps(issue).steps}
    assert taken <= {"admitted", "owned", "joined", "escalated"} and house.living.steps(issue).status == "owned"


@pytest.mark.parametrize("stage", ["admitted", "owned", "alleviation", "decided", "answered", "presented"])
def test_only_the_customers_yes_to_what_was_shown_closes_it(house: House, stage: str) -> None:
    issue = house.living.until(stage) if stage != "admitted" else house.living.admitted()
    fay = house.at_the_console("fay")
    for verb in ACTIONS:
        if verb not in ("react", "relay", "judge", "reverse", "alleviate", "decide", "answer", "present"):
            fay.do(verb, issue, seen=house.living.steps(issue).seq, **FIELDS)
    seen = house.living.steps(issue).seq
    for accepted in ("", "maybe", "true", "1"):
        assert "refusal" in fay.do("react", issue, seen=seen, words="x", accepted=accepted)
    answer = fay.do("react", issue, seen=seen, words="Thank you.", accepted="yes")
    assert ("ok" in answer) is (stage == "presented"), answer
    assert (house.living.steps(issue).status == "closed") is (stage == "presented")


@pytest.mark.req("R15")
def test_two_rooms_show_one_text_and_version_and_what_is_not_kept(house: House, blank: Path, tmp_path: Path) -> None:
    other_room = small_room(tmp_path / "other")
    shutil.copy(blank, other_room.data / "room.sqlite")
    engine = make_engine(other_room.store_url)
    other = House(other_room, furnished(engine))
    pages = [each.at_the_console("tom").see("/room") for each in (house, other)]
    pages += [each.stranger().see("/") for each in (house, other)]
    rules = {page[page.index("The golden rules") :].split("The walls")[0] for page in pages}
    engine.dispose()
    assert len(rules) == 1 and "version 1, the same in every room" in rules.pop()
    issue = house.living.until("alleviation")
    text = house.at_the_console("fay").see(f"/room/issue/{issue}")
    assert text[text.index("The golden rules") :].count("not yet") == 3
    assert text[text.index("The golden rules") :].count("kept: ") == 2
    file = other_room.root / "room.toml"
    file.write_text('golden_rules = ["We do what we like."]\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(Faults, match="unknown key 'golden_rules'"):
        open_room(other_room.root)


@pytest.mark.req("R15")
def test_wall_and_console_judge_an_issue_alike(house: House) -> None:
    overdue, refused = house.living.until("alleviation"), house.living.until("presented")
    house.living.take(refused, verbs.react, "That does not help.", False)
    house.living.at += timedelta(days=20)
    with house.living.engine.connect() as connection:
        scope = Scope.of(house.room.settings, house.living.at)
        wall = {(row.issue, row.rule): row.state for row in golden_compliance(connection, scope)}
    for issue, states in ((overdue, "kept late late not-yet not-yet"), (refused, "kept late kept not-yet not-yet")):
        assert " ".join(wall[issue, rule].replace(" ", "-") for rule in (1, 2, 3, 4, 5)) == states
        text = house.at_the_console("fay").see(f"/room/issue/{issue}")
        rules = text[text.index("The golden rules") :]
        for state in (KEPT, LATE, NOT_YET):
            assert len(re.findall(rf"^{state}\b", rules, re.M)) == states.split().count(state.replace(" ", "-")), rules


@pytest.mark.req("R23")
def test_our_own_note_is_on_no_wall_and_on_no_page_of_a_guest(house: House) -> None:
    relayed, _ = house.living.relayed("gus")
    issue = house.living.until("decided")
    house.living.answer(issue, internal="the courier lies")
    assert "the courier lies" in house.at_the_console("fay").see(f"/room/issue/{issue}")
    stranger, gus = house.stranger(), house.at_the_console("gus")
    for path in ("/", "/wall/issues", "/wall/outcomes", "/wall/touchpoints", "/status"):
        assert "the courier lies" not in stranger.see(path)
        for panel in stranger.client.get(f"/pulse?path={path}").get_json().get("tokens", {}):
            assert "the courier lies" not in stranger.client.get(f"/picture/{panel}?path={path}").text
    for path in ("/room/issues", f"/room/issue/{issue}", f"/room/relayed/{relayed}", "/room/relayed", "/room/audit"):
        assert "the courier lies" not in gus.see(path)


def test_a_doubtful_answer_is_not_counted_as_kept(house: House) -> None:
    issue = house.living.until("decided")
    fay = house.at_the_console("fay")
    read = fay.post("/room/read", text="A PSP retry failed.").get_json()
    hit = {"term": "PSP retry", "kind": "banned term", "instead": "payment request", "spelled": ["PSP retry"]}
    assert read["hits"] == [hit]
    assert fay.do("answer", issue, seen=house.living.steps(issue).seq, words="A PSP retry failed.")["ok"]
    assert "look again: 1 word that a customer may not know" in fay.see(f"/room/issue/{issue}")
