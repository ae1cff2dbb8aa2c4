"""Opportunities to improve or innovate: where each came from, and what is told of the current experience in its first month."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select

from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, checked, needed, one_of
from wallboard.records.annotations import TITLE
from wallboard.records.places import known_place
from wallboard.records.stage_evidence import caption_of, words_of
from wallboard.store.schema import current_experience, opportunity, touchpoint, user_account, walk_annotation
from wallboard.store.schema.walk import KINDS, ORIGINS

EMPTY = "Step 1 cannot be reported empty."
NEWEST = 400
"""Opportunities that are listed at once."""

OFFERED_AT_THE_END = ("lowest feeling", "largest loss")
"""Origins that only the end of a walk offers."""


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
    finding: str | None = None
    """The gap or overlap that it was made of (wallboard.metrics.gaps)."""


@dataclass(frozen=True)
class Opportunity:
    """One opportunity; `by` is who proposed it, or made the mark that it has become."""

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
    quotation: str
    media: int
    artefact: str


def propose(act: Acting, perimeter: str, idea: Idea) -> int:
    """Write an opportunity down; returns its number. What a walk's end offers is kept once a walk, and only there.

    Raises RuleRefused or NotFound with what is missing, unknown or kept already.
    """
    if idea.kind not in KINDS:
        raise RuleRefused("improve or innovate", "has not been chosen.", "Choose one.")
    one_of("where it comes from", idea.origin, ORIGINS[1:])
    title = needed("what it is", idea.title)
    if len(title) > TITLE:
        raise RuleRefused("what it is", f"is {len(title):,} characters long.", f"Say it in {TITLE}; the reason may be longer.")
    act.part(perimeter)
    known_place(act.connection, idea.stage, idea.touchpoint)
    _offered(act.connection, idea)
    proposed = {
        "kind": idea.kind, "origin": idea.origin, "title": title, "stage": idea.stage, "touchpoint": idea.touchpoint,
        "why": checked("why", idea.why), "value_at_stake": idea.value, "walk": idea.walk, "finding": idea.finding,
    }  # fmt: skip
    values = {**proposed, "at": act.at, "day": act.day(perimeter), "perimeter": perimeter, "actor": act.actor}
    number = int(act.connection.execute(insert(opportunity).values(**values).returning(opportunity.c.id)).scalar_one())
    act.audited("opportunity", number, "proposed", None, proposed)
    return number


def _offered(connection: Connection, idea: Idea) -> None:
    """What a walk's end offers belongs to a walk, once; what was found between functions becomes one opportunity."""
    same = select(opportunity.c.id).where(opportunity.c.finding == idea.finding)
    if idea.finding and connection.scalar(same) is not None:
        raise RuleRefused("what was found", "is an opportunity already.", "Open it in the list.")
    if idea.walk is None and idea.origin not in OFFERED_AT_THE_END:
        return
    if idea.walk is None:
        raise RuleRefused("where it comes from", f"'{idea.origin}' is kept at the end of a walk.", "Keep it there.")
    o = opportunity.c
    same = select(o.id).where(o.walk == idea.walk, o.origin == idea.origin, o.stage == idea.stage)
    if connection.scalar(same) is not None:
        raise RuleRefused("the room", "this has been kept already.", "It is among the opportunities already.")


def opportunities(connection: Connection, kind: str | None = None, origin: str | None = None) -> list[Opportunity]:
    """The NEWEST opportunities of a kind and an origin, or of all of them, newest first."""
    chosen = _chosen().where(*_of(kind, origin)).order_by(opportunity.c.id.desc()).limit(NEWEST)
    return [Opportunity(**row) for row in connection.execute(chosen).mappings()]


def count_opportunities(connection: Connection, kind: str | None = None, origin: str | None = None) -> int:
    """How many opportunities there are of a kind and an origin, or at all."""
    return connection.scalar(select(func.count()).select_from(opportunity).where(*_of(kind, origin))) or 0


def origins(connection: Connection) -> set[str]:
    """Where the opportunities come from, each origin once."""
    return set(connection.scalars(select(opportunity.c.origin).distinct()))


def _of(kind: str | None, origin: str | None) -> list[ColumnElement[bool]]:
    filters = ((opportunity.c.kind, kind), (opportunity.c.origin, origin))
    return [column == value for column, value in filters if value]


def one_opportunity(connection: Connection, number: int) -> Opportunity:
    """One opportunity by its number; raises NotFound."""
    row = connection.execute(_chosen().where(opportunity.c.id == number)).mappings().first()
    if row is None:
        raise NotFound("opportunity", f"there is no number {number}.", "Reload the list.")
    return Opportunity(**row)


def _chosen() -> Select[Any]:
    o, e = opportunity.c, current_experience.c
    reported = select(func.count()).where(e.opportunity == o.id).scalar_subquery().label("reports")
    names = ("id", "day", "perimeter", "kind", "origin", "title", "stage", "touchpoint", "why", "value_at_stake", "walk")
    chosen = select(*(o[name] for name in names), user_account.c.name.label("by"), reported)
    proposed = func.coalesce(walk_annotation.c.actor, o.actor)
    return chosen.outerjoin(walk_annotation, walk_annotation.c.id == o.annotation).join(
        user_account, user_account.c.id == proposed
    )


def report(
    act: Acting, number: int, place: str | None, words: str | None, voice: tuple[str, str] | None, artefact: int | None
) -> int:
    """Tell what the customer experiences today; refused without a stage, words, a customer's voice and an artefact.

    Voice and artefact are of that stage, no later than today, and the artefact may be shown today; NotFound or RuleRefused else.
    """
    about = one_opportunity(act.connection, number)
    if not place:
        raise RuleRefused("the stage", "has not been chosen.", EMPTY)
    known_place(act.connection, place)
    experienced = checked("what customers experience", words)
    if experienced is None:
        raise RuleRefused("what customers experience", "says nothing.", EMPTY)
    if voice is None:
        raise RuleRefused("the customer's voice", "has not been chosen.", EMPTY)
    if artefact is None:
        raise RuleRefused("the artefact", "has not been chosen.", EMPTY)
    today = act.day(about.perimeter)
    values = {
        "opportunity": number, "stage": place, "words": experienced, "voice_source": voice[0], "voice_key": voice[1],
        "quotation": words_of(act.connection, place, today, *voice), "media": artefact,
        "artefact": caption_of(act.connection, place, today, artefact),
    }  # fmt: skip
    chosen = insert(current_experience).values(at=act.at, actor=act.actor, **values).returning(current_experience.c.id)
    made = int(act.connection.execute(chosen).scalar_one())
    act.audited("current_experience", made, "reported", None, values)
    return made


def reports(connection: Connection, number: int) -> list[Report]:
    """What was reported about an opportunity's current experience, newest first."""
    e = current_experience.c
    names = [e[name] for name in Report.__dataclass_fields__ if name != "by"]
    chosen = select(*names, user_account.c.name.label("by")).join(user_account, user_account.c.id == e.actor)
    rows = connection.execute(chosen.where(e.opportunity == number).order_by(e.id.desc())).mappings()
    return [Report(**row) for row in rows]


def touchpoint_names(connection: Connection, place: str) -> list[str]:
    """The touchpoints of a stage, in their order."""
    t = touchpoint.c
    return [*connection.scalars(select(t.name).where(t.stage == place).order_by(t.seq, t.touchpoint))]
