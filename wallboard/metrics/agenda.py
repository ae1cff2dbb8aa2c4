"""The order of a guided walk: what the company is for, a customer's voice before any number, the journey, each stage, the end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from wallboard.metrics.journey import employees, stages
from wallboard.metrics.media import stage_media
from wallboard.metrics.quotations import LOADED, CustomersWords, Quotation, Reference, words_now
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope
from wallboard.metrics.voices import Verbatim, verbatims
from wallboard.store.schema import LANES, survey_response, voice

_RECENT = timedelta(days=92)
_QUOTABLE = range(30, 201)
"""Letters of a voice that says something, and can be read from four metres."""

_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class WalkPlace:
    """One place of a guided walk, with how many things can be shown there. kind: mission, voice, map, stage, end."""

    place: str
    kind: str
    stage: str | None
    title: str
    items: int


@dataclass(frozen=True, slots=True)
class WalkItem:
    """One file that can be shown at a stage, `seconds` long; `why_not` is why it may not be shown, or None."""

    media: int
    kind: str
    stage: str
    lane: str
    caption: CustomersWords | None
    seconds: float | None
    playable: bool
    why_not: str | None


@dataclass(frozen=True, slots=True)
class Mission:
    """What the company is there for, in its words, and who answers for the whole journey; None: not said."""

    words: str | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class OpeningVoice:
    """One customer's own words, exactly as said, and where and when."""

    words: CustomersWords
    channel: str
    kind: str
    stage: str | None
    stage_name: str | None
    day: date


def walk_agenda(connection: Connection, scope: Scope) -> tuple[WalkPlace, ...]:
    """The places of a guided walk in their order; `items` are the things to be shown at a stage.

    kind: mission, voice, map, stage, end. Every stage is on it, with something collected or not.

    Grain: one row per place.
    """
    files = Counter(file.stage for file in stage_media(connection, scope))
    opening = (("mission", "What we are here for"), ("voice", "A customer speaks first"), ("map", "The whole journey"))
    return (
        *(WalkPlace(place, place, None, title, 0) for place, title in opening),
        *(WalkPlace(at.stage, "stage", at.stage, at.name, files[at.stage]) for at in stages(connection, scope)),
        WalkPlace("end", "end", None, "What emerges", 0),
    )


def walk_items(connection: Connection, scope: Scope) -> tuple[WalkItem, ...]:
    """What can be shown at each stage: lane by lane, in the order of the lanes. `why_not`: why it may not be shown, or None.

    Grain: one row per file.
    """
    files = sorted(stage_media(connection, scope), key=lambda file: LANES.index(file.lane))
    return tuple(WalkItem(**common_fields(file, WalkItem)) for file in files)


def mission(connection: Connection, scope: Scope) -> tuple[Mission, ...]:
    """What the company is there for, as room.toml says it (None where it does not), and who answers for the whole journey.

    Grain: one row.
    """
    owners = (who.name for who in employees(connection, scope) if who.employee == scope.journey_owner)
    return (Mission(scope.mission, next(owners, None)),)


def opening_voice(connection: Connection, scope: Scope, stage: str | None = None) -> tuple[OpeningVoice, ...]:
    """One customer's own words of the last three months, exactly as said: of the newest complaints the one that says most.

    One at the `stage` before others. Where there is none, whatever a customer said last, however long ago. No row where nobody
    has said anything.

    Grain: one row.
    """
    return opening_voices(connection, scope, stage, limit=1)


def opening_voices(connection: Connection, scope: Scope, stage: str | None = None, limit: int = 8) -> tuple[OpeningVoice, ...]:
    """The voices with which one can begin, the best first: as opening_voice says.

    Grain: one row per thing a customer said.
    """
    there = verbatims(connection, scope, stage=stage, limit=_LOOKED_AT, longest=_QUOTABLE.stop) if stage else ()
    voices = verbatims(connection, scope, limit=_LOOKED_AT, longest=_QUOTABLE.stop)
    ordered = dict.fromkeys([*_strongest(there, scope), *_strongest(voices, scope), *_recent(voices, scope), *voices])
    names = {at.stage: at.name for at in stages(connection, scope)}
    return tuple(
        OpeningVoice(voice.words, voice.channel, voice.kind, voice.stage, names.get(voice.stage or ""), voice.day)
        for voice in list(ordered)[:limit]
    )


def chosen_voice(connection: Connection, scope: Scope, reference: str = "") -> tuple[OpeningVoice, ...]:
    """The words that somebody has chosen, by the text of their reference, as the store has them today.

    No row where it does not have them any more.

    Grain: one row.
    """
    place = Reference.of_text(reference) if reference else None
    if place is None or place.column != "words" or tuple(name for name, _ in place.key) != LOADED:
        return ()
    words = words_now(connection, scope.today, _QUOTED)(place)
    if words is None:
        return ()
    table = _QUOTED[place.table]
    row = connection.execute(select(table).where(*place.where(table))).one()
    names = {at.stage: at.name for at in stages(connection, scope)}
    channel, kind = (row.channel, row.kind) if table is voice else (row.survey, "survey")
    return (OpeningVoice(Quotation(words, place), channel, kind, row.stage, names.get(row.stage or ""), row.day),)


_QUOTED = {table.name: table for table in (voice, survey_response)}


def _recent(voices: Iterable[Verbatim], scope: Scope) -> list[Verbatim]:
    return [voice for voice in voices if voice.day >= scope.today - _RECENT]


def _strongest(voices: Iterable[Verbatim], scope: Scope) -> list[Verbatim]:
    """Recent complaints that can be read whole from four metres, those that say most first."""
    able = [voice for voice in _recent(voices, scope) if voice.complaint and len(voice.words) in _QUOTABLE and not voice.abridged]
    return sorted(able, key=lambda voice: (len(voice.words), voice.words), reverse=True)
