"""Two surveys as Qualtrics exports them: three header rows, previews, partial answers, quotes and line breaks in comments."""

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.story import DAY, Days, Numbers, Story, Whole, day_weights
from wallboard.demo.words import deal, read_words

DELIVERIES, RELATIONSHIPS = 3900, 2000
GLAD = np.array([0.01, 0.02, 0.07, 0.34, 0.56])
CROSS = np.array([0.22, 0.25, 0.22, 0.21, 0.10])
ASKED = {
    "Q1": "How satisfied are you with the way your box reached you?",
    "Q2": "How satisfied are you with what you were told while you waited?",
    "Q3": "How do you like what was in the box?",
    "Q4": "How satisfied are you with how you ordered?",
    "Q5": "What should we know?",
}
RECOMMEND = {
    "Q1": "How likely is it that you would recommend Fern & Kettle to a friend or colleague?",
    "Q1_NPS_GROUP": "How likely is it that you would recommend Fern & Kettle? - Group",
    "Q2": "What is the main reason for your score?",
}
FIRST = (
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId"
)  # fmt: skip
SECOND = {"StartDate": "Start Date", "EndDate": "End Date", "Status": "Response Type", "RecordedDate": "Recorded Date"}


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write the survey after a delivery and the survey on the relationship."""
    return [
        _delivery(ground, folder / "qualtrics_delivery_csat.csv"),
        _relationship(ground, folder / "qualtrics_relationship_nps.csv"),
    ]


def unhappiness(story: Story, days: Days) -> Numbers:
    """0 for the good old days, 1 for the worst of it."""
    return story.level("share", "unhappy", days)


def choose_days(story: Story, count: int, rng: np.random.Generator) -> Days:
    """Days of answers: evenings and weekends more, and none at Christmas."""
    weights = day_weights(story.days, (1.0, 1.0, 0.95, 0.9, 1.0, 1.2, 1.3))
    return np.sort(rng.choice(story.days, count, p=weights / weights.sum()))


def scores(cross: Numbers, rng: np.random.Generator) -> Whole:
    """Scores from 1 to 5: a mixture of glad and cross customers."""
    shares = (1 - cross)[:, None] * GLAD + cross[:, None] * CROSS
    answers: Whole = 1 + (shares.cumsum(axis=1)[:, :4] < rng.random(len(cross))[:, None]).sum(axis=1)
    return answers


def comments(name: str, mood: Whole, share: float, rng: np.random.Generator) -> list[str]:
    """Words by mood (0 good, 1 fair, 2 bad), from those who wrote any."""
    pools = list(read_words("surveys")[name].values())
    written = np.full(len(mood), "", dtype=object)
    for i, pool in enumerate(pools):
        rows = np.flatnonzero((mood == i) & (rng.random(len(mood)) < share))
        written[rows] = deal(pool, len(rows), rng)
    return written.tolist()


def _delivery(ground: Ground, file: Path) -> Path:
    story, rng = ground.story, ground.story.rng("csat")
    days = choose_days(story, DELIVERIES, rng)
    box = ground.addressees(days - DAY, rng)
    boxes = ground.boxes.iloc[box]
    late = ((boxes["delivered_at"] > boxes["promised_at"]) | boxes["delivered_at"].isna()).to_numpy()
    sad = unhappiness(story, days)
    doorstep = scores(np.clip(0.05 + 0.36 * sad + 0.45 * late, 0, 0.95), rng)
    waiting = scores(np.clip(0.08 + 0.40 * sad + 0.35 * late, 0, 0.95), rng)
    content = scores(np.full(len(days), 0.05), rng)
    ordering = scores(np.full(len(days), 0.11), rng)
    mood = np.where(doorstep >= 4, 0, np.where(doorstep == 3, 1, 2))
    frame = _head(days, "R_1", rng)
    finished = frame["Finished"] == "1"
    frame["Q1"], frame["Q2"] = doorstep, waiting
    frame["Q3"], frame["Q4"] = np.where(finished, content, ""), np.where(finished, ordering, "")
    frame["Q5"] = np.where(finished, comments("delivery", mood, 0.42, rng), "")
    _tail(frame, boxes["customer"].to_numpy(), ground, rng)
    return _three_headers(frame, ASKED, file)


def _relationship(ground: Ground, file: Path) -> Path:
    story, rng = ground.story, ground.story.rng("nps")
    days = choose_days(story, RELATIONSHIPS, rng)
    boxes = ground.boxes.iloc[ground.addressees(days, rng)]
    sad = unhappiness(story, days - np.int64(21) * DAY)
    draw = rng.random(len(days))
    promoter, detractor = 0.56 - 0.22 * sad, 0.12 + 0.20 * sad
    score = np.where(draw < promoter, rng.integers(9, 11, len(days)), rng.integers(7, 9, len(days)))
    low = rng.choice(7, len(days), p=[0.05, 0.05, 0.1, 0.15, 0.15, 0.2, 0.3])
    score = np.where(draw > 1 - detractor, low, score)
    group = np.where(score >= 9, "Promoter", np.where(score >= 7, "Passive", "Detractor"))
    frame = _head(days, "R_2", rng)
    finished = frame["Finished"] == "1"
    frame["Q1"], frame["Q1_NPS_GROUP"] = np.where(finished, score, ""), np.where(finished, group, "")
    mood = np.where(score >= 9, 0, np.where(score >= 7, 1, 2))
    frame["Q2"] = np.where(finished, comments("relationship", mood, 0.5, rng), "")
    _tail(frame, boxes["customer"].to_numpy(), ground, rng)
    return _three_headers(frame, RECOMMEND, file)


def _head(days: Days, prefix: str, rng: np.random.Generator) -> pd.DataFrame:
    count = len(days)
    seconds = (7 + 15 * rng.beta(2.5, 1.6, count)) * 3600
    start = pd.DatetimeIndex(days.astype("datetime64[s]") + seconds.astype("timedelta64[s]"))
    took = rng.integers(35, 400, count)
    end = (start + pd.to_timedelta(took, unit="s")).strftime("%Y-%m-%d %H:%M:%S")
    finished = rng.random(count) > 0.05
    status = np.where(np.arange(count) % 397 == 5, "1", np.where(np.arange(count) % 701 == 9, "8", "0"))
    done = np.where(finished, "1", "0")
    progress = np.where(finished, "100", "40")
    ids = [f"{prefix}{n:07x}Fk" for n in 0x1A2B3C + 7919 * np.arange(count)]
    ip = [f"198.51.100.{n}" for n in rng.integers(1, 255, count)]
    columns = [start.strftime("%Y-%m-%d %H:%M:%S"), end, status, ip, progress, took.astype(str), done, end, ids]
    return pd.DataFrame(dict(zip(FIRST, columns, strict=True)))


def _tail(frame: pd.DataFrame, customers: Whole, ground: Ground, rng: np.random.Generator) -> None:
    known = rng.random(len(frame)) > 0.02
    frame["ExternalReference"] = np.where(known, customer_ids(customers), "")
    frame["DistributionChannel"] = rng.choice(["email", "anonymous"], len(frame), p=[0.9, 0.1])
    frame["UserLanguage"] = "EN-GB"
    frame["Country"] = ground.country(customers)


def _three_headers(frame: pd.DataFrame, questions: dict[str, str], file: Path) -> Path:
    wording = SECOND | questions | {"ExternalReference": "External Data Reference"}
    second = [wording.get(name, name) for name in frame.columns]
    third = [json.dumps(_import_id(name)) for name in frame.columns]
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows([list(frame.columns), second, third])
        writer.writerows(frame.itertuples(index=False, name=None))
    return file


def _import_id(name: str) -> dict[str, object]:
    if name in FIRST[:2] or name == "RecordedDate":
        return {"ImportId": name[0].lower() + name[1:], "timeZone": "Europe/London"}
    return {"ImportId": f"QID{name[1:]}" if name.startswith("Q") else name[0].lower() + name[1:]}
