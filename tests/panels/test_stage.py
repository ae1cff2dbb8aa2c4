"""What the panels of a stage say: three lanes, the curve at its foot, KPIs with targets, and promises that are still open."""

from datetime import date, timedelta
from typing import Any

import pytest
from dash.development.base_component import Component
from sqlalchemy import Connection

from tests.metrics import given
from tests.panels.words import SCOPE, picture, words_of
from wallboard.metrics.scope import full_months, full_weeks
from wallboard.store import schema

DAY = full_weeks(SCOPE, 1)[0].end
PLAIN = {
    "stage": "receive", "touchpoint": None, "lane": "experience", "kind": "screenshot", "caption": "A picture",
    "captured_on": date(2026, 5, 12), "consent": "not needed", "transcript": None, "words": None, "mime": "image/png",
    "sha256": "0", "size": 1, "width": None, "height": None, "seconds": None, "pages": None, "fields": None,
    "retention_until": None, "redacted": None, "pair": None, "moment": None,
}  # fmt: skip


def media(connection: Connection, *rows: dict[str, Any]) -> None:
    given.journey(connection)
    given.loaded(
        connection, schema.media, *({**PLAIN, "path": f"{n}.png", "sha256": str(n), **row} for n, row in enumerate(rows))
    )


def named(part: Any, name: str) -> list[Component]:
    """Every component within it that carries a class."""
    components: list[Component] = []
    if isinstance(part, Component):
        if name in str(getattr(part, "className", "")).split():
            components.append(part)
        components += named(getattr(part, "children", None), name)
    elif isinstance(part, list | tuple):
        components += [component for child in part for component in named(child, name)]
    return components


def lane(connection: Connection, name: str) -> Any:
    return picture(connection, f"stage_{name}", stage="receive")


@pytest.mark.req("R81")
def test_three_lanes_have_their_names_and_an_empty_one_says_so(connection: Connection) -> None:
    given.journey(connection)
    by_key = {name: words_of(lane(connection, name)) for name in ("experience", "hear", "react")}
    assert by_key["experience"] == "What they experience | nothing collected"
    assert by_key["hear"] == "What they hear | nothing collected"
    assert by_key["react"] == "How they react | nothing collected"


@pytest.mark.req("R84")
def test_paper_has_its_pages_and_fields_counted(connection: Connection) -> None:
    form = {"kind": "paperwork", "mime": "application/pdf", "pages": 3, "fields": 52, "caption": "The form"}
    media(connection, form, {"kind": "paperwork", "mime": "application/pdf", "pages": 1, "fields": 1, "caption": "A slip"})
    text = words_of(lane(connection, "experience"))
    assert "The form 3 pages, 52 fields" in text and "A slip 1 page, 1 field" in text
    papers = named(lane(connection, "experience").body, "paper")
    assert [getattr(paper, "data-pages") for paper in papers] == ["3", "1"]


def test_what_may_not_be_shown_says_why_and_has_no_address(connection: Connection) -> None:
    kept = {"retention_until": SCOPE.today - timedelta(days=3), "caption": "An old letter"}
    media(connection, kept, {"consent": "withdrawn", "caption": "Her letter"})
    drawn = lane(connection, "experience")
    text = words_of(drawn)
    assert text.count("not shown: ") == 2
    assert "zoom" not in str(drawn.body)
    assert "letter" not in str(drawn.body), "a caption can name the one who withdrew it: no words, no title, no label"


def test_a_call_that_was_withdrawn_is_not_named(connection: Connection) -> None:
    call = {"lane": "hear", "kind": "call", "mime": "audio/ogg", "seconds": 72.4, "caption": "Mr Brown"}
    media(connection, {**call, "consent": "withdrawn"}, {**call, "consent": "unknown"})
    drawn = lane(connection, "hear")
    assert "Brown" not in str(drawn.body) and "does not play" in words_of(drawn)


def test_before_and_after_are_one_thing_only_where_both_may_be_shown(connection: Connection) -> None:
    both = {"pair": "label"}
    media(connection, {**both, "moment": "after"}, {**both, "moment": "before"}, {})
    drawn = lane(connection, "experience").body
    assert len(named(drawn, "compare")) == 1 and len(named(drawn, "page-of")) == 2
    connection.execute(schema.media.update().where(schema.media.c.moment == "before").values(consent="withdrawn"))
    drawn = lane(connection, "experience").body
    assert not named(drawn, "compare") and len(named(drawn, "page-of")) == 3


