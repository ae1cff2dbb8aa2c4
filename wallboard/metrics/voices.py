"""What customers say, exactly as they wrote it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, bindparam, exists, func, null, or_, select

from wallboard.metrics.quotations import CustomersWords, quotation
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import ATTENTION, GOOD, MEASURED, NO_CASES, NOT_MEASURED, WATCH
from wallboard.store.lookups import wordings
from wallboard.store.schema import issue_voice, post, survey_response, voice
from wallboard.store.schema import stage as stages
from wallboard.store.schema import touchpoint as touchpoints


@dataclass(frozen=True, slots=True)
class Verbatim:
    """One thing that a customer said, as written; `score` on the scale from `scale_min` to `scale_max` where one was given."""

    words: CustomersWords
    abridged: bool
    stale: bool
    score: float | None
    scale_min: float | None
    scale_max: float | None
    channel: str
    kind: str
    complaint: bool
    wording: str | None
    stage: str | None
    touchpoint: str | None
    day: date
    language: str | None
    perimeter: str


@dataclass(frozen=True, slots=True)
class Post:
    """One public post about us (`ours`) or a competitor, as written."""

    post: int
    brand: str
    ours: bool
    network: str
    posted_at: datetime
    author: CustomersWords | None
    words: CustomersWords
    url: str | None
    tone: str | None
    source: str
    source_key: str


@dataclass(frozen=True, slots=True)
class PostsTakenUp:
    """Public complaints about us, those that the room has made an issue of, and those that wait.

    counted: negative, all (no post says its tone). state: measured, no cases, not measured.
    """

    counted: str
    posts: int | None
    taken_up: int | None
    waiting: int | None
    oldest_days: int | None
    period_start: date
    period_end: date
    state: str


def verbatims(
    connection: Connection,
    scope: Scope,
    stage: str | None = None,
    touchpoint: str | None = None,
    issue_type: str | None = None,
    limit: int = 3,
    longest: int = 160,
    state: str = "",
) -> tuple[Verbatim, ...]:
    """The newest real words of customers, from every listening source, exactly as stored.

    Words longer than `longest` characters are left out while there are enough shorter ones; otherwise they are cut at a word
    and `abridged` is True. Answers of test surveys are left out. A survey's `wording` is its question. With `state`
    those come first that agree with it (states.py): complaints and low scores beside attention and watch, content customers
    beside good. `stale`: said longer ago than the room's visible_days.

    Grain: one row per thing a customer said, newest first.
    """
    about = (stage, touchpoint, issue_type)
    chosen: dict[str, Row[Any]] = {}
    for mood in dict.fromkeys((_MOODS.get(state), None)):
        for shorter, longer in ((longest, None), (None, longest)):
            if len(chosen) < limit:
                more = _newest(connection, scope, about, limit, shorter, longer, mood)
                fresh = [row for row in more if row.words not in chosen]
                chosen |= {row.words: row for row in fresh[: limit - len(chosen)]}
    rows = sorted(chosen.values(), key=lambda row: (row.day, row.words), reverse=True)
    worded = wordings(connection) if any(row.issue_type for row in rows) else {}
    oldest = scope.today - timedelta(days=scope.visible_days)
    return tuple(_verbatim(row, worded, longest, oldest) for row in rows)


_About = tuple[str | None, str | None, str | None]
_MOODS = {GOOD: False, WATCH: True, ATTENTION: True}
"""Whether words that agree with a state complain."""


def _newest(
    connection: Connection,
    scope: Scope,
    about: _About,
    limit: int,
    shorter_than: int | None = None,
    longer_than: int | None = None,
    mood: bool | None = None,
) -> list[Row[Any]]:
    """The newest words of both tables, the same words once."""
    rows: list[Row[Any]] = []
    for table in (voice, survey_response):
        if table is survey_response and about[2] is not None:
            continue
        query = _question(table, shorter=shorter_than is not None, mood=mood)
        bounds = {"perimeters": scope.perimeters, "last_day": scope.last_day, "size": shorter_than or longer_than, "most": limit}
        for where in _through_an_index(connection, table, about):
            rows += connection.execute(query.where(*where), bounds).all()
    rows.sort(key=lambda row: (row.day, row.words), reverse=True)
    return list({row.words: row for row in reversed(rows)}.values())[::-1][:limit]


_BOTH = ("source", "source_key", "words", "score", "stage", "touchpoint", "day", "perimeter")
_OF_VOICES, _OF_ANSWERS = (
    ("channel", "kind", "complaint", "issue_type", "language"),
    ("survey", "wording", "scale_min", "scale_max"),
)


@cache
def _question(table: Table, *, shorter: bool, mood: bool | None) -> Select[Any]:
    """The newest words of a table below or above a size, of those who complain (or do not) where that is asked: put
    together once, asked of other perimeters and days each time."""
    t = table.c
    own = [t[name] for name in _OF_VOICES] if table is voice else [*(t[name] for name in _OF_ANSWERS), null().label("issue_type")]
    size = func.length(t.words)
    fits = [size <= bindparam("size"), size > 0] if shorter else [size > bindparam("size")]
    inside = t.perimeter.in_(bindparam("perimeters", expanding=True)), t.day <= bindparam("last_day")
    moods = [] if mood is None else [_complains(table) if mood else _content(table)]
    real = [] if table is voice else [t.test.is_(False)]
    query = select(*(t[name] for name in _BOTH), *own).where(*inside, *fits, *real, *moods)
    return query.order_by(t.day.desc(), t.id.desc()).limit(bindparam("most"))


def _complains(table: Table) -> ColumnElement[bool]:
    """A complaint, or a score in the lower half of its scale."""
    t = table.c
    return or_(t.complaint, t.score <= _LOW_STARS) if table is voice else t.score < (t.scale_min + t.scale_max) / 2


def _content(table: Table) -> ColumnElement[bool]:
    """No complaint, and no score below the upper part of its scale."""
    t = table.c
    if table is voice:
        return and_(~t.complaint, or_(t.score.is_(None), t.score >= _HIGH_STARS))
    return t.score >= t.scale_max - (t.scale_max - t.scale_min) / 4


_LOW_STARS, _HIGH_STARS = 2, 4
"""Stars of a review that complains, and of one that is content; of five."""


def _through_an_index(connection: Connection, table: Any, about: _About) -> list[list[ColumnElement[bool]]]:
    """Conditions that an index serves: one question per stage where no place is given, so that ten years cost as much as one."""
    stage, touchpoint, issue_type = about
    named = {"touchpoint": touchpoint, "issue_type": issue_type, "stage": stage}
    where = [table.c[name] == key for name, key in named.items() if key is not None and name in table.c]
    if where and touchpoint is not None and table is survey_response:
        where.append(table.c.stage == select(touchpoints.c.stage).where(touchpoints.c.touchpoint == touchpoint).scalar_subquery())
    if where:
        return [where]
    places = connection.execute(select(stages.c.stage)).scalars().all()
    return [[table.c.stage == place] for place in places] + [[table.c.stage.is_(None)]]


def _verbatim(row: Row[Any], worded: dict[str, str], longest: int, oldest: date) -> Verbatim:
    spoken = hasattr(row, "channel")
    return Verbatim(
        words=quotation(row, (voice if spoken else survey_response).c.words, row.words, longest),
        abridged=len(row.words) > longest,
        stale=row.day < oldest,
        score=row.score,
        scale_min=None if spoken else row.scale_min,
        scale_max=None if spoken else row.scale_max,
        channel=row.channel if spoken else row.survey,
        kind=row.kind if spoken else "survey",
        complaint=row.complaint if spoken else False,
        wording=row.wording if not spoken else worded.get(row.issue_type) if row.issue_type else None,
        stage=row.stage,
        touchpoint=row.touchpoint,
        day=row.day,
        language=row.language if spoken else None,
        perimeter=row.perimeter,
    )


def posts(connection: Connection, scope: Scope, limit: int = 20) -> tuple[Post, ...]:
    """The newest public posts about us and about competitors; nothing can hide one.

    Grain: one row per post, newest first.
    """
    p = post.c
    columns = p.id, p.brand, p.ours, p.network, p.posted_at, p.author, p.words, p.url, p.tone, p.source, p.source_key
    rows: list[Post] = []
    for ours in (True, False):
        query = select(*columns).where(p.ours.is_(ours), p.posted_at <= scope.as_of)
        rows += [_post(row) for row in connection.execute(query.order_by(p.posted_at.desc(), p.id).limit(limit))]
    rows.sort(key=lambda row: (row.posted_at, row.post), reverse=True)
    return tuple(rows[:limit])


def _post(row: Any) -> Post:
    author = quotation(row, post.c.author, row.author) if row.author else None
    words = quotation(row, post.c.words, row.words)
    return Post(
        row.id, row.brand, row.ours, row.network, row.posted_at, author, words, row.url, row.tone, row.source, row.source_key
    )


def posts_taken_up(connection: Connection, scope: Scope, weeks: int = 13) -> tuple[PostsTakenUp, ...]:
    """How many public complaints about us of the last weeks the room has made an issue of, and how long the others wait.

    A complaint is a post about us whose tone is negative; where no post says its tone, every post about us counts (column
    counted: negative, all). `waiting` are those that belong to no issue as of the instant, `oldest_days` the age of the oldest of
    them (today − day + 1). state: measured, no cases, not measured (no post about us yet).

    Grain: one row.
    """
    p, v = post.c, issue_voice.c
    start = scope.today - timedelta(days=7 * weeks - 1)
    since = datetime.combine(start, time.min, scope.zone)
    mine = [p.ours.is_(True), p.posted_at >= since, p.posted_at <= scope.as_of]
    ever = connection.execute(select(p.id).where(p.ours.is_(True), p.posted_at <= scope.as_of).limit(1)).first()
    toned = connection.execute(select(p.id).where(*mine, p.tone.is_not(None)).limit(1)).first() is not None
    counted = [*mine, p.tone == "negative"] if toned else mine
    joined = (v.source == p.source) & (v.source_key == p.source_key) & (v.since <= scope.as_of)
    taken = exists(select(v.issue).where(joined))
    rows = connection.execute(select(p.posted_at, taken.label("taken")).where(*counted).order_by(p.posted_at)).all()
    waiting = [row.posted_at.astimezone(scope.zone).date() for row in rows if not row.taken]
    counts: tuple[int | None, int | None, int | None] = len(rows), len(rows) - len(waiting), len(waiting)
    numbers = counts if ever else (None, None, None)
    oldest = (scope.today - waiting[0]).days + 1 if waiting else None
    state = NOT_MEASURED if ever is None else MEASURED if rows else NO_CASES
    return (PostsTakenUp("negative" if toned else "all", *numbers, oldest, start, scope.today, state),)
