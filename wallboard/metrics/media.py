"""What can be seen and heard: screenshots, packaging, paperwork, calls."""

from datetime import timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, case, or_, select

from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Scope
from wallboard.store.schema import media

_PEOPLE_IN_IT = ("call", "video")
_AGREED = ("given", "not needed")


def stage_media(connection: Connection, scope: Scope, stage: str | None = None, stale_days: int | None = None) -> pd.DataFrame:
    """The media of a stage, lane by lane, newest first.

    `stale`: captured more than `stale_days` ago (None: the room's visible_days). `playable`: a call or video only where its
    people agreed or need not;
    anything else unless consent was withdrawn. What was captured after today is not there yet.

    Grain: one row per file.
    Columns: media, path, kind, stage, touchpoint, lane, caption, captured_on, stale, consent, playable, transcript, words, mime
    """
    where = [] if stage is None else [media.c.stage == stage]
    return tidy(_files(connection, scope, stale_days, where), stage_media)


def touchpoint_media(
    connection: Connection, scope: Scope, touchpoint: str | None = None, stale_days: int | None = None
) -> pd.DataFrame:
    """The media of a touchpoint, on the same terms as stage_media.

    Grain: one row per file.
    Columns: media, path, kind, stage, touchpoint, lane, caption, captured_on, stale, consent, playable, transcript, words, mime
    """
    where = [media.c.touchpoint.is_not(None) if touchpoint is None else media.c.touchpoint == touchpoint]
    return tidy(_files(connection, scope, stale_days, where), touchpoint_media)


def media_file(connection: Connection, number: int) -> dict[str, Any] | None:
    """What the store knows of one file by its number (the column media) and whether it may be shown, or None."""
    row = connection.execute(select(media).where(media.c.id == number)).mappings().first()
    return None if row is None else {**row, "playable": _may_be_shown(row["kind"], row["consent"])}


def media_files(connection: Connection) -> list[str]:
    """The path of every file that the store lists, below the media folder."""
    return list(connection.execute(select(media.c.path).order_by(media.c.path)).scalars())


def _may_be_shown(kind: str, consent: str) -> bool:
    return consent in _AGREED if kind in _PEOPLE_IN_IT else consent != "withdrawn"


def _files(
    connection: Connection, scope: Scope, stale_days: int | None, where: list[ColumnElement[bool]]
) -> list[dict[str, Any]]:
    taken = or_(media.c.captured_on.is_(None), media.c.captured_on <= scope.today)
    undated = case((media.c.captured_on.is_(None), 1), else_=0)
    order = media.c.stage, media.c.lane, undated, media.c.captured_on.desc(), media.c.path
    oldest = scope.today - timedelta(days=stale_days or scope.visible_days)
    return [
        {
            "media": row.id,
            **{name: getattr(row, name) for name in _SAID},
            "stale": row.captured_on is not None and row.captured_on < oldest,
            "playable": _may_be_shown(row.kind, row.consent),
        }
        for row in connection.execute(select(media).where(taken, *where).order_by(*order))
    ]


_SAID = ("path", "kind", "stage", "touchpoint", "lane", "caption", "captured_on", "consent", "transcript", "words", "mime")
