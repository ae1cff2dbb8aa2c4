"""What a report about a stage stands on: a customer's voice and an artefact of that stage, as far as they may be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, or_, select

from wallboard.errors import NotFound, RuleRefused
from wallboard.store.schema import media, touchpoint, voice
from wallboard.store.showing import why_not
from wallboard.store.withdrawn import MEDIA
from wallboard.unicode import visible

CALL = "call"
OFFERED = 12
"""Voices and artefacts of a stage that a report chooses from."""


@dataclass(frozen=True)
class StageVoice:
    """Something a customer said, by where it is kept."""

    source: str
    key: str
    words: str
    day: date


@dataclass(frozen=True)
class Artefact:
    """Something a customer sees, hears or gets, by its number in the media folder."""

    number: int
    kind: str
    caption: str


def voices_at(connection: Connection, place: str, until: date) -> list[StageVoice]:
    """What customers said at a stage until a day, that day included: complaints before anything else, the newest first."""
    v = voice.c
    chosen = select(v.source, v.source_key, v.words, v.day).where(*_voices_here(place, until))
    rows = connection.execute(chosen.order_by(v.complaint.desc(), v.day.desc(), v.id.desc()).limit(OFFERED)).all()
    return [StageVoice(row.source, row.source_key, row.words, row.day) for row in rows]


def calls_at(connection: Connection, place: str, today: date) -> list[StageVoice]:
    """Calls at a stage that may be played today, the newest first; a call without a transcript has no words."""
    chosen = select(*MEDIA).where(*_there(place, today), media.c.kind == CALL).order_by(media.c.captured_on.desc(), media.c.path)
    rows = connection.execute(chosen).mappings()
    played = [row for row in rows if _refusal(row, today) is None][:OFFERED]
    return [StageVoice(row["source"], row["source_key"], row["words"] or "", row["captured_on"] or today) for row in played]


def artefacts_at(connection: Connection, place: str, today: date) -> list[Artefact]:
    """What customers see, hear or get at a stage, as far as it may be shown today; the first OFFERED by lane and path."""
    return list(_shown(connection, place, today))[:OFFERED]


def words_of(connection: Connection, place: str, today: date, source: str, key: str) -> str:
    """The words of a voice of a stage; raises NotFound where it is none of that stage, or was said later than today."""
    chosen = select(voice.c.words).where(*_voices_here(place, today), voice.c.source == source, voice.c.source_key == key)
    words = connection.scalar(chosen)
    if not visible(words):
        raise NotFound("the customer's voice", f"'{key[:60]}' of {source[:60]} was not heard at this stage.", "Choose it again.")
    return str(words)


def caption_of(connection: Connection, place: str, today: date, number: int) -> str:
    """The caption of an artefact of a stage; raises NotFound where it is none, RuleRefused where it may not be shown today."""
    row = connection.execute(select(*MEDIA).where(media.c.id == number, *_there(place, today))).mappings().first()
    if row is None:
        raise NotFound("the artefact", f"there is no number {number} at this stage.", "Choose it again.")
    if reason := _refusal(row, today):
        raise RuleRefused("the artefact", f"may not be shown: {reason}.", "Choose another one.")
    return str(row["caption"] or row["path"])


def shown_today(connection: Connection, numbers: set[int], today: date) -> set[int]:
    """Those of some files that are still in the media folder and may be shown today."""
    rows = connection.execute(select(*MEDIA).where(media.c.id.in_(numbers))).mappings()
    return {row["id"] for row in rows if _refusal(row, today) is None}


def _voices_here(place: str, until: date) -> tuple[ColumnElement[bool], ...]:
    v = voice.c
    here = or_(v.stage == place, v.touchpoint.in_(select(touchpoint.c.touchpoint).where(touchpoint.c.stage == place)))
    return here, v.words.is_not(None), v.words != "", v.day <= until


def _there(place: str, today: date) -> tuple[ColumnElement[bool], ...]:
    return media.c.stage == place, or_(media.c.captured_on.is_(None), media.c.captured_on <= today)


def _shown(connection: Connection, place: str, today: date) -> Iterator[Artefact]:
    chosen = select(*MEDIA).where(*_there(place, today)).order_by(media.c.lane, media.c.path)
    for row in connection.execute(chosen).mappings():
        if _refusal(row, today) is None:
            yield Artefact(row["id"], row["kind"], row["caption"] or row["path"])


def _refusal(row: RowMapping, today: date) -> str | None:
    return why_not(row["kind"], row["consent"], row["retention_until"], today)
