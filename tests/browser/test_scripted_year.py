"""A year of a room, run through its console by hands: its walls and minutes say what happened, and each session replays.

What happens when is the script (tests/browser/year/script.py). A year of loads follows, some of which restate what was shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from tests.browser.watching import Watch
from tests.browser.year.happenings import OnTheWall
from tests.browser.year.play import Played, pictures, play
from tests.browser.year.room import LONDON, Year, year_of
from tests.browser.year.script import ANNUAL, COUNCIL, MONTH, PLANS, QUARTER, SESSIONS
from tests.fixtures import Light
from wallboard.records.sessions import sessions
from wallboard.store.violations import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEW_YEAR = date(2027, 1, 4)
RESTATED = date(2026, 4, 1)
"""A month whose complaints a later export corrects."""


@pytest.fixture
def year(tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Iterator[Year]:
    with year_of(tmp_path / "room", blank, lit, chromium, watch) as made:
        yield made


@pytest.mark.req("R56", "R58", "R59", "R60", "R91", "R94", "R95", "R97", "R100", "R101", "R122", "R123", "R124", "R172")
def test_a_year_stands_on_the_walls_in_the_minutes_and_in_every_replay(year: Year) -> None:
    year.loaded()
    year.hand.sign_in("fay")
    for plan in PLANS:
        plan.play(year, 0)
    _takes_place_at_half_past_nine_in_summer_and_winter(year)
    played = [play(year, session) for session in SESSIONS]
    year.on(NEW_YEAR, 8)
    year.loaded()
    _stands_on_the_walls(year)
    _stands_in_the_minutes({(each.session.kind, each.session.day): each.minutes for each in played})
    year.on(NEW_YEAR + timedelta(days=365), 8)
    year.loaded(RESTATED)
    _replays(year, [each for each in played if each.pictures])
    with year.living.engine.connect() as connection:
        assert not [*violations(connection)]


def _takes_place_at_half_past_nine_in_summer_and_winter(year: Year) -> None:
    with year.living.engine.connect() as connection:
        known = sessions(connection, ["all"], year.living.at, year.living.at + timedelta(days=400))
    assert [sum(view.kind == kind for view in known) for kind in (MONTH, QUARTER, COUNCIL)] == [12, 4, 2]
    assert {f"{view.at.astimezone(LONDON):%H:%M}" for view in known} == {"09:30"}
    assert {view.at.hour for view in known if view.at.tzinfo} == {8, 9}, "the clocks change in between"


def _stands_on_the_walls(year: Year) -> None:
    """What a stranger reads on the first Monday of the new year."""
    on_the_walls = {
        "accountable": (
            *("18 of 20 sessions were held as planned", "17 without president", "longest gap 35 days"),
            *("3 commitments are overdue", "1 of 6 on time", "Report on the van in June. 200 days late"),
        ),
        "roster": (
            *("Three on the roster, one on target", "30.0 → 15.0", "15.0 → 30.0", "Two teams"),
            *("The billers too little data to say, 14 Jul 2026", "The lids complaints are rising, 10 Nov 2026"),
        ),
        "celebration": ("Nobody is celebrated today",),
    }
    for scene, words in on_the_walls.items():
        OnTheWall("touchpoints", scene, words).play(year, 0)
    stands = year.on_the_wall("touchpoints", "roster")
    beside, numbers, _ = stands.partition("Lena, since 13 Jan 2026")[2].partition("30.0")
    assert numbers and "nothing for" not in beside, "whose target is reached is not asked why nothing happens"


MINUTES = {
    (MONTH, date(2026, 1, 13)): (
        *("Walk the packing line. (by 13 February 2026", "no commitment. I sponsor two of them.", "decided, unanimous"),
        *("Three things come first.", "8.0 out of 10, rated by 1"),
    ),
    (MONTH, date(2026, 2, 10)): (
        *("I walked it twice.", "With the packers, at six.", "Late boxes come first."),
        *("The van leaves at noon.; by Tom", "The president was not here"),
    ),
    (QUARTER, date(2026, 3, 19)): ("We pay for the van.", "abstain: Sam", "Complaints are within their normal range"),
    (MONTH, date(2026, 4, 14)): ("Mr. Brown, delegate of Sam: does not count as present", "costs nothing"),
    (MONTH, date(2026, 5, 12)): (
        *("DR-1, version 1, says “descending”", "A day at the sea, for boxes that come.", "The punctual are rewarded."),
    ),
    (COUNCIL, date(2026, 5, 26)): ("What do other towns do?", "not reached"),
    (QUARTER, date(2026, 6, 18)): ("It was worth it.",),
    (MONTH, date(2026, 7, 14)): ("says “too little data”", "budget 900 GBP"),
    (ANNUAL, date(2026, 9, 22)): ("Mrs. Lee (customer)", "Plan with the roster. (by 5 October 2026"),
    (COUNCIL, date(2026, 10, 27)): ("What do other towns do?", "They call before they come."),
    (MONTH, date(2026, 11, 10)): ("says “rising”",),
}
"""What somebody who was not there reads of some of the sessions."""


def _stands_in_the_minutes(minutes: Mapping[tuple[str, date], str]) -> None:
    for session, expected in MINUTES.items():
        missing = [words for words in expected if words not in minutes[session]]
        assert not missing, (session, missing, minutes[session])


def _replays(year: Year, played: Sequence[Played]) -> None:
    """Each picture as it was, to the unit; one that a later load has restated says so, and both values."""
    restated = dict[date, set[str]]()
    for each in played:
        again = pictures(year, f"/session/{each.number}/wall")
        assert again.keys() == each.pictures.keys()
        changed = {panel for panel, picture in each.pictures.items() if again[panel] != picture}
        assert all(b"Restated since" in again[panel] for panel in changed), (each.session, changed)
        restated[each.session.day] = changed
    assert {day for day, panels in restated.items() if not panels} == {day for day in restated if day < RESTATED}
    may = next(each for each in played if each.session.day == date(2026, 5, 12))
    stands = year.on_the_wall("issues", "rate", may.number)
    assert "Restated since: “Fewer customers complain: 9 weeks below" in stands
    assert "is “Complaints are within their normal range” by what was loaded later" in stands
