"""Three real voices behind a bar: of its kind, its days, its stage, each of another customer."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.given_nature import said
from wallboard.metrics.drilldown import call_behind, voices_behind
from wallboard.metrics.scope import Scope

DAY = date(2026, 6, 20)


@pytest.fixture
def heard(connection: Connection) -> Connection:
    given.journey(connection)
    return connection


def words(connection: Connection, scope: Scope, **asked: Any) -> list[str]:
    return [row.words for row in voices_behind(connection, scope, **asked)]


def test_the_newest_with_words_of_different_customers_complaints_first(heard: Connection, scope: Scope) -> None:
    about = {"day": DAY, "issue_type": "late"}
    said(
        heard,
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
    assert words(heard, scope, about="late") == ["two", "three", "four"]
    assert words(heard, scope, about="late", until=str(DAY - timedelta(days=1))) == ["three", "one"]
    assert words(heard, scope, about="late", since=str(DAY)) == ["two", "four"]


def test_unclassified_other_stage_and_cause_are_asked_for_by_name(heard: Connection, scope: Scope) -> None:
    said(
        heard,
        {"day": DAY, "words": "none"},
        {"day": DAY, "words": "late", "issue_type": "late", "stage": "receive", "cause": "logistics"},
        {"day": DAY, "words": "bill", "issue_type": "bill", "stage": "choose", "handled_by": "logistics"},
    )
    assert words(heard, scope, about="") == ["none"]
    assert words(heard, scope, besides="late,broken") == ["bill"]
    assert words(heard, scope, at="receive") == ["late"] and words(heard, scope, at="") == ["none"]
    assert words(heard, scope, cause="logistics") == ["late"]
    (row,) = voices_behind(heard, scope, about="bill")
    assert (row.heard_by, row.stage_name, row.wording) == ("Logistics", "I choose", "My bill is wrong")
    assert not hasattr(row, "customer")


def test_very_long_words_are_cut_and_said_so(heard: Connection, scope: Scope) -> None:
    said(heard, {"day": DAY, "words": "word " * 200_000, "issue_type": "late"})
    (row,) = voices_behind(heard, scope, about="late")
    assert row.abridged and len(row.words) <= 400


def test_a_call_may_only_be_heard_with_consent_and_from_its_contact_point(heard: Connection, scope: Scope) -> None:
    call = {"kind": "call", "lane": "hear", "mime": "audio/ogg", "captured_on": DAY}
    given.media(
        heard,
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
    assert call_behind(heard, scope, touchpoints="hotline") == () and len(call_behind(heard, scope)) == 1
    (found,) = call_behind(heard, scope, touchpoints="hotline,hotline,parcel")
    assert (found.touchpoint_name, found.transcribed) == ("The parcel arrives", True)
