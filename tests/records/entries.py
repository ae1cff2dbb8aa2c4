"""What a session keeps, written down through the real verbs as far as a test wants it."""

from typing import Any

from tests.records.living import Living
from wallboard.lifecycle.entries import ENTRIES, STEPS
from wallboard.records import entries
from wallboard.records.entries import EntryView, one_entry
from wallboard.screens.console.entry_actions import raise_now


def raised(room: Living, session: int, name: str, login: str = "tom", **says: str) -> int:
    """An entry of a session as its form says it."""
    kind = ENTRIES[name]
    assert kind.form is not None
    with room.by(login) as act:
        return raise_now(act, session, kind, kind.form.read(says))


def stands(room: Living, number: int) -> EntryView:
    with room.engine.connect() as connection:
        return one_entry(connection, number)


def step(room: Living, number: int, verb: str, login: str = "tom", seen: int | None = None, **says: Any) -> int:
    kind = STEPS.verb(verb)
    assert kind.form is not None
    form = kind.form.read({name: str(value) for name, value in says.items()})
    with room.by(login) as act:
        return entries.take_form(act, kind, number, stands(room, number).life.seq if seen is None else seen, form)
