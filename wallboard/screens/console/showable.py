"""What whoever leads a session may put on a wall alone: pictures and papers that may be shown, open issues, and single panels."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, or_, select

from wallboard.errors import RuleRefused
from wallboard.lifecycle.sessions import LARGE
from wallboard.metrics.cropping import crop
from wallboard.metrics.quotations import LOADED, Reference
from wallboard.records.acting import one_of
from wallboard.records.snapshots import frozen_panels
from wallboard.store.schema import ISSUE_STEPS, issue, media, stage, touchpoint
from wallboard.store.showing import why_not
from wallboard.store.withdrawn import MEDIA

MOST = 120
"""Pictures that are offered, the newest first."""

SOUNDS = ("call",)


def pictures(connection: Connection, today: date) -> dict[str, str]:
    """By the text of its reference: where a picture, a paper or a video was taken, and its caption."""
    m = media.c
    query = (
        select(*MEDIA, stage.c.name.label("at_stage"), touchpoint.c.name.label("at_point"))
        .outerjoin(stage, stage.c.stage == m.stage)
        .outerjoin(touchpoint, touchpoint.c.touchpoint == m.touchpoint)
        .where(m.kind.not_in(SOUNDS), or_(m.captured_on.is_(None), m.captured_on <= today))
        .order_by(m.captured_on.desc(), m.id.desc())
        .limit(MOST)
    )
    rows = [row for row in connection.execute(query) if not why_not(row.kind, row.consent, row.retention_until, today)]
    return {
        str(Reference("media", "path", tuple((name, str(getattr(row, name))) for name in LOADED))): ": ".join(
            filter(None, (row.at_point or row.at_stage, row.caption or row.kind))
        )
        for row in rows
    }


def open_issues(connection: Connection, today: date) -> dict[str, str]:
    """By number: the words of each issue that no customer has accepted yet, the newest first."""
    s = ISSUE_STEPS.table.c
    closed = select(s.issue).where(s.kind == "accepted")
    rows = connection.execute(
        select(issue.c.id, issue.c.words)
        .where(issue.c.id.not_in(closed), issue.c.admitted_on <= today)
        .order_by(issue.c.id.desc())
    ).all()
    return {str(row.id): f"Issue {row.id}: {crop(row.words, 60)}" for row in rows}


def showable(connection: Connection, session: int, today: date) -> Mapping[str, Mapping[str, str]]:
    """What can stand alone on a wall of a session, by kind, in words."""
    numbers = {panel: words for panels in frozen_panels(connection, session).values() for panel, words in panels.items()}
    return {"number": numbers, "issue": open_issues(connection, today), "picture": pictures(connection, today)}


def known_subject(connection: Connection, session: int, wall: str, kind: str, subject: str, today: date) -> str:
    """What a step says stands alone; raises RuleRefused where it is not known, may not be shown, or belongs to another wall."""
    one_of("what is put there", kind, LARGE)
    if kind == "number" and subject not in frozen_panels(connection, session).get(wall, {}):
        raise RuleRefused("the number", "is not on that wall.", "Choose the wall that shows it.")
    if kind == "picture" and subject not in pictures(connection, today):
        raise RuleRefused("the picture", "is not known, or may not be shown any more.", "Choose one from the list.")
    if kind == "issue" and subject not in open_issues(connection, today):
        raise RuleRefused("the issue", "is not open.", "Choose one from the list.")
    return subject
