"""The quarantine list: what the last `wallboard media` left aside, why, and what to do."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from wallboard.loaders.media.listing import NAME
from wallboard.store.schema import load_run, refusal


@dataclass(frozen=True)
class Aside:
    """One file that was left aside."""

    path: str
    reason: str
    remedy: str


def left_aside(connection: Connection) -> list[Aside]:
    """What the last run left aside, in the order in which it was found."""
    last = select(func.max(load_run.c.id)).where(load_run.c.source == NAME, load_run.c.status == "ok").scalar_subquery()
    rows = connection.execute(select(refusal).where(refusal.c.load_run_id == last).order_by(refusal.c.row_no, refusal.c.id))
    return [Aside(str(json.loads(row.raw).get("path", "")), row.reason, row.remedy) for row in rows]
