"""What the demo company tells of feelings, promises and wishes: rich, and honest about what nobody knows."""

import csv
from datetime import datetime, timedelta

from tests.demo.conftest import AT, Written

STAGES = {"look", "order", "wait", "arrives", "use", "help"}


def _rows(written: Written, name: str) -> list[dict[str, str]]:
    with (written.room.data / "exports" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_one_stage_is_guessed_one_is_unknown_and_one_was_asked_long_ago(written: Written) -> None:
    today = [row for row in _rows(written, "emotions.csv") if row["Today or aim"] == "current" and not row["Contact point"]]
    measured = {row["Stage"] for row in today if row["How we know"] == "measured"}
    assumed = {row["Stage"] for row in today if row["How we know"] == "assumed"}
    assert (measured | assumed, assumed) == (STAGES - {"use"}, {"look"})
    days = {row["Stage"]: datetime.strptime(f"{row['Day']} +0000", "%d/%m/%Y %z") for row in today}
    assert {stage for stage, day in days.items() if AT - day > timedelta(days=365)} == {"help"}
    aims = {row["Stage"] for row in _rows(written, "emotions.csv") if row["Today or aim"] == "future"}
    assert aims == STAGES


def test_every_stage_promises_something_and_one_promise_has_no_kpi(written: Written) -> None:
    promises = _rows(written, "promises.csv")
    assert {row["Stage"] for row in promises} == STAGES
    assert {row["Stage"] for row in promises if not row["Kept by"]} == {"look", "order"}


def test_every_contact_point_has_its_lines_and_the_orphan_has_gaps(written: Written) -> None:
    points = _rows(written, "journey/touchpoints.csv")
    assert all(row["we call it"] and row["they meet"] for row in points)
    assert [row["touchpoint"] for row in points if not row["it rests on"]] == ["something-missing"]


def test_ratings_are_on_their_scale_and_nobody_was_asked_about_the_use(written: Written) -> None:
    ratings = _rows(written, "desired_ratings.csv")
    assert {row["Stage"] for row in ratings} == STAGES - {"use"}
    assert {row["How near"] for row in ratings} <= {"1", "2", "3", "4", "5"} and len(ratings) > 1000
    assert len({row["Response"] for row in ratings}) == len(ratings)
