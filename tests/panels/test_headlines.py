"""What a headline speaks of stands first beneath it, and what is left out is counted."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection

from tests.metrics import given, given_churn_risk
from tests.panels.words import SCOPE, picture, words_of
from wallboard.metrics.churn_risk import at_risk
from wallboard.store import schema

TODAY = date(2026, 6, 30)


def lists(part: Any) -> Iterator[html.Ul]:
    """Every list of a component that is trimmed to its panel."""
    if isinstance(part, html.Ul) and "trim" in str(getattr(part, "className", "")).split():
        yield part
    for child in getattr(part, "children", None) or [] if isinstance(part, Component) else part if isinstance(part, list) else []:
        if isinstance(child, Component | list):
            yield from lists(child)


def total_of(listed: html.Ul) -> int:
    """How many rows a list speaks of: those it shows and those it counts."""
    return len(listed.children) + int(getattr(listed, "data-beyond", 0))


@pytest.fixture
def complaints(connection: Connection) -> Connection:
    """Five old complaints that somebody is on, and two newer ones that nobody is on."""
    given.journey(connection)
    owned = ({"day": TODAY - timedelta(days=60 + n), "owner": "ana", "words": f"Owned {n}"} for n in range(5))
    nobodys = ({"day": TODAY - timedelta(days=10 + n), "owner": None, "words": f"Alone {n}"} for n in range(2))
    given.complaints(connection, *owned, *nobodys)
    return connection


def test_complaints_that_nobody_is_on_stand_first_where_the_headline_counts_them(complaints: Connection) -> None:
    drawn = picture(complaints, "issue_list", rows=3)
    assert words_of(drawn.headline) == "Nobody is working on 2 of 7 open complaints"
    (listed,) = lists(drawn.body)
    rows = [words_of(row) for row in listed.children]
    assert [row[1:8] for row in rows] == ["Alone 1", "Alone 0", "Owned 4"]
    assert total_of(listed) == 7


def test_customers_for_whom_nobody_works_stand_first(connection: Connection) -> None:
    given_churn_risk.people(connection)
    names = ("big", "mid", "low")
    given_churn_risk.listed(connection, *({"customer": name} for name in names))
    old, asked = date(2025, 1, 10), date(2026, 6, 10)
    given.customers(connection, *((name, old, "new", worth) for name, worth in zip(names, (900.0, 500.0, 90.0), strict=True)))
    given_churn_risk.contracts(connection, *({"customer": name, "cancel_requested_on": asked} for name in names))
    given_churn_risk.actions(connection, *({"subject": name, "since": asked, "what": "Rings them"} for name in ("big", "mid")))
    assert [row.customer for row in at_risk(connection, SCOPE, limit=2)] == ["low", "big"]
    drawn = picture(connection, "at_risk", rows=1)
    assert words_of(drawn.headline) == "3 customers may leave; nobody is working on 1"
    (listed,) = lists(drawn.body)
    assert "nobody is working on it" in words_of(listed) and total_of(listed) == 3


def test_posts_stand_unfiltered_under_a_headline_that_promises_nothing_else(connection: Connection) -> None:
    plain = {"network": "x", "author": None, "url": None}
    at = given.at(TODAY - timedelta(days=1))
    given.loaded(
        connection,
        schema.post,
        {**plain, "brand": "Fern", "ours": True, "posted_at": at, "words": "Lovely.", "tone": "positive"},
        {**plain, "brand": "Fern", "ours": True, "posted_at": at - timedelta(days=9), "words": "Late.", "tone": "negative"},
    )
    drawn = picture(connection, "public_posts")
    assert words_of(drawn.headline) == "The newest posts about us and our competitors"
    assert words_of(drawn.body).endswith("1 public complaint is waiting for the room, the oldest for 11 days")


def test_a_stage_names_all_the_sources_that_its_headline_counts(connection: Connection) -> None:
    given.journey(connection)
    voices = ({"day": TODAY - timedelta(days=3), "stage": "receive", "channel": f"ear {n}"} for n in range(7))
    given.complaints(connection, *voices)
    drawn = picture(connection, "stage_sources", stage="receive")
    assert words_of(drawn.headline) == "Heard through seven sources"
    (listed,) = lists(drawn.body)
    assert total_of(listed) == 7


def test_old_words_say_from_when_they_are_where_nothing_else_dates_them(connection: Connection) -> None:
    given.journey(connection)
    given.answers(connection, {"day": date(2015, 7, 27), "words": "Lovely."})
    assert "“Lovely.” from July 2015" in words_of(picture(connection, "touchpoint_board", touchpoint="parcel"))
    assert "“Lovely.” from Jul 2015" in words_of(picture(connection, "journey_map"))
    assert "27 July 2015" in words_of(picture(connection, "stage_react", stage="receive"))


@pytest.mark.parametrize(
    ("kpis", "says"),
    [
        (({"numerator": 9, "target": None},), "No touchpoint is measured yet"),
        (({"numerator": 99},), "1 of 3 touchpoints is good, 2 not measured"),
        (
            ({"numerator": 99}, {"numerator": 99, "touchpoint": "site"}, {"numerator": 99, "touchpoint": "hotline"}),
            "All touchpoints",
        ),
        (({"numerator": 94},), "1 of 3 touchpoints to watch"),
        (({"numerator": 50},), "1 of 3 touchpoints is in trouble"),
    ],
)
def test_all_is_well_only_where_everything_is_measured(connection: Connection, kpis: Any, says: str) -> None:
    given.journey(connection)
    given.kpis(connection, *({"day": date(2026, 6, 10), "denominator": 100, **kpi} for kpi in kpis))
    assert words_of(picture(connection, "touchpoint_map").headline).startswith(says)
