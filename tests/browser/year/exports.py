"""What the year's room exports: complaints and orders of each month, as files that are loaded when the month is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

WEEK = timedelta(weeks=1)
HISTORY = date(2025, 6, 30)
"""The Monday on which the exports begin."""

ORDERS = 400
"""Orders of a week, all counted on its Sunday."""

SOURCES = """
[helpdesk]
feed = "voice"
file = "exports/complaints_*.csv"
key  = ["id"]
[helpdesk.columns]
occurred_at = "day"
issue_type  = "issue"
touchpoint  = "touchpoint"
words       = "words"
[helpdesk.constants]
kind      = "complaint"
complaint = true
perimeter = "north"

[orders]
feed = "exposure"
file = "exports/orders_*.csv"
key  = ["day"]
[orders.columns]
day      = "day"
quantity = "orders"
[orders.constants]
kind       = "orders"
touchpoint = "parcel"
perimeter  = "north"
"""


@dataclass(frozen=True)
class Trend:
    """Complaints of an issue type a week: `before` until a Monday, `after` from it on, and one more or less in turn."""

    issue: str
    touchpoint: str
    words: str
    before: int
    after: int
    turns: date
    sways: int = 1

    def count(self, monday: date) -> int:
        """Complaints of one week."""
        week = (monday - HISTORY).days // 7
        if not self.sways:  # one every second week
            return week % 2 * self.before
        return (self.after if monday >= self.turns else self.before) + (week % 3 - 1) * self.sways


TRENDS = (
    Trend("late", "parcel", "My order is late again.", before=12, after=6, turns=date(2026, 3, 16)),
    Trend("broken", "parcel", "The lid was broken.", before=6, after=12, turns=date(2026, 9, 14)),
    Trend("bill", "site", "You have billed me twice.", before=1, after=1, turns=HISTORY, sways=0),
)
"""One falls by half, one doubles, one is too rare to be judged."""


def write_month(folder: Path, month: date, today: date, more: int = 0) -> None:
    """The two files of the weeks that begin in a month, up to yesterday; `more` late orders a week are a later correction."""
    complaints, orders = ["id,day,issue,touchpoint,words"], ["day,orders"]
    for monday in _mondays(month):
        for trend in TRENDS:
            many = trend.count(monday) + (more if trend.issue == "late" else 0)
            complaints += [_line(trend, day, n) for n in range(many) if (day := monday + timedelta(days=n % 5)) < today]
        if (sunday := monday + timedelta(days=6)) < today:
            orders.append(f"{sunday},{ORDERS}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"complaints_{month:%Y-%m}.csv").write_text("\n".join(complaints) + "\n", encoding="utf-8")
    (folder / f"orders_{month:%Y-%m}.csv").write_text("\n".join(orders) + "\n", encoding="utf-8")


def _line(trend: Trend, day: date, n: int) -> str:
    return f"{trend.issue}-{day}-{n},{day} 10:00,{trend.issue},{trend.touchpoint},{trend.words} ({day:%-d %B} no. {n + 1})"


def _mondays(month: date) -> Iterator[date]:
    """The weeks that begin in a month."""
    monday = month + timedelta(days=-month.weekday() % 7)
    while monday.month == month.month:
        yield monday
        monday += WEEK


def months(first: date, last: date) -> Iterator[date]:
    """The first of each month from one to another."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)
