"""Guided walks: who leads, where the walk stands, and every move that is made; one walk at a time in one room."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from wallboard.errors import NotFound, RuleRefused, nearest
from wallboard.records.acting import Acting
from wallboard.records.annotations import as_opportunities
from wallboard.store.schema import media, stage, user_account, walk, walk_move

OPENING = ("mission", "voice", "map")
"""Places before the first stage: what the company is for, and a customer's voice before any number."""

END = "end"
LONGEST_PLACE = 80
_VIEW = re.compile(r"[a-z][a-z0-9-]{0,30}")
"""What may follow a place after a slash: a scene of it, such as what was promised at a stage."""

_LEADS = ("begin", "take over")


@dataclass(frozen=True)
class Stand:
    """Where an open walk stands after its last move; `second` is the position of the item at the instant `at`."""

    walk: int
    perimeter: str
    seq: int
    at: datetime
    kind: str
    place: str
    item: str | None
    playing: bool
    second: float
    held: bool
    sounding: str | None
    leader: int
    presenter: str
    by_room: bool
    """The last move was the room's own: it released the walls of a presenter who had fallen silent."""


@dataclass(frozen=True)
class Move:
    """What a move changes; None leaves it as it was."""

    place: str | None = None
    item: str | None = None
    second: float | None = None
    sounding: str | None = None


def newest(connection: Connection, at: datetime) -> tuple[int, str] | None:
    """The walk that was begun last by the instant `at`, ended or not, and its perimeter; None where there was none."""
    begun = select(walk.c.id, walk.c.perimeter).where(walk.c.at <= at).order_by(walk.c.id.desc()).limit(1)
    row = connection.execute(begun).first()
    return None if row is None else (row.id, row.perimeter)


def stand(connection: Connection, at: datetime) -> Stand | None:
    """Where the room's walk stands; None while there is none. A walk that begins after the instant `at` is none yet.

    Its last move counts even where a clock that was set back has not come to it: nobody could end the walk otherwise.
    """
    last = newest(connection, at)
    if last is None:
        return None
    number, perimeter = last
    mine = select(walk_move).where(walk_move.c.walk == number).order_by(walk_move.c.seq.desc())
    row = connection.execute(mine.limit(1)).first()
    if row is None or row.kind == "end":
        return None
    leads = select(walk_move.c.actor, user_account.c.name).join(user_account, user_account.c.id == walk_move.c.actor)
    led = leads.where(walk_move.c.walk == number, walk_move.c.kind.in_(_LEADS)).order_by(walk_move.c.seq.desc())
    who = connection.execute(led.limit(1)).one()
    values = {
        name: getattr(row, name) for name in ("seq", "at", "kind", "place", "item", "playing", "second", "held", "sounding")
    }
    return Stand(walk=number, perimeter=perimeter, leader=who.actor, presenter=who.name, by_room=row.actor is None, **values)


def begin(act: Acting, perimeter: str, sounding: str | None = None) -> int:
    """Begin a walk; returns its number. A walk of one's own goes on; one that nobody holds any more is ended first.

    Raises RuleRefused while somebody else leads one, NotFound where there is no such perimeter.
    """
    act.part(perimeter)
    now = stand(act.connection, act.at)
    if now is not None and now.leader == act.actor and now.held:
        return now.walk
    if now is not None and now.held:
        raise RuleRefused("the room", f"{now.presenter} is leading a walk right now.", "Follow it, or take it over.")
    if now is not None:
        _finish(act, now)
    values = {"at": act.at, "day": act.day(perimeter), "perimeter": perimeter, "actor": act.actor}
    number = int(act.connection.execute(insert(walk).values(**values).returning(walk.c.id)).scalar_one())
    act.audited("walk", number, "began", None, values)
    blank = {"place": OPENING[0], "item": None, "playing": False, "second": 0.0, "held": True, "sounding": sounding}
    _write(act, number, 1, "begin", None, blank)
    return number


