"""Studies about customers, and which of them the room has reviewed."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.store.schema import member, research, research_review, stage

READS = ("research", "research_review", "stage", "member")
"""The tables behind the shelf; a panel that shows it reads these."""


@memoised
def research_shelf(connection: Connection, scope: Scope, stage: str | None = None) -> pd.DataFrame:
    """Every finished study: how it was made, how many were asked, what it found, and whether the room has reviewed it.

    Those that nobody has reviewed come first, the oldest of them first; then the others, the newest review first. `reviewed_by`
    and `review_words` are of the newest review. A study about no stage is about all of them (stage None); n None is not known.

    Grain: one row per study.
    Columns: study, title, method, n, summary, stage, stage_name, finished_on, reviewed, reviews, reviewed_at, reviewed_by,
    review_words
    """
    newest = _newest(connection, scope)
    rows = [{**row, **_judged(newest.get(row["study"], []))} for row in _finished(connection, scope, stage)]
    waiting = sorted((row for row in rows if not row["reviewed"]), key=lambda row: (row["finished_on"], row["study"]))
    done = sorted((row for row in rows if row["reviewed"]), key=lambda row: (row["reviewed_at"], row["study"]), reverse=True)
    return tidy([*waiting, *done], research_shelf)


def unreviewed(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Finished studies that nobody has reviewed in the room: they stand on the next agenda, the oldest first.

    Grain: one row per study without a review.
    Columns: study, title, method, n, summary, stage, stage_name, finished_on, days_waiting
    """
    waiting = [row for row in rows_of(research_shelf(connection, scope)) if not row["reviewed"]]
    names = ("study", "title", "method", "n", "summary", "stage", "stage_name", "finished_on")
    rows = ({**{name: row[name] for name in names}, "days_waiting": (scope.today - row["finished_on"]).days} for row in waiting)
    return tidy(rows, unreviewed)


def _finished(connection: Connection, scope: Scope, at: str | None) -> list[dict[str, Any]]:
    r = research.c
    columns = (r.study, r.title, r.method, r.n, r.summary, r.stage, stage.c.name.label("stage_name"), r.finished_on)
    query = select(*columns).outerjoin(stage, stage.c.stage == r.stage).where(r.finished_on <= scope.last_day)
    if at is not None:
        query = query.where(r.stage == at)
    return [dict(row) for row in connection.execute(query).mappings()]


def _newest(connection: Connection, scope: Scope) -> dict[str, list[Any]]:
    """The reviews of each study by the scope's instant, the oldest first."""
    v = research_review.c
    query = select(v.study, v.at, v.words, member.c.name).join(member, member.c.id == v.actor)
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query.where(v.at <= scope.as_of).order_by(v.at, v.id)):
        found.setdefault(row.study, []).append(row)
    return found


def _judged(reviews: list[Any]) -> dict[str, Any]:
    last = reviews[-1] if reviews else None
    return {
        "reviewed": last is not None,
        "reviews": len(reviews),
        "reviewed_at": last.at if last else None,
        "reviewed_by": last.name if last else None,
        "review_words": last.words if last else None,
    }
