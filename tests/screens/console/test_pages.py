"""The console's pages and addresses, as the server answers them."""

import pytest

from tests.screens.console.given import COMPLAINT, POST, House
from wallboard.screens.console.routes import EVERY, LARGEST_BODY, PARTS


def test_words_are_found_among_voices_and_posts_newest_first(house: House) -> None:
    tom = house.at_the_console("tom").client
    hits = tom.get("/room/voices?words=a").get_json()["voices"]
    assert [hit["words"] for hit in hits] == [POST, COMPLAINT]
    assert hits[1]["by"] == "complaint · helpdesk · 29 May 2026" and hits[1]["issue_type"] == "late"
    assert [hit["words"] for hit in tom.get("/room/voices?words=RAIN driver").get_json()["voices"]] == [COMPLAINT]
    for nothing in ("", "%", "_", "rain sunshine", "'"):
        assert tom.get("/room/voices", query_string={"words": nothing}).get_json()["voices"] == []


def test_a_voice_that_an_issue_has_says_so(house: House) -> None:
    tom, fay = house.at_the_console("tom"), house.at_the_console("fay")
    hit = tom.client.get("/room/voices?words=rain").get_json()["voices"][0]
    fields = {"title": "Wet", "effect": "some", "perimeter": "north", "function__logistics": "on", "function__shop": "on"}
    assert tom.do("relay", 0, origin__source=hit["source"], origin__key=hit["key"], **fields)["ok"]
    assert fay.do("judge", 1, verdict="admitted")["to"] == "/room/issue/1"
    assert tom.client.get("/room/voices?words=rain").get_json()["voices"][0]["issue"] == 1
    assert "Issue 1 has this already." in tom.see("/room/relay", f"?source={hit['source']}&key={hit['key']}")


def test_no_two_verbs_have_one_name() -> None:
    assert len(EVERY) == sum(len(part) for part in PARTS), "one of them would be done where the other was meant"


@pytest.mark.parametrize("login", ["gus", "tom"])
def test_whoever_may_not_judge_judges_nothing(house: House, login: str) -> None:
    number, _ = house.living.relayed("lena")
    for verdict in ("admitted", "trivial", "single function", "not from a customer", "duplicate"):
        assert "Only a facilitator" in house.at_the_console(login).do("judge", number, verdict=verdict)["refusal"]
    assert "somebody else has relayed this" in house.at_the_console(login).see(f"/room/relayed/{number}").lower()


def test_a_verdict_and_its_reason_reach_the_relayer(house: House) -> None:
    number, _ = house.living.relayed("gus")
    assert house.at_the_console("fay").do("judge", number, verdict="duplicate", why="See the wet boxes.")["ok"]
    page = house.at_the_console("gus").see(f"/room/relayed/{number}")
    assert "The room has it already." in page and "See the wet boxes." in page
    assert "The room has it already." in house.at_the_console("gus").see("/room/relayed")


def test_mine_and_one_part_of_the_business(house: House) -> None:
    issue = house.living.until("owned")
    tom, sam = house.at_the_console("tom"), house.at_the_console("sam")
    assert "The box was late again" in sam.see("/room/issues") and "The box was late again" in tom.see("/room/issues", "?mine=1")
    assert "The box was late again" not in sam.see("/room/issues", "?mine=1")
    assert "The box was late again" not in tom.see("/room/issues", "?perimeter=south")
    assert "The box was late again" in tom.see("/room/issues", "?perimeter=north") and issue == 1


def test_the_trail_shows_before_and_after_to_those_who_judge(house: House) -> None:
    house.living.until("alleviation")
    page = house.at_the_console("fay").see("/room/audit")
    assert (
        "step of issue 1: alleviation" in page
        and "Call each of them today." in page
        and "before" in page
        and "page 1 of 1" in page
    )
    assert "Call each" not in house.at_the_console("tom").see("/room/audit")
    assert (
        "page 1 of 1"
        in house.at_the_console("fay").see("/room/audit", "?page=-3")
        == house.at_the_console("fay").see("/room/audit", "?page=99999999")
    )


def test_an_unknown_address_is_a_sentence_with_the_way_back(house: House) -> None:
    fay = house.at_the_console("fay")
    for path in ("/room/nothing", "/room/issue/0", "/room/issue/99999999999", "/room/issue/x", "/room/relayed/77"):
        page = fay.see(path)
        assert "There is nothing to show here" in page and "Issues" in page, path


def test_more_than_a_form_can_take_is_a_sentence(house: House) -> None:
    answer = house.at_the_console("tom").post("/room/do/relay/0", heard_words="x" * LARGEST_BODY)
    assert answer.status_code == 413 and "one form takes 4 million characters" in answer.get_json()["refusal"]


UNSENT: tuple[tuple[dict[str, str], str], ...] = (
    ({}, "What you have seen: has not been chosen."),
    ({"seen": "1"}, "Who answers for it: has not been chosen."),
    ({"seen": "1", "user_id": "one"}, "'one' is not known."),
    ({"seen": "1", "user_id": "9" * 40}, "is not known."),
    ({"seen": "1", "user_id": "-1"}, "'-1' is not known."),
    ({"seen": "1", "user_id": "²"}, "'²' is not known."),
    ({"seen": "9", "user_id": "5"}, "is not as you saw it"),
)


def test_what_no_form_would_send_is_a_sentence(house: House) -> None:
    issue, fay = house.living.admitted(), house.at_the_console("fay")
    for fields, sentence in UNSENT:
        assert sentence in fay.do("own", issue, **fields)["refusal"], fields
        assert house.living.steps(issue).seq == 1, fields


def test_a_day_of_nonsense_and_a_day_ahead_are_sentences(house: House) -> None:
    fields = {"title": "x", "effect": "some", "perimeter": "north", "heard_words": "x", "channel": "a visit"}
    tom = house.at_the_console("tom")
    assert "is not a date. Write a date" in tom.do("relay", 0, heard_on="soon", **fields)["refusal"]
    assert "lies ahead" in tom.do("relay", 0, heard_on="2026-06-30", **fields)["refusal"]
    assert "is 90 characters long" in tom.do("relay", 0, heard_on="2026-05-30", **{**fields, "channel": "x" * 90})["refusal"]
    assert "the recording" in tom.do("relay", 0, **{**fields, "recording": "../../etc/passwd"})["refusal"].lower()
    assert tom.do("relay", 0, heard_on="2026-05-30", **fields)["ok"]


def test_the_same_people_sit_once_a_day(house: House) -> None:
    issue = house.living.until("alleviation")
    fay, people = house.at_the_console("fay"), house.living.people
    present = {f"present__{people[login]}": "on" for login in ("fay", "lena", "sam")}
    fields = {"words": "x", "implications": "y", "touchpoint__1": "site", "effect__1": "z", **present}
    for _ in range(2):
        assert fay.do("decide", issue, seen=house.living.steps(issue).seq, **fields)["ok"]
    assert len({step.attendance for step in house.living.steps(issue).of("decided")}) == 1
