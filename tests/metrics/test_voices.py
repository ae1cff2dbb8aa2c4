from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from tests.metrics import given
from tests.records.living import Living
from wallboard.metrics.cropping import crop
from wallboard.metrics.scope import Scope
from wallboard.metrics.voices import PostsTakenUp, posts, posts_taken_up, verbatims
from wallboard.records.relay import judge
from wallboard.store.connections import writing
from wallboard.store.schema import evidence, issue, post

DAY = date(2026, 6, 10)
HOSTILE = "<script>alert('x')</script> & “so”  what\n…"


def test_words_come_exactly_as_written_from_every_source_newest_first(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(
        connection,
        {"day": DAY, "words": HOSTILE, "stage": "receive", "language": "de", "issue_type": "late"},
        {"day": DAY - timedelta(days=1), "words": "Elsewhere", "stage": "choose"},
        {"day": DAY, "words": "", "stage": "receive"},
        {"day": date(2026, 6, 30), "words": "Said today", "stage": "receive"},
    )
    given.answers(
        connection, {"day": DAY + timedelta(days=1), "words": "Fine"}, {"day": DAY, "words": "Only a test", "test": True}
    )
    rows = verbatims(connection, scope)
    assert [row.words for row in rows] == ["Fine", HOSTILE, "Elsewhere"]
    assert [[row.channel, row.kind, row.score, row.wording] for row in rows] == [
        ["after delivery", "survey", 3.0, "How was it?"],
        ["helpdesk", "complaint", None, "My order is late"],
        ["helpdesk", "complaint", None, None],
    ]


def test_words_of_a_stage_a_touchpoint_or_a_kind_of_issue(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(
        connection,
        {"day": DAY, "words": "a", "stage": "receive", "touchpoint": "parcel", "issue_type": "late"},
        {"day": DAY, "words": "b", "stage": "receive", "issue_type": "bill"},
        {"day": DAY, "words": "c", "stage": "choose"},
        {"day": DAY, "words": "nowhere"},
    )
    assert [row.words for row in verbatims(connection, scope, stage="receive")] == ["b", "a"]
    assert [row.words for row in verbatims(connection, scope, touchpoint="parcel")] == ["a"]
    assert [row.words for row in verbatims(connection, scope, issue_type="bill")] == ["b"]
    assert [row.words for row in verbatims(connection, scope, limit=9)] == ["nowhere", "c", "b", "a"]


def test_long_words_wait_until_the_short_ones_are_shown(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    long = "This is far too long for a wall and goes on."
    given.complaints(connection, {"day": DAY, "words": long}, {"day": DAY - timedelta(days=90), "words": "Short."})
    assert [row.words for row in verbatims(connection, scope, limit=1, longest=20)] == ["Short."]
    assert [[row.words, row.abridged] for row in verbatims(connection, scope, limit=2, longest=20)] == [
        ["This is far too…", True],
        ["Short.", False],
    ]


@pytest.mark.parametrize(
    ("text", "limit", "cropped"),
    [
        ("Short.", 6, "Short."),
        ("One two three", 8, "One two…"),
        ("One two three", 7, "One…"),
        ("One, two three", 6, "One…"),
        ("Unbreakable", 5, "Unbr…"),
        ("", 5, ""),
    ],
)
def test_a_cut_falls_between_words_and_shows(text: str, limit: int, cropped: str) -> None:
    assert crop(text, limit) == cropped
    assert len(crop(text, limit)) <= max(limit, 1)


def test_posts_about_us_and_others_newest_first_and_none_from_the_future(connection: Connection, scope: Scope) -> None:
    when = datetime(2026, 6, 29, tzinfo=UTC)
    given.posts(
        connection,
        {"posted_at": when, "words": "ours"},
        {"posted_at": when + timedelta(hours=1), "words": "theirs", "ours": False, "brand": "Rival"},
        {"posted_at": when + timedelta(days=9), "words": "later"},
    )
    assert [row.words for row in posts(connection, scope)] == ["theirs", "ours"]
    assert [row.brand for row in posts(connection, scope, limit=1)] == ["Rival"]


@pytest.mark.req("R120")
def test_a_complaint_in_public_waits_until_the_room_makes_it_an_issue(store: Engine, scope: Scope) -> None:
    room = Living(store)
    when = datetime(2026, 6, 1, tzinfo=UTC)
    with writing(store) as connection:
        given.posts(
            connection,
            {"posted_at": when, "words": "late again", "tone": "negative"},
            {"posted_at": when + timedelta(days=3), "words": "cold tea", "tone": "negative"},
            {"posted_at": when, "words": "lovely", "tone": "positive"},
            {"posted_at": when, "words": "theirs", "tone": "negative", "ours": False},
            {"posted_at": when - timedelta(days=200), "words": "long ago", "tone": "negative"},
        )
        key = connection.scalar(select(post.c.source_key).where(post.c.words == "late again"))
    before = waiting(store, scope)
    assert (before.posts, before.taken_up, before.waiting, before.oldest_days) == (2, 0, 2, 30)
    number, _ = room.relayed(evidence=None, origin=("tests", str(key)))
    assert waiting(store, scope).waiting == 2, "relayed is not admitted"
    with room.by("fay") as act:
        made = judge(act, number, "admitted")
    after = waiting(store, scope)
    assert (after.taken_up, after.waiting, after.oldest_days) == (1, 1, 27)
    with store.connect() as connection:
        proof = connection.execute(
            select(evidence).join(issue, issue.c.evidence == evidence.c.id).where(issue.c.id == made)
        ).one()
    assert (proof.kind, proof.source_key, proof.words) == ("post", key, "late again")
    earlier = replace(scope, as_of=datetime(2026, 6, 1, 8, tzinfo=UTC))
    assert waiting(store, earlier).waiting == 1, "a replay knows of no later issue"


def waiting(store: Engine, scope: Scope) -> PostsTakenUp:
    with store.connect() as connection:
        return posts_taken_up(connection, scope)[0]


def test_without_tones_every_post_about_us_counts(connection: Connection, scope: Scope) -> None:
    assert [row.state for row in posts_taken_up(connection, scope)] == ["not measured"]
    given.posts(connection, {"posted_at": datetime(2026, 6, 29, tzinfo=UTC), "words": "hm"})
    row = posts_taken_up(connection, scope)[0]
    assert (row.counted, row.posts, row.waiting, row.oldest_days) == ("all", 1, 1, 2)


def test_words_beside_a_state_agree_with_it_while_there_are_any(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    rated = {"touchpoint": "parcel", "stage": "receive"}
    given.answers(
        connection,
        {"day": NEWER, "words": "Exactly when you said, thank you.", "score": 5, **rated},
        {"day": OLDER, "words": "Late again.", "score": 1, **rated},
    )
    given.complaints(connection, {"day": OLDER, "words": "Broken.", "stage": "receive"})
    kind, unkind = "Exactly when you said, thank you.", "Late again."
    for state, expected in (("attention", {"Broken.", unkind}), ("good", {kind, unkind})):
        assert {row.words for row in verbatims(connection, scope, stage="receive", limit=2, state=state)} == expected
    assert kind not in {row.words for row in verbatims(connection, scope, stage="receive", limit=1, state="watch")}
    assert [row.words for row in verbatims(connection, scope, stage="receive", limit=1)] == [kind]


def test_words_older_than_the_visible_days_are_stale(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.answers(connection, {"day": date(2015, 7, 27), "words": "Lovely."}, {"day": date(2026, 6, 1), "words": "Lovely still."})
    assert [[row.words, row.stale] for row in verbatims(connection, scope)] == [["Lovely still.", False], ["Lovely.", True]]


NEWER, OLDER = date(2026, 6, 20), date(2026, 6, 10)
