"""A guided walk that the demo company has made, what was marked on it, and the first month's report of one opportunity."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from wallboard.demo.words import read_words
from wallboard.records.acting import Acting
from wallboard.records.annotations import annotate
from wallboard.records.opportunities import report
from wallboard.records.stage_evidence import artefacts_at, voices_at
from wallboard.records.walks import Move, begin, end, move, stand
from wallboard.store.schema import opportunity, stage, walk_annotation

FIRST = 100_000
"""Number of the first event, after all others of the same instant."""

_STEP = timedelta(minutes=4)
_By = Callable[[str, datetime], Acting]
_Event = tuple[datetime, int, Callable[[datetime], None]]


def walk_events(by: _By, moment: Callable[[int, int], datetime]) -> Iterator[_Event]:
    """Everything that happens, with its instant; `moment` gives that of an event so many days ago."""
    words = read_words("walks")
    began = moment(words["ago"], 0)
    happens: list[Callable[[datetime], None]] = [lambda when: _begin(by, words, when)]
    happens += [lambda when, annotation=annotation: _annotate(by, words, annotation, when) for annotation in words["mark"]]  # type: ignore[misc]
    happens.append(lambda when: _end(by, words, when))
    for number, act in enumerate(happens):
        yield began + number * _STEP, FIRST + number, act
    wording = words["report"]
    yield moment(wording["ago"], 0), FIRST + len(happens), lambda when: _report(by, words, when)


def _begin(by: _By, words: dict[str, Any], when: datetime) -> None:
    begin(by(words["by"], when), "all", "issues")


def _annotate(by: _By, words: dict[str, Any], annotation: dict[str, Any], when: datetime) -> None:
    act = by(words["by"], when)
    now = stand(act.connection, when)
    if now is None or annotation["stage"] not in act.connection.scalars(select(stage.c.stage)).all():
        return
    move(act, "go", Move(annotation["stage"]))
    annotate(by(annotation["by"], when), now.walk, annotation["kind"], annotation["words"], annotation["stage"])


def _end(by: _By, words: dict[str, Any], when: datetime) -> None:
    act = by(words["by"], when)
    if stand(act.connection, when) is not None:
        end(act)


def _report(by: _By, words: dict[str, Any], when: datetime) -> None:
    """Month one of the opportunity that one mark has become; nothing where the stage has no voice or no artefact by then."""
    wording = words["report"]
    place = words["mark"][wording["mark"]]["stage"]
    act = by(wording["by"], when)
    today = act.day("all")
    voices, things = voices_at(act.connection, place, today), artefacts_at(act.connection, place, today)
    chosen = select(opportunity.c.id).join(walk_annotation, walk_annotation.c.id == opportunity.c.annotation)
    number = act.connection.scalar(chosen.where(walk_annotation.c.words == words["mark"][wording["mark"]]["words"]))
    if voices and things and number:
        report(act, number, place, wording["words"], (voices[0].source, voices[0].key), things[0].number)
