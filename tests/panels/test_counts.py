"""What the panels of growing and shrinking say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from dash.development.base_component import Component
from sqlalchemy import Connection

from tests.metrics import given, given_counts
from tests.panels.words import SCOPE, THEME, picture, words_of
from wallboard.drawing.verdicts import spots, verdict
from wallboard.metrics.forecasts import ClearedRuns
from wallboard.metrics.scope import full_weeks
from wallboard.metrics.signals import issue_signals
from wallboard.panels import clearing, find_panels

CALM = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41) * 2
LAST = full_weeks(SCOPE, 1)[0].start


def tones(part: Any) -> Iterator[str]:
    if isinstance(part, Component):
        yield from str(getattr(part, "className", "") or "").split()
        for child in part.children if isinstance(getattr(part, "children", None), list) else [getattr(part, "children", None)]:
            yield from tones(child)
    elif isinstance(part, list):
        for each in part:
            yield from tones(each)


def weekly(connection: Connection, counts: dict[str, tuple[int, ...]], exposed: float | None = 1000) -> None:
    given.journey(connection)
    given_counts.weekly(connection, counts, exposed, last=LAST)


@pytest.mark.req("R51")
def test_a_shift_downwards_is_said_in_words_with_the_rules_and_the_baseline(connection: Connection) -> None:
    weekly(connection, {"late": (*CALM, *(30,) * 9)})
    drawn = picture(connection, "issue_rate")
    text = words_of(drawn)
    assert text.startswith("Fewer customers complain: 11 weeks below normal | complaints per 1,000 orders, by week")
    assert "band: 24 weeks" in text and "(firm)" in text and "outside the band, or 8 in a row on one side" in text
    assert "30" in text and "usual 41" in text and "gain" in set(tones(drawn.headline))


@pytest.mark.req("R51")
def test_each_kind_says_whether_it_grows_by_shape_and_word(connection: Connection) -> None:
    bill = (*CALM, *CALM[:8], 99)
    weekly(connection, {"late": (*CALM, *(30,) * 9), "bill": bill, "broken": CALM + CALM[:9]})
    text = words_of(picture(connection, "issue_signals"))
    assert text.startswith("1 of 3 is shrinking, 1 is growing")
    assert "“My order is late” ↓ 11 weeks below 30" in text
    assert "“My bill is wrong” ↑ above the band 99" in text
    assert "“It came broken” ● within normal range" in text and "0 unclassified" in text


def test_a_provisional_baseline_and_none_are_named(connection: Connection) -> None:
    weekly(connection, {"late": CALM[:13]})
    assert "provisional: 13 of 17" in words_of(picture(connection, "issue_rate"))
    assert "Complaints are within their normal range" in words_of(picture(connection, "issue_rate"))


def test_before_twelve_weeks_it_is_too_early(connection: Connection) -> None:
    weekly(connection, {"late": CALM[:6]})
    assert words_of(picture(connection, "issue_rate")).startswith("Too early to say whether it is growing or shrinking")
    assert words_of(picture(connection, "issue_signals")).startswith("Too early to say what is growing and what is shrinking")
    assert words_of(picture(connection, "counts_down")).startswith("Too early to say when the counts are down")


@pytest.mark.req("R39")
def test_where_the_exposure_is_missing_no_rate_is_shown(connection: Connection) -> None:
    weekly(connection, {"late": CALM})
    given_counts.weekly(connection, {"late": (3,) * 24}, exposed=None, last=LAST, perimeter="south")
    text = words_of(picture(connection, "issue_rate"))
    assert text.startswith("There is nothing to measure complaints against") and f"{CALM[-1] + 3} complaints" in text
    volume = words_of(picture(connection, "issue_volume", names={"north": "North"}))
    assert "— where that is missing" in volume and "North" in volume
    assert f"{sum(CALM[-4:]) + 12} complaints in 4 weeks" in volume and "—" in volume


def test_counts_without_any_exposure_are_said_to_be_counts(connection: Connection) -> None:
    weekly(connection, {"late": CALM}, exposed=None)
    assert "complaints by week, not adjusted for volume" in words_of(picture(connection, "issue_rate"))


@pytest.mark.req("R54")
def test_weeks_are_the_number_of_a_row(connection: Connection) -> None:
    falling = tuple(round(41.33 * 0.5 ** (n / 10)) for n in range(1, 16))
    weekly(connection, {"late": CALM + falling, "bill": CALM + CALM[:15]})
    text = words_of(picture(connection, "counts_down"))
    assert text.startswith("1 of 2 has halved | weeks since the baseline ended")
    assert "“My order is late” 12 to halve ↓" in text and "reached" in text
    assert "“My bill is wrong” 15 not halved yet ● " in text and "no forecast" in text


def test_the_weeks_until_nothing_is_open(connection: Connection) -> None:
    went = (1, 3, 5, 3, 7, 8, 0, 5, 3, 1, 8, 2)
    given_counts.flow(connection, [(40 + sum(went), 0)], last=given_counts.weeks(13, LAST)[0])
    given_counts.flow(connection, [(0, n) for n in went], last=LAST)
    text = words_of(picture(connection, "clearing", weeks=12))
    assert text.startswith("Nothing is likely to be open by September 2026 | 12 weeks: 0 arrived, 46 solved")
    assert "13 weeks until none of 40 complaints is open, if weeks go on as they went" in text
    assert (
        "as likely as not 50 of 100 simulations September 2026 11 weeks likely 85 of 100 simulations September 2026 13 weeks"
        in text
    )
    assert text.endswith("almost certain 95 of 100 simulations October 2026 15 weeks")


def test_it_says_when_it_is_not_expected(connection: Connection) -> None:
    given_counts.flow(connection, [(9, 5)] * 12, last=LAST)
    text = words_of(picture(connection, "clearing"))
    assert text.startswith(
        "Not expected to clear: more arrive than are solved | 12 weeks: 108 arrived, 60 solved | 100 of 100 simulations"
    )


def test_even_odds_are_the_headline_where_no_week_is_likely() -> None:
    weeks = {"weeks_seen": 26, "arrived": 1573, "departed": 1609, "week_50": 53}
    row = ClearedRuns(open=87, all_runs=10_000, cleared_share=0.832, state="measured", **weeks)
    drawn = clearing.draw((row,), clearing.Options(weeks=26), THEME)
    assert words_of(drawn).startswith("As likely as not, clear by July 2027: hardly more are solved than arrive")
    assert "17 of 100 simulations are not clear after 2 years" in words_of(drawn)


def test_below_seven_weeks_there_is_no_forecast(connection: Connection) -> None:
    given_counts.flow(connection, [(9, 5)] * 5, last=LAST)
    assert words_of(picture(connection, "clearing")).startswith("No forecast yet | There are 5 complete weeks")


@pytest.mark.req("R179")
def test_an_early_signal_is_one_sentence(connection: Connection) -> None:
    given.journey(connection)
    calm = (0.95, 0.96, 0.94, 0.955, 0.945, 0.95) * 4
    given_counts.kpi(connection, (*calm, *(0.943,) * 8), last=LAST)
    text = words_of(picture(connection, "leading_signals"))
    assert text.startswith(
        "1 early signal: complaints may rise | 1 indicator watched · no data a year ago | "
        "The parcel arrives: “On the promised day” slips"
    )
    assert "57 fail in 1,000, usually 50; since the week of" in text


def test_no_early_signal_is_said(connection: Connection) -> None:
    given.journey(connection)
    assert words_of(picture(connection, "leading_signals")).startswith("What may change soon is not known | Load KPIs")
    given_counts.kpi(connection, (0.95, 0.96, 0.94) * 8, last=LAST)
    assert words_of(picture(connection, "leading_signals")).startswith("No early signal | 1 indicator watched")


def test_as_many_weeks_are_marked_as_the_verdict_counts(connection: Connection) -> None:
    """Nine weeks below, of which the eighth and ninth are signals of their own: nine dots."""
    weekly(connection, {"late": (*CALM, 43, *(37,) * 5, 0, *(37,) * 3)})
    points = issue_signals(connection, SCOPE, top=0)
    words, tone = verdict(points[-1], THEME)
    assert (words, tone) == ("9 weeks below", "gain")
    assert sum(spot.tone == "gain" for spot in spots(points)) == 9


@pytest.mark.parametrize("days", range(7))
def test_so_many_weeks_are_whole_whatever_day_it_is(connection: Connection, days: int) -> None:
    """On a Monday the last week is complete, and none runs: 26 weeks, not 27."""
    scope = replace(SCOPE, as_of=SCOPE.as_of + timedelta(days=days))
    for panel_name, flows in (("two_closings", ("helpdesk", "room")), ("issue_arrivals", ("flow",)), ("throughput", ("weeks",))):
        panel = find_panels()[panel_name]
        options = panel.options(weeks=12)
        measured = panel.measure(connection, scope, options)
        assert [sum(week.complete for week in getattr(measured, name)) for name in flows] == [12] * len(flows), panel_name
