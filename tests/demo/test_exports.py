"""The exports: the same bytes each time, nothing from the future, every value known to sources.toml."""

import hashlib
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest

from tests.demo.conftest import AT, Written, make_room
from wallboard.demo import subscriptions, write_exports
from wallboard.demo.words import read_words
from wallboard.loaders.cells import texts
from wallboard.loaders.reading import arrivals, read, take
from wallboard.loaders.sources import Source, read_sources

UNKNOWN_ON_PURPOSE = {("contact_centre", "touchpoint"): {"Old checkout"}}


def _hashes(root: Path, files: tuple[Path, ...]) -> dict[str, str]:
    return {file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


_known: dict[str, tuple[Source, pd.DataFrame]] = {}


def _rows(written: Written, name: str) -> tuple[Source, pd.DataFrame]:
    if name not in _known:
        _known[name] = _read(written, name)
    return _known[name]


def _read(written: Written, name: str) -> tuple[Source, pd.DataFrame]:
    source = next(s for s in read_sources(written.room) if s.name == name)
    return source, read(take(arrivals(written.room, source)[0]), source).frame


def test_same_instant_same_bytes(written: Written, tmp_path: Path) -> None:
    again = make_room(tmp_path / "again")
    assert _hashes(again.data, tuple(write_exports(again, AT))) == _hashes(written.room.data, written.files)


def test_every_export_is_read_by_a_source(written: Written) -> None:
    read_files = {path for s in read_sources(written.room) for path in written.room.data.glob(s.file or "")}
    assert read_files == set(written.files)


def test_every_source_has_a_cadence(written: Written) -> None:
    assert {s.name for s in read_sources(written.room)} == set(written.room.settings.cadence)


def test_every_value_is_mapped(written: Written) -> None:
    for source in read_sources(written.room):
        for column, known in source.values.items():
            if "*" in known or column not in source.columns:
                continue
            _, frame = _rows(written, source.name)
            codes = set(texts(frame[source.columns[column]]).dropna())
            assert codes - set(known) <= UNKNOWN_ON_PURPOSE.get((source.name, column), set()), (source.name, column)


def test_every_mapped_value_occurs(written: Written) -> None:
    for source in read_sources(written.room):
        for column, known in source.values.items():
            _, frame = _rows(written, source.name)
            codes = set(texts(frame[source.columns[column]]).fillna(""))
            assert set(known) - {"*"} <= codes, (source.name, column)


TIMES = {
    "subscriptions": ("created", "canceled_at", "ended_at"),
    "tickets": ("Created at", "Updated at", "Assigned at", "Solved at"),
    "delivery_csat": ("StartDate", "EndDate", "RecordedDate"),
    "relationship_nps": ("StartDate", "EndDate", "RecordedDate"),
    "reviews": ("createdAt",),
    "posts": ("created_at",),
    "web_shop": ("day",),
    "contact_centre": ("day",),
    "packaging": ("day",),
    "finance": ("day",),
    "delivery_targets": ("day",),
    "volumes": ("date",),
    "media": ("captured_on",),
    "case_handovers": ("handed", "taken", "sent back"),
}


def _after(cells: "pd.Series[Any]", zone: str | None) -> int:
    """How many lie after the instant; times that name no zone are told on the clock of their source."""
    times = pd.to_datetime(cells[cells.notna() & (cells != "")])
    aware = times if times.dt.tz is not None else times.dt.tz_localize(zone or AT.tzinfo, ambiguous="NaT", nonexistent="NaT")
    return int((aware > AT).sum())


@pytest.mark.parametrize("name", TIMES)
def test_nothing_is_dated_after_the_instant(written: Written, name: str) -> None:
    source, frame = _rows(written, name)
    assert {column: _after(frame[column], source.timezone) for column in TIMES[name]} == dict.fromkeys(TIMES[name], 0)


def test_no_delivery_from_the_future(written: Written) -> None:
    frame = pd.read_parquet(written.room.data / "exports" / "deliveries.parquet")
    assert frame["ordered_at"].max() < AT
    assert frame["delivered_at"].max() < AT
    assert frame["promised_at"].max() < AT + timedelta(days=8)


def test_other_dates_of_the_traps(written: Written) -> None:
    _, boxes = _rows(written, "boxes_sent")
    assert pd.to_datetime(boxes["Versandtag"], format="%d.%m.%Y").max() < pd.Timestamp(AT.date())
    _, effort = _rows(written, "help_effort")
    assert effort["created_at"].astype("int64").max() <= AT.timestamp()
    _, customers = _rows(written, "customers")
    assert pd.to_datetime(customers["Create Date"], format="%d/%m/%Y").max() < pd.Timestamp(AT.date())
    assert (customers["Test account"] == "Yes").sum() == 3
    assert customers["Name"].str.contains("[éíóúöñ]").any()


def test_qualtrics_has_three_header_rows_previews_and_partials(written: Written) -> None:
    file = written.room.data / "exports" / "qualtrics_delivery_csat.csv"
    assert '"{""ImportId"": ""startDate""' in file.read_text(encoding="utf-8-sig").splitlines()[2]
    _, frame = _rows(written, "delivery_csat")
    assert {"0", "1", "8"} == set(frame["Status"])
    assert (frame["Finished"] == "0").any()
    assert frame["Q5"].str.contains("\n").any()
    assert frame["Q5"].str.contains('"').any()


def test_hostile_posts_are_written_as_said(written: Written) -> None:
    _, posts = _rows(written, "posts")
    words = posts["text"]
    for part in ("<script>alert(1)</script>", "f***", "🫖", "=HYPERLINK"):
        assert words.str.contains(part, regex=False).sum() == 1, part
    assert words.str.contains("[\u0600-\u06ff]").sum() == 1
    assert words.str.len().max() > 600
    assert set(posts["brand"]) == {"Fern & Kettle", "Brewbox", "Leafline"}


def test_the_glossary_offers_a_customers_word_for_each_of_ours(written: Written) -> None:
    _, terms = _rows(written, "glossary")
    ours, theirs = texts(terms["we say"]).str.casefold(), texts(terms["customers say"]).fillna("")
    assert ours.is_unique and set(terms["never in an answer"]) == {"yes", "no"}
    assert list(ours[theirs == ""]) == ["retry logic"], "one has no better word: nothing is offered for it"
    banned = set(ours[terms["never in an answer"] == "yes"])
    assert not [word for word in theirs if set(word.casefold().split()) & banned], "no word of ours explains another"
    answers = [step["text"] for issue in read_words("room")["issue"] for step in issue["steps"] if step["do"] == "answer"]
    by_strip = {word.strip(".,") for text in answers for word in text.casefold().split()}
    assert answers and not by_strip & banned, "what the demo's customers are answered is free of it"


def test_words_can_be_read_from_four_metres() -> None:
    for name, issue in read_words("tickets")["issue"].items():
        assert len(issue["said"]) >= 12, name
        assert len(set(issue["said"])) == len(issue["said"]), name
        assert all(20 <= len(words) <= 110 for words in issue["said"]), [w for w in issue["said"] if not 20 <= len(w) <= 110]


class Sheet:
    """The one workbook of the demo, whose cells nobody packs: that takes half the time of all exports, and demo_room has one."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []

    def create_sheet(self, _name: str) -> "Sheet":
        return self

    def append(self, row: tuple[Any, ...]) -> None:
        self.rows.append(row)

    def save(self, target: BytesIO) -> None:
        ZipFile(target, "w").close()


@pytest.mark.slow
@pytest.mark.parametrize("at", ["2027-02-01T00:05", "2027-03-28T12:00"])
def test_any_day_can_be_the_day(tmp_path: Path, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of a month, a Monday, just after midnight in winter; and the Sunday on which the clocks change."""
    room, sheet = make_room(tmp_path / "room"), Sheet()
    monkeypatch.setattr(subscriptions, "Workbook", lambda write_only: sheet)
    instant = datetime.fromisoformat(at).replace(tzinfo=AT.tzinfo)
    write_exports(room, instant)
    contracts = pd.DataFrame(sheet.rows[1:], columns=sheet.rows[0])
    running = contracts.loc[contracts["ended_at"].isna(), "customer"].nunique()
    assert 4800 <= running <= 5200
    first = pd.Timestamp(instant.date()).replace(day=1)
    month = slice(first - pd.DateOffset(months=1), first - pd.Timedelta(days=1))
    ended = pd.to_datetime(contracts["ended_at"]).between(month.start, month.stop).sum()
    began = pd.to_datetime(contracts["created"]).between(month.start, month.stop).sum()
    assert -60 <= began - ended <= -5
    assert np.isfinite(contracts["plan amount (yearly)"].sum())
