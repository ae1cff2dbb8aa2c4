"""People who sit together in the room: one sitting a day for the same people, however often they decide."""

from sqlalchemy import select

from wallboard.records.acting import Acting
from wallboard.records.verbs import sit
from wallboard.store.schema import sitting, sitting_attendee


def sat(act: Acting, perimeter: str, present: tuple[int, ...]) -> int:
    """The number of today's sitting of exactly these people, opened where there is none yet."""
    mine = (sitting.c.perimeter == perimeter, sitting.c.day == act.day(perimeter))
    for number in act.connection.scalars(select(sitting.c.id).where(*mine).order_by(sitting.c.id.desc())).all():
        who = act.connection.scalars(select(sitting_attendee.c.user_id).where(sitting_attendee.c.sitting == number))
        if {*who} == {*present}:
            return int(number)
    return sit(act, perimeter, present)
