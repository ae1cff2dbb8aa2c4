"""The real voices behind a bar: what customers said, as they said it, and a call from the same place."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, func, select

from wallboard.metrics.cropping import crop
from wallboard.metrics.facts import within
from wallboard.metrics.media import touchpoint_media
from wallboard.metrics.scope import Scope
from wallboard.store.schema import function, issue_type, stage, touchpoint, voice

_V = voice.c
_LOOK_AT = 60
"""Voices looked at to find some of different customers."""

About = str | None
"""A key; '' for what names none, None for anything."""


@dataclass(frozen=True, slots=True)
class DrilldownVoice:
    """What one customer said, by its number in the store; the customer is not named. Words that were cut are `abridged`.

    `heard_by` is who relayed it, else the function that handled it.
    """

    voice: int
    words: str
    abridged: bool
    complaint: bool
    channel: str
    heard_by: str | None
    kind: str
    day: date
    wording: str | None
    stage: str | None
    stage_name: str | None
    touchpoint: str | None
    touchpoint_name: str | None
    language: str | None
    perimeter: str


@dataclass(frozen=True, slots=True)
class DrilldownCall:
    """A recorded call that may be played, by its number in the store; `transcribed`: it has words to be read along."""

    media: int
    caption: str | None
    captured_on: date | None
    touchpoint: str | None
    touchpoint_name: str | None
    mime: str | None
    transcribed: bool


def drilldown_voices(
    connection: Connection,
    scope: Scope,
    about: About = None,
    at: About = None,
    cause: About = None,
    besides: str = "",
    since: str = "",
    until: str = "",
    limit: int = 3,
    longest: int = 400,
) -> tuple[DrilldownVoice, ...]:
    """The newest voices with words about a kind of issue (about), at a stage (at), or traced to a function (cause).

    '' asks for those that name none; `since` and `until` are days (2026-06-30). `besides` names kinds, parted by commas, that
    are left out (a bar 'other'). Complaints come first, then the newest; each is of a different customer, and who names no
    customer is nobody else's voice. Words longer than `longest` characters are cut at a word.

    Grain: one row per voice.
    """
    where = [*_named(_V.issue_type, about), *_named(_V.stage, at), *_named(_V.cause, cause)]
    others = [key for key in besides.split(",") if key]
    if others:
        where += [_V.issue_type.is_not(None), _V.issue_type.not_in(others)]
    where += [_V.day >= date.fromisoformat(since)] if since else []
    where += [_V.day <= date.fromisoformat(until)] if until else []
    rows: list[Row[Any]] = []
    for complaint in (1, 0):
        if len(rows) < limit:
            rows += _different(_newest(connection, scope, where, complaint, longest), rows, limit - len(rows))
    return tuple(_voice(row, longest) for row in rows)


def drilldown_calls(connection: Connection, scope: Scope, touchpoints: str = "") -> tuple[DrilldownCall, ...]:
    """A recorded call that may be played, from the touchpoint that is named most often (keys, parted by commas; '': any).

    Grain: one row, or none.
    """
    counted = Counter(key for key in touchpoints.split(",") if key)
    places: list[About] = [key for key, _ in counted.most_common()]
    for key in places or [None]:
        files = touchpoint_media(connection, scope, touchpoint=key)
        call = next((file for file in files if file.kind == "call" and file.playable), None)
        if call:
            name = connection.scalar(select(touchpoint.c.name).where(touchpoint.c.touchpoint == call.touchpoint))
            transcribed = bool(call.transcript or call.words)
            return (DrilldownCall(call.media, call.caption, call.captured_on, call.touchpoint, name, call.mime, transcribed),)
    return ()


def _named(column: Any, key: About) -> list[ColumnElement[bool]]:
    if key is None:
        return []
    return [column == key] if key else [column.is_(None)]


def _newest(
    connection: Connection, scope: Scope, where: list[ColumnElement[bool]], complaint: int, longest: int
) -> Iterable[Row[Any]]:
    head = func.substr(_V.words, 1, longest + 1).label("words")
    kind = case((_V.complaint, 1), else_=0)  # no column of an index: the newest are found through one that knows the days
    plain = (_V.id, _V.customer, _V.complaint, _V.channel, _V.relayed_by, _V.kind, _V.day, _V.stage, _V.touchpoint)
    names = {
        "wording": issue_type.c.wording,
        "stage_name": stage.c.name,
        "touchpoint_name": touchpoint.c.name,
        "function_name": function.c.name,
    }
    query = (
        select(*plain, _V.language, _V.perimeter, head, *(column.label(name) for name, column in names.items()))
        .outerjoin(issue_type, issue_type.c.issue_type == _V.issue_type)
        .outerjoin(stage, stage.c.stage == _V.stage)
        .outerjoin(touchpoint, touchpoint.c.touchpoint == _V.touchpoint)
        .outerjoin(function, function.c.function == _V.handled_by)
        .where(*within(voice, scope), *where, kind == complaint, func.length(_V.words) > 0)
        .order_by(_V.day.desc(), _V.id.desc())
        .limit(_LOOK_AT)
    )
    rows: list[Any] = list(connection.execute(query))
    return rows


def _different(rows: Iterable[Row[Any]], before: list[Row[Any]], limit: int) -> list[Row[Any]]:
    known = {row.customer for row in before if row.customer}
    chosen: list[Row[Any]] = []
    for row in rows:
        if len(chosen) < limit and row.customer not in known:
            chosen.append(row)
            known |= {row.customer} if row.customer else set()
    return chosen


def _voice(row: Row[Any], longest: int) -> DrilldownVoice:
    return DrilldownVoice(
        voice=row.id,
        words=crop(row.words, longest),
        abridged=len(row.words) > longest,
        complaint=row.complaint,
        channel=row.channel,
        heard_by=row.relayed_by or row.function_name,
        kind=row.kind,
        day=row.day,
        wording=row.wording,
        stage=row.stage,
        stage_name=row.stage_name,
        touchpoint=row.touchpoint,
        touchpoint_name=row.touchpoint_name,
        language=row.language,
        perimeter=row.perimeter,
    )
