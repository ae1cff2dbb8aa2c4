"""Role play: cards dealt in a session, each with a function that is not the player's own and something a customer really said."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from sqlalchemy import ColumnElement, Connection, select

from wallboard.errors import RuleRefused
from wallboard.lifecycle.role_play import CardLife, CardStep, cast
from wallboard.records.acting import Acting
from wallboard.records.places import known_place
from wallboard.records.repository import Repository
from wallboard.records.sessions import SessionView, one_session
from wallboard.records.stage_evidence import StageVoice, calls_at, voices_at
from wallboard.store.lives import taken_steps
from wallboard.store.schema import ROLE_CARD_STEPS, media, role_card, room_session, user_account, voice


@dataclass(frozen=True)
class CardView:
    """One card as the console reads it: `owner` plays `function` at `stage`.

    `words` are read where the customer's voice is kept, and None once it is kept no more. `call` is the path of the recording
    that it quotes, None where it quotes a text: whether it may be played is asked anew each time.
    """

    number: int
    perimeter: str
    session: int
    owner: int
    function: str
    stage: str
    source: str
    source_key: str
    words: str | None
    call: str | None
    life: CardLife


def deal(act: Acting, session: int, stage: str) -> tuple[int, ...]:
    """Deal a card to everybody present who works in a function, with voices of a stage; returns their numbers.

    Each has another voice, as far as there are enough: a text, then a call that may be played, and so on. Raises RuleRefused
    where the stage has no customer's words, or the people cannot play each other.
    """
    view = one_session(act.connection, session)
    known_place(act.connection, stage, None)
    voices = _voices(act, stage, act.day(view.perimeter))
    if not voices:
        raise RuleRefused(
            "the role play", "has no voice of a customer at this stage: nothing is made up.", "Choose another stage."
        )
    dealt = cards(act.connection, session)
    if any(card.stage == stage for card in dealt):
        raise RuleRefused("the role play", "has its cards at this stage already.", "Choose another stage.")
    parts = cast(players(act.connection, view), seed=session * 1000 + len(dealt))
    made = []
    for place, (user, function) in enumerate(parts.items()):
        chosen = voices[place % len(voices)]
        says = {"user_id": user, "function": function, "stage": stage, "source": chosen.source, "source_key": chosen.key}
        made.append(_card(act, view, says))
    return tuple(made)


def _voices(act: Acting, stage: str, day: date) -> list[StageVoice]:
    """What customers wrote and said in calls at a stage, in turn."""
    texts, calls = voices_at(act.connection, stage, day), calls_at(act.connection, stage, day)
    return [each for pair in zip_longest(texts, calls) for each in pair if each is not None]


def players(connection: Connection, view: SessionView) -> dict[int, str]:
    """Everybody present who works in a function, by user: which one."""
    u = user_account.c
    chosen = select(u.id, u.function).where(u.id.in_([*view.life.present]), u.function.is_not(None), u.left_at.is_(None))
    return {user: str(function) for user, function in connection.execute(chosen.order_by(u.id))}


def without_function(connection: Connection, view: SessionView) -> list[int]:
    """Who is present and works in no function: they watch."""
    playing = players(connection, view)
    return [user for user in view.life.present if user not in playing]


def _card(act: Acting, view: SessionView, says: dict[str, object]) -> int:
    return CARDS.add(act, view.perimeter, {**says, "room_session": view.number})


def cards(connection: Connection, session: int) -> list[CardView]:
    """The cards of a session, in the order in which they were dealt."""
    return _views(connection, role_card.c.room_session == session)


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[CardView]:
    c, v, m = role_card.c, voice.c, media.c
    columns = (c.id.label("number"), room_session.c.perimeter, c.room_session.label("session"), c.user_id.label("owner"))
    query = select(*columns, c.function, c.stage, c.source, c.source_key, v.words, m.path.label("call")).order_by(c.id)
    query = query.join(room_session, room_session.c.id == c.room_session)
    query = query.outerjoin(voice, (v.source == c.source) & (v.source_key == c.source_key))
    query = query.outerjoin(media, (m.source == c.source) & (m.source_key == c.source_key))
    rows = connection.execute(query.where(chosen)).mappings().all()
    steps = taken_steps(connection, ROLE_CARD_STEPS, CardStep, [row["number"] for row in rows])
    return [CardView(**row, life=CardLife(steps.get(row["number"], ()))) for row in rows]


CARDS = Repository(ROLE_CARD_STEPS, "card", "list", _views)
one_card = CARDS.get
take_form = CARDS.take_form
