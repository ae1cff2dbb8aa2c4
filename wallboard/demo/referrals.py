"""bring_a_friend.csv: the codes of a friends' programme, who gave them away, and who became a customer with one."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.behaviours import customers_at
from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.households import PRICES
from wallboard.demo.story import DAY, Days, Whole

MONTHS_KEPT = 16
CAME_BY_A_FRIEND = 0.2
NO_NAME = 0.17
LEANING = np.array([0.35, 1.0, 2.6, 1.1, 0.7, 0.7])
"""How much more the plans of connoisseurs bring friends than those of beginners."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per friend who was sent: of some nobody can say by whom, of many that they never came."""
    story, rng = ground.story, ground.story.rng("referrals")
    friends = _friends(ground, rng)
    came, joined = friends["customer"].to_numpy(), friends["start"].to_numpy().astype("datetime64[D]")
    sent = np.maximum(joined - rng.integers(0, 28, len(joined)) * DAY, story.month(MONTHS_KEPT)[0])
    waiting = _waiting(ground, len(friends), rng)
    frame = pd.DataFrame({
        "referred by": [*_senders(ground, sent, rng), *_senders(ground, waiting, rng)],
        "country": [*ground.country(came), *rng.choice(["GB", "IE"], len(waiting), p=[0.66, 0.34])],
        "code sent": [*sent.astype(str), *waiting.astype(str)],
        "friend": [*customer_ids(came), *[""] * len(waiting)],
        "first box": [*joined.astype(str), *[""] * len(waiting)],
        "plan amount (yearly)": [*PRICES[friends["plan"].to_numpy()].astype(str), *[""] * len(waiting)],
    })  # fmt: skip
    frame = frame.sort_values("code sent", kind="stable", ignore_index=True)
    frame.insert(0, "code", [f"FRIEND-{n:05}" for n in 20117 + 3 * np.arange(len(frame))])
    file = folder / "bring_a_friend.csv"
    frame.to_csv(file, index=False, lineterminator="\n")
    return [file]


def _friends(ground: Ground, rng: np.random.Generator) -> pd.DataFrame:
    """Newcomers who came by a friend: one in five before the trouble with the carrier, fewer since."""
    spells = ground.spells.frame
    first = spells.drop_duplicates("customer")
    days = first["start"].to_numpy().astype("datetime64[D]")
    since = (days >= ground.story.month(MONTHS_KEPT)[0]) & (days < ground.story.today)
    share = CAME_BY_A_FRIEND * (1 - 0.6 * ground.story.level("share", "unhappy", days))
    friends: pd.DataFrame = first[since & (rng.random(len(first)) < share)]
    return friends


def _waiting(ground: Ground, came: int, rng: np.random.Generator) -> Days:
    """When codes were given away that nobody has used."""
    days = np.arange(ground.story.month(MONTHS_KEPT)[0], ground.story.today)
    weights = 1 - 0.5 * ground.story.level("share", "unhappy", days)
    return np.sort(rng.choice(days, round(came * 1.15), p=weights / weights.sum()))


def _senders(ground: Ground, days: Days, rng: np.random.Generator) -> list[str]:
    """Customers of that day, those with good coffee more often; some friends came without a name."""
    plan = ground.spells.frame.drop_duplicates("customer", keep="last").set_index("customer")["plan"]
    named = rng.random(len(days)) >= NO_NAME
    return [customer_ids(_referrers(ground, day, plan, rng))[0] if known else "" for day, known in zip(days, named, strict=True)]


def _referrers(ground: Ground, day: np.datetime64, plan: "pd.Series[int]", rng: np.random.Generator) -> Whole:
    there = customers_at(ground, day)
    weights = LEANING[plan[there].to_numpy()]
    return rng.choice(there, 1, p=weights / weights.sum())
