"""Lives of everything that lives by steps, through the real verbs, in which each declared kind of step is taken at least once."""

from datetime import timedelta

from tests.metrics.given import complaints, journey
from tests.records import entries, rosters, sessions, teams, test_agenda, test_decisions, test_role_play, test_rollout
from tests.records.living import Living
from wallboard.records import entries as entry_verbs
from wallboard.records import sessions as session_verbs
from wallboard.records import verbs
from wallboard.records.maturity import assess
from wallboard.records.snapshots import SnapshotContent, keep_snapshot
from wallboard.store.connections import writing


def live_everything(room: Living) -> None:
    """One life after the other, so that no session holds another one up."""
    with writing(room.engine) as connection:
        journey(connection)
        complaints(connection, *({"day": room.today, "touchpoint": "parcel", "words": words} for words in ("Wet.", "Late.")))
    for live in (_issue, _sessions, _commitments, _agenda, _decisions, _roster, _teams, _entries, _role_cards, _rollout):
        live(room)


def _issue(room: Living) -> None:
    tom, soon = room.people["tom"], room.today + timedelta(days=3)
    issue = room.until("alleviation")
    room.take(issue, verbs.join, tom)
    room.take(issue, verbs.alleviated, note="They said so.")
    room.take(issue, verbs.limit, "The courier is another company.")
    planned = room.take(issue, verbs.plan, "Ask the courier.", tom, soon)
    room.take(issue, verbs.done, planned, "It agrees.")
    room.take(issue, verbs.escalate, 2, "The team cannot.")
    cause = room.take(issue, verbs.name_cause, "The van is small.", "logistics")
    room.take(issue, verbs.acknowledge, cause, login="lena")
    decided = room.decide(issue)
    room.take(issue, verbs.reverse, decided, "The van is wet.")
    room.decide(issue)
    for words, accepted in (("I still wait.", False), ("Now it is good.", True)):
        room.answer(issue)
        room.take(issue, verbs.present, "by telephone", "Mrs. Lee")
        room.take(issue, verbs.react, words, accepted)
    room.take(issue, verbs.reopen, "It rained in again.")


def _sessions(room: Living) -> None:
    for level in (1, 2, 3):
        with room.by("fay") as act:
            assess(act, "north", level, "Two rounds of sessions.")
    cancelled = sessions.planned(room)
    sessions.take(room, cancelled, "cancelled", words="Nobody can come.")
    number = sessions.planned(room, "lena", "sam")
    sessions.take(room, number, "postponed", words="Half are away.", moved_to=room.at + timedelta(days=3))
    sessions.take(room, number, "customer_asked", words="Mrs. Lee")
    sessions.take(room, number, "toned", wall="issues")
    sessions.take(room, number, "sound_tested", wall="issues")
    sessions.take(room, number, "begun")
    sessions.attended(room, number, "lena")
    sessions.take(room, number, "delegate_came", user_id=room.people["sam"], words="Mr. Brown")
    sessions.take(room, number, "shown", wall="*", scene="opening")
    sessions.take(room, number, "customer_came", words="Mrs. Lee")
    _over(room, number, "lena")
    with room.by("lena") as act:
        session_verbs.rate(act, number, 8)


def _over(room: Living, number: int, *present: str) -> None:
    """A session ends, and nobody has promised anything."""
    for login in present:
        with room.by("fay") as act:
            session_verbs.leave_uncommitted(act, number, room.people[login], "Nothing new.")
    sessions.take(room, number, "ended")


def _commitments(room: Living) -> None:
    done, dropped = (sessions.promised(room, "tom") for _ in range(2))
    sessions.step(room, done, "progress", words="Half of it.")
    sessions.step(room, done, "fulfil", words="All of it.", how="By hand.")
    sessions.step(room, dropped, "drop", "fay", words="It is not needed.")


def _agenda(room: Living) -> None:
    number = sessions.begun(room, "lena")
    item, other = (test_agenda.listed(room, number) for _ in range(2))
    test_agenda.step(room, item, "open-item")
    test_agenda.step(room, item, "minute-item", words="A note.")
    test_agenda.step(room, item, "finish-item", words="")
    test_agenda.step(room, other, "defer-item", words="No time.")
    _over(room, number, "lena")


