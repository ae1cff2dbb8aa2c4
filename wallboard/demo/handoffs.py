"""handoffs.csv and case_handovers.csv: where a case passes from one department to another, and every case that passed."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground
from wallboard.demo.story import day_weights, instants
from wallboard.demo.words import read_words

WEEKS = 26
_WORKDAYS = (1.2, 1.1, 1.0, 1.0, 1.0, 0.5, 0.0)


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write the places, which somebody keeps by hand, and the cases of half a year, as the workflow system writes them."""
    places = read_words("handoffs")["handoff"]
    described = folder / "handoffs.csv"
    with described.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(
            (
                "handoff",
                "contact point",
                "gives",
                "takes",
                "what passes",
                "what must come along",
                "hours at most",
                "answers for it",
            )
        )
        out.writerows(
            [
                handoff["key"],
                handoff["at"],
                handoff["gives"],
                handoff["takes"],
                handoff["what"],
                handoff["needs"],
                handoff["hours"],
                handoff.get("owner", ""),
            ]
            for handoff in places
        )
    frame = pd.concat([_cases(ground, handoff) for handoff in places if handoff.get("per_day")], ignore_index=True)
    frame = frame.sort_values(["handed", "handoff"], kind="stable", ignore_index=True)
    frame.insert(0, "event", [f"HO-{500_000 + n}" for n in range(len(frame))])
    cases = folder / "case_handovers.csv"
    frame.assign(**{name: _written(frame[name]) for name in ("handed", "taken", "sent back")}).to_csv(
        cases, index=False, lineterminator="\n"
    )
    return [described, cases]


def _cases(ground: Ground, handoff: dict[str, Any]) -> pd.DataFrame:
    story, rng = ground.story, ground.story.rng(f"handoff {handoff['key']}")
    days = story.days[-7 * WEEKS :]
    day = np.repeat(days, rng.poisson(handoff["per_day"] * day_weights(days, _WORKDAYS)))
    handed = instants(day, rng.integers(7 * 3600, 19 * 3600, len(day)), story.zone)
    waits = story.line(handoff["waits"], day) * rng.lognormal(-0.18, 0.6, len(day))
    taken = handed + pd.to_timedelta((waits * 3600).round(), unit="s")
    status = rng.random(len(day))
    whole = np.where(
        status < handoff["unsaid"], "", np.where(rng.random(len(day)) < story.line(handoff["complete"], day), "yes", "no")
    )
    bounces = story.line(handoff["returned"], day) * np.where(whole == "no", 2.6, 0.7)
    returned = taken + pd.to_timedelta((rng.gamma(2.0, 6.0, len(day)) * 3600).round(), unit="s")
    back = pd.Series(returned).where(rng.random(len(day)) < bounces)
    now = pd.Timestamp(story.at)
    return pd.DataFrame({
        "handoff": handoff["key"], "case": [f"C{n}" for n in rng.integers(200_000, 999_999, len(day))],
        "country": np.where(rng.random(len(day)) < 0.13, "IE", "GB"), "handed": handed,
        "taken": pd.Series(taken).where(taken <= now), "sent back": back.where(back <= now), "all there": whole,
    })[handed <= now]  # fmt: skip


def _written(times: "pd.Series[Any]") -> "pd.Series[Any]":
    written: pd.Series[Any] = times.dt.strftime("%Y-%m-%d %H:%M:%S").fillna("")
    return written
