"""Opportunities to improve or innovate: where each came from, and what is told of the current experience in its first month."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select

from wallboard.errors import NotFound, RuleRefused, nearest
from wallboard.records.acting import Acting, checked, needed
from wallboard.records.marks import TITLE
from wallboard.store.schema import current_experience, media, member, opportunity, stage, touchpoint, voice
from wallboard.store.schema.walk import KINDS, ORIGINS

EMPTY = "Step 1 cannot be reported empty."
OFFERED = 12
"""Voices and artefacts of a stage that a report chooses from."""

_NEWEST = 400


@dataclass(frozen=True)
class Idea:
    """An opportunity as somebody proposes it; `value` is what is at stake a year."""

    kind: str
    origin: str
    title: str | None
    stage: str | None = None
    touchpoint: str | None = None
    why: str | None = None
    value: float | None = None
    walk: int | None = None


@dataclass(frozen=True)
class Opportunity:
    """One opportunity."""

    id: int
    day: date
    perimeter: str
    by: str
    kind: str
    origin: str
    title: str
    stage: str | None
    touchpoint: str | None
    why: str | None
    value_at_stake: float | None
    walk: int | None
    reports: int


@dataclass(frozen=True)
class Report:
    """The first month: what the customer experiences today, with stage, voice and artefact."""

    at: datetime
    by: str
    stage: str
    words: str
    voice_source: str
    voice_key: str
    said: str
    media: int
    artefact: str


@dataclass(frozen=True)
class Said:
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


def propose(act: Acting, perimeter: str, idea: Idea) -> int:
    """Write an opportunity down; returns its number. What a walk's end offers is kept once a walk."""
    if idea.kind not in KINDS:
        raise RuleRefused("improve or innovate", "has not been chosen.", "Choose one.")
    if idea.origin not in ORIGINS or idea.origin == "walkthrough":
        raise RuleRefused("where it comes from", f"'{idea.origin[:40]}' is none.", nearest(idea.origin, ORIGINS[1:]))
    title = needed("what it is", idea.title)
    if len(title) > TITLE:
        raise RuleRefused("what it is", f"is {len(title):,} letters long.", f"Say it in {TITLE}; the reason may be longer.")
    _known_stage(act.connection, idea.stage)
    if idea.walk is not None:
        _once(act.connection, idea)
    said = {
        "kind": idea.kind, "origin": idea.origin, "title": title, "stage": idea.stage, "touchpoint": idea.touchpoint,
        "why": checked("why", idea.why), "value_at_stake": idea.value, "walk": idea.walk,
    }  # fmt: skip
    values = {**said, "at": act.at, "day": act.day(perimeter), "perimeter": perimeter, "actor": act.actor}
    number = int(act.connection.execute(insert(opportunity).values(**values).returning(opportunity.c.id)).scalar_one())
    act.audited("opportunity", number, "proposed", None, said)
    return number


def _once(connection: Connection, idea: Idea) -> None:
    o = opportunity.c
    same = select(o.id).where(o.walk == idea.walk, o.origin == idea.origin, o.stage == idea.stage)
    if connection.scalar(same) is not None:
        raise RuleRefused("the room", "this has been kept already.", "It stands among the opportunities.")


def opportunities(connection: Connection, kind: str | None = None, origin: str | None = None) -> list[Opportunity]:
    """The opportunities of a kind and an origin, or all of them, newest first."""
    chosen = _chosen()
    if kind:
        chosen = chosen.where(opportunity.c.kind == kind)
    if origin:
        chosen = chosen.where(opportunity.c.origin == origin)
    return [Opportunity(**row) for row in connection.execute(chosen.order_by(opportunity.c.id.desc()).limit(_NEWEST)).mappings()]


def one_opportunity(connection: Connection, number: int) -> Opportunity:
    """One opportunity by its number; raises NotFound."""
    row = connection.execute(_chosen().where(opportunity.c.id == number)).mappings().first()
    if row is None:
        raise NotFound("opportunity", f"there is no number {number}.", "Open the list anew.")
    return Opportunity(**row)


