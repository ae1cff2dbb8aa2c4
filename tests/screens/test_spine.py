"""What stands on every scene of a wall, as the findings of its panels say it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import REPOSITORY
from tests.panels.words import THEME, words_of
from wallboard.layout import Layout, read_layouts
from wallboard.metrics.availability import Absence
from wallboard.metrics.feed_health import COLLAPSED, LATE, STOPPED, Trouble
from wallboard.panel import Answer, News
from wallboard.panels import find_panels
from wallboard.screens.findings import Fact, Finding, sources_of
from wallboard.screens.freshness import RECORDS, ROOM, Freshness, SourceAge
from wallboard.screens.judging import Doubt, answered
from wallboard.screens.programme import Candidate, programme
from wallboard.screens.spine import (
    SPINE,
    Findings,
    Spine,
    answer_words,
    drawn,
    facts_words,
    head_id,
    needs,
    scene_news,
    verdict_scene,
)

LAYOUTS = read_layouts(REPOSITORY / "layouts", find_panels())
WALL = LAYOUTS["outcomes"]
TODAY = THEME.today
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


def words_at(findings: Findings, wall: Layout = WALL) -> dict[str, str]:
    """The words at each place of the wall."""
    turn = programme([Candidate(scene.name, scene.seconds) for scene in wall.turning], verdict_scene(wall))
    spine = Spine(turn, findings, (tuple(scene.name for scene in wall.scenes), TODAY), True, "")
    return {name: words_of(part) for name, part in drawn(wall, spine, THEME).items()}


def of_all(finding: Finding) -> Findings:
    return {panel.id: finding for panel in WALL.placed()}


def test_question_answer_place_and_age_stand_on_every_scene() -> None:
    fact = Fact(NOW - timedelta(days=1), "contracts")
    words = words_at(of_all(Finding(Answer("Not yet.", "19", "fewer customers"), fact=fact)))
    assert words[SPINE] == f"{WALL.title} Not yet. 19 fewer customers"
    for number, scene in enumerate(WALL.turning, 1):
        own = f" {scene.title}" if scene.title != WALL.title else ""
        assert words[head_id(WALL, scene)] == f"{number} of {len(WALL.turning)}{own} as of yesterday"
    first = WALL.deck("session")[0]
    assert words[head_id(WALL, first)].startswith(f"Session, 1 of {len(WALL.deck('session'))} ")


def test_an_answer_that_cannot_be_given_says_why_and_none_is_none() -> None:
    unknown = Answer("We cannot say now.", "", "Load customers", "not measured")
    assert words_at(of_all(Finding(unknown)))[SPINE] == f"{WALL.title} We cannot say now. Load customers"
    assert words_at({})[SPINE] == WALL.title == words_at({}, replace(WALL, answer=None))[SPINE]


def news(kind: str, days: int) -> Finding:
    return Finding(news=(News(kind, TODAY - timedelta(days=days), "It is."),))  # type: ignore[arg-type]


def test_a_scene_says_since_when_it_is_new_for_a_week() -> None:
    last = WALL.turning[-1]

    def chip(finding: Finding) -> str:
        return words_at({panel.id: finding for panel in last.panels})[head_id(WALL, last)]

    weekday = f"{TODAY - timedelta(days=3):%A}"
    assert f"new signal since {weekday}" in chip(news("signal", 3)) and "overdue since yesterday" in chip(news("due", 1))
    assert "stale as of today" in chip(news("stale", 0)) and "since" not in chip(news("signal", 7))
    assert "new record today" in chip(news("record", 0)) and "changed today" in chip(news("turned", 0))


def test_a_scene_says_why_it_comes_now() -> None:
    """The first and the second that are new say so, one that opens in a session or comes first anyway only what is new."""
    verdict, second, last, opened = *WALL.turning[:2], WALL.turning[-1], WALL.deck("session")[0]
    new = {last: news("due", 2), second: news("record", 0), verdict: news("turned", 0), opened: news("signal", 0)}
    findings = {panel.id: finding for scene, finding in new.items() for panel in scene.panels}
    known = {scene: scene_news(scene, findings, TODAY) for scene in WALL.turning}
    turn = programme([Candidate(scene.name, 30, True, known[scene]) for scene in WALL.turning], verdict_scene(WALL))
    heads = drawn(WALL, Spine(turn, findings, ((), TODAY), True, ""), THEME)
    on_glass = {scene: words_of(heads[head_id(WALL, scene)]) for scene in new}
    assert f"First because overdue since {THEME.since(TODAY - timedelta(days=2))}" in on_glass[last]
    assert "Early because of a new record today" in on_glass[second]
    assert "changed today" in on_glass[verdict] and "because" not in on_glass[verdict]
    assert "new signal today" in on_glass[opened] and "because" not in on_glass[opened]


def test_the_oldest_facts_are_named_where_another_panel_is_newer() -> None:
    scene = next(scene for scene in WALL.scenes if len(scene.panels) > 1)
    ages = {panel.id: Finding(fact=Fact(NOW - timedelta(days=n), f"source_{n}")) for n, panel in enumerate(scene.panels)}
    oldest = len(scene.panels) - 1
    assert words_at(ages)[head_id(WALL, scene)].endswith(f"source {oldest} {THEME.as_of(NOW - timedelta(days=oldest))}")
    assert words_at(of_all(Finding()))[head_id(WALL, scene)].endswith("not dated")


def test_a_scene_needs_something_only_where_none_of_its_panels_is_measured() -> None:
    scene = next(scene for scene in WALL.scenes if len(scene.panels) > 1)
    lacking = {panel.id: Finding(lacking="Load customers") for panel in scene.panels}
    assert needs(scene, lacking) == "Load customers" and needs(scene, {}) == ""
    assert needs(scene, {**lacking, scene.panels[0].id: Finding()}) == ""


ANSWERING = [wall for wall in LAYOUTS.values() if wall.answer]
FIRST = date(2026, 5, 3)
STOPPED_ON_3_MAY = "Not measured since 3 May"


@pytest.mark.parametrize("wall", ANSWERING, ids=lambda wall: wall.name)
def test_a_wall_that_cannot_answer_says_why_in_sentences(wall: Layout) -> None:
    """Not loaded, no longer loaded, and a feed that is late, has stopped or collapsed: three ways in which nobody knows."""
    assert wall.answer and len(ANSWERING) == 3
    placed = wall.answer
    silent = Trouble("voice", STOPPED, "tickets", None, FIRST, None, 100.0, None, True)
    cases: list[tuple[object, Doubt, str]] = [
        (Absence("not loaded", load=("customers with a first day",)), Doubt(), "Load customers with a first day"),
        (Absence(STOPPED, known_to=FIRST, silent=(silent,)), Doubt(), STOPPED_ON_3_MAY),
        (
            Absence(STOPPED, known_to=FIRST),
            Doubt(replace(silent, state=LATE)),
            STOPPED_ON_3_MAY,
        ),
        (Absence(STOPPED, known_to=FIRST), Doubt(silent), STOPPED_ON_3_MAY),
        (Absence(STOPPED, known_to=FIRST), Doubt(replace(silent, state=COLLAPSED, now=3.0)), "Only 3 a week from tickets"),
    ]
    for measured, in_doubt, why in cases:
        given = answered(placed.panel, measured, placed.options, THEME, in_doubt)
        assert given and words_of(answer_words(given)) == f"We cannot say now. {why}" and given.state != "measured"
        glass = words_of(
            drawn(wall, Spine(programme([], None), {placed.id: Finding(given)}, ((), TODAY), True, ""), THEME)[SPINE]
        )
        assert glass == f"{wall.title} We cannot say now. {why}"


def test_every_scene_of_every_deck_says_what_it_adds() -> None:
    plain = [f"{wall.name}/{scene.name}" for wall in LAYOUTS.values() for scene in wall.scenes if scene.title == wall.title]
    assert not [name for name in plain if LAYOUTS[name.partition("/")[0]].kind == "wall"]


def test_a_scene_names_its_sources_where_its_line_has_room() -> None:
    fact, few, title = Fact(NOW - timedelta(days=1), "tickets"), ("tickets", "web_reviews"), "Who came?"
    many = Finding(sources=tuple(f"a_long_name_{n}" for n in range(9)))
    assert (
        facts_words("1 of 8", title, [Finding(fact=fact, sources=few)], THEME)
        == "sources: tickets, web reviews · as of yesterday"
    )
    assert facts_words("1 of 8", title, [Finding(fact=fact, sources=few[:1])] * 2, THEME) == "source: tickets · as of yesterday"
    assert facts_words("1 of 8", title, [Finding(fact=fact, sources=few), many], THEME) == "11 sources · as of yesterday"
    assert facts_words("1 of 8", 80 * "a", [Finding(fact=fact, sources=few)], THEME) == "as of yesterday"
    mixed = [Finding(fact=fact), Finding(fact=Fact(NOW - timedelta(days=9), "a_very_long_name_of_a_source"))]
    assert facts_words("1 of 8", title, mixed, THEME).startswith("a very long name of a source as of")
    assert facts_words("1 of 8", 60 * "a", mixed, THEME).startswith("as of")
    fed = [SourceAge(name, frozenset({table}), NOW, "current") for name, table in (("crm", "contract"), ("desk", "voice"))]
    panels, room = find_panels(), SourceAge(ROOM, RECORDS, NOW, "current")
    assert sources_of(panels["customer_flow"], Freshness((*fed, room))) == ("crm",)
    assert sources_of(panels["issue_arrivals"], Freshness((*fed, room))) == ("desk",)
    assert sources_of(panels["orphans"], Freshness((*fed, room))) == (ROOM,)
