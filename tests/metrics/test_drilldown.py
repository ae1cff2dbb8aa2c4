"""Three real voices behind a bar: of its kind, its days, its stage, each of another customer."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.given_causes import add_voices
from wallboard.metrics.drilldown import drilldown_calls, drilldown_voices
from wallboard.metrics.scope import Scope

DAY = date(2026, 6, 20)


@pytest.fixture
def with_voices(connection: Connection) -> Connection:
    given.journey(connection)
    return connection


def words(connection: Connection, scope: Scope, **asked: Any) -> list[str]:
    return [row.words for row in drilldown_voices(connection, scope, **asked)]


def test_the_newest_with_words_of_different_customers_complaints_first(with_voices: Connection, scope: Scope) -> None:
    about = {"day": DAY, "issue_type": "late"}
    add_voices(
        with_voices,
        {**about, "words": "one", "customer": "c1", "day": DAY - timedelta(days=4)},
        {**about, "words": "two", "customer": "c1"},
        {**about, "words": "three", "day": DAY - timedelta(days=1)},
        {**about, "words": "four", "complaint": False, "customer": "c2", "day": DAY + timedelta(days=2)},
        {**about, "words": "five", "complaint": False, "customer": "c1"},
        {**about, "words": ""},
        {**about, "words": "bill", "issue_type": "bill"},
        {**about, "words": "west", "perimeter": "west"},
        {**about, "words": "later", "day": scope.today},
    )
    assert words(with_voices, scope, about="late") == ["two", "three", "four"]
    assert words(with_voices, scope, about="late", until=str(DAY - timedelta(days=1))) == ["three", "one"]
    assert words(with_voices, scope, about="late", since=str(DAY)) == ["two", "four"]


def test_unclassified_other_stage_and_cause_are_asked_for_by_name(with_voices: Connection, scope: Scope) -> None:
    add_voices(
        with_voices,
        {"day": DAY, "words": "none"},
        {"day": DAY, "words": "late", "issue_type": "late", "stage": "receive", "cause": "logistics"},
        {"day": DAY, "words": "bill", "issue_type": "bill", "stage": "choose", "handled_by": "logistics"},
    )
    assert words(with_voices, scope, about="") == ["none"]
    assert words(with_voices, scope, besides="late,broken") == ["bill"]
    assert words(with_voices, scope, at="receive") == ["late"] and words(with_voices, scope, at="") == ["none"]
    assert words(with_voices, scope, cause="logistics") == ["late"]
    (row,) = drilldown_voices(with_voices, scope, about="bill")
    assert (row.heard_by, row.stage_name, row.wording) == ("Logistics", "I choose", "My bill is wrong")
    assert not hasattr(row, "customer")


def test_very_long_words_are_cut_and_said_so(with_voices: Connection, scope: Scope) -> None:
    add_voices(with_voices, {"day": DAY, "words": "word " * 200_000, "issue_type": "late"})
    (row,) = drilldown_voices(with_voices, scope, about="late")
    assert row.abridged and len(row.words) <= 400


def test_a_call_may_only_be_heard_with_consent_and_from_its_contact_point(with_voices: Connection, scope: Scope) -> None:
    call = {"kind": "call", "lane": "hear", "mime": "audio/ogg", "captured_on": DAY}
    given.media(
        with_voices,
        {**call, "path": "no.ogg", "consent": "unknown", "touchpoint": "hotline"},
        {**call, "path": "yes.ogg", "consent": "given", "touchpoint": "parcel", "words": "Hello."},
        {
            **call,
            "path": "later.ogg",
            "consent": "given",
            "touchpoint": "hotline",
            "captured_on": scope.today + timedelta(days=1),
        },
        {"path": "picture.png", "touchpoint": "hotline"},
    )
    assert drilldown_calls(with_voices, scope, touchpoints="hotline") == () and len(drilldown_calls(with_voices, scope)) == 1
    (rows,) = drilldown_calls(with_voices, scope, touchpoints="hotline,hotline,parcel")
    assert (rows.touchpoint_name, rows.transcribed) == ("The parcel arrives", True)
