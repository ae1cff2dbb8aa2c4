"""A bar or row that opens: touched, it leads to three real voices behind it (assets/js/voices.js, /voices)."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from wallboard.metrics.complaint_types import OTHER


def voices(title: str, since: date | None = None, until: date | None = None, **named: str) -> dict[str, str]:
    """The attributes of such a bar: issue_type, stage or cause by their keys ('' for what names none), and the days it counts.

    `besides` are issue types, parted by commas, that are not in it; `title` is what the bar is called.
    """
    query = dict(named)
    if since is not None and until is not None:
        query |= {"since": since.isoformat(), "until": until.isoformat()}
    return {"data-voices": urlencode(query), "data-title": title, "role": "button", "tabIndex": "0", "aria-haspopup": "dialog"}


class Counted(Protocol):
    """What is counted of one issue type, unclassified ('') or 'other' in a period."""

    @property
    def issue_type(self) -> str:
        """Its key."""

    @property
    def wording(self) -> str:
        """In the customer's words."""

    @property
    def period_start(self) -> date:
        """The first day."""

    @property
    def period_end(self) -> date:
        """The last day."""


def is_named(row: Counted) -> bool:
    """It is a type of its own: neither unclassified nor all the others together."""
    return bool(row.issue_type) and row.wording != OTHER


def bar_voices(row: Counted, named: Sequence[str], title: str, **more: str) -> dict[str, str]:
    """The attributes of a bar of an issue type, unclassified or 'other', which is everything besides the named ones."""
    if row.issue_type == row.wording == OTHER:
        return voices(title, row.period_start, row.period_end, besides=",".join(named), **more)
    return voices(title, row.period_start, row.period_end, issue_type=row.issue_type, **more)
