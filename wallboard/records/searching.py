"""Finding the customer's own words among what the sources have brought, so that an issue can stand on them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from wallboard.store.schema import issue_voice, post, voice

NEWEST = 50_000
"""So many voices and posts are looked through, the newest first; a rare word does not read ten years."""


@dataclass(frozen=True)
class Found:
    """One voice or post with words; `by` is its author where it was said in public, `issue` the room's issue that has it."""

    source: str
    key: str
    kind: str
    heard_through: str
    by: str | None
    at: datetime
    words: str
    perimeter: str | None
    stage: str | None
    touchpoint: str | None
    issue_type: str | None
    issue: int | None


def find_words(connection: Connection, words: str, most: int = 12) -> list[Found]:
    """The newest voices and posts that hold every one of some words."""
    wanted = words.split()[:8]
    if not wanted:
        return []
    found = [*_voices(connection, wanted, most), *_posts(connection, wanted, most)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:most]


def one_found(connection: Connection, source: str, key: str) -> Found | None:
    """A voice or post by its source and key; None where it is not there or has no words."""
    mine = (voice.c.source == source, voice.c.source_key == key, voice.c.words.is_not(None))
    row = connection.execute(select(voice).where(*mine)).first()
    if row is not None:
        return _voice(connection, row)
    row = connection.execute(select(post).where(post.c.source == source, post.c.source_key == key)).first()
    return None if row is None else _post(connection, row)


def _voices(connection: Connection, wanted: list[str], most: int) -> list[Found]:
    newest = select(voice).where(voice.c.words.is_not(None)).order_by(voice.c.day.desc()).limit(NEWEST).subquery()
    holds = [newest.c.words.icontains(one, autoescape=True) for one in wanted]
    rows = connection.execute(select(newest).where(*holds).order_by(newest.c.occurred_at.desc()).limit(most))
    return [_voice(connection, row) for row in rows]


def _posts(connection: Connection, wanted: list[str], most: int) -> list[Found]:
    """Only what was said about us: a competitor's customers are not ours."""
    newest = select(post).where(post.c.ours.is_(True)).order_by(post.c.posted_at.desc()).limit(NEWEST).subquery()
    holds = [newest.c.words.icontains(one, autoescape=True) for one in wanted]
    rows = connection.execute(select(newest).where(*holds).order_by(newest.c.posted_at.desc()).limit(most))
    return [_post(connection, row) for row in rows]


def _voice(connection: Connection, row: Row[Any]) -> Found:
    place = row.perimeter, row.stage, row.touchpoint, row.issue_type
    said = row.source, row.source_key, row.kind, row.heard_through
    return Found(*said, None, row.occurred_at, row.words, *place, _issue(connection, row.source, row.source_key))


def _post(connection: Connection, row: Row[Any]) -> Found:
    said = row.network, row.author, row.posted_at, row.words
    place = None, None, None, None
    return Found(row.source, row.source_key, "post", *said, *place, _issue(connection, row.source, row.source_key))


def _issue(connection: Connection, source: str, key: str) -> int | None:
    mine = (issue_voice.c.source == source, issue_voice.c.source_key == key)
    return connection.scalar(select(issue_voice.c.issue).where(*mine).order_by(issue_voice.c.issue.desc()).limit(1))
