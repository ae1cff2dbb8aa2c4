"""What happened, at the console: which shifts ask for an explanation, who records one, and where it is seen again."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given_counts, given_events
from tests.metrics.test_signals import CALM
from tests.screens.console.given import House
from wallboard.metrics import state_shifts
from wallboard.metrics.newsworthy import KnownState
from wallboard.metrics.scope import Scope
from wallboard.metrics.state_shifts import states_that_ask
from wallboard.store.connections import writing


@pytest.fixture
def shifted(house: House) -> House:
    """Complaints that fell nine weeks ago."""
    with writing(house.living.engine) as connection:
        last = house.living.today - timedelta(days=house.living.today.weekday() + 7)
        given_counts.weekly(connection, {"late": (*CALM, 42, *(36,) * 9)}, last=last)
    return house


def test_a_shift_asks_for_an_explanation_until_a_leader_records_one(shifted: House) -> None:
    lena = shifted.at_the_console("lena")
    page = lena.see("/room/events")
    since = (shifted.living.today - timedelta(weeks=9)).isoformat()
    assert "Nobody has explained this yet" in page and "“My order is late”\n: less than usual since 30 March" in page
    form = lena.see("/room/events", f"?issue_type=late&explains={since}")
    assert "What explains the shift since 30 March?" in form and "does it concern?\nMy order is late\nall" in form
    fields = {"kind": "release", "words": "A new carrier", "starts_on": "2026-03-02", "explains": since}
    assert lena.do("record", 0, issue_type="late", **fields)["ok"]
    page = lena.see("/room/events")
    assert "“My order is late”\n: less than usual" not in page and "A new carrier" in page and "Lena" in page
    assert "event entry" in lena.see("/room/audit")


def test_a_state_that_turned_asks_at_the_console_too(house: House) -> None:
    with writing(house.living.engine) as connection:
        last = house.living.today - timedelta(days=house.living.today.weekday() + 7)
        given_counts.kpi(connection, (*(0.97,) * 12, 0.80), last=last)
    fay = house.at_the_console("fay")
    page = fay.see("/room/events")
    assert "On the promised day\n (The parcel arrives): in trouble (was good) since" in page
    assert fay.do("record", 0, kind="other", words="A new sorter", starts_on=last.isoformat(), touchpoint="parcel")["ok"]
    assert "On the promised day" not in fay.see("/room/events")


def test_an_event_is_taken_back_and_then_nothing_is_explained(shifted: House) -> None:
    fay = shifted.at_the_console("fay")
    assert fay.do("record", 0, kind="strike", words="On strike", starts_on="2026-03-30", ends_on="")["ok"]
    assert "Explain it" not in fay.see("/room/events")
    assert "The reason: says nothing" in fay.do("withdraw", 1, words=" ")["refusal"]
    assert fay.do("withdraw", 1, words="It was another year.")["ok"]
    page = fay.see("/room/events")
    assert "Explain it" in page and "On strike" not in page


def test_what_cannot_be_meant_is_refused_with_the_field(shifted: House) -> None:
    fay = shifted.at_the_console("fay")
    fields = {"kind": "strike", "words": "On strike", "starts_on": "2026-03-30"}
    assert "has not come yet" in fay.do("record", 0, **{**fields, "starts_on": "2026-07-01"})["refusal"]
    assert "lies before the first" in fay.do("record", 0, **fields, ends_on="2026-03-01")["refusal"]
    assert "Did you mean 'parcel'" in fay.do("record", 0, **fields, touchpoint="parcle")["refusal"]
    assert fay.do("record", 0, **{**fields, "starts_on": "soon"})["refusal"]
    assert fay.do("record", 0, **{**fields, "starts_on": ""})["refusal"]
    assert "'npz' is not known" in fay.do("record", 0, **fields, metric="npz")["refusal"]
    assert "What explains the shift" not in fay.see("/room/events", "?explains=soon")


def test_whoever_does_not_lead_reads_and_records_nothing(shifted: House) -> None:
    with writing(shifted.living.engine) as connection:
        given_events.happened(connection, shifted.living.today - timedelta(days=400), "Long ago")
        given_events.happened(connection, shifted.living.today - timedelta(days=3), "A price change", kind="price change")
    tom = shifted.at_the_console("tom")
    page = tom.see("/room/events")
    assert "A price change" in page and "concerns everything" in page and "Long ago" not in page
    assert "Explain it" not in page and "does this. You are" in page
    assert "Only a facilitator" in tom.do("record", 0, kind="strike", words="It", starts_on="2026-03-30")["refusal"]
    assert "Sign in" in shifted.stranger().see("/room/events")


def test_what_has_been_measured_for_the_page_is_measured_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[int] = []

    def counted(scope: Scope, connection: Connection) -> Mapping[tuple[str, ...], KnownState]:
        measured.append(1)
        return states_that_ask(scope, connection)

    monkeypatch.setattr(state_shifts, "states_that_ask", counted)
    fay = house.at_the_console("fay")
    fay.see("/room/events")
    first = len(measured)
    fay.see("/room/events")
    assert first and len(measured) == first, "pictures and the page share what they measure of one state of the store"
