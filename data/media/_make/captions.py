"""Captions: timed sentences, written as a WebVTT file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cue:
    """One caption: when it starts and ends, who speaks, and what is said."""

    start: float
    end: float
    speaker: str
    text: str

    def line(self) -> str:
        """Write what is said, with the name of the speaker if there is one."""
        return f"<v {self.speaker}>{self.text}</v>" if self.speaker else self.text


def clock(seconds: float) -> str:
    """Write seconds as a WebVTT time."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def webvtt(cues: list[Cue]) -> str:
    """Write the cues as a WebVTT file."""
    blocks = [f"{number}\n{clock(cue.start)} --> {clock(cue.end)}\n{cue.line()}" for number, cue in enumerate(cues, 1)]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"
