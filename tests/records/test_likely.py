"""What is offered before a person chooses: taken from what the sources brought and from what the room did before."""

from datetime import timedelta

from tests.metrics.given import complaints, journey, loaded, posts
from tests.records.living import MONDAY, Living
from wallboard.records import verbs
from wallboard.records.issue_views import one_issue
from wallboard.records.likely import AlikeComplaints, Place, likely_functions, likely_owner
from wallboard.records.searching import newest_complaints
from wallboard.records.users import let_go, users
from wallboard.store.connections import reading, writing
from wallboard.store.schema import function

DAY = MONDAY.date() - timedelta(days=5)


def offered(room: Living, issue: int) -> str | None:
    with reading(room.engine) as connection:
        number = likely_owner(connection, one_issue(connection, issue), users(connection))
    return next((login for login, known in room.people.items() if known == number), None)


def test_a_complaint_without_a_place_belongs_where_those_in_like_words_do(room: Living) -> None:
    with writing(room.engine) as connection:
        journey(connection)
        complaints(
            connection,
            {"day": DAY, "touchpoint": "parcel", "issue_type": "late", "words": "The driver left my parcel in the rain."},
            {"day": DAY, "stage": "choose", "words": "The shop shows a price and asks for another one."},
            {"day": DAY, "words": "Rain, driver, parcel: nobody has placed this."},
        )
        alike = AlikeComplaints(connection)
        assert alike.place("My PARCEL stood in the rain when the driver left") == Place("receive", "parcel", "late")
        assert alike.place("Another price in the shop") == Place("choose")
        assert alike.place("A driver") == Place() == alike.place("Nothing of the kind")


def test_functions_that_caused_and_handled_the_same_lately_are_offered(room: Living) -> None:
    with writing(room.engine) as connection:
        journey(connection)
        named = (
            {"function": key, "name": key, "customer_facing": True, "outsourced": False} for key in ("shop", "help", "board")
        )
        loaded(connection, function, *named)
        about = {"day": DAY, "issue_type": "late", "words": "Late."}
        complaints(
            connection,
            *({**about, "cause": "shop", "handled_by": "help"} for _ in range(3)),
            {**about, "cause": "board", "handled_by": None},
        )
        assert likely_functions(connection, Place(issue_type="late")) == ("help", "shop")
        assert likely_functions(connection, Place(touchpoint="parcel")) == ("logistics",), "who runs the touchpoint"
        assert likely_functions(connection, Place()) == ()


def test_the_newest_complaints_are_those_that_no_issue_has(room: Living) -> None:
    with writing(room.engine) as connection:
        complaints(connection, {"day": DAY, "words": "Late.", "source_key": "a"}, {"day": DAY, "words": None})
        praise = {"posted_at": MONDAY, "words": "Lovely.", "tone": None}
        posts(connection, {"posted_at": MONDAY, "words": "Never again.", "tone": "negative", "source_key": "b"}, praise)
        assert [hit.words for hit in newest_complaints(connection)] == ["Never again.", "Late."]
        assert [hit.words for hit in newest_complaints(connection, 1)] == ["Never again."]
    room.relayed(origin=("tests", "b"), evidence=None)
    with reading(room.engine) as connection:
        assert [hit.words for hit in newest_complaints(connection)] == ["Late."]


def test_who_answered_for_the_same_before_is_offered_else_who_relayed_it_else_whoever_has_the_least(room: Living) -> None:
    first = room.admitted()
    assert offered(room, first) == "tom", "who relayed it, of logistics"
    room.take(first, verbs.own, room.people["lena"])
    number, _ = room.relayed("fay", issue_type="late")
    second = room.judged(number)
    assert offered(room, second) == "sam", (
        "of logistics and shop: nobody is named by tom's and sam's issues yet, and sam is first"
    )
    room.take(second, verbs.own, room.people["lena"])
    third = room.judged(room.relayed("tom", issue_type="late")[0])
    assert offered(room, third) == "lena"
    with room.by("ada") as act:
        let_go(act, room.people["lena"])
    assert offered(room, third) == "tom"
    elsewhere = room.judged(room.relayed("fay", functions=("billing", "law"))[0])
    assert offered(room, elsewhere) is None
