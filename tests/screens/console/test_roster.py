"""The roster at the console: an opportunity is rated, voted for, put there, hindered, and taken off."""

from datetime import timedelta

import pytest

from tests.records import rosters
from tests.screens.console.given import House, Visitor
from wallboard.metrics.roster import roster_targets
from wallboard.metrics.scope import Scope


def proposed(tom: Visitor, title: str, **fields: str) -> int:
    idea = {"title": title, "kind": "improve", "origin": "idea", "stage": "receive", "why": "", "perimeter": "north"} | fields
    answer = tom.do("propose", 0, **idea)
    assert answer["ok"], answer
    return int(answer["to"].rsplit("/", 1)[1])


def selected(house: House, number: int, login: str = "fay", *, vote: bool = True, **fields: str) -> dict[str, object]:
    if vote:
        rosters.selected(house.living, number)
    due = (house.living.today + timedelta(days=180)).isoformat()
    what = {"user_id": str(house.living.people["lena"]), "issue_type": "late", "less_by": "30", "due_on": due} | fields
    return house.at_the_console(login).do("select", number, **what)


@pytest.mark.req("R160")
def test_an_opportunity_goes_from_the_vote_to_the_roster_and_off_it(house: House) -> None:
    tom, fay = house.at_the_console("tom"), house.at_the_console("fay")
    number = proposed(tom, "<b>Say when</b> the box comes")
    assert tom.do("rate-opportunity", number, impact="5", effort="2", words="")["ok"]
    assert tom.do("count-votes", number, votes="12", words="a poll in the shop")["ok"]
    page = fay.see("/room/roster")
    assert "0 of at most 5 items, 5 places free" in page
    assert "12 customers voted for it" in page and "impact 5, effort 2 of 5" in page
    assert "Leaders select together" in str(selected(house, number, vote=False)["refusal"])
    assert "put it to the vote in a session" in fay.see(f"/room/opportunity/{number}")
    assert selected(house, number)["ok"]
    page = fay.see("/room/roster")
    assert "unanimously, by 2 votes" in page
    assert "<b>Say when</b> the box comes" in page and "Lena" in page and "1 of at most 5 items, 4 places free" in page
    assert "Target: 30 % fewer complaints “My order is late”" in page and "once eight full weeks have passed" in page
    assert "On the roster of the few" in tom.see(f"/room/opportunity/{number}")
    assert tom.do("barrier", 1, seen="1", words="No budget", how="finance", note="Ask in June")["ok"]
    assert "has changed since you looked" in fay.do("remove-item", 1, seen="1", words="Done.")["refusal"]
    page = fay.see("/room/roster")
    assert "Barriers by stage: I get my order: 1." in page
    assert "No budget" in page and "blocked by finance" in page and "Ask in June" in page
    assert tom.do("unblock", 1, seen="2", refers="2", words="The president decided.")["ok"]
    assert "No budget" not in fay.see("/room/roster")
    assert fay.do("remove-item", 1, seen="3", words="The shop does it alone.")["ok"]
    assert "The shop does it alone." in fay.see("/room/roster")


@pytest.mark.req("R92")
def test_a_departments_initiative_at_the_same_place_is_listed_until_it_is_stopped(house: House) -> None:
    tom, fay = house.at_the_console("tom"), house.at_the_console("fay")
    assert selected(house, proposed(tom, "Say when the box comes"))["ok"]
    start = {"title": "Better boxes", "function": "shop", "touchpoint": "parcel", "roster_item": ""}
    assert tom.do("start-initiative", 0, **start)["ok"]
    assert "Overlaps: The shop works on “Better boxes” here too." in fay.see("/room/roster")
    assert "Your role does not take this step" in tom.do("stop-initiative", 1, seen="1", words="No.")["refusal"]
    assert fay.do("stop-initiative", 1, seen="1", words="The roster does it.")["ok"]
    assert "Overlaps" not in fay.see("/room/roster")


@pytest.mark.req("R152", "R169")
def test_an_initiative_names_whom_it_waits_for_and_stopping_it_leaves_the_roster_of_the_wall(house: House) -> None:
    tom, fay = house.at_the_console("tom"), house.at_the_console("fay")
    assert selected(house, proposed(tom, "Say when the box comes"))["ok"]
    start = {"title": "Better boxes", "function": "shop", "touchpoint": "parcel", "roster_item": "1"}
    assert tom.do("start-initiative", 0, **start)["ok"]
    assert on_the_wall(house) == 1
    assert tom.do("block-initiative", 1, seen="1", user_id=house.living.people["lena"], words="A <b>price</b> for foam.")["ok"]
    page = fay.see("/room/roster")
    assert "Waits for Lena, Logistics:" in page and "A <b>price</b> for foam. (since" in page, "across departments"
    assert tom.do("free-initiative", 1, seen="2", refers="2", words="There is one.")["ok"]
    assert "Waits for Lena" not in fay.see("/room/roster")
    assert fay.do("stop-initiative", 1, seen="3", words="The roster does it.")["ok"]
    assert on_the_wall(house) == 0


def on_the_wall(house: House) -> int:
    """The initiatives that the roster of wall 3 counts for its first item."""
    with house.living.engine.connect() as connection:
        return roster_targets(connection, Scope.of(house.room.settings, house.living.at))[0].initiatives


@pytest.mark.req("R92")
def test_a_full_roster_demands_that_one_is_taken_off_first(house: House) -> None:
    for n in range(5):
        assert selected(house, proposed(house.at_the_console("tom"), f"Idea {n}"))["ok"]
    number = proposed(house.at_the_console("tom"), "One more")
    assert "The roster is full" in str(selected(house, number)["refusal"])
    assert "Take one off it first." in house.at_the_console("fay").see(f"/room/opportunity/{number}")


@pytest.mark.req("R67")
def test_no_guest_is_shown_the_roster_or_its_barriers(house: House) -> None:
    tom, gus = house.at_the_console("tom"), house.at_the_console("gus")
    number = proposed(tom, "Say when the box comes")
    assert selected(house, number)["ok"]
    assert tom.do("barrier", 1, seen="1", words="No budget", how="finance", note="")["ok"]
    for path in ("/room/roster", f"/room/opportunity/{number}", "/room"):
        page = gus.see(path)
        assert "No budget" not in page and "Say when the box comes" not in page
    assert not gus.do("barrier", 1, seen="2", words="No", how="me", note="").get("ok")


@pytest.mark.req("R6", "R12")
def test_the_rollout_is_led_from_its_page(house: House) -> None:
    fay = house.at_the_console("fay")
    assert "North" in fay.see("/room/rollout") and "not begun" in fay.see("/room/rollout")
    assert fay.do("make-aware", 0, perimeter="north", words="A workshop <b>of all</b>.")["ok"]
    assert fay.do("pilot", 1, seen=1, words="The depot.")["ok"]
    page = fay.see("/room/rollout")
    assert "Aware, 1 June" in page and "A workshop <b>of all</b>." in page and "Nobody from a pilot coaches here." in page
    assert "is not measured" in page, "no customer is known: the room covers an unknown share, not 0 %"
    assert house.at_the_console("gus").do("make-aware", 0, perimeter="south", words="x")["refusal"]