def move(act: Acting, kind: str, change: Move, position: float | None = None) -> int:
    """Make one move of the walk that one leads; returns its number. `position`: where the item is by the room's own clock.

    Kinds: go (to a place, or to an item of it), play (in the stage itself, where its things are), pause, hold (the walls
    follow), release (they go back to their loop).
    """
    now = _led(act)
    state = _as_it_is(now, now.second if position is None else position)
    if kind == "go":
        place = _known_place(act.connection, change.place or now.place)
        there = place == now.place and change.item == now.item
        item = _known_item(act.connection, place, change.item)
        state |= {"place": place, "item": item, "playing": now.playing and there, "second": state["second"] if there else 0.0}
    if kind in ("play", "pause"):
        item = _known_item(act.connection, now.place, change.item or now.item)
        if item is None and kind == "play":
            raise RuleRefused("what to play", "nothing has been chosen.", "Touch a call or a video first.")
        second = change.second if change.second is not None else state["second"] if item == now.item else 0.0
        state |= {"item": item, "playing": kind == "play", "second": max(0.0, second)}
        if kind == "play":
            state["place"] = now.place.partition("/")[0]
    if kind in ("hold", "release"):
        state |= {"held": kind == "hold", "playing": now.playing and kind == "hold"}
    if change.sounding is not None:
        state["sounding"] = change.sounding[:80] or None
    return _write(act, now.walk, now.seq + 1, kind, now, state)


def take_over(act: Acting, position: float | None = None) -> int:
    """Lead the walk that somebody else leads, from where it stands."""
    now = _open(act)
    if now.leader == act.actor:
        return now.seq
    state = _as_it_is(now, now.second if position is None else position) | {"held": True}
    return _write(act, now.walk, now.seq + 1, "take over", now, state)


def end(act: Acting) -> tuple[int, int]:
    """End the walk: its number, and how many of its marks are opportunities now."""
    now = _led(act)
    return now.walk, _finish(act, now)


def let_go(act: Acting, position: float | None = None) -> None:
    """The room releases the walls itself: the presenter has fallen silent. `position`: where the item is by then."""
    now = stand(act.connection, act.at)
    if now is not None and now.held:
        state = _as_it_is(now, now.second if position is None else position) | {"held": False, "playing": False}
        _write(act, now.walk, now.seq + 1, "release", now, state)


def _finish(act: Acting, now: Stand) -> int:
    """Marks become opportunities, and nothing moves any more."""
    count = as_opportunities(act, now.walk, now.perimeter)
    state = _as_it_is(now, now.second) | {"held": False, "playing": False}
    _write(act, now.walk, now.seq + 1, "end", now, state)
    return count


def _open(act: Acting) -> Stand:
    now = stand(act.connection, act.at)
    if now is None:
        raise RuleRefused("the room", "there is no walk just now.", "Begin one.")
    return now


def _led(act: Acting) -> Stand:
    now = _open(act)
    if now.leader != act.actor:
        raise RuleRefused("the room", f"{now.presenter} leads this walk.", "Take it over first, if you mean to.")
    return now


def _as_it_is(now: Stand, second: float) -> dict[str, Any]:
    values = {name: getattr(now, name) for name in ("place", "item", "playing", "held", "sounding")}
    return {**values, "second": max(0.0, second)}


def _known_place(connection: Connection, place: str) -> str:
    stages = connection.scalars(select(stage.c.stage).order_by(stage.c.seq)).all()
    places = [*OPENING, *stages, END]
    base, slash, view = place.partition("/")
    if base not in places or (slash and not _VIEW.fullmatch(view)) or len(place) > LONGEST_PLACE:
        raise NotFound("place", f"'{place[:60]}' is none of this walk.", nearest(place, places))
    return place


def _known_item(connection: Connection, place: str, item: str | None) -> str | None:
    """An item of the place by its media number; on the opening places any."""
    if not item:
        return None
    number = int(item) if item.isascii() and item.isdigit() and len(item) < 10 else -1
    there = connection.scalar(select(media.c.stage).where(media.c.id == number))
    if there is None or place.partition("/")[0] not in (*OPENING, END, there):
        raise NotFound("item", f"'{item[:40]}' does not belong here.", "Choose one from the list.")
    return item


def _write(act: Acting, number: int, seq: int, kind: str, was: Stand | None, state: dict[str, Any]) -> int:
    at = act.at if was is None else max(act.at, was.at)
    values = {"walk": number, "seq": seq, "at": at, "actor": act.actor, "kind": kind, **state}
    act.connection.execute(insert(walk_move).values(**values))
    before = None if was is None else _as_it_is(was, was.second)
    act.audited("walk_move", f"{number}.{seq}", kind, before, state)
    return seq
