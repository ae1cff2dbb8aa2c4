"""What is likely of an issue, offered before a person chooses: where it belongs, who must work on it, who answers for it."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, or_, select

from wallboard.records.issue_views import IssueView
from wallboard.records.users import User
from wallboard.store.schema import employee, issue, issue_step, touchpoint, user_account, voice

COMPARED = 2_000
"""So many of the newest complaints say where words like these belong."""

LATELY = 200
"""So many of the newest complaints about the same say which functions they came from."""

OFFERED = 2
"""Functions: fewer are no issue of the room, more are for a person to name."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_FEW = 2
"""Words that two complaints share before one says anything about the other."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a complaint belongs; None where nothing speaks for any place."""

    stage: str | None = None
    touchpoint: str | None = None
    issue_type: str | None = None


class AlikeComplaints:
    """Where complaints in like words were placed by those who brought them; words that few use weigh more (idf)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self, words: str) -> Place:
        """The place of the complaint that is most like these words."""
        wanted = _words(words)
        ranked = ((self._likeness(wanted, theirs), place) for theirs, place in self._known)
        best, place = max(ranked, key=lambda pair: pair[0], default=(0.0, Place()))
        return place if best > 0 else Place()

    def _likeness(self, wanted: set[str], theirs: set[str]) -> float:
        """The share of what these words weigh that the others hold too; 0 where they share too few."""
        shared = wanted & theirs
        if len(shared) < _FEW:
            return 0.0
        return sum(map(self._weight, shared)) / sum(map(self._weight, wanted | theirs))

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self._known) / (1 + self._uses[word]))

    @cached_property
    def _known(self) -> list[tuple[set[str], Place]]:
        v = voice.c
        chosen = select(v.words, v.stage, v.touchpoint, v.issue_type, touchpoint.c.stage.label("whose"))
        joined = chosen.outerjoin(touchpoint, touchpoint.c.touchpoint == v.touchpoint)
        placed = or_(v.stage.is_not(None), v.touchpoint.is_not(None))
        rows = joined.where(v.complaint.is_(True), v.words.is_not(None), placed).order_by(v.day.desc()).limit(COMPARED)
        return [
            (_words(row.words), Place(row.stage or row.whose, row.touchpoint, row.issue_type))
            for row in self._connection.execute(rows)
        ]

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(word for words, _ in self._known for word in words)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def likely_functions(connection: Connection, place: Place) -> tuple[str, ...]:
    """Who likely has to work on it: who caused and handled the newest complaints about the same, who runs the touchpoint."""
    t, v = touchpoint.c, voice.c
    runs = connection.execute(select(t.function, t.supplier).where(t.touchpoint == place.touchpoint)).first()
    counted = Counter(key for key in runs or () if key)
    about = [column == value for column, value in ((v.issue_type, place.issue_type), (v.touchpoint, place.touchpoint)) if value]
    if about:
        newest = select(v.cause, v.handled_by).where(v.complaint.is_(True), *about).order_by(v.day.desc()).limit(LATELY)
        counted.update(key for row in connection.execute(newest) for key in dict.fromkeys(row) if key)
    return tuple(sorted(key for key, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:OFFERED]))


def likely_owner(connection: Connection, view: IssueView, people: Collection[User]) -> int | None:
    """Who likely answers for an issue.

    Who answered for the newest one of the same kind; else who owns its touchpoint; else of the functions that must work on it
    whoever relayed it, or who answers for the fewest issues. None where none of them works in this room.
    """
    at_hand = {user.id: user for user in people if not user.relays_only}
    for number in (*_answered_before(connection, view), *_owns_touchpoint(connection, view)):
        if number in at_hand:
            return int(number)
    affected = [user for user in at_hand.values() if {user.function, *user.mandates} & set(view.functions)]
    load = _answering_for(connection)
    ranked = sorted(affected, key=lambda user: (user.id != view.relayed_by, load[user.id], user.name, user.id))
    return ranked[0].id if ranked else None


def _answered_before(connection: Connection, view: IssueView) -> Iterable[int]:
    s = issue_step.c
    chosen = select(s.user_id).join(issue, issue.c.id == s.issue).where(s.kind == "owned", s.issue != view.number)
    alike = chosen.where(issue.c.issue_type == view.issue_type, issue.c.perimeter == view.perimeter)
    return connection.scalars(alike.order_by(s.at.desc(), s.issue.desc()).limit(1)).all() if view.issue_type else ()


def _owns_touchpoint(connection: Connection, view: IssueView) -> Iterable[int]:
    joined = select(user_account.c.id).join(employee, employee.c.name == user_account.c.name)
    mine = joined.join(touchpoint, touchpoint.c.owner == employee.c.employee).where(touchpoint.c.touchpoint == view.touchpoint)
    return connection.scalars(mine.order_by(user_account.c.id)).all() if view.touchpoint else ()


def _answering_for(connection: Connection) -> Mapping[int, int]:
    """For how many issues each person was the last to be named; those that are over count too."""
    s = issue_step.c
    rows = connection.execute(select(s.issue, s.user_id).where(s.kind == "owned").order_by(s.issue, s.seq))
    newest: dict[Any, Any] = {row.issue: row.user_id for row in rows}
    return Counter(newest.values())
