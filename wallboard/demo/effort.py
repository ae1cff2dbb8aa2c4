"""How easy we make it, asked by two systems that count differently.

delighted_effort.ndjson: being helped, one answer a line, as Delighted's API gives them (unix seconds). web_effort.csv: changing
an address in the shop, on seven points.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.story import instants
from wallboard.demo.surveys import choose_days, comments, scores, unhappiness

ANSWERS, ONLINE = 1100, 640
SEVEN = np.array([1, 2, 4, 6, 7])
"""Where an answer of one to five lies on seven points."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one line per answer."""
    return [_helped(ground, folder / "delighted_effort.ndjson"), _online(ground, folder / "web_effort.csv")]


def _helped(ground: Ground, file: Path) -> Path:
    story, rng = ground.story, ground.story.rng("effort")
    days = choose_days(story, ANSWERS, rng)
    customers = ground.boxes["customer"].to_numpy()[ground.addressees(days, rng)]
    score = scores(np.clip(0.20 + 0.34 * unhappiness(story, days), 0, 1), rng)
    score[len(score) // 2] = 0  # one answer off the scale, which is refused
    words = comments("help", np.where(score >= 4, 0, np.where(score == 3, 1, 2)), 0.45, rng)
    seconds = rng.integers(8 * 3600, 20 * 3600, len(days))
    times = pd.DatetimeIndex(instants(days, seconds, story.zone)).as_unit("s").asi8
    topic = rng.choice(["phone", "chat", "refund"], len(days), p=[0.5, 0.34, 0.16])
    rows = zip(customer_ids(customers), ground.country(customers), score.tolist(), words, times.tolist(), topic, strict=True)
    lines = [
        json.dumps({
            "id": str(5_400_000 + i), "person": person, "survey_type": "ces", "score": value, "comment": comment or None,
            "created_at": when, "updated_at": when, "country": country, "contact": about, "tags": [],
        }, ensure_ascii=False)
        for i, (person, country, value, comment, when, about) in enumerate(rows)
    ]  # fmt: skip
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _online(ground: Ground, file: Path) -> Path:
    story, rng = ground.story, ground.story.rng("web effort")
    days = choose_days(story, ONLINE, rng)
    customers = ground.boxes["customer"].to_numpy()[ground.addressees(days, rng)]
    score = SEVEN[scores(np.full(len(days), 0.42), rng) - 1] - rng.integers(0, 2, len(days))
    answered = instants(days, rng.integers(7 * 3600, 23 * 3600, len(days)), story.zone).strftime("%Y-%m-%dT%H:%M:%SZ")
    columns = {"survey_id": [f"ws-{n}" for n in 88_000 + np.arange(len(days))], "answered": answered}
    columns |= {"customer": customer_ids(customers), "country": ground.country(customers), "easy_1_to_7": score.clip(1, 7)}
    pd.DataFrame(columns).to_csv(file, index=False, lineterminator="\n")
    return file
