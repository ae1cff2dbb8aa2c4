"""Who is present in the room when it decides: one attendance a day for the same people, however often they decide."""

from sqlalchemy import select

from wallboard.records.acting import Acting
from wallboard.records.verbs import record_attendance
from wallboard.store.schema import attendance, attendee


def attendance_of(act: Acting, perimeter: str, present: tuple[int, ...]) -> int:
    """The number of today's attendance of exactly these people, recorded where there is none yet."""
    mine = (attendance.c.perimeter == perimeter, attendance.c.day == act.day(perimeter))
    for number in act.connection.scalars(select(attendance.c.id).where(*mine).order_by(attendance.c.id.desc())).all():
        who = act.connection.scalars(select(attendee.c.user_id).where(attendee.c.attendance == number))
        if {*who} == {*present}:
            return int(number)
    return record_attendance(act, perimeter, present)
