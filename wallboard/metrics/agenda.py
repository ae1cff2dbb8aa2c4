"""The order of a guided walk: what the company is for, a customer's voice before any number, the journey, each stage, the end."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from wallboard.metrics.journey import employees, stages
from wallboard.metrics.media import stage_media
from wallboard.metrics.quotations import CustomersWords
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope
from wallboard.metrics.voices import verbatims
from wallboard.store.schema import LANES

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


def opening_voice(connection: Connection, scope: Scope) -> tuple[OpeningVoice, ...]:
    """One customer's own words of the last three months, exactly as said: of the newest complaints the one that says most.

    Where there is none, whatever a customer said last, however long ago. No row where nobody has said anything.

    Grain: one row.
    """
    voices = verbatims(connection, scope, limit=_LOOKED_AT, longest=_QUOTABLE.stop)
    recent = [voice for voice in voices if voice.day >= scope.today - _RECENT]
    quotable = [voice for voice in recent if voice.complaint and len(voice.words) in _QUOTABLE and not voice.abridged]
    best = max(quotable, key=lambda voice: (len(voice.words), voice.words)) if quotable else next(iter([*recent, *voices]), None)
    if best is None:
        return ()
    names = {at.stage: at.name for at in stages(connection, scope)}
    place = names.get(best.stage) if best.stage else None
    return (OpeningVoice(best.words, best.channel, best.kind, best.stage, place, best.day),)
