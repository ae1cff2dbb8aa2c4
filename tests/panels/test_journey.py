"""The views of the journey: every stage in place, what says so, and gaps that are shown as gaps."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_journey
from tests.metrics.given_journey import assumed
from tests.panels.words import SCOPE, THEME, picture, words_of
from wallboard.metrics.touchpoints import StageState
from wallboard.panel import Options
from wallboard.panels.stage_rail import draw

DAY = date(2026, 6, 10)
OLD = date(2025, 3, 9)


@pytest.fixture
def journey(connection: Connection) -> Connection:
    given.journey(connection)
    return connection


def shown(connection: Connection, name: str, **options: Any) -> str:
    return words_of(picture(connection, name, **options))


@pytest.mark.req("R128")
def test_the_map_leaves_no_stage_out_and_one_without_data_says_so_in_its_place(journey: Connection) -> None:
    given.kpis(journey, {"day": DAY, "numerator": 99, "denominator": 100})
    text = shown(journey, "journey_map")
    places = [text.index(name) for name in ("I choose", "I get my order", "I leave")]
    assert places == sorted(places)
    first, second, third = text[places[0] : places[1]], text[places[1] : places[2]], text[places[2] :]
    assert "not measured" in first and "not measured" in third and "good" in second


@pytest.mark.req("R127")
def test_the_map_names_the_owner_of_the_whole_and_of_each_stage_and_shows_who_is_missing(journey: Connection) -> None:
    given_journey.stage(journey, "receive", owner="ana")
    text = shown(journey, "journey_map")
    assert "Nobody answers for the whole journey" in text and "2 stages without an owner" in text
    assert text.count("nobody answers for it") == 2 and text.count("Ana Silva") == 1
    assert "Ana Silva answers for the whole journey" in words_of(
        picture(journey, "journey_map", replace(SCOPE, journey_owner="ana"))
    )


@pytest.mark.req("R80")
def test_evidence_older_than_the_limit_says_from_when_it_is(journey: Connection) -> None:
    given_journey.emotions(journey, {"day": OLD}, {"stage": "choose", "day": DAY})
    for panel in ("journey_map", "journey_feelings", "journey_future"):
        text = shown(journey, panel)
        assert "from Mar 2025" in text and "from Jun 2026" not in text, panel


def test_the_feelings_have_their_evidence_with_n_and_a_gap_says_that_nobody_asked(journey: Connection) -> None:
    given_journey.emotions(journey, {"feeling": -1.4, "n": 212, "day": DAY}, assumed(1.0, stage="choose", evidence="a guess"))
    text = shown(journey, "journey_feelings")
    assert "n = 212 diaries Jun 2026" in text.replace("\u00a0", " ")
    assert "assumed a guess" in text and "nobody has asked" in text and "1 stage not measured" in text
    assert "How customers feel is measured at one stage" in text


def test_the_lowest_point_is_the_headline(journey: Connection) -> None:
    given_journey.emotions(journey, {"feeling": -1.4}, {"stage": "leave", "feeling": 0.5})
    assert shown(journey, "journey_feelings").startswith("“I get my order” is where it hurts most: −1.4")


def test_one_customer_is_not_where_it_hurts_most(journey: Connection) -> None:
    given_journey.emotions(journey, {"feeling": -1.8, "n": 1})
    assert "Too few customers have been asked" in shown(journey, "journey_feelings")
    given_journey.emotions(journey, {"stage": "choose", "feeling": -0.2}, {"stage": "leave", "feeling": 0.5})
    given_journey.emotions(journey, {"state": "future", "feeling": 2.0}, {"stage": "leave", "state": "future", "feeling": 1.5})
    text = shown(journey, "journey_feelings")
    assert (
        "“I choose” is where it hurts most" in text
        and "1 stage with too few answers" in text
        and "−1.8 n = 1" in text.replace("\u00a0", " ")
    )
    future = shown(journey, "journey_future")
    assert "“I leave” has furthest to go" in future and "−1.8 n = 1" in future.replace("\u00a0", " ")
    strip = shown(journey, "stage_strip", stage="receive").replace("\u00a0", " ")
    assert "lowest point" not in strip and "n = 1, too few to say" in strip


def test_a_contact_point_of_too_few_has_its_n(journey: Connection) -> None:
    given_journey.emotions(journey, {"touchpoint": "parcel", "feeling": -1.6}, {"touchpoint": "hotline", "feeling": -1.8, "n": 1})
    text = shown(journey, "journey_contacts").replace("\u00a0", " ")
    assert "I call −1.8 n = 1" in text and "The parcel arrives −1.6 n" not in text


def test_where_all_feel_the_same_nothing_hurts_most(journey: Connection) -> None:
    given_journey.emotions(journey, {"feeling": -1.0}, {"stage": "leave", "feeling": -1.0})
    assert shown(journey, "journey_feelings").startswith("Customers feel the same wherever they were asked")


def test_the_blueprint_leads_with_what_enough_customers_say(journey: Connection) -> None:
    given_journey.touchpoint(journey, "site", moment_of_truth=True)
    given_journey.emotions(journey, {"touchpoint": "parcel", "feeling": -1.8, "n": 1})
    assert "Behind the moments of truth" in shown(journey, "journey_blueprint")
    given_journey.emotions(journey, {"stage": "choose", "touchpoint": "site", "feeling": -0.2})
    assert "Behind “Web shop”: −0.2" in shown(journey, "journey_blueprint")


def test_today_stands_beside_the_future_and_what_is_not_known_is_not_drawn(journey: Connection) -> None:
    given_journey.emotions(journey, {"feeling": -1.4}, assumed(0.8, state="future"))
    given_journey.stage(journey, "receive", future="One page says the day")
    text = shown(journey, "journey_future")
    assert "“I get my order” has furthest to go: 2.2 of 4" in text
    assert "−1.4 +0.8 One page says the day" in text
    assert text.count("no future written down") == 2 and "2 stages without a future" in text
    marks = [item for item in str(picture(journey, "journey_future").body).split("Li(") if "I choose" in item]
    assert marks and "today" not in marks[0].replace("className='ways'", "")


@pytest.mark.req("R174")
def test_a_stage_shows_its_promise_with_its_source_beside_what_is_delivered(journey: Connection) -> None:
    given.kpis(journey, {"day": DAY, "numerator": 80, "denominator": 100})
    given_journey.promises(journey, {"kpi": "on_time", "made_in": "Spring campaign"}, {"stage": "leave", "words": "One tap"})
    for panel in ("journey_promises", "stage_promises"):
        text = shown(journey, panel, **({"stage": "receive"} if panel.startswith("stage") else {}))
        assert "“On the day” Spring campaign June 2026" in text, panel
        assert "80.0% ✕ not kept" in text and "target 95%, n = 100" in text.replace("\u00a0", " "), panel
    every = shown(journey, "journey_promises")
    assert "The one promise that is measured is not kept" in every and "“One tap”" in every
    assert "not measured nobody knows" in every and "nothing promised" in every


def test_a_promise_that_is_measured_at_two_contact_points_is_one_promise(journey: Connection) -> None:
    given.kpis(journey, {"day": DAY, "numerator": 990, "denominator": 1000},
               {"day": DAY, "touchpoint": "hotline", "numerator": 500, "denominator": 1000})  # fmt: skip
    given_journey.promises(journey, {"kpi": "on_time"})
    here = shown(journey, "stage_promises", stage="receive")
    assert (
        "We do not keep what we promise" in here
        and "at “The parcel arrives” 10 fail ✓ kept" in here
        and "at “I call” 50.0%" in here
    )
    every = shown(journey, "journey_promises")
    assert "The one promise that is measured is not kept" in every and "1 of 2" not in every


def test_a_promise_that_is_kept_where_it_is_measured_is_a_row_of_the_headline_s(journey: Connection) -> None:
    given.kpis(journey, {"day": DAY, "numerator": 990, "denominator": 1000},
               {"day": DAY, "touchpoint": "hotline", "numerator": 0, "denominator": 0})  # fmt: skip
    given_journey.promises(journey, {"kpi": "on_time"})
    text = shown(journey, "promises_kept")
    assert text.startswith("The one promise that is measured is kept") and "10 fail" in text, text


def test_what_is_nearly_kept_is_not_broken_in_the_headline(journey: Connection) -> None:
    given.kpis(journey, {"day": DAY, "numerator": 945, "denominator": 1000},
               {"day": DAY, "kpi": "whole", "numerator": 999, "denominator": 1000})  # fmt: skip
    given_journey.promises(journey, {"kpi": "on_time"})
    assert "We nearly keep what we promise" in shown(journey, "stage_promises", stage="receive")
    assert "The one promise that is measured is nearly kept" in shown(journey, "journey_promises")
    given_journey.promises(journey, {"kpi": "whole", "words": "In one piece"})
    assert "We keep 1 of 2 measured promises, 1 nearly" in shown(journey, "stage_promises", stage="receive")
    assert "1 of 2 measured promises is kept, 1 nearly" in shown(journey, "journey_promises")


def test_a_promise_without_a_target_is_not_one_that_nobody_measures(journey: Connection) -> None:
    given.kpis(journey, {"day": DAY, "numerator": 99, "denominator": 100, "target": None},
               {"day": DAY, "kpi": "whole", "numerator": 1, "denominator": 2})  # fmt: skip
    given_journey.promises(journey, {"kpi": "on_time"}, {"kpi": "whole", "words": "In one piece"}, {"words": "With a smile"})
    for panel in ("journey_promises", "stage_promises"):
        text = shown(journey, panel, **({"stage": "receive"} if panel.startswith("stage") else {}))
        assert "1 not measured · 1 too few · 1 no target" in text, panel


@pytest.mark.parametrize(("numerator", "sentence"), [(96, "✓ kept"), (94, "≈ nearly kept"), (80, "✕ not kept")])
def test_a_promise_is_called_broken_only_where_chance_could_not_have_done_it(
    journey: Connection, numerator: int, sentence: str
) -> None:
    given.kpis(journey, {"day": DAY, "numerator": numerator, "denominator": 100})
    given_journey.promises(journey, {"kpi": "on_time"})
    assert sentence in shown(journey, "stage_promises", stage="receive")


def test_too_few_answers_are_not_nobody_asked(journey: Connection) -> None:
    assert "Nobody was asked how near" in shown(journey, "journey_desired")
    given_journey.ratings(journey, 2, 3)
    assert "Too few were asked how near" in shown(journey, "journey_desired")


@pytest.mark.req("R142")
def test_what_it_should_be_stands_with_its_rated_distance_and_n_and_a_stage_without_words_is_flagged(journey: Connection) -> None:
    given_journey.stage(journey, "receive", desired="Calm, because I know the day")
    given_journey.ratings(journey, *[2, 3] * 6)
    given_journey.ratings(journey, 4, stage="choose")
    text = shown(journey, "journey_desired").replace("\u00a0", " ")
    assert "is so far from what it should be: 2.5 of 4" in text
    assert "Calm, because I know the day" in text and "2.5 2.2 to 2.8, n = 12" in text
    assert text.count("nobody has said what it should be") == 2 and "2 stages without a word" in text
    assert "too few n = 1" in text and "not measured nobody asked" in text
    own = shown(journey, "stage_desired", stage="receive").replace("\u00a0", " ")
    assert "Calm, because I know the day" in own and "n = 12" in own
    assert "Nobody has said what it should be" in shown(journey, "stage_desired", stage="leave")


def test_the_contacts_flag_moments_of_truth_and_contacts_nobody_answers_for(journey: Connection) -> None:
    given_journey.emotions(journey, {"touchpoint": "parcel", "feeling": -1.6})
    text = shown(journey, "journey_contacts")
    flagged = str(picture(journey, "journey_contacts").body).split("title='moment of truth'")
    assert len(flagged) == 2 and flagged[1].index("The parcel arrives") < 200
    assert "1 moment of truth, none in trouble" in text and "2 touchpoints without an owner" in text
    assert "The parcel arrives −1.6" in text and "I call nobody" in text and "no touchpoint named yet" in text


def test_the_blueprint_has_all_layers_and_all_three_lines(journey: Connection) -> None:
    given_journey.touchpoint(journey, "parcel", frontstage="The driver", backstage="Planning waits", internal_name="Last mile")
    given.media(journey, {"path": "a.png", "caption": "A wet box", "captured_on": date(2026, 6, 1) - timedelta(days=400)})
    text = shown(journey, "journey_blueprint")
    wanted = (
        "physical evidence", "A wet box", "customer actions", "The parcel arrives", "line of interaction", "frontstage",
        "The driver", "line of visibility", "backstage", "Planning waits", "line of internal interaction",
        "support processes", "not written down",
    )  # fmt: skip
    places = [text.index(words) for words in wanted]
    assert places == sorted(places) and "from April 2025" in text
    assert "I call" not in text and "I call" in shown(journey, "journey_blueprint", stage="receive")


def test_a_picture_without_words_is_not_nothing_collected(journey: Connection) -> None:
    assert "nothing collected" in shown(journey, "journey_blueprint")
    given.media(journey, {"path": "a.png", "kind": "packaging"})
    text = shown(journey, "journey_blueprint")
    assert "nothing collected" not in text and "physical evidence packaging customer actions" in text


@pytest.mark.req("R148")
def test_walls_show_the_customers_name_and_never_the_internal_one(journey: Connection) -> None:
    given_journey.stage(journey, "receive", internal_name="Order processing")
    given_journey.touchpoint(journey, "parcel", internal_name="Last mile")
    for panel in ("journey_map", "journey_contacts", "journey_blueprint", "journey_feelings", "stage_rail", "touchpoint_map"):
        text = shown(journey, panel)
        assert "Order processing" not in text and "Last mile" not in text, panel
        assert "I get my order" in text, panel


@pytest.mark.parametrize("panel", ["map", "feelings", "contacts", "blueprint", "promises", "desired", "future", "views"])
def test_without_a_journey_it_says_what_to_load(connection: Connection, panel: str) -> None:
    assert "load the journey" in shown(connection, f"journey_{panel}").lower()


def test_the_open_view_is_marked_and_the_first_one_stands_at_the_journey_itself(journey: Connection) -> None:
    body: Any = picture(journey, "journey_views", here="b", scenes={"a": "first", "b": "second"}).body
    assert [(tab.href, tab.className) for tab in body.children] == [("/journey", ""), ("/journey?scene=b", "here")]


def test_a_name_of_the_rail_may_break_where_its_halves_are_most_alike() -> None:
    def halves(*names: str) -> list[str]:
        rows = tuple(StageState(name, 1, name, "good", "", None, None, None, 0, 0, 0, None) for name in names)
        body: Any = draw(rows, Options(), THEME).body
        return [
            "/".join(filter(str.strip, map(words_of, item.children.children[1].children))) for item in body.children[0].children
        ]

    six = (
        "I look and compare",
        "I order",
        "I wait for the box",
        "My parcel is there",
        "I use it every day",
        "I need help fixing",
    )
    assert halves(*six)[::2] == ["I look and/compare", "I wait for/the box", "I use it/every day"]
