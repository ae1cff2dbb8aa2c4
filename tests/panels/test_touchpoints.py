"""What the panels of wall 3 and of a stage say: measures with their n, gaps as gaps, owners by name."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.panels.words import SCOPE, picture, words_of
from wallboard.metrics.scope import full_weeks
from wallboard.store import schema

DAY = full_weeks(SCOPE, 1)[0].end


@pytest.mark.req("R43")
def test_a_kpi_is_its_numerator_over_its_denominator_and_none_is_no_cases(connection: Connection) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": DAY, "numerator": 93, "denominator": 120})
    text = words_of(picture(connection, "touchpoint_board", touchpoint="parcel"))
    assert "On the promised day 77.5%" in text and "target 95%" in text and "120 cases" in text
    given.kpis(connection, {"day": DAY, "numerator": 0, "denominator": 0, "kpi": "whole", "name": "Nothing broken"})
    assert "Nothing broken no cases" in words_of(picture(connection, "touchpoint_board", touchpoint="parcel", kpis=4))


def test_a_kpi_that_has_gone_silent_is_marked_with_its_last_day(connection: Connection) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": DAY - timedelta(weeks=9), "numerator": 93, "denominator": 120})
    text = words_of(picture(connection, "touchpoint_board", touchpoint="parcel"))
    assert "On the promised day not measured last told" in text and "77.5%" not in text


def test_of_a_share_near_to_all_the_failures_are_drawn(connection: Connection) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": DAY, "numerator": 989, "denominator": 1000, "target": 0.995})
    drawn = picture(connection, "touchpoint_board", touchpoint="parcel")
    assert "On the promised day 11 fail in 1,000, target ≤ 5 · n = 1,000" in words_of(drawn)
    content = str(drawn.body.to_plotly_json())
    assert "'11'" in content and "'5'" in content and "'13.75'" in content


@pytest.mark.req("R50")
def test_a_score_has_its_n_and_interval_and_too_few_have_none(connection: Connection) -> None:
    given.journey(connection)
    given.scores(connection, DAY, 9, 10, 3)
    few = words_of(picture(connection, "touchpoint_board", touchpoint="parcel"))
    assert "too few" in few and "3" in few and "NPS" not in few.replace("too few", "")
    given.scores(connection, DAY - timedelta(days=1), *[9, 10, 9, 3, 8, 9, 10] * 20)
    many = words_of(picture(connection, "touchpoint_board", touchpoint="parcel"))
    assert "+57" in many and "n = 143" in many and "+44 to +67" in many


@pytest.mark.req("R48")
def test_complaints_stand_per_exposure_or_say_that_it_is_missing(connection: Connection) -> None:
    given.journey(connection)
    day = {"day": DAY, "stage": "receive", "touchpoint": "parcel"}
    given.complaints(connection, *[day] * 12)
    assert "exposure missing" in words_of(picture(connection, "touchpoint_board", touchpoint="parcel"))
    given.exposures(connection, [DAY - timedelta(days=n) for n in range(28)], 100)
    assert re.search(r"Complaints per 1,000 (\w+ )?4\.3", words_of(picture(connection, "touchpoint_board", touchpoint="parcel")))


def test_a_contact_without_an_owner_is_shown_as_a_gap(connection: Connection) -> None:
    given.journey(connection)
    assert "answers for it nobody yet" in words_of(picture(connection, "touchpoint_board", touchpoint="hotline"))
    assert "answers for it Ana Silva" in words_of(picture(connection, "touchpoint_board", touchpoint="parcel"))
    text = words_of(picture(connection, "touchpoint_map"))
    assert "I call nobody" in text and "The parcel arrives · nobody" not in text


def test_a_touchpoint_that_is_not_there_is_named(connection: Connection) -> None:
    given.journey(connection)
    assert "There is no touchpoint 'parsel'" in words_of(picture(connection, "touchpoint_board", touchpoint="parsel"))


@pytest.mark.req("R52", "R53")
def test_an_open_complaint_shows_who_is_on_it_and_what_is_done(connection: Connection) -> None:
    given.journey(connection)
    day = date(2026, 6, 1)
    given.complaints(
        connection,
        {"day": day, "words": "It leaked.", "owner": "Ana Silva", "doing": "new boxes from Monday"},
        {"day": day, "words": "Nobody rings me back."},
    )
    text = words_of(picture(connection, "issue_list"))
    assert "“It leaked.” Ana Silva" in text and "new boxes from Monday" in text and "30 days" in text
    assert "“Nobody rings me back.” nobody yet" in text and "no action in progress" in text
    assert "Nobody is working on 1 of 2 open complaints" in text


@pytest.mark.req("R41")
def test_kinds_of_complaint_sum_to_all_with_the_unclassified_among_them(connection: Connection) -> None:
    given.journey(connection)
    for kind, times in (("late", 5), ("broken", 3), (None, 2)):
        given.complaints(connection, *[{"day": DAY, "issue_type": kind}] * times)
    text = words_of(picture(connection, "issue_pareto"))
    assert "10 complaints in 4 weeks" in text
    assert "“My order is late” 5" in text and "“It came broken” 3" in text and "unclassified 2" in text


@pytest.mark.parametrize("panel", ["issue_overview", "counts_down"])
def test_where_no_complaint_names_its_kind_the_kinds_are_not_measured(connection: Connection, panel: str) -> None:
    given.journey(connection)
    given.complaints(connection, *[{"day": DAY}] * 3)
    assert "Load issue_types, and complaints that name theirs" in words_of(picture(connection, panel))
    given.complaints(connection, {"day": DAY, "issue_type": "late"})
    assert "Load issue_types" not in words_of(picture(connection, panel))


def test_no_complaint_is_not_the_same_as_nothing_heard(connection: Connection) -> None:
    assert "Load tickets" in words_of(picture(connection, "issue_pareto"))
    given.complaints(connection, {"day": date(2026, 1, 7)})
    assert words_of(picture(connection, "issue_pareto")).startswith("Not measured since 7 January")
    given.complaints(connection, {"day": DAY, "complaint": False})
    assert words_of(picture(connection, "issue_pareto")).startswith("No complaint in 4 weeks")


def test_a_board_without_a_touchpoint_chooses_a_priority_one_and_says_which(connection: Connection) -> None:
    assert "What customers meet here is not known. Load the journey" in words_of(picture(connection, "touchpoint_board"))
    given.journey(connection)
    assert "“The parcel arrives” answers for it Ana Silva" in words_of(picture(connection, "touchpoint_board"))
    assert "“Web shop” answers for it nobody yet" in words_of(picture(connection, "touchpoint_board", nth=2))
    assert "fewer than 9 touchpoints" in words_of(picture(connection, "touchpoint_board", nth=9))
    assert "“The parcel arrives”" not in words_of(picture(connection, "touchpoint_board", touchpoint="parcel"))


@pytest.mark.req("R28")
def test_what_was_promised_stands_with_who_and_what_is_late_comes_first(connection: Connection) -> None:
    given.journey(connection)
    assert words_of(picture(connection, "owner_promises")).startswith("Nobody has promised anything yet")
    today = SCOPE.today
    for at, words, days in (
        ("parcel", "Ninety-five of 100 on the day", 20),
        ("site", "A shorter form", -6),
        ("hotline", "Call back", None),
    ):
        day = None if days is None else today + timedelta(days=days)
        promised = schema.touchpoint.update().where(schema.touchpoint.c.touchpoint == at)
        connection.execute(promised.values(promised=words, promised_by=day))
    drawn = picture(connection, "owner_promises")
    assert words_of(drawn.headline) == "1 of our 3 promises is overdue"
    rows = "A shorter form nobody · Web shop 6 days late Ninety-five of 100 on the day Ana Silva · The parcel arrives in 20 days"
    assert words_of(drawn.body) == f"{rows} Call back nobody · I call no date"


def test_the_promises_to_customers_that_are_kept_worst_stand_with_what_customers_are_given(connection: Connection) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": DAY, "numerator": 80, "denominator": 100})
    given.kpis(connection, {"day": DAY, "numerator": 99, "denominator": 100, "kpi": "whole", "name": "Nothing broken"})
    assert words_of(picture(connection, "promises_kept")).startswith("No promise to customers has been written down")
    plain = {"stage": "receive", "touchpoint": "parcel", "made_in": "the shop", "made_on": date(2026, 1, 1)}
    promises = (("Nothing ever breaks.", "whole"), ("Always on the day.", "on_time"), ("With a smile.", None))
    given.loaded(connection, schema.promise, *({**plain, "words": words, "kpi": kpi} for words, kpi in promises))
    drawn = picture(connection, "promises_kept")
    assert words_of(drawn.headline) == "1 of 2 measured promises is kept" and words_of(drawn.note) == "1 not measured"
    text = words_of(drawn.body)
    assert text.index("“Always on the day.” The parcel arrives 80.0% ✕ not kept") < text.index("“Nothing ever breaks.”")
    assert "With a smile" not in text


def test_each_touchpoint_of_the_map_names_who_answers_for_it(connection: Connection) -> None:
    given.journey(connection)
    text = words_of(picture(connection, "touchpoint_map"))
    assert "The parcel arrives Ana Silva" in text and "I call nobody" in text and "Web shop nobody" in text
