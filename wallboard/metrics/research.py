"""Studies about customers, and which of them the room has reviewed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.store.schema import research, research_review, stage, user_account

READS = ("research", "research_review", "stage", "user_account")
"""The tables behind the shelf; a panel that shows it reads these."""


@dataclass(frozen=True, slots=True)
class Study:
    """One finished study: how it was made, how many were asked (`n`; None is not known), and what it found.

    A study about no stage is about all of them (stage None). `reviewed_by` and `review_words` are of the newest of its `reviews`,
    None before the first.
    """

    study: str
    title: str
    method: str
    n: int | None
    summary: str
    stage: str | None
    stage_name: str | None
    finished_on: date
    reviewed: bool
    reviews: int
    reviewed_at: datetime | None
    reviewed_by: str | None
    review_words: str | None


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """One finished study that the room has not reviewed, and how many days it has waited since it was finished."""

    study: str
    title: str
    method: str
    n: int | None
    summary: str
    stage: str | None
    stage_name: str | None
    finished_on: date
    days_waiting: int


@memoised
def research_shelf(connection: Connection, scope: Scope, stage: str | None = None) -> tuple[Study, ...]:
    """Every finished study: how it was made, how many were asked, what it found, and whether the room has reviewed it.

    Those that nobody has reviewed come first, the oldest of them first; then the others, the newest review first.

    Grain: one row per study.
    """
    reviews = _reviews(connection, scope)
    studies = [_study(row, reviews.get(row.study, [])) for row in _finished(connection, scope, stage)]
    waiting = sorted((study for study in studies if not study.reviewed), key=lambda study: (study.finished_on, study.study))
    done = [(study.reviewed_at, study.study, study) for study in studies if study.reviewed_at is not None]
    return (*waiting, *(study for _, _, study in sorted(done, key=lambda placed: placed[:2], reverse=True)))


def unreviewed(connection: Connection, scope: Scope) -> tuple[Unreviewed, ...]:
    """Finished studies that nobody has reviewed in the room: they stand on the next agenda, the oldest first.

    Grain: one row per study without a review.
    """
    return tuple(
        Unreviewed(
            row.study, row.title, row.method, row.n, row.summary, row.stage, row.stage_name, row.finished_on,
            days_waiting=(scope.today - row.finished_on).days,
        )
        for row in research_shelf(connection, scope)
        if not row.reviewed
    )  # fmt: skip


def _finished(connection: Connection, scope: Scope, at: str | None) -> list[Any]:
    r = research.c
    columns = (r.study, r.title, r.method, r.n, r.summary, r.stage, stage.c.name.label("stage_name"), r.finished_on)
    query = select(*columns).outerjoin(stage, stage.c.stage == r.stage).where(r.finished_on <= scope.last_day)
    return [*connection.execute(query if at is None else query.where(r.stage == at))]


def _reviews(connection: Connection, scope: Scope) -> dict[str, list[Any]]:
    """The reviews of each study by the scope's instant, the oldest first."""
    v = research_review.c
    query = select(v.study, v.at, v.words, user_account.c.name).join(user_account, user_account.c.id == v.actor)
    reviews: dict[str, list[Any]] = {}
    for row in connection.execute(query.where(v.at <= scope.as_of).order_by(v.at, v.id)):
        reviews.setdefault(row.study, []).append(row)
    return reviews


def _study(row: Any, reviews: list[Any]) -> Study:
    last = reviews[-1] if reviews else None
    return Study(
        row.study, row.title, row.method, row.n, row.summary, row.stage, row.stage_name, row.finished_on,
        reviewed=last is not None,
        reviews=len(reviews),
        reviewed_at=last.at if last else None,
        reviewed_by=last.name if last else None,
        review_words=last.words if last else None,
    )  # fmt: skip