def _chosen() -> Select[Any]:
    o, e = opportunity.c, current_experience.c
    reported = select(func.count()).where(e.opportunity == o.id).scalar_subquery().label("reports")
    names = ("id", "day", "perimeter", "kind", "origin", "title", "stage", "touchpoint", "why", "value_at_stake", "walk")
    return select(*(o[name] for name in names), member.c.name.label("by"), reported).join(member, member.c.id == o.actor)


def report(
    act: Acting, number: int, place: str | None, words: str | None, said: tuple[str, str] | None, artefact: int | None
) -> int:
    """Tell what the customer experiences today; refused without a stage, words, a customer's voice and an artefact."""
    one_opportunity(act.connection, number)
    if not place:
        raise RuleRefused("the stage", "has not been chosen.", EMPTY)
    _known_stage(act.connection, place)
    told = checked("what customers experience", words)
    if told is None:
        raise RuleRefused("what customers experience", "says nothing.", EMPTY)
    if said is None:
        raise RuleRefused("the customer's voice", "has not been chosen.", EMPTY)
    if artefact is None:
        raise RuleRefused("the artefact", "has not been chosen.", EMPTY)
    values = {
        "opportunity": number, "stage": place, "words": told, "voice_source": said[0], "voice_key": said[1],
        "said": _words_of(act.connection, *said), "media": artefact, "artefact": _caption_of(act.connection, artefact),
    }  # fmt: skip
    chosen = insert(current_experience).values(at=act.at, actor=act.actor, **values).returning(current_experience.c.id)
    made = int(act.connection.execute(chosen).scalar_one())
    act.audited("current_experience", made, "reported", None, values)
    return made


def reports(connection: Connection, number: int) -> list[Report]:
    """What was reported about an opportunity's current experience, newest first."""
    e = current_experience.c
    names = [e[name] for name in Report.__dataclass_fields__ if name != "by"]
    chosen = select(*names, member.c.name.label("by")).join(member, member.c.id == e.actor)
    rows = connection.execute(chosen.where(e.opportunity == number).order_by(e.id.desc())).mappings()
    return [Report(**row) for row in rows]


def voices_at(connection: Connection, place: str) -> list[Said]:
    """What customers said at a stage: complaints before anything else, the newest first."""
    v = voice.c
    here = or_(v.stage == place, v.touchpoint.in_(select(touchpoint.c.touchpoint).where(touchpoint.c.stage == place)))
    chosen = select(v.source, v.source_key, v.words, v.day).where(here, v.words.is_not(None), v.words != "")
    rows = connection.execute(chosen.order_by(v.complaint.desc(), v.day.desc(), v.id.desc()).limit(OFFERED)).all()
    return [Said(row.source, row.source_key, row.words, row.day) for row in rows]


def artefacts_at(connection: Connection, place: str) -> list[Artefact]:
    """What customers see, hear or get at a stage, as far as it may be shown."""
    m = media.c
    chosen = select(m.id, m.kind, m.caption, m.path).where(m.stage == place, m.consent.in_(("given", "not needed")))
    rows = connection.execute(chosen.order_by(m.lane, m.path).limit(OFFERED)).all()
    return [Artefact(row.id, row.kind, row.caption or row.path) for row in rows]


def _words_of(connection: Connection, source: str, key: str) -> str:
    found = connection.scalar(select(voice.c.words).where(voice.c.source == source, voice.c.source_key == key))
    if not (found or "").strip():
        raise NotFound("the customer's voice", f"'{key[:60]}' of {source[:60]} is not in the store.", "Choose it anew.")
    return str(found)


def _caption_of(connection: Connection, number: int) -> str:
    row = connection.execute(select(media.c.caption, media.c.path).where(media.c.id == number)).first()
    if row is None:
        raise NotFound("the artefact", f"there is no number {number} in the media folder.", "Choose it anew.")
    return str(row.caption or row.path)


def _known_stage(connection: Connection, place: str | None) -> None:
    known = connection.scalars(select(stage.c.stage)).all()
    if place is not None and place not in known:
        raise NotFound("stage", f"'{place[:60]}' is none.", nearest(place, known))


def touchpoint_names(connection: Connection, place: str) -> list[str]:
    """The contact points of a stage, in their order."""
    t = touchpoint.c
    return [*connection.scalars(select(t.name).where(t.stage == place).order_by(t.seq, t.touchpoint))]
