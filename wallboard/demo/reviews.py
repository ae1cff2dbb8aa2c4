"""reviews.json: public reviews as a review site's API gives them, nested under `items`."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground
from wallboard.demo.story import instants
from wallboard.demo.surveys import choose_days, scores, unhappiness
from wallboard.demo.words import deal, people_names, read_words

REVIEWS = 1200
STARS = ("one", "two", "three", "four", "five")
PLACES = ("product", "delivery", "packaging", "billing", "ordering")
SHARES = np.array([[0.05, 0.35, 0.25, 0.30, 0.05], [0.55, 0.15, 0.15, 0.05, 0.10]])


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one page with all reviews, oldest first."""
    story, rng = ground.story, ground.story.rng("reviews")
    days = choose_days(story, REVIEWS, rng)
    stars = scores(np.clip(0.12 + 0.38 * unhappiness(story, days), 0, 1), rng)
    pools = read_words("surveys")["review"]
    words = np.full(REVIEWS, "", dtype=object)
    for value, name in enumerate(STARS, 1):
        rows = np.flatnonzero(stars == value)
        words[rows] = deal(pools[name], len(rows), rng)
    about = np.where(stars >= 4, rng.choice(PLACES, REVIEWS, p=SHARES[1]), rng.choice(PLACES, REVIEWS, p=SHARES[0]))
    when = pd.DatetimeIndex(instants(days, rng.integers(7 * 3600, 82000, REVIEWS), story.zone)).strftime("%Y-%m-%dT%H:%M:%SZ")
    given, family = people_names()
    country = ground.country(ground.boxes["customer"].to_numpy()[ground.addressees(days, rng)])
    rows_of = zip(when, stars.tolist(), words, about, country, rng.integers(0, len(given), REVIEWS), strict=True)
    items = [
        {
            "id": f"rv-{30000 + i}", "createdAt": at, "stars": star, "text": text, "about": place, "countryCode": code,
            "language": "en", "displayName": f"{given[name]} {family[name % len(family)][0]}.",
        }
        for i, (at, star, text, place, code, name) in enumerate(rows_of)
    ]  # fmt: skip
    file = folder / "reviews.json"
    page = {"businessUnit": "fern-and-kettle", "page": 1, "total": REVIEWS, "items": items}
    file.write_text(json.dumps(page, ensure_ascii=False, indent=1), encoding="utf-8")
    return [file]
