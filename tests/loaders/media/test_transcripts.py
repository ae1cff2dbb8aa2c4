"""Transcripts beside their clips: read as WebVTT, or not at all and with the reason."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from wallboard.media.transcripts import Unreadable, misfit, one_cue, read

VTT = "WEBVTT\n\n00:00.000 --> 00:02.500\n<v Agent>Good morning\n\n1\n00:00:02.500 --> 01:00:04.000 align:start\nHello\n"
SRT = "1\r\n00:00:00,000 --> 00:00:02,500\r\nGood, 1,200 & more\r\n\r\n2\r\n00:00:02,500 --> 00:00:04,000\r\nHello\r\n"


def lies(tmp_path: Path, name: str, content: str | bytes) -> Path:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_webvtt_subrip_and_plain_words(tmp_path: Path) -> None:
    timed = read(lies(tmp_path, "a.vtt", "\ufeff" + VTT))
    assert (timed.vtt, timed.ends) == (VTT, 3604.0)
    made = read(lies(tmp_path, "a.srt", SRT))
    assert made.ends == 4 and made.vtt.startswith("WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.500\nGood, 1,200 &amp; more\n")
    words = read(lies(tmp_path, "a.txt", "Good morning.\n\nHello <b>"))
    assert words.ends is None and words.vtt.endswith("\nGood morning.\nHello &lt;b>\n")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.vtt", "Good morning", "does not begin with WEBVTT"),
        ("a.vtt", "WEBVTT\n\n", "has no cue"),
        ("a.vtt", "WEBVTT\n\nsoon --> later\nHi\n", "a cue without times"),
        ("a.vtt", "WEBVTT\n\n00:05.000 --> 00:01.000\nHi\n", "ends before it begins"),
        ("a.srt", "Hello", "has no cue"),
        ("a.vtt", b"WEBVTT\n\xff\xfe", "is not UTF-8 text"),
        ("a.txt", " \n", "is empty"),
    ],
)
def test_what_is_no_transcript_says_why(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(lies(tmp_path, name, content))
    assert reason in misfit(tmp_path, name, 10)


def test_a_transcript_that_runs_much_longer_than_its_clip_does_not_match(tmp_path: Path) -> None:
    lies(tmp_path, "a.srt", SRT)
    assert misfit(tmp_path, "a.srt", 3.0) == "", "a few seconds are spared"
    lies(tmp_path, "a.vtt", VTT)
    assert misfit(tmp_path, "a.vtt", 20.0) == "runs to 3604 s, and the clip ends at 20 s."
    assert misfit(tmp_path, "a.vtt", None) == ""
    assert misfit(tmp_path, "../a.vtt", 3) == "lies outside the media folder."
    assert misfit(tmp_path, "b.vtt", 3) == "is not there, or cannot be opened."


@pytest.mark.slow
@settings(max_examples=at_most(60))
@given(words=st.text(min_size=1), ending=st.sampled_from([".vtt", ".srt", ".txt"]))
def test_any_text_is_read_or_refused_and_never_breaks_a_cue(
    tmp_path_factory: pytest.TempPathFactory, words: str, ending: str
) -> None:
    file = lies(tmp_path_factory.mktemp("any"), f"a{ending}", words.encode("utf-8", "replace"))
    try:
        assert read(file).vtt.startswith("WEBVTT")
    except Unreadable as error:
        assert str(error)
    cue = one_cue(words)
    assert cue.count("-->") == 1 and "\n\n" not in cue[8:].rstrip("\n")
