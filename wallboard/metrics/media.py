"""What can be seen and heard: screenshots, packaging, paperwork, calls."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, or_, select

from wallboard.metrics.quotations import CustomersWords, Reference, quotation
from wallboard.metrics.scope import Scope
from wallboard.store.schema import media
from wallboard.store.showing import why_not
from wallboard.store.withdrawn import MEDIA


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file that can be seen or heard: `seconds` long, `width` by `height` pixels (of paperwork points).

    `media` is its number, `why_not` why it may not be shown, None where it is `playable`.
    """

    media: int
    path: str
    kind: str
    stage: str
    touchpoint: str | None
    lane: str
    caption: CustomersWords | None
    captured_on: date | None
    stale: bool
    consent: str
    playable: bool
    transcript: str | None
    words: CustomersWords | None
    mime: str
    width: int | None
    height: int | None
    seconds: float | None
    pages: int | None
    fields: int | None
    redacted: bool | None
    pair: str | None
    moment: str | None
    why_not: str | None


def stage_media(
    connection: Connection, scope: Scope, stage: str | None = None, stale_days: int | None = None
) -> tuple[MediaFile, ...]:
    """The media of a stage, lane by lane, newest first.

    `stale`: captured more than `stale_days` ago (None: the room's visible_days). `playable`: a call or video only where its
    people agreed or need not, anything else unless consent was withdrawn; and nothing after the last day of its retention;
    `why_not` says why it is not shown, else None. `consent` is withdrawn where any row of the same content is. `seconds`,
    `width` and `height` (pixels; of paperwork points), `pages` and `fields` are read from the file, None where it has none.
    `redacted`: personal things were taken out (None: nobody said).
    Files that belong together share a `pair`, with `moment` before or after. What was captured after today is not there yet.

    Grain: one row per file.
    """
    return _files(connection, scope, stale_days, [] if stage is None else [media.c.stage == stage])


def touchpoint_media(
    connection: Connection, scope: Scope, touchpoint: str | None = None, stale_days: int | None = None
) -> tuple[MediaFile, ...]:
    """The media of a touchpoint, on the same terms as stage_media.

    Grain: one row per file.
    """
    where = [media.c.touchpoint.is_not(None) if touchpoint is None else media.c.touchpoint == touchpoint]
    return _files(connection, scope, stale_days, where)


def one_media(connection: Connection, scope: Scope, reference: str = "") -> tuple[MediaFile, ...]:
    """One file by the text of its reference, or without one the newest, on the same terms as stage_media.

    Grain: one row.
    """
    where = Reference.of_text(reference).where(media) if reference else []
    files = _files(connection, scope, None, where)
    return tuple(sorted(files, key=lambda file: (file.captured_on or date.min, file.media))[-1:])


def media_file(connection: Connection, number: int, today: date) -> dict[str, Any] | None:
    """What the store knows of one file by its number (the column media) and why it is not shown (`why_not`); None: no such.

    `consent` is withdrawn where any row of the same content (sha256) is.
    """
    row = connection.execute(select(*MEDIA).where(media.c.id == number)).mappings().first()
    return None if row is None else {**row, "why_not": why_not(row["kind"], row["consent"], row["retention_until"], today)}


def media_files(connection: Connection) -> list[str]:
    """The path of every file that the store lists, below the media folder."""
    return list(connection.execute(select(media.c.path).order_by(media.c.path)).scalars())


def transcripts(connection: Connection) -> list[tuple[str, str, float | None]]:
    """Path, path of the transcript and seconds of every clip that has one."""
    query = select(media.c.path, media.c.transcript, media.c.seconds).where(media.c.transcript.is_not(None))
    return [(path, transcript, seconds) for path, transcript, seconds in connection.execute(query.order_by(media.c.path))]


def _files(
    connection: Connection, scope: Scope, stale_days: int | None, where: list[ColumnElement[bool]]
) -> tuple[MediaFile, ...]:
    taken = or_(media.c.captured_on.is_(None), media.c.captured_on <= scope.today)
    undated = case((media.c.captured_on.is_(None), 1), else_=0)
    order = media.c.stage, media.c.lane, undated, media.c.captured_on.desc(), media.c.path
    oldest = scope.today - timedelta(days=stale_days or scope.visible_days)
    rows = connection.execute(select(*MEDIA).where(taken, *where).order_by(*order))
    return tuple(_file(row, scope.today, oldest) for row in rows)


def _file(row: Row[Any], today: date, oldest: date) -> MediaFile:
    reason = why_not(row.kind, row.consent, row.retention_until, today)
    stale = row.captured_on is not None and row.captured_on < oldest
    caption, words = (
        quotation(row, media.c[name], getattr(row, name)) if getattr(row, name) else None for name in ("caption", "words")
    )
    return MediaFile(
        row.id, row.path, row.kind, row.stage, row.touchpoint, row.lane, caption, row.captured_on, stale, row.consent,
        reason is None, row.transcript, words, row.mime, row.width, row.height, row.seconds, row.pages, row.fields,
        row.redacted, row.pair, row.moment, reason,
    )  # fmt: skip
