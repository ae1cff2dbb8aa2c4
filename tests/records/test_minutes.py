"""The minutes of a session: the summary first, dissent named, goals served by items, what was reported and carried over."""

from datetime import timedelta

import pytest

from tests.metrics.given import journey
from tests.records.living import ROOM, Living
from tests.records.sessions import attended, begun, planned, promised, seen, step, take
from tests.records.teams import tasked, until
from wallboard.agendas import Agenda, AgendaItem
from wallboard.lifecycle.agenda import STEPS as ITEM_STEPS
from wallboard.lifecycle.decisions import ADOPTED, Settle
from wallboard.records import agenda, decisions
from wallboard.records.decisions import Proposal
from wallboard.records.goals import served
from wallboard.records.minutes import minutes_of
from wallboard.records.minutes_markdown import as_markdown
from wallboard.records.snapshots import RestedOn
from wallboard.store.connections import writing

MONTH = Agenda(
    title="The month",
    item=(
        AgendaItem(key="late", title="Late boxes", minutes=10, goals=(1, 2)),
        AgendaItem(key="worth", title="What they are worth", minutes=10, goals=(4,)),
    ),
)
SETTINGS = ROOM.model_copy(update={"agenda": {"month": MONTH}})


def worked_on(room: Living, item: int, verb: str, **says: str) -> None:
    kind = ITEM_STEPS.verb(verb)
    assert kind.form is not None
    with room.by("fay") as act:
        agenda.take_form(act, kind, item, agenda.one_item(act.connection, item).life.seq, kind.form.read(says))


def held(room: Living) -> int:
    """A session with an agenda of two items of which one is finished, and a decision that one leader voted against."""
    number = planned(room, "lena", "sam", "ada")
    with room.by("fay") as act:
        agenda.lay(act, number, MONTH)
        first = agenda.items(act.connection, number)[0].number
    take(room, number, "begun")
    attended(room, number, "lena", "sam")
    take(room, number, "delegate_came", user_id=room.people["ada"], words="Mia")
    worked_on(room, first, "open-item")
    room.at += timedelta(minutes=7)  # and an hour for each act
    worked_on(room, first, "minute-item", words="The carrier is *late*.")
    with room.by("fay") as act:
        what = Proposal(kind="other", words="A second van", implications="Costs", review_on=room.today + timedelta(days=90))
        made = decisions.propose(act, number, what)
    for login, vote in (("lena", "yes"), ("sam", "no")):
        with room.by("fay") as act:
            decisions.vote(act, made, room.people[login], vote)
    worked_on(room, first, "finish-item", words="Work.")
    promised(room, "lena", number)
    take(room, number, "uncommitted", user_id=room.people["sam"], words="I am new.")
    take(room, number, "ended", note="We send earlier.")
    return number


def text_of(room: Living, number: int) -> str:
    with room.engine.connect() as connection:
        return as_markdown(minutes_of(connection, SETTINGS, number, lambda _: [RestedOn("87 are open", "90 are open")]))


def test_the_summary_comes_first_and_an_item_has_its_notes_decision_and_outcome(room: Living) -> None:
    earlier = promised(room, "lena", due=5, words="Ask the carrier.")
    number = held(room)
    text = text_of(room, number)
    assert text.startswith("# The room\n\nNorth, monthly, ") and "\n\nWe send earlier.\n\n## Who does what by when" in text
    assert "- **Lena**: Send each box a day earlier. (by " in text and "- **Sam**: no commitment. I am new." in text
    assert "- Mia, delegate of Ada: does not count as present" in text and "- The president was not here" in text
    assert "- Expected but not here: Ada (2 of 3 expected people came)" in text
    assert (
        "- **Late boxes** (307 of 10 min)\n  - Fay: The carrier is \\*late\\*.\n"
        "  - decision: A second van (proposed)\n  - outcome: Work." in text
    )
    assert "  - yes: Lena (said aloud)\n  - no: Sam (said aloud)\n" in text
    assert "  - rests on: “87 are open” Restated since: is “90 are open” by what was loaded later." in text
    assert "- **Lena**: Ask the carrier.; open for 0 days, due " in text and "- **What they are worth**: comes again" in text
    step(room, earlier, "fulfil", login="lena", words="Asked.", how="By phone.")
    assert "open for 0 days" in text_of(room, number), "what is done after a session was open in it"


@pytest.mark.req("R33")
def test_the_session_is_scored_goal_by_goal_by_the_items_that_were_finished(room: Living) -> None:
    number = held(room)
    with room.engine.connect() as connection:
        goals = served(connection, SETTINGS, seen(room, number))
    assert [(each.goal, each.items, each.minutes) for each in goals] == [
        (1, ("Late boxes",), 307), (2, ("Late boxes",), 307), (3, (), 0), (4, (), 0)
    ]  # fmt: skip
    text = text_of(room, number)
    assert "- **2. Make somebody accountable, and make it urgent**: Late boxes (307 min)" in text
    assert "- **4. Know and manage how profitable customers are**: no item of this session" in text


def test_an_agenda_that_names_no_goals_is_not_scored_by_them(room: Living) -> None:
    number = begun(room, "lena")
    promised(room, "lena", number)
    take(room, number, "ended")
    assert "goals of the room" not in text_of(room, number)


def test_a_decision_with_dissent_says_so_and_one_of_earlier_is_looked_at(room: Living) -> None:
    number = begun(room, "lena", "sam")
    with room.by("fay") as act:
        what = Proposal(kind="other", words="Vans", implications="Costs", review_on=room.today + timedelta(days=9))
        made = decisions.propose(act, number, what)
    for login in ("lena", "sam"):
        with room.by(login) as act:
            decisions.vote(act, made, room.people[login], "yes" if login == "lena" else "abstain")
    with room.by("fay") as act:
        decisions.take_form(act, ADOPTED, made, decisions.one_decision(act.connection, made).life.seq, Settle())
    assert "- **Vans** (other: decided, not unanimous)" in text_of(room, number)


@pytest.mark.req("R95", "R100", "R104")
def test_what_teams_brought_to_a_session_stands_in_its_minutes(room: Living) -> None:
    with writing(room.engine) as connection:
        journey(connection)
    team = tasked(room, "tom")
    number = begun(room, "lena")
    until(room, team, 3)
    text = text_of(room, number)
    assert "## Teams" in text and "**The punctual**" in text
    for words in ("Current experience reported**: by Tom", "No slots.; by Tom", "Slots.; budget 2,500 GBP; by Tom"):
        assert words in text, text
    promised(room, "lena", number)
    take(room, number, "ended")
    assert "## Teams" not in text_of(room, begun(room, "sam")), "what was taken in another session stands there"
