"""subscriptions.xlsx: contracts as billing exports them, with real date cells; canceled_at is the request, ended_at the end."""

import re
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
from openpyxl import Workbook  # type: ignore[import-untyped]

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.households import PLANS, PRICES

HEADER = (
    "id", "customer", "country", "plan", "created", "canceled_at", "ended_at", "plan amount (yearly)", "currency", "status",
    "cancellation reason", "cancellation comment", "entered by", "term (months)",
    "how did you find us", "in their words", "asked by",
)  # fmt: skip
_NOT_SAID = (None, None, None, 1, None, None, None)
ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per contract; test accounts have contracts too, and one of these ended before it began."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Subscriptions")
    sheet.append(HEADER)
    for row in chain(_test_rows(ground), _rows(ground)):
        sheet.append(row)
    raw = BytesIO()
    book.save(raw)
    file = folder / "subscriptions.xlsx"
    _same_bytes(raw, file)
    return [file]


def _rows(ground: Ground) -> Any:
    frame = ground.contracts
    ids = [f"sub_{40000 + i}" for i in range(len(frame))]
    customers = customer_ids(frame["customer"].to_numpy())
    countries = ground.country(frame["customer"].to_numpy())
    plans = [PLANS[p][0] for p in frame["plan"]]
    created, requested, ended = (_dates(frame[name]) for name in ("start", "requested", "end"))
    amounts = [None if pd.isna(v) else float(v) for v in frame["value"]]
    status = ["active" if e is None else "canceled" for e in ended]
    why = (frame[name].tolist() for name in ("reason", "comment", "entered_by"))
    blank = ([text or None for text in column] for column in why)
    columns = ([text or None for text in frame[name]] for name in ("found", "found_words", "found_asked"))
    paid = amounts, ["GBP"] * len(ids), status
    terms = frame["term"].tolist()
    return zip(ids, customers, countries, plans, created, requested, ended, *paid, *blank, terms, *columns, strict=True)


def _test_rows(ground: Ground) -> Any:
    day = ground.story.date(-200)
    for i in range(3):
        paid = ("GB", "Taster", day, None, None, float(PRICES[0]), "GBP", "active", *_NOT_SAID)
        yield (f"sub_{i + 1:05}", f"FK-{i + 1:06}", *paid)
    too_early = (
        "GB",
        "Taster",
        day,
        None,
        ground.story.date(-210),
        float(PRICES[0]),
        "GBP",
        "canceled",
        *(None,) * 3,
        1,
        *(None,) * 3,
    )
    yield ("sub_00004", "FK-000003", *too_early)


def _dates(days: pd.Series) -> list[date | None]:
    return [None if pd.isna(day) else day.date() for day in days]


def _same_bytes(raw: BytesIO, file: Path) -> None:
    """A workbook says when it was saved, in its properties and in its archive: write neither, so that bytes stay the same."""
    fixed = datetime(*ZIP_BEGINS).isoformat().encode() + b"Z"  # noqa: DTZ001
    with ZipFile(raw) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + fixed, content)
            target.writestr(ZipInfo(name, ZIP_BEGINS), content, ZIP_DEFLATED)
