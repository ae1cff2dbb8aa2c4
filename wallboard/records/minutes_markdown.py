"""The minutes of a session as Markdown: what people wrote is text in it, never a mark."""

import re

from wallboard.records.minutes import Minutes
from wallboard.records.minutes_parts import Line

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_markdown(minutes: Minutes) -> str:
    """The minutes, the summary first."""
    head = f"# {_plain(minutes.title)}\n\n{_plain(minutes.when)}"
    agreed = [_plain(minutes.agreed)] if minutes.agreed else []
    sections = (f"## {part.title}\n\n" + "\n".join(map(_line, part.lines)) for part in minutes.sections)
    return "\n\n".join([head, *agreed, *sections]) + "\n"


def _line(line: Line) -> str:
    lead = f"**{_plain(line.lead)}**" if line.lead else ""
    joint = " " if line.words.startswith("(") or not lead else ": "
    return f"{'  ' * line.level}- {lead}{joint if lead else ''}{_plain(line.words)}"


def _plain(words: str) -> str:
    """What somebody wrote, in one line, with nothing in it that Markdown or HTML would read as a mark."""
    return _MARKS.sub(r"\\\1", " ".join(words.split()))
