"""Each rule of the room is named by a test, and those that no other test tries are tried here, through a bare connection."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError

from tests.conftest import REPOSITORY
from tests.metrics.given import journey
from tests.records.rosters import proposed
from tests.records.sessions import begun, seen
from tests.records.teams import stands, tasked
from tests.store.by_hand import Handled, by_hand, refused
from wallboard.store.connections import writing
from wallboard.store.rules import rules
from wallboard.store.schema import (
    STEPS,
    current_experience,
    opportunity_rating,
    room_session_step,
    roster_item,
    team_cycle_step,
    user_account,
    verdict,
)

SHORTEST = 8
"""Letters of a piece of a sentence by which a test names a rule."""


@cache
def _written() -> frozenset[str]:
    return frozenset(_texts())


def _texts() -> Iterator[str]:
    for file in (file for part in ("records", "screens/console", "store") for file in (REPOSITORY / "tests" / part).glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) >= SHORTEST:
                yield node.value


def test_each_rule_is_named_by_a_test() -> None:
    """A rule that is added, and that no test refuses a row with, fails here; how lives begin is told by declaration (below)."""
    sentences = {name: rule["sentence"] for name, rule in rules()["rule"].items() if not name.endswith("_lives")}
    unnamed = {name: words for name, words in sentences.items() if not any(piece in words for piece in _written())}
    assert not unnamed, "name a piece of its sentence in a test that is refused by it"


def test_each_life_begins_with_the_first_kind_of_its_steps() -> None:
    for steps in STEPS:
        first = next(kind.kind for kind in steps.kinds if kind.follows is None)
        of_record = (str(rule.get("breaks_if", "")) for rule in rules()["rule"].values() if rule["table"] == steps.record)
        assert any(f"s.{steps.record} = NEW.id AND s.kind = '{first}'" in breaks for breaks in of_record), steps.record


def test_nothing_happens_to_what_is_not_there_yet(room: Handled) -> None:
    with writing(room.engine) as connection:
        journey(connection)
    opportunity, (relayed, _) = proposed(room, "A dry box", stage="receive"), room.relayed()
    before, fay = room.at - timedelta(days=2), room.people["fay"]
    by = {"at": before, "day": before.date(), "actor": fay}
    about = {**by, "opportunity": opportunity}
    assert "Nothing is rated before it was proposed." in refused(room, opportunity_rating, **about, impact=3, effort=3)
    aim = {"user_id": room.people["lena"], "issue_type": "late", "less_by": 30, "due_on": room.today, "perimeter": "north"}
    assert "Nothing goes on the roster before it is proposed." in refused(room, roster_item, **about, **aim)
    voice = {"voice_source": "s", "voice_key": "k", "quotation": "Late!", "media": 1, "artefact": "A card"}
    what = {"at": before, "actor": fay, "opportunity": opportunity, "stage": "receive", "words": "It is late."}
    assert "Nothing is reported before it was proposed." in refused(room, current_experience, **what, **voice)
    assert "Nothing is judged before it was relayed." in refused(room, verdict, **by, intake=relayed, verdict="trivial")


def test_who_is_present_and_who_leaves_is_as_the_record_says(room: Handled) -> None:
    with writing(room.engine) as connection:
        journey(connection)
    number = begun(room)
    begins = seen(room, number).life.steps[-1]
    here = {"room_session": number, "seq": begins.seq + 1, "kind": "attended", "at": room.at, "day": room.today}
    refers = {"refers": begins.seq, "refers_kind": "begun", "refers_at": begins.at}
    somebody = {**here, **refers, "actor": room.people["fay"], "user_id": room.people["lena"]}
    for how in ("signed in", "seen by chance"):
        assert "by their own sign-in, or ticked" in refused(room, room_session_step, **somebody, how=how)
    team = tasked(room, "tom")
    first = stands(room, team).life.steps[0]
    leaves = {"team_cycle": team, "seq": stands(room, team).life.seq + 1, "kind": "left_team", "at": room.at, "day": room.today}
    refers = {"refers": first.seq, "refers_kind": "tasked", "refers_at": first.at}
    nobody = {**leaves, **refers, "actor": room.people["fay"], "user_id": room.people["sam"], "words": "He was never in it."}
    assert "This person is not in the team." in refused(room, team_cycle_step, **nobody)


def test_a_user_stays_who_that_is(room: Handled) -> None:
    mine = update(user_account).where(user_account.c.login == "gus")
    for values in ({"added_at": room.at}, {"login": "ada"}):
        with pytest.raises(DBAPIError, match="keeps the number and the day of coming"), by_hand(room) as connection:
            connection.execute(mine.values(**values))
    with by_hand(room) as connection:
        connection.execute(insert(user_account).values(login="new", name="New", role="guest", password="", added_at=room.at))
