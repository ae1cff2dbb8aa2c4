"""Words that no locale writes differently: quotes, nouns, parts of a text."""

from collections.abc import Sequence

from wallboard.metrics.cropping import crop as crop

MINUS = "−"


def per_hundred(value: float) -> int:
    """A share as so many of 100; never none or all of them where it is neither."""
    return round(value * 100) if value <= 0 or value >= 1 else min(99, max(1, round(value * 100)))


def noun(number: int, singular: str, many: str) -> str:
    """The noun of a count that is written elsewhere: customer of 1, customers of any other."""
    return singular if abs(number) == 1 else many


def upper_first(words: str) -> str:
    """The same words as a sentence begins."""
    return words[:1].upper() + words[1:]


def quote(text: str) -> str:
    """A customer's words between quotation marks, exactly as written; no space stands between them and the marks."""
    return f"“{text.strip()}”"


def together(functions: Sequence[str], rewards: Sequence[str]) -> str:
    """Who shares a target and what all are promised: Logistics and Service; promised together: “A day at the sea”."""
    names = " and ".join(filter(None, (", ".join(functions[:-1]), *functions[-1:]))) or ("its teams" if rewards else "")
    promised = ", ".join(quote(reward) for reward in rewards)
    return "; ".join(filter(None, (names, promised and f"promised together: {promised}")))


def on_a_clock(seconds: float) -> str:
    """A length of time, minutes and seconds: 9:12; hours before them where it takes so long."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
