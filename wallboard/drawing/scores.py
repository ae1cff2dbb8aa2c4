"""A survey score in words: the number, its band with n, and where it lies on its scale."""

from typing import Any

import pandas as pd

from wallboard.drawing.look import Look
from wallboard.drawing.words import decimal, share, signed, whole

MEANS = {"CES": "ease ", "rating": ""}
"""What a mean score says, before its scale."""


def score_words(row: "pd.Series[Any]", look: Look) -> tuple[str, str, float | None]:
    """The value as written on a wall, the quiet words beneath it, and its place between the ends of its scale (0 to 1)."""
    n = f"n\u00a0{whole(int(row['n']), look.locale)}"
    if row["state"] != "measured":
        return str(row["state"]), n, None
    score, low, high = (float(row[name]) for name in ("score", "low", "high"))
    if row["measure"] == "NPS":
        return (
            signed(round(score), look.locale),
            f"NPS, {signed(round(low), look.locale)} to {signed(round(high), look.locale)} · {n}",
            (score + 100) / 200,
        )
    if row["measure"] == "CSAT":
        return share(score, look.locale), f"satisfied, {share(low, look.locale)} to {share(high, look.locale)} · {n}", score
    bottom, top = float(row["scale_min"]), float(row["scale_max"])
    within = f"{decimal(low, look.locale, 2)} to {decimal(high, look.locale, 2)}"
    band = f"{MEANS[row['measure']]}of {whole(top, look.locale)} · {within} · {n}"
    return decimal(score, look.locale), band, (score - bottom) / (top - bottom)
