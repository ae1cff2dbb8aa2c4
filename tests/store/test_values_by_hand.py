"""Values written by hand: texts that a person can see, days of their instants, and types that every program can read."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from tests.records.living import EVIDENCE
from tests.store.by_hand import Handled, by_hand, raw, refused
from tests.store.test_rules import step
from wallboard.errors import RuleRefused
from wallboard.store.schema import (
    evidence,
    issue_step,
    user_account,
    verdict,
)
from wallboard.unicode import BLANK, visible

BLANKS = ("\u200b", "\u00a0", "\u2800", "\u3164", "\ufeff\u00ad", "\u200d \n", "\U000e0020")
"""Words that nobody sees."""


def cells(row: dict[str, Any]) -> str:
    return ", ".join(map(str, row.values()))


def test_words_that_nobody_sees_are_no_words(room: Handled) -> None:
    at, made = room.at, room.until("presented")
    for blank in BLANKS:
        refused(room, evidence, kind="interview", channel="us", occurred_at=at, kept_at=at, words=blank)
        refused(room, evidence, kind="interview", channel=blank, occurred_at=at, kept_at=at, words="w")
        for kind, column in (("accepted", "words"), ("refused", "words"), ("presented", "how"), ("cause", "function")):
            refused(room, issue_step, **step(room, made, kind, **{column: blank}))
        refused(room, user_account, login=blank, name="N", role="guest", password="", added_at=at)
        assert room.relayed(evidence=replace(EVIDENCE, words=blank))[1] == "not from a customer"
        with pytest.raises(RuleRefused, match="says nothing"):
            room.relayed(title=blank)


def test_the_program_and_the_store_agree_about_what_is_seen(room: Handled) -> None:
    texts = [chr(code) for first, last in BLANK for code in {first, last, (first + last) // 2} if code]
    texts += ["a", "\u200ba", "ä", "日", "👍", "-", "٠", "؀"]
    for text in texts:
        values = {"kind": "interview", "channel": "us", "occurred_at": room.at, "kept_at": room.at, "words": text}
        try:
            with by_hand(room) as connection:
                connection.execute(insert(evidence).values(**values))
            taken = True
        except DBAPIError:
            taken = False
        assert taken == visible(text), ascii(text)


@pytest.mark.parametrize("days", [-700, -2, -1, 1, 2, 27_000])
def test_the_day_of_a_step_is_the_day_of_its_instant(room: Handled, days: int) -> None:
    made = room.until("owned")
    row = step(room, made, "alleviation")
    there = {"day": row["day"] + timedelta(days=days), "due_on": row["day"] + timedelta(days=days + 1)}
    assert "day of its instant" in refused(room, issue_step, **{**row, **there})
    number, _ = room.relayed("fay")
    judged = {"intake": number, "verdict": "trivial", "at": room.at, "day": room.today + timedelta(days=days)}
    refused(room, verdict, **judged, actor=room.people["fay"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("at", wrong) for wrong in ("'zzz'", "'2026-06-01'", "'2026-02-30 09:00:00.000000'", "0", "x'00'")),
        ("at", "'9026-06-01 09:00:00.000000'"),
        *(("day", wrong) for wrong in ("'zzz'", "'2026-02-30'", "20260601", "x'00'")),
        *(("words", wrong) for wrong in ("x'61'", "'a' || char(0)")),
        *(("jargon", wrong) for wrong in ("'many'", "1.5")),
        ("kind", "'whatever'"),
    ],
)  # fmt: skip
def test_sqlite_keeps_no_value_that_is_of_another_type(sqlite_room: Handled, column: str, value: str) -> None:
    made = sqlite_room.until("decided")
    at = f"{sqlite_room.at.replace(tzinfo=None) + timedelta(hours=1)}.000000"
    decided = sqlite_room.steps(made).newest("decided")
    assert decided is not None
    row = {
        "issue": made, "seq": decided.seq + 1, "kind": "'answered'", "at": f"'{at}'", "day": f"'{at[:10]}'",
        "actor": sqlite_room.people["fay"], "refers": decided.seq, "refers_kind": "'decided'", "words": "'w'", "jargon": 0,
        "refers_at": f"'{decided.at.replace(tzinfo=None)}.000000'",
    }  # fmt: skip
    for pragma in ("PRAGMA ignore_check_constraints = ON", "PRAGMA foreign_keys = OFF"):
        wrong = {**row, column: value}
        with pytest.raises(Exception, match=r"not text, a number, a day|go together|refers|day of its|no such|role|last"):
            raw(
                sqlite_room.engine,
                pragma,
                f"INSERT INTO issue_step ({', '.join(wrong)}) VALUES ({cells(wrong)})",
            )
    raw(sqlite_room.engine, f"INSERT INTO issue_step ({', '.join(row)}) VALUES ({cells(row)})")
    assert sqlite_room.steps(made).status == "answered"


@pytest.mark.parametrize("at", ["infinity", "-infinity", "200000-01-01"])
def test_postgresql_keeps_no_instant_that_no_program_can_read(postgresql_room: Handled, at: str) -> None:
    columns = "kind, channel, words, occurred_at, kept_at"
    with pytest.raises(Exception, match=r"not text, a number, a day|go together"):
        raw(postgresql_room.engine, f"INSERT INTO evidence ({columns}) VALUES ('interview', 'us', 'w', '2026-06-01', '{at}')")


@pytest.mark.parametrize("number", [-1, 0])
def test_a_row_that_would_take_the_place_of_all_new_ones_is_refused(sqlite_room: Handled, number: int) -> None:
    row = {
        "id": number,
        "kind": "interview",
        "channel": "us",
        "occurred_at": sqlite_room.at,
        "kept_at": sqlite_room.at,
        "words": "w",
    }
    assert "numbered from 1" in refused(sqlite_room, evidence, **row)
