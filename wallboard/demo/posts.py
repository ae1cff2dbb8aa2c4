"""social_posts.ndjson: what is said in public about us and two competitors: good, bad, obscene, hostile, and never filtered."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground
from wallboard.demo.story import DAY, Days, instants
from wallboard.demo.words import deal, read_words

COUNTS = {"Fern & Kettle": 380, "Brewbox": 110, "Leafline": 102}
NETWORKS = ("mastodon", "bluesky", "forum")


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one line per post, oldest first; the special ones stand within the last weeks."""
    rng = ground.story.rng("posts")
    pools = read_words("posts")
    parts = [_of_brand(ground, brand, pools["brand"][brand]["said"], count, rng) for brand, count in COUNTS.items()]
    special = [pools["special"]["long"] if wording == "LONG" else wording for wording in pools["special"]["said"]]
    lately = ground.story.today - (2 + 4 * np.arange(len(special))) * DAY
    parts.append(_rows(ground, "Fern & Kettle", special, lately, rng))
    posts = pd.concat(parts).sort_values(["created_at", "text"], kind="stable", ignore_index=True)
    file = folder / "social_posts.ndjson"
    posts["sentiment"] = [_tone(words, pools) for words in posts["text"]]
    file.write_text("".join(_line(i, post) for i, post in enumerate(posts.to_dict("records"))), encoding="utf-8")
    return [file]


def _tone(words: str, pools: dict[str, Any]) -> str | None:
    """What the listening tool says; nothing of what it cannot read."""
    long = pools["special"]["long"]
    for pool in (*pools["brand"].values(), pools["special"]):
        wordings = [long if wording == "LONG" else wording for wording in pool["said"]]
        for number, wording in enumerate(wordings):
            if _like(wording, words):
                return "negative" if number in pool["negative"] else "positive" if pool is not pools["special"] else None
    return None


def _like(pattern: str, words: str) -> bool:
    head, _, tail = pattern.partition("{blend}")
    return words.startswith(head) and words.endswith(tail)


def _of_brand(ground: Ground, brand: str, pool: list[str], count: int, rng: np.random.Generator) -> pd.DataFrame:
    days = ground.story.days
    weights = np.linspace(0.6, 1.4, len(days))
    return _rows(ground, brand, deal(pool, count, rng), np.sort(rng.choice(days, count, p=weights / weights.sum())), rng)


def _rows(ground: Ground, brand: str, words: list[str], days: Days, rng: np.random.Generator) -> pd.DataFrame:
    at = pd.DatetimeIndex(instants(days, rng.integers(7 * 3600, 84000, len(days)), ground.story.zone))
    authors = rng.choice(read_words("posts")["special"]["authors"], len(days))
    network = rng.choice(NETWORKS, len(days), p=[0.5, 0.35, 0.15])
    stamps = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return pd.DataFrame({"brand": brand, "network": network, "created_at": stamps, "author": authors, "text": words})


def _line(number: int, post: dict[Any, Any]) -> str:
    url = f"https://{post['network']}.example/{str(post['author']).removeprefix('@')}/{88000 + number}"
    return json.dumps({"id": f"p{88000 + number}", **post, "url": url}, ensure_ascii=False) + "\n"
