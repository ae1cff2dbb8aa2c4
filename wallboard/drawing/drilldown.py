"""A bar or row that opens: touched, it leads to three real voices behind it (assets/voices.js, /voices)."""

from datetime import date
from urllib.parse import urlencode


def voices(title: str, since: date | None = None, until: date | None = None, **named: str) -> dict[str, str]:
    """The attributes of such a bar: issue_type, stage or cause by their keys ('' for what names none), and the days it counts.

    `besides` are issue types, parted by commas, that are not in it; `title` is what the bar is called.
    """
    asked = dict(named)
    if since is not None and until is not None:
        asked |= {"since": since.isoformat(), "until": until.isoformat()}
    return {"data-voices": urlencode(asked), "data-title": title, "role": "button", "tabIndex": "0", "aria-haspopup": "dialog"}


def bar_voices(row: dict[str, object], named: list[str], title: str, **more: str) -> dict[str, str]:
    """The attributes of a bar of an issue type, unclassified or 'other', which is everything besides the named ones."""
    since, until = row["period_start"], row["period_end"]
    assert isinstance(since, date) and isinstance(until, date)
    if row["issue_type"] == "other" and row["wording"] == "other":
        return voices(title, since, until, besides=",".join(named), **more)
    return voices(title, since, until, issue_type=str(row["issue_type"]), **more)
