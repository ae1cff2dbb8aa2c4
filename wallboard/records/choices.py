"""What a person in the room chooses from: functions, stages, touchpoints, kinds of issue and users, by the names people say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from wallboard.records.users import User, users
from wallboard.store.schema import function, issue_type, media, stage, touchpoint, user_account
from wallboard.store.showing import RECORDINGS
from wallboard.store.withdrawn import CONSENT


@dataclass(frozen=True)
class Recording:
    """One call or video of the media folder; `number` is its address there."""

    number: int
    path: str
    kind: str
    caption: str | None
    words: str | None


@dataclass(frozen=True)
class Choices:
    """Keys with their names, in the order in which they are offered; `known` are all users by number, those who left too."""

    functions: Mapping[str, str]
    stages: Mapping[str, str]
    touchpoints: Mapping[str, str]
    issue_types: Mapping[str, str]
    users: tuple[User, ...]
    known: Mapping[int, str]

    def name(self, number: int | None) -> str:
        """How a user is called."""
        return self.known.get(number or 0, "nobody")

    def function(self, key: str | None) -> str:
        """How a function is called; its key where no source has named it."""
        return self.functions.get(key or "", key or "")

    def answering(self) -> list[User]:
        """Who may answer for something: everybody but guests."""
        return [user for user in self.users if not user.relays_only]

    def holders(self, key: str) -> list[User]:
        """Who may decide for a function."""
        return [user for user in self.users if key in user.mandates]


def choices(connection: Connection) -> Choices:
    """Everything that is offered now."""
    names = select(function.c.function, function.c.name).order_by(function.c.name)
    functions = {row.function: row.name for row in connection.execute(names)}
    present = users(connection)
    for name in sorted({key for someone in present for key in (*someone.mandates, someone.function) if key}):
        functions.setdefault(name, name)
    t, s = touchpoint.c, stage.c
    places = select(t.touchpoint, t.name).join(stage, s.stage == t.stage).order_by(s.seq, t.seq)
    return Choices(
        functions,
        {row.stage: row.name for row in connection.execute(select(s.stage, s.name).order_by(s.seq))},
        {row.touchpoint: row.name for row in connection.execute(places)},
        {row.issue_type: row.wording for row in connection.execute(select(issue_type).order_by(issue_type.c.wording))},
        tuple(present),
        {row.id: row.name for row in connection.execute(select(user_account.c.id, user_account.c.name))},
    )


def recordings(connection: Connection, today: date) -> list[Recording]:
    """Calls and videos that may be played today, by their path: with consent, and kept no longer than was agreed."""
    allowed = or_(media.c.retention_until.is_(None), media.c.retention_until >= today)
    chosen = select(media).where(media.c.kind.in_(RECORDINGS), CONSENT.in_(("given", "not needed")), allowed)
    return [_recording(row) for row in connection.execute(chosen.order_by(media.c.path))]


def recording(connection: Connection, path: str | None, today: date) -> Recording | None:
    """The recording at a path below the media folder; None where it may not be played today, or is not there any more."""
    return next((known for known in recordings(connection, today) if known.path == path), None) if path else None


def _recording(row: object) -> Recording:
    return Recording(*(getattr(row, name) for name in ("id", "path", "kind", "caption", "words")))
