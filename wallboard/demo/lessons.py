"""What the people of the room made of research, and what they wrote down as learned, since the room began."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from wallboard.demo.words import read_words
from wallboard.records.acting import Acting
from wallboard.records.learnings import learn
from wallboard.records.studies import review

By = Callable[[str, datetime], Acting]
"""Who acts, by login, at an instant."""


def lessons(by: By) -> Iterator[tuple[int, Callable[[datetime], None]]]:
    """Days before the as-of day, and what happens then."""
    words = read_words("research")
    for study in words["study"]:
        if "review" in study:
            yield study["review"]["ago"], _reviewed(by, study)
    for entry in words["learned"]:
        yield entry["ago"], _learned(by, entry)


def _reviewed(by: By, study: dict[str, Any]) -> Callable[[datetime], None]:
    remark = study["review"]

    def happens(when: datetime) -> None:
        review(by(remark["by"], when), study["key"], remark["words"])

    return happens


def _learned(by: By, entry: dict[str, Any]) -> Callable[[datetime], None]:
    def happens(when: datetime) -> None:
        learn(by(entry["by"], when), entry["words"], entry.get("stage"))

    return happens
