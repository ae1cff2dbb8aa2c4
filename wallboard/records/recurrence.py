"""When sessions of a series take place: a recurrence rule as RFC 5545 has it, on the clocks of one zone.

An hour that a change of the clocks leaves out is the hour after it, and one that comes twice is the first (RFC 5545, 3.3.5).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from wallboard.errors import RuleRefused

MOST = 160
"""Sessions that are planned at once: three years of weekly ones."""

EVERY = {
    "FREQ=WEEKLY": "every week",
    "FREQ=WEEKLY;INTERVAL=2": "every second week",
    "FREQ=MONTHLY": "every month, on this day of the month",
    "FREQ=MONTHLY;BYDAY={nth}{weekday}": "every month, on this weekday",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY={nth}{weekday}": "every quarter, on this weekday",
    "FREQ=YEARLY": "every year",
}
"""Rules that the console offers, and what they mean; {nth} and {weekday} are those of the first session."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WHERE = "how often"


def on_the_weekday(recurrence: str, first: datetime) -> str:
    """A rule with the place of its first session in the month: the third Tuesday; the fifth is the last."""
    nth = (first.day - 1) // 7 + 1
    return recurrence.replace("{nth}", "-1" if nth == 5 else str(nth)).replace("{weekday}", _WEEKDAYS[first.weekday()])


def occurrences(recurrence: str, first: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Every instant of a rule from `first` on, a time without a zone on the clocks of `zone`.

    Raises RuleRefused for what is no rule, never ends, ends before it begins, or holds more than MOST sessions.
    """
    times = tuple(islice(_times(_read(recurrence, first)), MOST + 1))
    if not times:
        raise RuleRefused(_WHERE, "holds no session at all.", "Say when the first is, and until when.")
    if len(times) > MOST:
        raise RuleRefused(_WHERE, f"holds more than {MOST} sessions.", "Say until when; plan the years after that later.")
    return tuple(time.replace(tzinfo=zone).astimezone(UTC) for time in times)


def _read(recurrence: str, first: datetime) -> rrule:
    rule = recurrence.strip().removeprefix("RRULE:")
    try:
        made = rrulestr(rule, dtstart=first)
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise RuleRefused(
            _WHERE, f"'{rule[:60]}' is not a rule of RFC 5545.", "Write it such as FREQ=MONTHLY;COUNT=12."
        ) from None
    if not isinstance(made, rrule):
        raise RuleRefused(_WHERE, "is more than one rule.", "Plan one series after the other.")
    parts = rule.upper()
    if "COUNT=" not in parts and "UNTIL=" not in parts:
        raise RuleRefused(_WHERE, "never ends.", "Say until when, with UNTIL or COUNT.")
    if any(f"FREQ={often}" in parts for often in ("HOURLY", "MINUTELY", "SECONDLY")):
        raise RuleRefused(_WHERE, "is more than once a day.", "The room meets once a day at most.")
    return made


def _times(rule: rrule) -> Iterator[datetime]:
    """The times of a rule; one that never comes again ends with the calendar."""
    for time in rule:
        yield time.replace(tzinfo=None)
