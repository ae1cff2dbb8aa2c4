"""Captions of clips as WebVTT."""

LONGEST = "99:00:00.000"


def one_cue(words: str) -> str:
    """A transcript without times as one cue that stays for the whole clip."""
    text = words.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "→")
    return f"WEBVTT\n\n00:00:00.000 --> {LONGEST}\n{text}\n"
