"""Pieces of media as the program beside a server makes them, with its answers and its refusals, in the tests' own process."""

from pathlib import Path
from threading import Lock

from wallboard.media import answers, pieces
from wallboard.media.making.making import make

BY_A_PROGRAM = pieces._make
"""As a server has pieces made."""

_ONE_AT_A_TIME = Lock()
"""What reads papers is no library for threads."""


def made_here(media: Path, file: Path, sha256: str, name: str) -> bytes:
    """A piece of a file; what is refused is read from the words in which the program would have said it."""
    try:
        with _ONE_AT_A_TIME:
            return make(media, file, sha256, name)
    except answers.REFUSALS as refusal:
        arrived = answers.read(answers.written(refusal))
        assert arrived is not None, refusal
        raise arrived from None
