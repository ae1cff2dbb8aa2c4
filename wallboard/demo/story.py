"""The time of the story: days, weeks and months counted back from the as-of instant, and the levels of words/story.toml."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeAlias
from zlib import crc32
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wallboard.demo.words import read_words

Days = NDArray[np.datetime64]
Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Day: TypeAlias = "np.datetime64[date]"

MONTHS = 24
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Story:
    """The as-of instant, where the company stands, and everything that is counted back from it."""

    at: datetime
    zone: ZoneInfo

    @cached_property
    def now(self) -> np.datetime64:
        """The as-of instant on the company's own clock, without zone."""
        return np.datetime64(self.at.astimezone(self.zone).replace(tzinfo=None), "s")

    @cached_property
    def today(self) -> Day:
        """The local day of the as-of instant."""
        today: Day = self.now.astype("datetime64[D]")
        return today

    @cached_property
    def first_day(self) -> Day:
        """The first day of the month that lies 24 months back."""
        first: Day = (self.today.astype("datetime64[M]") - MONTHS).astype("datetime64[D]")
        return first

    @cached_property
    def days(self) -> Days:
        """Every complete day of the story."""
        return np.arange(self.first_day, self.today)

    @cached_property
    def levels(self) -> dict[str, Any]:
        """The levels of words/story.toml by section and name."""
        return read_words("story")

    def rng(self, purpose: str) -> np.random.Generator:
        """A generator that always says the same for one purpose."""
        return np.random.default_rng(crc32(purpose.encode()))

    def weeks_ago(self, days: Days) -> Whole:
        """How many Mondays lie between each day's week and this week."""
        weeks: Whole = (monday(self.today) - monday(days)).astype(np.int64) // 7
        return weeks

    def level(self, section: str, name: str, days: Days) -> Numbers:
        """The level of one line of the story on each day."""
        return self.line(self.levels[section][name], days)

    def line(self, points: list[list[float]], days: Days) -> Numbers:
        """[weeks ago, level] points, joined by straight lines, on each day."""
        ordered = sorted(points)
        return np.interp(self.weeks_ago(days), [p[0] for p in ordered], [p[1] for p in ordered])

    def month(self, ago: int) -> tuple[np.datetime64, np.datetime64]:
        """First day of the month that lies `ago` months back, and the first day after it that is not in the story."""
        month = self.today.astype("datetime64[M]") - ago
        return month.astype("datetime64[D]"), min((month + 1).astype("datetime64[D]"), self.today)

    def date(self, days_from_today: int) -> date:
        """The day that lies so many days after the as-of day."""
        return (self.today + days_from_today * DAY).item()


def monday(days: Any) -> Any:
    """The Monday on or before each day."""
    return days - ((days.astype(np.int64) + 3) % 7) * DAY


def weekday(days: Days) -> Whole:
    """0 for Monday to 6 for Sunday."""
    return (days.astype(np.int64) + 3) % 7


def day_weights(days: Days, by_weekday: Iterable[float]) -> Numbers:
    """How much happens on each day: by weekday, and nothing at Christmas and New Year."""
    weights = np.asarray(tuple(by_weekday))[weekday(days)]
    month_day = np.char.partition(days.astype("datetime64[D]").astype(str), "-")[:, 2]
    return np.where(np.isin(month_day, ["12-25", "12-26", "01-01"]), 0.0, weights)


def season(days: Days) -> Numbers:
    """What the time of the year does to hot drinks: more in winter, less in summer."""
    by_month = np.array([1.08, 1.0, 1.0, 0.97, 0.95, 0.92, 0.88, 0.88, 0.98, 1.04, 1.12, 1.2])
    return by_month[days.astype("datetime64[M]").astype(np.int64) % 12]


def instants(days: Days, seconds: Numbers | Whole, zone: ZoneInfo) -> pd.DatetimeIndex:
    """Local clock times on days, as UTC."""
    local = pd.DatetimeIndex(days.astype("datetime64[s]") + seconds.astype("timedelta64[s]"))
    return local.tz_localize(zone, ambiguous=np.zeros(len(local), dtype=bool), nonexistent="shift_forward").tz_convert("UTC")
