"""Finding the customer's own words among what the sources have brought, so that an issue can stand on them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, func, literal, null, or_, select

from wallboard.store.schema import evidence, issue_voice, post, voice

NEWEST = 50_000
"""So many voices and posts are looked through, the newest first; a rare word does not read ten years."""

LOOKED_AT = 400
"""So many of those that hold the letters are put in order, of complaints and of others."""


@dataclass(frozen=True)
class SearchHit:
    """One voice or post with words; `by` is its author where it was said in public, `issue` the room's issue that has it."""

    source: str
    key: str
    kind: str
    channel: str
    by: str | None
    at: datetime
    words: str
    perimeter: str | None
    stage: str | None
    touchpoint: str | None
    issue_type: str | None
    issue: int | None


def find_words(connection: Connection, words: str, most: int = 12) -> list[SearchHit]:
    """The voices and posts that hold every one of some words, the most fitting first.

    A word that begins so ("jar", "jars") comes before letters inside another ("ajar"); of these complaints come first, since an
    issue is to stand on them; then the newest.
    """
    wanted = words.split()[:8]
    if not wanted:
        return []
    rows = [*_voices(connection, wanted), *_posts(connection, wanted)]
    begins = [re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in wanted]
    rows.sort(key=lambda row: row.at, reverse=True)
    rows.sort(key=lambda row: (not all(pattern.search(row.words) for pattern in begins), not row.negative))
    return [_hit(connection, row) for row in rows[:most]]


def newest_complaints(connection: Connection, most: int = 6) -> list[SearchHit]:
    """The newest complaints in customers' words, sent to us or said in public, that are no issue of the room yet."""
    tables = ((voice, voice.c.complaint.is_(True)), (post, and_(post.c.ours.is_(True), post.c.tone == "negative")))
    rows = [row for table, which in tables for row in connection.execute(_unrelayed(table, which).limit(most))]
    return [_hit(connection, row) for row in sorted(rows, key=lambda row: row.at, reverse=True)[:most]]


def _unrelayed(table: Any, which: ColumnElement[bool]) -> Select[Any]:
    mine = (issue_voice.c.source == table.c.source, issue_voice.c.source_key == table.c.source_key)
    brought = (evidence.c.source == table.c.source, evidence.c.source_key == table.c.source_key)
    known = or_(select(issue_voice.c.issue).where(*mine).exists(), select(evidence.c.id).where(*brought).exists())
    newest = (table.c.day.desc(), table.c.occurred_at.desc()) if table is voice else (table.c.posted_at.desc(),)
    return select(*_columns(table)).where(which, table.c.words.is_not(None), ~known).order_by(*newest, table.c.source_key)


def search_hit(connection: Connection, source: str, key: str) -> SearchHit | None:
    """A voice or post by its source and key; None where it is not there or has no words."""
    for table in (voice, post):
        mine = (table.c.source == source, table.c.source_key == key, table.c.words.is_not(None))
        row = connection.execute(select(*_columns(table)).where(*mine)).first()
        if row is not None:
            return _hit(connection, row)
    return None


_PLACE = ("perimeter", "stage", "touchpoint", "issue_type")


def _columns(table: Any) -> list[Any]:
    """What is told of a voice, or of a post, under the same names."""
    t = table.c
    if table is voice:
        columns = (t.kind, t.channel, null().label("by"), t.occurred_at.label("at"), t.complaint.label("negative"))
        return [t.source, t.source_key, t.words, *columns, *(t[name] for name in _PLACE)]
    tone = func.coalesce(t.tone == "negative", false()).label("negative")
    columns = (
        literal("post").label("kind"),
        t.network.label("channel"),
        t.author.label("by"),
        t.posted_at.label("at"),
        tone,
    )
    return [t.source, t.source_key, t.words, *columns, *(null().label(name) for name in _PLACE)]


def _voices(connection: Connection, wanted: list[str]) -> Iterable[Row[Any]]:
    newest = select(*_columns(voice), voice.c.day).where(voice.c.words.is_not(None))
    return _holding(connection, newest.order_by(voice.c.day.desc()).limit(NEWEST), wanted)


def _posts(connection: Connection, wanted: list[str]) -> Iterable[Row[Any]]:
    """Only what was said about us: a competitor's customers are not ours."""
    newest = select(*_columns(post)).where(post.c.ours.is_(True))
    return _holding(connection, newest.order_by(post.c.posted_at.desc()).limit(NEWEST), wanted)


def _holding(connection: Connection, newest: Select[Any], wanted: list[str]) -> Iterable[Row[Any]]:
    """Those of the newest that hold the letters: the newest complaints, and the newest others."""
    those = newest.subquery()
    holds = [those.c.words.icontains(word, autoescape=True) for word in wanted]
    for negative in (those.c.negative, ~those.c.negative):
        yield from connection.execute(select(those).where(*holds, negative).order_by(those.c.at.desc()).limit(LOOKED_AT))


def _hit(connection: Connection, row: Row[Any]) -> SearchHit:
    spoken = row.source, row.source_key, row.kind, row.channel, row.by, row.at, row.words
    place = row.perimeter, row.stage, row.touchpoint, row.issue_type
    return SearchHit(*spoken, *place, _issue(connection, row.source, row.source_key))


def _issue(connection: Connection, source: str, key: str) -> int | None:
    mine = (issue_voice.c.source == source, issue_voice.c.source_key == key)
    return connection.scalar(select(issue_voice.c.issue).where(*mine).order_by(issue_voice.c.issue.desc()).limit(1))
