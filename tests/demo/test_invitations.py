"""Whom the demo company asked: its invitations agree with its answers, and nobody was asked in the future."""

import pandas as pd
import pytest

from tests.demo.conftest import AT, Written


def _export(written: Written, name: str, **how: object) -> pd.DataFrame:
    return pd.read_csv(written.room.data / "exports" / name, dtype=str, keep_default_na=False, **how)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("name", ["delivery_csat", "relationship_nps"])
def test_whoever_completed_by_mail_was_invited_before(written: Written, name: str) -> None:
    answers = _export(written, f"qualtrics_{name}.csv", skiprows=[1, 2], encoding="utf-8-sig").set_index("ResponseId")
    asked = _export(written, f"qualtrics_invitations_{name}.csv")
    assert asked["Message ID"].is_unique and asked["Sent At"].max() < f"{AT:%Y-%m-%d %H:%M:%S}"
    done = asked[asked["Status"] == "SurveyFinished"].set_index("Response ID")
    theirs = answers.loc[done.index]
    assert (theirs["Finished"] == "1").all() and (theirs["DistributionChannel"] == "email").all()
    assert (theirs["StartDate"] > done["Sent At"]).all()
    assert 0.1 < len(done) / len(asked) < 0.35


def test_trust_is_asked_of_the_company_and_of_every_partner(written: Written) -> None:
    exported = _export(written, "trust_pulse.csv")
    points = _export(written, "journey/touchpoints.csv").set_index("touchpoint")
    assert set(points.loc[exported["contact"].unique(), "supplier"]) == {"parcelway", "boxworks", "callbridge", ""}
    assert exported["#"].is_unique and set(exported["trust_us"]) | set(exported["trust_them"]) == set("12345")
    assert exported["Submit Date (UTC)"].max() < f"{AT:%Y-%m-%d %H:%M:%S}"


def test_two_systems_ask_about_effort_on_two_scales(written: Written) -> None:
    assert set(_export(written, "web_effort.csv")["easy_1_to_7"]) == set("1234567")
