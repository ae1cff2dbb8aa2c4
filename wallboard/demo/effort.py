"""delighted_effort.ndjson: how easy it was to be helped, one answer a line, as Delighted's API gives them (unix seconds)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.story import instants
from wallboard.demo.surveys import choose_days, comments, scores, unhappiness

ANSWERS = 1100


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one line per answer."""
    story, rng = ground.story, ground.story.rng("effort")
    days = choose_days(story, ANSWERS, rng)
    customers = ground.boxes["customer"].to_numpy()[ground.addressees(days, rng)]
    score = scores(np.clip(0.20 + 0.34 * unhappiness(story, days), 0, 1), rng)
    score[len(score) // 2] = 0  # one answer off the scale, which is refused
    words = comments("help", np.where(score >= 4, 0, np.where(score == 3, 1, 2)), 0.45, rng)
    seconds = rng.integers(8 * 3600, 20 * 3600, len(days))
    asked = pd.DatetimeIndex(instants(days, seconds, story.zone)).as_unit("s").asi8
    topic = rng.choice(["phone", "chat", "refund"], len(days), p=[0.5, 0.34, 0.16])
    rows = zip(customer_ids(customers), ground.country(customers), score.tolist(), words, asked.tolist(), topic, strict=True)
    lines = [
        json.dumps({
            "id": str(5_400_000 + i), "person": person, "survey_type": "ces", "score": value, "comment": said or None,
            "created_at": when, "updated_at": when, "country": country, "contact": about, "tags": [],
        }, ensure_ascii=False)
        for i, (person, country, value, said, when, about) in enumerate(rows)
    ]  # fmt: skip
    file = folder / "delighted_effort.ndjson"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [file]
