"""crm_tasks.csv: what the retention desk does for single customers, as the CRM exports its tasks."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.households import FIRST_OFFICE, PRICES
from wallboard.demo.story import DAY, Story
from wallboard.demo.words import read_words

ATTENDED, WORRIED, BACK, TRIED = 15, 6, 12, 8
HEADER = (
    "Task ID", "Record ID", "Because", "Customer said", "Task", "Assigned to", "Created", "Due", "Completed", "Result",
)  # fmt: skip


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per task, in the order in which they were begun."""
    rng = ground.story.rng("crm tasks")
    rows = [*_leaving(ground, rng), *_worried(ground, rng), *_back(ground, rng), *_tried(ground)]
    frame = pd.DataFrame(rows).sort_values(["Created", "Record ID"], kind="stable", ignore_index=True)
    frame["Task ID"] = [f"T-{7000 + n}" for n in range(len(frame))]
    for name in ("Created", "Due", "Completed"):
        frame[name] = frame[name].dt.strftime("%d/%m/%Y").fillna("")
    frame["Record ID"] = customer_ids(frame["Record ID"].to_numpy())
    file = folder / "crm_tasks.csv"
    frame[list(HEADER)].to_csv(file, index=False, lineterminator="\n")
    return [file]


def _leaving(ground: Ground, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """The most valuable of those who have asked to leave; nobody has got round to the others."""
    running = ground.contracts[ground.contracts["end"].isna() & ground.contracts["requested"].notna()]
    dearest = running.sort_values(["value", "customer"], ascending=[False, True]).head(ATTENDED)
    row: Any
    for n, row in enumerate(dearest.itertuples()):
        since = _day(row.requested) + rng.integers(0, 3) * DAY
        yield _task(ground.story, row.customer, _template("asked", n, row.reason), since, int(rng.integers(3, 24)))


def _worried(ground: Ground, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    running = ground.contracts[ground.contracts["end"].isna() & ground.contracts["requested"].isna()]
    old = running["start"] < pd.Timestamp(ground.story.today - 120 * DAY)
    offices = running[old & (running["plan"] >= FIRST_OFFICE)]
    for n, who in enumerate(rng.choice(np.unique(offices["customer"]), WORRIED, replace=False)):
        since = ground.story.today - rng.integers(4, 25) * DAY
        yield _task(ground.story, who, _template("worried", n), since, int(rng.integers(12, 40)))


def _back(ground: Ground, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Some of those who came back in the last eleven weeks: something was done before."""
    spells = ground.spells.frame.sort_values(["customer", "start"], kind="stable")
    left = spells.groupby("customer")["end"].shift(1)
    recent = spells[left.notna() & (spells["start"] > pd.Timestamp(ground.story.today - 77 * DAY)) & spells["end"].isna()]
    recent = recent.assign(left=left[recent.index], worth=PRICES[recent["plan"]])
    reasons = ground.contracts.dropna(subset=["end"]).set_index(["customer", "end"])["reason"]
    row: Any
    for n, row in enumerate(recent.sort_values(["worth", "customer"], ascending=[False, True]).head(BACK).itertuples()):
        back, reason = _day(row.start), reasons.loc[[(row.customer, row.left)]].iloc[0]
        since = max(back - rng.integers(6, 30) * DAY, _day(row.left))
        yield _task(ground.story, row.customer, _template("back", n, reason), since, 14, done=back)


def _tried(ground: Ground) -> Iterator[dict[str, object]]:
    ended = ground.contracts[ground.contracts["requested"].notna() & ground.contracts["end"].notna()]
    recent = ended[ended["requested"] > pd.Timestamp(ground.story.today - 90 * DAY)]
    row: Any
    for n, row in enumerate(recent.drop_duplicates("customer").sort_values(["requested", "customer"]).head(TRIED).itertuples()):
        yield _task(ground.story, row.customer, _template("tried", n), _day(row.requested), 10, done=_day(row.end))


def _template(kind: str, n: int, reason: str = "") -> dict[str, str]:
    """What is done for this reason; else one of what is done for any."""
    pool = read_words("keeping")[kind]
    always = [template for template in pool if "when" not in template]
    task: dict[str, str] = next((template for template in pool if reason in template.get("when", ())), always[n % len(always)])
    return task


def _task(
    story: Story, customer: int, task: dict[str, str], since: np.datetime64, days: int, done: np.datetime64 | None = None
) -> dict[str, object]:
    since = min(since, story.today - DAY)
    return {
        "Record ID": int(customer),
        "Because": task["why"],
        "Customer said": task.get("said", ""),
        "Task": task["what"],
        "Assigned to": task["who"],
        "Created": pd.Timestamp(since),
        "Due": pd.Timestamp(since + days * DAY),
        "Completed": pd.NaT if done is None else pd.Timestamp(max(done, since)),
        "Result": task.get("came", ""),
    }


def _day(day: date) -> np.datetime64:
    return np.datetime64(day, "D")
