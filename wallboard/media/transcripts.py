"""Transcripts beside their clips: WebVTT as it is, SubRip as WebVTT, plain text as one cue."""

import re
from dataclasses import dataclass
from pathlib import Path

ENDINGS = (".vtt", ".srt", ".txt")
MOST_BYTES = 5 * 2**20
SPARE_SECONDS = 5.0
"""A transcript may run so much longer than its clip: the last cue often stays a little."""

_TIMES = re.compile(r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s+-->\s+(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})")
_COMMA = re.compile(r"(\d),(\d{3})")
_LONGEST = "99:00:00.000"


class Unreadable(Exception):
    """A transcript that does not match its clip; says why."""


@dataclass(frozen=True)
class Transcript:
    """The words of a clip as WebVTT, and when its last timed cue ends (None without times)."""

    vtt: str
    ends: float | None

    def check(self, seconds: float | None) -> None:
        """Raise Unreadable where it runs longer than the clip."""
        if seconds and self.ends is not None and self.ends > seconds + SPARE_SECONDS:
            raise Unreadable(f"runs to {self.ends:.0f} s, and the clip ends at {seconds:.0f} s")


def read(file: Path) -> Transcript:
    """A transcript as it lies beside its clip; raises Unreadable or OSError."""
    if file.stat().st_size > MOST_BYTES:
        raise Unreadable(f"is larger than {MOST_BYTES // 2**20} MB")
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise Unreadable("is not UTF-8 text") from None
    ending = file.suffix.lower()
    if ending == ".txt":
        if not text.strip():
            raise Unreadable("is empty")
        return Transcript(one_cue(text.strip()), None)
    return _subrip(text) if ending == ".srt" else _webvtt(text)


def misfit(media: Path, path: str, seconds: float | None) -> str:
    """Why a transcript below the media folder is not shown; empty where it is."""
    try:
        file = (media / path).resolve()
        if not file.is_relative_to(media):
            return "lies outside the media folder."
        read(file).check(seconds)
    except Unreadable as error:
        return f"{error}."
    except (OSError, ValueError):
        return "is not there, or cannot be opened."
    return ""


def one_cue(words: str) -> str:
    """A transcript without times as one cue that stays for the whole clip."""
    lines = "\n".join(line for line in words.splitlines() if line.strip())
    text = lines.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "→")
    return f"WEBVTT\n\n00:00:00.000 --> {_LONGEST}\n{text}\n"


def _webvtt(text: str) -> Transcript:
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise Unreadable("does not begin with WEBVTT")
    return Transcript(text, _last(text))


def _subrip(text: str) -> Transcript:
    """SubRip as WebVTT: its cues have a comma in their times, and what stands before the arrow is all the same."""
    lines = [_COMMA.sub(r"\1.\2", line) if "-->" in line else line.replace("&", "&amp;") for line in text.split("\n")]
    ends = _last("\n".join(lines))
    return Transcript("WEBVTT\n\n" + "\n".join(lines).strip() + "\n", ends)


def _last(text: str) -> float:
    ends = []
    for line in text.split("\n"):
        if "-->" not in line:
            continue
        times = _TIMES.match(line)
        if times is None:
            raise Unreadable(f"has a cue without times: '{line.strip()[:60]}'")
        start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        if end < start:
            raise Unreadable(f"has a cue that ends before it begins: '{line.strip()[:60]}'")
        ends.append(end)
    if not ends:
        raise Unreadable("has no cue")
    return max(ends)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