def _decisions(room: Living) -> None:
    number = sessions.begun(room, "lena", "sam")
    with room.by("fay") as act:
        keep_snapshot(act, number, SnapshotContent("[]", '{"ages": []}', {"a number": "{}"}))
    made, refused = (test_decisions.proposed(room, session=number) for _ in range(2))
    test_decisions.settle(room, made, "rest-on", how="a number")
    for login in ("lena", "sam"):
        test_decisions.voted(room, made, login)
        test_decisions.voted(room, refused, login, "no")
    test_decisions.settle(room, made)
    test_decisions.settle(room, refused, "decline")
    _over(room, number, "lena", "sam")
    test_decisions.settle(room, made, "review-decision", words="It holds.", due_on=str(room.today + timedelta(days=90)))
    test_decisions.settle(room, made, "take-back", words="It is over.")


def _roster(room: Living) -> None:
    item = rosters.listed(room, rosters.proposed(room, "A dry box", stage="receive"))
    rosters.step(room, item, "sponsor", user_id=str(room.people["sam"]))
    barrier = rosters.step(room, item, "barrier", words="No van.", how="The budget.", note="")
    rosters.step(room, item, "unblock", refers=str(barrier), words="There is one.")
    rosters.step(room, item, "remove-item", words="It is dry.")
    initiative = rosters.initiated(room, "Foam", "parcel")
    rosters.step(room, initiative, "continue-initiative", words="It helps.")
    waits = rosters.step(room, initiative, "block-initiative", user_id=str(room.people["sam"]), words="A price for foam.")
    rosters.step(room, initiative, "free-initiative", refers=str(waits), words="There is one.")
    rosters.step(room, initiative, "stop-initiative", words="It is done.")
    rosters.step(room, rosters.initiated(room, "Tape", "parcel"), "finish-initiative", words="It is tape.", worked="no")


def _teams(room: Living) -> None:
    tom = room.people["tom"]
    number = teams.tasked(room, "tom", "sam", pilot=True)
    proposal = teams.step(room, number, "pace-team", "lena", step_days=14, words="It is simple.")
    teams.step(room, number, "agree-pace", "tom", refers=proposal)
    teams.step(room, number, "leave-team", user_id=room.people["sam"], words="Another team.")
    teams.until(room, number, 4)
    teams.step(room, number, "report-step-3", "tom", {"currency": "GBP"}, words="More slots.", budget="9", note="", user_id=tom)
    teams.step(room, number, "refuse-proposal", "lena", refers=teams.stands(room, number).life.undecided[0].seq, words="No.")
    teams.later(room, 90)
    teams.checked(room, number)
    teams.rewarded(room, number)
    other = teams.tasked(room, "tom")
    teams.step(room, other, "disband-team", words="The carrier does it.")


def _role_cards(room: Living) -> None:
    with writing(room.engine) as connection:
        complaints(connection, *({"day": room.today, "touchpoint": "parcel", "words": words} for words in ("Cold.", "Gone.")))
    number = sessions.begun(room, "lena", "sam")
    card = test_role_play.dealt(room, number)[0]
    login = next(name for name, user in room.people.items() if user == card.owner)
    test_role_play.debrief(room, card.number, login)


def _rollout(room: Living) -> None:
    number = test_rollout.aware(room)
    test_rollout.step(room, number, "pilot", words="The depot.")
    test_rollout.step(room, number, "coach", user_id=room.people["tom"])
    test_rollout.step(room, number, "deploy", words="Complaints have halved.")


def _entries(room: Living) -> None:
    session = sessions.begun(room, "tom", kind="working session")
    idea = entries.raised(room, session, "idea", title="Let drivers take returns along.")
    _over(room, session, "tom")
    number = sessions.begun(room, "lena", kind="council")
    with room.by("fay") as act:
        entry_verbs.table_ideas(act, number)
    entries.step(room, idea, "respond-to-idea", "lena", words="From July on.")
    entries.raised(room, number, "report", subject="logistics", words="A second carrier.")
    practice = entries.raised(room, number, "practice", subject="logistics", title="They ring first.")
    for function, verb in (("shop", "adopt-practice"), ("room", "decline-practice")):
        offer = entries.step(room, practice, "offer-practice", function=function)
        answer = entries.step(room, practice, verb, refers=offer, words="From Monday on, or not.")
        if verb == "adopt-practice":
            entries.step(room, practice, "practice-result", refers=answer, words="Half the calls.")
    review = {"subject": "complaint_cost", "words": "It is clear.", "how": "Late by a month.", "note": "Yes."}
    measure = entries.raised(room, number, "measure", **review)
    entries.step(room, measure, "redefine-measure", "fay", words="With what carriers pay.", how="")
    entries.step(room, measure, "agree-on-measure", "fay")
    with room.by("fay") as act:
        question = entry_verbs.ask_next(act, number) or 0
    entries.step(room, question, "answer-question", "lena", user_id=room.people["lena"], words="The shop.")
    _over(room, number, "lena")
