"""Lengths of time in words: 9:12 on a clock, 11 minutes in a sentence."""

from wallboard.drawing.words import decimal, plural

MINUTE = 60


def on_a_clock(seconds: float) -> str:
    """Minutes and seconds: 9:12; hours before them where it takes so long."""
    minutes, rest = divmod(round(seconds), MINUTE)
    hours, minutes = divmod(minutes, MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def in_minutes(seconds: float, locale: str) -> str:
    """A length of time in a sentence: 40 seconds, 11 minutes, 2.5 minutes."""
    if seconds < 2 * MINUTE:
        return plural(round(seconds), "second", "seconds", locale) if round(seconds) != MINUTE else "1 minute"
    minutes = seconds / MINUTE
    short = minutes < 10 and abs(minutes - round(minutes)) >= 0.05
    return f"{decimal(minutes, locale)} minutes" if short else plural(round(minutes), "minute", "minutes", locale)


def in_hours(hours: float, locale: str) -> str:
    """A length of time that many customers spend: 227 hours, 40 minutes."""
    return plural(round(hours), "hour", "hours", locale) if hours >= 2 else in_minutes(hours * 3600, locale)
