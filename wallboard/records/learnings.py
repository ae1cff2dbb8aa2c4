"""The room's learning log: what somebody understood about customers, for whoever comes next time."""

from sqlalchemy import insert, select

from wallboard.errors import NotFound, nearest
from wallboard.records.acting import Acting, needed
from wallboard.store.schema import attendance, learning, stage
from wallboard.store.zones import ROOM


def learn(act: Acting, words: str, at_stage: str | None = None) -> int:
    """A user writes down what was learned, at a stage or about the whole; the number of the entry.

    It belongs to the newest attendance of the same day, where there is one. Raises NotFound for a stage that is not there,
    RuleRefused where nothing is lesson or the role does not write.
    """
    if at_stage is not None:
        known = act.connection.scalars(select(stage.c.stage)).all()
        if at_stage not in known:
            raise NotFound("stage", f"'{at_stage[:60]}' is not known.", nearest(at_stage, known) or "Choose one from the list.")
    day = act.day(ROOM)
    today = (
        select(attendance.c.id)
        .where(attendance.c.day == day, attendance.c.at <= act.at)
        .order_by(attendance.c.at.desc())
        .limit(1)
    )
    lesson = {"at": act.at, "day": day, "actor": act.actor, "words": needed("what we learned", words), "stage": at_stage}
    values = {**lesson, "attendance": act.connection.scalar(today)}
    made = act.connection.execute(insert(learning).values(**values).returning(learning.c.id)).scalar_one()
    act.audited("learning", made, "learned", None, values)
    return int(made)
