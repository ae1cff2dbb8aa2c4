"""Annotations that people make on a walk, and the opportunities that they become when it ends."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, needed
from wallboard.records.places import known_place
from wallboard.store import schema
from wallboard.store.schema import opportunity, user_account, walk_annotation
from wallboard.store.schema.walk import KINDS

TITLE = 300
"""Letters of a mark that stand as an opportunity's title; the rest is its reason."""


@dataclass(frozen=True)
class Annotation:
    """One annotation: here we must improve, or could innovate."""

    id: int
    kind: str
    words: str
    stage: str | None
    touchpoint: str | None
    media: int | None
    by: str


def annotate(
    act: Acting,
    walk: int,
    kind: str,
    words: str | None,
    stage: str | None = None,
    touchpoint: str | None = None,
    media: int | None = None,
) -> int:
    """Annotate what the walk shows; returns its number. Raises NotFound where there is no such walk, place or file."""
    if kind not in KINDS:
        raise RuleRefused("improve or innovate", "has not been chosen.", "Choose one.")
    _known(act.connection, walk, media)
    known_place(act.connection, stage, touchpoint)
    written = {"kind": kind, "words": needed("the mark", words), "stage": stage, "touchpoint": touchpoint, "media": media}
    values = {"walk": walk, "at": act.at, "actor": act.actor, **written}
    number = int(act.connection.execute(insert(walk_annotation).values(**values).returning(walk_annotation.c.id)).scalar_one())
    act.audited("walk_annotation", number, "marked", None, {"walk": walk, **written})
    return number


def _known(connection: Connection, walk: int, file: int | None) -> None:
    if connection.scalar(select(schema.walk.c.id).where(schema.walk.c.id == walk)) is None:
        raise NotFound("the walk", f"there is no number {walk}.", "Reload the page.")
    if file is not None and connection.scalar(select(schema.media.c.id).where(schema.media.c.id == file)) is None:
        raise NotFound("what it is about", f"there is no number {file} in the media folder.", "Choose it again.")


def annotations(connection: Connection, walk: int) -> list[Annotation]:
    """The annotations of a walk, in the order in which they were made."""
    k = walk_annotation.c
    chosen = select(k.id, k.kind, k.words, k.stage, k.touchpoint, k.media, user_account.c.name.label("by"))
    rows = connection.execute(
        chosen.join(user_account, user_account.c.id == k.actor).where(k.walk == walk).order_by(k.id)
    ).mappings()
    return [Annotation(**row) for row in rows]


def as_opportunities(act: Acting, walk: int, perimeter: str) -> int:
    """Make an opportunity of every mark of a walk that is none yet; returns how many."""
    there = set(act.connection.scalars(select(opportunity.c.annotation).where(opportunity.c.walk == walk)))
    made = [note for note in annotations(act.connection, walk) if note.id not in there]
    for note in made:
        title, _, rest = note.words.partition("\n")
        why = rest.strip() if len(title) <= TITLE else note.words
        proposed = {
            "kind": note.kind, "origin": "walkthrough", "title": title[:TITLE].strip(), "stage": note.stage,
            "touchpoint": note.touchpoint, "why": why or None, "walk": walk, "annotation": note.id,
        }  # fmt: skip
        values = {**proposed, "at": act.at, "day": act.day(perimeter), "perimeter": perimeter, "actor": act.actor}
        number = act.connection.execute(insert(opportunity).values(**values).returning(opportunity.c.id)).scalar_one()
        act.audited("opportunity", number, "emerged", None, proposed)
    return len(made)
