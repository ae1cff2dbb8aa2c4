"""What of the media folder may be shown, and why not: the same for walls, for walks and for whoever reports."""

from datetime import date

RECORDINGS = ("call", "video")
"""Kinds of media that customers are heard in, and that play: shown only where they agreed."""

_AGREED = ("given", "not needed")
NO_CONSENT, WITHDRAWN = "no consent on file", "consent was withdrawn"


def why_not(kind: str, consent: str, kept_until: date | None, today: date) -> str | None:
    """Why a file is not shown today; None where it is. The last day of its retention it is still shown."""
    if consent == "withdrawn":
        return WITHDRAWN
    if kind in RECORDINGS and consent not in _AGREED:
        return NO_CONSENT
    if kept_until is not None and kept_until < today:
        return f"kept until {kept_until.day} {kept_until:%B %Y}"
    return None
