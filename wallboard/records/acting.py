"""Who writes, when, and into which store: what every verb of the room begins with."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import Connection, Engine, delete, func, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError

from wallboard.clock import Clock
from wallboard.errors import NotFound, RuleRefused, nearest
from wallboard.settings import Settings
from wallboard.store.connections import writing
from wallboard.store.constraints import broken
from wallboard.store.rules import WRITERS_LOCK, sentence_of
from wallboard.store.schema import audit, current_actor
from wallboard.store.versions import raise_versions
from wallboard.store.zones import EVERYTHING, zone_at
from wallboard.unicode import visible

LONGEST = 20_000
"""Letters of the longest text that the room keeps."""

log = logging.getLogger(__name__)

_BROKEN = {
    "UNIQUE": ("has it already: somebody was quicker.", "Reload the page, and look at what stands there now."),
    "FOREIGNKEY": ("does not know something that was chosen here.", "Reload the page, and choose again."),
    "NOTNULL": ("misses something that it needs.", "Fill in the form again, and send it once more."),
    "CHECK": ("cannot keep this as it was sent.", "Reload the page, and fill in the form again."),
}
"""What a person is told where a constraint of the store refuses, and no rule and no verb has said why before."""

_ALONG = {
    "intake": ("evidence", "intake_function"),
    "issue": ("issue_function",),
    "issue_step": ("impact", "decided_on"),
    "attendance": ("attendee",),
    "snapshot": ("snapshot_row",),
    "user_account": ("mandate",),
}
"""Tables that are written along with another one."""


@dataclass(frozen=True)
class Acting:
    """A person in one transaction; whoever has not signed in is None, as when the program adds the first user."""

    connection: Connection
    settings: Settings
    at: datetime
    actor: int | None

    def day(self, perimeter: str) -> date:
        """Today, where the perimeter is, as the store reckons it; '' is the room."""
        zone = zone_at(self.connection, perimeter, self.at) or self.settings.zone(perimeter)
        return self.at.astimezone(zone).date()

    def part(self, perimeter: str) -> str:
        """A part of the business, or `all` of it, as it was given; raises NotFound where it is none."""
        if perimeter != EVERYTHING and perimeter not in self.settings.perimeter:
            raise NotFound(
                "the part of the business", f"'{perimeter[:60]}' is not known.", nearest(perimeter, self.settings.perimeter)
            )
        return perimeter

    def audited(self, changed: str, row_key: object, did: str, was: object, became: object) -> None:
        """Keep who changed what, as it was and as it is, and have the screens that show it drawn anew."""
        values = {"changed": changed, "row_key": str(row_key), "did": did, "was": _json(was), "became": _json(became)}
        self.connection.execute(insert(audit).values(at=self.at, actor=self.actor, **values))
        raise_versions(self.connection, (changed, *_ALONG.get(changed, ())), self.at)

    @contextmanager
    def users_audited_by_store(self) -> Iterator[None]:
        """The store itself audits who may do what: for the block it knows this person and this instant."""
        self.connection.execute(insert(current_actor).values(actor=self.actor, at=self.at))
        yield
        self.connection.execute(delete(current_actor))
        raise_versions(self.connection, ("user_account", *_ALONG.get("user_account", ())), self.at)


@contextmanager
def acting(engine: Engine, settings: Settings, clock: Clock, actor: int | None) -> Iterator[Acting]:
    """One transaction of one person: all of it or nothing; raises RuleRefused with the sentence of the rule that refused.

    One person writes after the other, as SQLite has it by itself: what a verb has read still holds when it writes.
    """
    try:
        with writing(engine) as connection:
            _alone(connection)
            yield Acting(connection, settings, clock(), actor)
    except DBAPIError as error:
        raise refused(error) from None


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(WRITERS_LOCK)))


def refused(error: DBAPIError) -> RuleRefused:
    """What the store refused, in the words of its rule; what SQL says is for the room's log."""
    if isinstance(error, OperationalError):
        return RuleRefused("the room", "cannot write just now.", "Nothing was saved; try again in a moment.")
    if sentence := sentence_of(str(error.orig)):
        return RuleRefused("the room", sentence, "")
    log.warning("the store refused what a person wrote: %s", error.orig)
    return RuleRefused("the room", *_BROKEN[broken(error.orig)])


def checked(where: str, text: str | None) -> str | None:
    """A person's text as the room keeps it: as written; raises RuleRefused where it is too long or cannot be kept."""
    stripped = (text or "").strip() if visible(text) else ""
    if len(stripped) > LONGEST:
        raise RuleRefused(where, f"is {len(stripped):,} characters long.", f"The room keeps {LONGEST:,}; shorten it.")
    if "\x00" in stripped:
        raise RuleRefused(where, "contains a character that the room cannot store.", "Take it out.")
    return stripped or None


def one_of(where: str, value: str, known: Collection[str]) -> str:
    """A value as it was chosen; raises RuleRefused with the nearest one where it is none of those that are known."""
    if value not in known:
        raise RuleRefused(where, f"'{value[:60]}' is not known.", nearest(value, known))
    return value


def needed(where: str, text: str | None) -> str:
    """As checked; raises RuleRefused where nothing is said."""
    stripped = checked(where, text)
    if stripped is None:
        raise RuleRefused(where, "says nothing.", "Write it down.")
    return stripped


def _json(value: object) -> str | None:
    return None if value is None else orjson.dumps(value, default=str, option=orjson.OPT_SORT_KEYS).decode()