@pytest.mark.req("R85")
def test_a_call_says_its_day_and_consent_and_plays_only_with_it(connection: Connection) -> None:
    call = {"lane": "hear", "kind": "call", "mime": "audio/ogg", "seconds": 72.4, "transcript": "a.vtt"}
    media(connection, {**call, "consent": "given", "caption": "Four calls"}, {**call, "consent": "unknown"})
    drawn = lane(connection, "hear")
    text = words_of(drawn)
    assert "12 May · with consent" in text and "consent is not on file" in text and "1:12" in text
    assert str(drawn.body).count("Audio(") == 1 and len(named(drawn.body, "player")) == 2


@pytest.mark.req("R135")
def test_what_failures_cost_us_stands_beside_the_customers_hours_and_is_never_added(connection: Connection) -> None:
    given.journey(connection)
    month = full_months(SCOPE, 1)[0].start
    given.complaints(connection, {"day": month, "stage": "receive"}, {"day": date(2026, 6, 29)})
    cell = {"month": month, "perimeter": "north", "stage": "receive", "touchpoint": "", "issue_type": "late", "complaint": True}
    counted = {"contacts": 40, "cost": 38000.0, "uncosted": 0, "minutes": 54000.0, "untimed": 0}
    connection.execute(schema.contact_month.delete())
    connection.execute(schema.contact_month.insert(), [_whole(schema.contact_month, {**cell, **counted})])
    assert "costs us £38,000, and them 900 hours in May 2026" in words_of(lane(connection, "react"))


def _whole(table: Any, row: dict[str, Any]) -> dict[str, Any]:
    """A row with an empty word or a zero in every cell that nobody named."""
    return {column.name: row.get(column.name, "" if "CHAR" in str(column.type) else 0) for column in table.columns}


def feelings(connection: Connection, **feelings: tuple[float, str]) -> None:
    rows = [
        {"stage": stage, "touchpoint": None, "state": "current", "feeling": feeling, "basis": basis, "evidence": "asked"}
        | {"n": 212 if basis == "measured" else None, "day": date(2026, 6, 1)}
        for stage, (feeling, basis) in feelings.items()
    ]
    given.loaded(connection, schema.emotion, *rows)


def test_the_foot_says_which_stage_of_how_many_and_how_customers_feel_there(connection: Connection) -> None:
    given.journey(connection)
    feelings(connection, choose=(1.1, "assumed"), receive=(-1.4, "measured"))
    scenes = {"walk": "experience", "promised": "promised"}
    here = words_of(picture(connection, "stage_strip", stage="receive", scenes=scenes))
    assert "2 of 3" in here and "−1.4" in here and "n = 212" in here and "experience promised" in here
    assert "assumed" in words_of(picture(connection, "stage_strip", stage="choose"))
    assert "nobody has asked" in words_of(picture(connection, "stage_strip", stage="leave"))


def test_kpis_that_miss_their_target_come_first_with_target_and_n(connection: Connection) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": DAY, "numerator": 93, "denominator": 120})
    met = {"day": DAY, "numerator": 119, "denominator": 120, "kpi": "a", "name": "Nothing broken"}
    given.kpis(connection, met)
    text = words_of(picture(connection, "stage_kpis", stage="receive"))
    assert text.index("On the promised day") < text.index("Nothing broken")
    assert (
        "77.5% target 95% · n = 120" in text
        and "8.3 fail in 1,000 target ≤ 50" in text.replace("\u00a0", " ")
        and "1 of 2 targets missed" in text
    )
    assert "nothing is promised" in text and "No owner has promised anything here" in text


def test_only_promises_of_the_stage_are_told_the_most_overdue_first(connection: Connection) -> None:
    given.journey(connection)
    point = schema.touchpoint
    for key, words, days in (("parcel", "On the day", 12), ("hotline", "A name for each call", -5), ("site", "Prices first", 1)):
        by = SCOPE.today + timedelta(days=days)
        connection.execute(point.update().where(point.c.touchpoint == key).values(promised=words, promised_by=by))
    text = words_of(picture(connection, "stage_kpis", stage="receive"))
    assert text.index("nobody promised: A name for each call 5 days late") < text.index("Ana Silva promised: On the day")
    assert "due in 12 days" in text and "Prices first" not in text and "1 promise is late" in text


def test_a_stage_without_kpis_and_promises_says_so(connection: Connection) -> None:
    given.journey(connection)
    text = words_of(picture(connection, "stage_kpis", stage="leave"))
    assert (
        "Nothing is measured here, and nothing promised" in text and "No touchpoint of this stage has a KPI or a promise" in text
    )
