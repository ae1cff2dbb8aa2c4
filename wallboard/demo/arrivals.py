"""What customers ask and complain about: when, in which words, who answers, and until when it stays open."""

from typing import Any

import numpy as np
import pandas as pd

from wallboard.demo.boxes import sent_by_day
from wallboard.demo.ground import Ground
from wallboard.demo.story import DAY, Days, Numbers, Whole, day_weights, monday
from wallboard.demo.words import deal, read_words, sentence_case

BY_WEEKDAY = (1.35, 1.15, 1.05, 1.0, 0.95, 0.6, 0.45)
COMPLAINT_VIA = (("Phone call (incoming)", 0.44), ("Mail", 0.28), ("Web form", 0.2), ("Chat", 0.08))
QUESTION_VIA = (("Chat", 0.56), ("Mail", 0.24), ("Phone call (incoming)", 0.15), ("Web form", 0.05))
OLD_AND_OPEN = {"late-or-broken": 63, "money-back": 88, "charged-twice": 41, "old-address": 127}
SLOW_CARE = [[104, 0.9], [44, 0.95], [30, 1.9], [16, 1.7], [0, 1.0]]  # times the usual, by weeks ago
NOTES_WEEKS = 12


def tickets_by_arrival(ground: Ground) -> pd.DataFrame:
    """One row per ticket in the order of arrival: issue, instant on the company's clock, solved or NaT, words, owner."""
    parts = [_of_issue(ground, "complaints", name) for name in ground.story.levels["complaints"]]
    parts += [_of_issue(ground, "questions", name) for name in ground.story.levels["questions"]]
    return pd.concat(parts).sort_values(["created", "issue"], kind="stable", ignore_index=True)


def _of_issue(ground: Ground, section: str, issue: str) -> pd.DataFrame:
    story, rng = ground.story, ground.story.rng(f"tickets {issue}")
    pool = read_words("tickets")["issue"][issue]
    created = _arrivals(ground, section, issue, rng)
    count = len(created)
    frame = pd.DataFrame({"created": created, "issue": issue, "code": pool["code"], "kind": pool["kind"], "section": section})
    places = pool["places"]
    frame["place"] = rng.choice(list(places), count, p=np.array(list(places.values())) / sum(places.values()))
    frame["via"] = _pick(COMPLAINT_VIA if section == "complaints" else QUESTION_VIA, count, rng)
    frame["words"] = [sentence_case(words) for words in deal(pool["said"], count, rng)]
    frame["owner"] = rng.choice(pool["owners"], count)
    slow = story.line(SLOW_CARE, created.astype("datetime64[D]")) if section == "complaints" else np.ones(count)
    frame["solved"] = _solved(story.now, frame, pool["median_days"], slow, rng)
    if issue in OLD_AND_OPEN:
        _leave_open(frame, story.today - OLD_AND_OPEN[issue] * DAY)
    noted = frame["solved"].isna() & (rng.random(count) < np.where(frame["owner"] == "", 0.1, 0.93))
    noted |= frame["solved"].notna() & (created > story.now - NOTES_WEEKS * 7 * DAY) & (rng.random(count) < 0.6)
    for column, texts in (("doing", pool.get("doing", [])), ("next", pool.get("next", []))):
        frame[column] = np.where(noted, deal(texts, count, rng), "")
    frame["box"] = ground.addressees(created.astype("datetime64[D]"), rng)
    return frame


def _arrivals(ground: Ground, section: str, issue: str, rng: np.random.Generator) -> Days:
    """Instants: each week has its level times the boxes sent, days and hours as customers are awake."""
    story = ground.story
    sent = sent_by_day(ground).groupby("day")["boxes"].sum()
    days = story.days
    expected = by_week(days, sent.to_numpy().astype(float)) * story.level(section, issue, days) / 1000
    weights = day_weights(days, BY_WEEKDAY)
    share = weights / np.maximum(by_week(days, weights, whole=sum(BY_WEEKDAY)), 0.1)
    wobble = _wobble(story.weeks_ago(days), rng)
    exact = (expected * wobble * share).cumsum() + rng.random()
    daily = np.diff(np.floor(exact), prepend=0).astype(int)
    daily = _scatter(daily, monday(days), weights, rng)
    day = np.repeat(days, daily)
    seconds = (6.5 + 16 * rng.beta(2.2, 2.6, len(day))) * 3600
    return np.sort(day.astype("datetime64[s]") + seconds.astype("timedelta64[s]"))


def by_week(days: Days, values: Numbers, whole: float = 0.0) -> Numbers:
    """The sum of each day's week, on each day; weeks cut off by the story's ends count as whole ones."""
    _, week, size = np.unique(monday(days), return_inverse=True, return_counts=True)
    sums = np.bincount(week, values).astype(np.float64)
    cut = size < 7
    sums[cut] = whole if whole else sums[cut] / size[cut] * 7
    totals: Numbers = sums[week]
    return totals


def _wobble(weeks_ago: Whole, rng: np.random.Generator) -> Numbers:
    """Each week has a little more or less; the last eight nearly none, so that the story can be told."""
    by_week = 1 + 0.09 * rng.standard_normal(weeks_ago.max() + 1).clip(-2, 2)
    by_week[:10] = 1 + (by_week[:10] - 1) * 0.4
    wobble: Numbers = by_week[weeks_ago]
    return wobble


def _scatter(daily: Whole, week: Any, weights: Numbers, rng: np.random.Generator) -> Whole:
    """The week's number stays; on which of its days is chance: some days are zero days."""
    scattered = np.zeros_like(daily)
    for start in np.unique(week):
        within = np.flatnonzero(week == start)
        share = weights[within] / weights[within].sum() if weights[within].sum() else np.full(len(within), 1 / len(within))
        scattered[within] = rng.multinomial(daily[within].sum(), share)
    return scattered


def _solved(now: np.datetime64, frame: pd.DataFrame, median: float, slow: Numbers, rng: np.random.Generator) -> Any:
    delay = median * slow * np.exp(0.85 * rng.standard_normal(len(frame))) * 86400
    solved = frame["created"].to_numpy().astype("datetime64[s]") + np.maximum(delay, 420).astype("timedelta64[s]")
    hour = (solved - solved.astype("datetime64[D]")).astype(int) // 3600
    solved = solved + np.where(hour < 7, 8 * 3600, 0).astype("timedelta64[s]")
    return np.where(solved > now, np.datetime64("NaT", "s"), solved)


def _leave_open(frame: pd.DataFrame, day: np.datetime64) -> None:
    """One old one that nobody has settled yet."""
    row = int(np.argmin(np.abs(frame["created"].to_numpy().astype("datetime64[D]") - day)))
    frame.loc[row, "solved"] = pd.NaT


def _pick(shares: tuple[tuple[str, float], ...], count: int, rng: np.random.Generator) -> Any:
    return rng.choice([name for name, _ in shares], count, p=[share for _, share in shares])
