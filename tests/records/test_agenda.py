"""The agenda of a session: nine items of a council in order, one at a time, with notes, and what was not reached moves on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.records.living import Living
from tests.records.sessions import attended, begun, planned, promised, take
from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.agenda import STEPS
from wallboard.records import agenda
from wallboard.records.agenda import Item, ItemView
from wallboard.store.violations import violations


def laid(room: Living, number: int, name: str = "council") -> list[ItemView]:
    with room.by("fay") as act:
        agenda.lay(act, number, act.settings.agenda[name])
    return on(room, number)


def on(room: Living, number: int) -> list[ItemView]:
    with room.engine.connect() as connection:
        return agenda.items(connection, number)


def listed(room: Living, number: int, title: str = "A late box", login: str = "tom", **fields: Any) -> int:
    with room.by(login) as act:
        return agenda.add(act, number, Item(**{"title": title, "minutes": 5, **fields}))


def step(room: Living, item: int, verb: str, login: str = "fay", seen: int | None = None, **says: Any) -> None:
    kind = STEPS.verb(verb)
    assert kind.form is not None
    with room.by(login) as act:
        view = agenda.one_item(act.connection, item)
        agenda.take_form(act, kind, item, view.life.seq if seen is None else seen, kind.form.read(says))


def ended(room: Living, number: int) -> None:
    attended(room, number, "lena")
    promised(room, "lena", number)
    take(room, number, "ended")


@pytest.mark.req("R153")
def test_a_council_has_nine_timed_items_in_order_each_with_its_scene(room: Living) -> None:
    items = laid(room, planned(room, kind="council"))
    keys = [item.template for item in items]
    assert keys == [
        *("actions", "satisfaction", "departments", "practices", "initiatives"),
        *("measures", "priorities", "research", "other"),
    ]
    assert all(item.minutes for item in items) and sum(item.minutes for item in items) == 120
    assert (items[0].scene, items[0].fills) == ("touchpoints/accountable", "commitments")
    assert all(item.scene for item in items), "each stands beside a scene; test_every_layout knows that there is one"


def test_an_item_is_worked_through_with_its_notes_and_its_time(room: Living) -> None:
    number = begun(room, "tom")
    first, second = listed(room, number), listed(room, number, "Another")
    step(room, first, "open-item")
    step(room, first, "minute-item", "tom", words="The carrier did not come.")
    with pytest.raises(RuleRefused, match="Another item has not been finished"):
        step(room, second, "open-item")
    step(room, first, "finish-item", words="Work.")
    step(room, second, "open-item")
    view = on(room, number)[0]
    assert (view.life.status, view.life.minutes, view.by) == ("finished", 180, room.people["tom"])
    with room.engine.connect() as connection:
        assert not [*violations(connection)]


@pytest.mark.req("R162")
def test_what_was_not_reached_moves_on_once_and_what_comes_anyway_does_not(room: Living) -> None:
    number = planned(room, kind="council")
    laid(room, number)
    take(room, number, "begun")
    done, put_off, unreached = (listed(room, number, title) for title in ("Done", "Put off", "Not reached"))
    step(room, done, "open-item")
    step(room, done, "finish-item")
    step(room, put_off, "defer-item", words="Ana is away.")
    ended(room, number)
    following = planned(room, kind="council")
    laid(room, following)
    take(room, following, "begun")
    with room.by("fay") as act:
        assert agenda.carry(act, following) == 2
    items = on(room, following)
    assert [(item.title, item.carried_from) for item in items[:2]] == [("Put off", put_off), ("Not reached", unreached)]
    assert [item.template for item in items].count("actions") == 1 and items[-1].template == "other"
    with room.by("fay") as act:
        assert agenda.carry(act, following) == 0, "once"


def _over(room: Living) -> int:
    number = begun(room)
    ended(room, number)
    return number


def _finished(room: Living) -> int:
    item = listed(room, begun(room))
    for verb in ("open-item", "finish-item"):
        step(room, item, verb)
    return item


def _carried(room: Living, item: int) -> None:
    listed(room, planned(room), carried_from=item)


_REFUSED: dict[str, tuple[Callable[[Living], Any], str]] = {
    "without a title": (lambda room: listed(room, planned(room), " "), "says nothing"),
    "for no time": (lambda room: listed(room, planned(room), minutes=0), "0 minutes is not possible"),
    "for a guest": (lambda room: listed(room, planned(room), login="gus"), "Your role does not add"),
    "after the session": (lambda room: listed(room, _over(room)), "This session is over"),
    "begun before the session": (lambda room: step(room, listed(room, planned(room)), "open-item"), "while the session runs"),
    "begun by a team member": (lambda room: step(room, listed(room, begun(room)), "open-item", "tom"), "role does not take"),
    "a note before it began": (lambda room: step(room, listed(room, begun(room)), "minute-item", words="x"), "has not begun"),
    "an empty note": (lambda room: step(room, _finished(room), "minute-item", words=" "), "the note: says nothing"),
    "begun again": (lambda room: step(room, _finished(room), "open-item"), "already|is finished"),
    "put off when finished": (lambda room: step(room, _finished(room), "defer-item", words="No."), "is finished"),
    "carried though finished": (lambda room: _carried(room, _finished(room)), "did not reach"),
}


@pytest.mark.parametrize("case", [*_REFUSED])
def test_what_an_agenda_refuses_in_a_sentence(room: Living, case: str) -> None:
    tried, sentence = _REFUSED[case]
    with pytest.raises((RuleRefused, NotFound), match=sentence):
        tried(room)


def test_two_tablets_on_one_item_and_a_clock_that_is_set_back_are_told(room: Living) -> None:
    item = listed(room, begun(room))
    step(room, item, "open-item")
    with pytest.raises(Changed, match="Fay: opened"):
        step(room, item, "defer-item", "lena", seen=1, words="No.")
    room.at -= timedelta(hours=3)
    with pytest.raises(RuleRefused, match="cannot have happened before"):
        step(room, item, "finish-item")
    assert [taken.kind for taken in on(room, agenda_of(room, item))[0].life.steps] == ["listed", "opened"], "nothing half-written"


def agenda_of(room: Living, item: int) -> int:
    with room.engine.connect() as connection:
        return agenda.one_item(connection, item).session
