"""The pure modules of the browser's half, run in the browser itself, on one page and without a room."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.chromium import Chromium
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser

MODULES = REPOSITORY / "assets" / "js"
LONG = "I waited for two hours at home, nobody came, and nobody called me. Then I wrote to you! You never answered me."


@pytest.fixture(scope="module")
def page(chromium: Chromium) -> Iterator[Page]:
    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            route.fulfill(path=MODULES / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")

    with chromium.context() as context:
        page = context.new_page()
        page.route("http://127.0.0.1/modules/*", answer)
        page.goto("http://127.0.0.1/modules/")
        yield page


def evaluated(page: Page, module: str, expression: str) -> Any:
    """The value of an expression in which `m` is the module."""
    return page.evaluate(f"import('/modules/{module}.js').then((m) => ({expression}))")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[0, 59.9, 60, 3599, 7325].map(m.minutes)", ["0:00", "0:59", "1:00", "59:59", "122:05"]),
        ("[0, 3599, 3600, 36_061].map(m.hours)", ["0:00", "59:59", "1:00:00", "10:01:01"]),
        ("[0, 1, 2].map((n) => m.count(n, 'wall', 'walls'))", ["0 walls", "1 wall", "2 walls"]),
    ],
)
def test_words(page: Page, expression: str, expected: list[str]) -> None:
    assert evaluated(page, "words", expression) == expected


@pytest.mark.parametrize(
    ("facts", "now", "age"),
    [
        ("2026-11-22T00:30Z", "2026-11-22T22:59Z", "from today"),
        ("2026-11-21T22:59Z", "2026-11-21T23:01Z", "from yesterday"),  # midnight in Berlin is 23:00 UTC
        ("2026-11-18T12:00Z", "2026-11-22T12:00Z", "4 days old, from Wednesday 18 November"),
        ("2025-11-18T12:00Z", "2026-11-22T12:00Z", "369 days old, from Tuesday, 18 November 2025"),
        ("2026-03-28T12:00Z", "2026-03-29T12:00Z", "from yesterday"),  # a day of 23 hours
    ],
)
def test_the_age_of_a_fact_is_counted_in_days_of_the_rooms_zone(page: Page, facts: str, now: str, age: str) -> None:
    expression = f"m.moments('en-GB', 'Europe/Berlin', Date.parse('{now}')).age(Date.parse('{facts}'))"
    assert evaluated(page, "words", expression) == age


def test_a_moment_is_written_in_the_rooms_language_and_zone(page: Page) -> None:
    at = "Date.parse('2026-11-22T08:05Z')"
    assert evaluated(page, "words", f"m.moments('en-GB', 'Europe/Berlin', {at}).moment({at})") == "Sunday 22 November, 09:05"


def test_the_rooms_clock_goes_on_by_steps_that_a_test_steers(page: Page) -> None:
    steps = """(() => {
      let steady = 1000;
      const due = [], turns = [];
      m.steer({ now: () => 5, steady: () => steady, after: (ms, act) => due.push([ms, act]) });
      const before = m.roomTime();
      m.setRoomTime("2026-11-22T09:00:00Z");
      steady += 90_000;
      m.every(250, () => { turns.push(m.now()); if (turns.length === 2) throw new Error("a turn that fails"); });
      for (let n = 0; n < 3; n += 1) { try { due.shift()[1](); } catch { /* the next turn comes all the same */ } }
      return [before, new Date(m.roomTime()).toISOString(), turns, due.map(([ms]) => ms)];
    })()"""
    assert evaluated(page, "clock", steps) == [None, "2026-11-22T09:01:30.000Z", [5, 5, 5], [250]]


BOX = "{ left: 0, right: 40, top: 40, bottom: 60 }"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("m.canvas(3840, 2160)", {"tall": False, "portrait": False, "zoom": 2, "width": 1920, "height": 1080}),
        ("m.canvas(1600, 1200)", {"tall": False, "portrait": False, "zoom": 1600 / 1920, "width": 1920, "height": 1440}),
        ("m.canvas(500, 1000)", {"tall": True, "portrait": False, "zoom": 0.5, "width": 1000, "height": 2000}),
        ("[[-70, 10], [70, 10], [59, 0], [-70, 71]].map(([x, y]) => m.swipe(x, y, 60))", [1, -1, 0, 0]),
        ("m.swipe(-120, 61, 110, 2)", 0),
        ("[-1, 5, 11].map((value) => m.within(value, 0, 10))", [0, 5, 10]),
        ("m.beyond({ left: 0, right: 12, top: 2, bottom: 8 }, { left: 1, right: 10, top: 0, bottom: 10 })", 2),
        (f"m.freed({BOX}, [], {{ top: 0, bottom: 100 }})", 0),
        (f"m.freed({BOX}, [{BOX}], {{ top: 0, bottom: 100 }})", 15),
        (f"m.freed({BOX}, [{BOX}], {{ top: 0, bottom: 60 }})", -15),
        (f"m.freed({BOX}, [{BOX}], {{ top: 35, bottom: 62 }})", None),
        ("m.zoomed({ scale: 1, x: 10, y: 20 }, 2, { x: 110, y: 20 }, 0.5, 8)", {"scale": 2, "x": -90, "y": 20}),
        ("m.zoomed({ scale: 1, x: 10, y: 20 }, 100, { x: 10, y: 20 }, 0.5, 8)", {"scale": 8, "x": 10, "y": 20}),
    ],
)
def test_geometry(page: Page, expression: str, expected: Any) -> None:
    assert evaluated(page, "geometry", expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("m.toAsk(['a', 'b', 'c', 'd', 'e', 'x'], (id) => id !== 'x', 0)", ["a", "b", "c", "d"]),
        ("m.toAsk(['x', 'a', 'y', 'z'], (id) => id === 'a', 0)", ["a", "x"]),
        ("m.toAsk(['x', 'a', 'b'], (id) => id !== 'x', 3)", ["a"]),
        ("m.others(['a', 'b', 'c', 'd'], 1)", ["c", "d", "a"]),
        (
            "[0, 9.9, 10, 15, 18, 28.1].map((n) => m.slotAt([{ seconds: 10 }, { seconds: 5 }, { seconds: 3 }], n))",
            [0, 0, 1, 2, 0, 1],
        ),
    ],
)
def test_what_is_seen_is_asked_for_first_and_a_loop_goes_round(page: Page, expression: str, expected: list[Any]) -> None:
    assert evaluated(page, "order", expression) == expected


def test_a_cue_is_cut_at_its_sentences_by_the_share_of_their_letters(page: Page) -> None:
    cut = evaluated(page, "speech", f"m.cut({{ start: 10, end: 20, speaker: 'Caller', text: {LONG!r} }}, 60)")
    assert " ".join(part["words"] for part in cut) == LONG and len(cut) == 4
    assert cut[0]["at"] == 10 and cut[-1]["end"] == 20 and all(before["end"] == after["at"] for before, after in pairwise(cut))
    assert all(len(part["words"]) <= 64 and part["who"] == "Caller" for part in cut)


def test_a_cue_without_an_end_lasts_as_long_as_the_call_and_says_that_it_is_about_here(page: Page) -> None:
    cut = evaluated(page, "speech", "m.cut({ start: 0, end: 90_000, speaker: '', text: 'Hello.  There' }, 60)")
    assert cut == [{"at": 0, "end": 60, "who": "about here", "words": "Hello. There"}]


def test_a_waveform_shows_the_loudest_of_each_stretch_against_the_loudest_of_all(page: Page) -> None:
    assert evaluated(page, "speech", "m.bars([0, 0.25, 0.5, 0.1], 2)") == [0.5, 1]
    assert evaluated(page, "speech", "[m.bars(null, 2), m.bars([0, 0], 2)]") == [[0.04, 0.04], [0.04, 0.04]]


@pytest.mark.parametrize(
    ("field", "written", "wrong"),
    [
        ("{ required: true }", "", "is required"),
        ("{}", "", ""),
        ("{ longest: 3 }", "four", "takes 3 letters; you wrote 4"),
        ("{ kind: 'radio', longest: 3 }", "four", ""),
        ("{ says: 'date' }", "3 März 2026", ""),
        ("{ says: 'date' }", "soon", "wants a date"),
        ("{ says: 'time' }", "9.30", ""),
        ("{ says: 'time' }", "930", "wants a time"),
        ("{ says: 'number' }", "about 5", "wants a number"),
        ("{ says: 'number' }", "-1,250.5%", ""),
    ],
)
def test_what_the_file_of_a_form_demands(page: Page, field: str, written: str, wrong: str) -> None:
    assert evaluated(page, "answers", f"m.wrong({field}, {written!r})") == wrong


def test_what_stands_is_fitted_once_and_a_chart_that_comes_to_it_alone(page: Page) -> None:
    """All with the letters; then nothing until something changed; a chart by itself; and everything at the end of a moment."""
    fitted = page.evaluate(
        """() => Promise.all(["settling", "clock"].map((name) => import(`/modules/${name}.js`))).then((modules) => {
          const [{ settling }, { steer }] = modules;
          const fitted = [];
          let due = [];
          const cancel = (act) => { due = due.filter((each) => each[1] !== act); };
          steer({ after: (ms, act) => { due.push([ms, act]); return act; }, cancel });
          const pass = (until) => due.filter(([ms]) => ms <= until).forEach(([, act]) => act());
          const fitting = settling((ids) => fitted.push(ids && [...ids].join(" ")));
          fitting.settle(null);
          pass(0);
          fitting.lettered();
          pass(150);
          fitting.settle("chart");
          pass(0);
          pass(150);
          fitting.changed();
          pass(150);
          pass(600);
          return fitted;
        })"""
    )
    assert fitted == [None, "chart", "chart", None]


def test_words_become_text_and_never_markup(page: Page) -> None:
    made = evaluated(
        page, "element", "m.element('p', { class: 'words', hidden: true, lang: undefined }, '<b>no</b>', null).outerHTML"
    )
    assert made == '<p class="words" hidden="">&lt;b&gt;no&lt;/b&gt;</p>'


def test_drafts_are_kept_for_each_person_apart_and_forms_wait_in_their_order(page: Page) -> None:
    expression = """(() => {
      m.setDraft(1, "/do/limit/7", [["words", "Far."]]);
      m.setDraft(2, "/do/limit/7", [["words", "Near."]]);
      ["a", "b", "c"].forEach((key) => m.wait(1, { form: "/do/commit/0", key, seen: "" }));
      m.wait(1, { form: "/do/limit/7", key: "d", seen: "3" });
      m.wait(1, { form: "/do/limit/7", key: "e", seen: "3" });
      m.sent(1, "b");
      const before = m.waiting(1).map(({ key }) => key).join("");
      m.forget(1);
      const keys = new Set([m.newKey(), m.newKey()]);
      return [before, m.waiting(1), m.draft(1, "/do/limit/7"), m.draft(2, "/do/limit/7"), keys.size, [...keys][0].length];
    })()"""
    assert evaluated(page, "drafts", expression) == ["ace", [], None, [["words", "Near."]], 2, 32]
