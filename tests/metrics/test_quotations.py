"""Customers' words in rows that are kept: they stay in the store alone, and are read again only while it has them to be shown."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, select, text

from tests.metrics.given import complaints, journey, media, posts
from tests.records.living import ROOM
from wallboard.metrics.quotations import WITHDRAWN, CustomersWords, quotation, words_now
from wallboard.metrics.scope import Scope
from wallboard.metrics.voices import posts as public_posts
from wallboard.metrics.voices import verbatims
from wallboard.store.schema import media as files
from wallboard.store.schema import metadata

DAY = date(2026, 6, 1)
WORDS = "The driver left it in the rain, and nobody told me."


@dataclass(frozen=True)
class Kept:
    words: CustomersWords | None
    number: int


ROWS = TypeAdapter(tuple[Kept, ...])


def again(connection: Connection, text: bytes, today: date = DAY) -> list[str | None]:
    rows = ROWS.validate_json(text, context={"words": words_now(connection, today, metadata.tables)})
    assert [row.number for row in rows] == [*range(len(rows))], "numbers stay"
    return [row.words for row in rows]


def test_words_are_kept_by_where_they_stand_and_are_gone_with_their_row(store: Engine) -> None:
    with store.connect() as connection:
        journey(connection)
        complaints(connection, {"day": DAY, "words": WORDS, "stage": "receive"}, {"day": DAY, "words": "Late."})
        posts(connection, {"posted_at": datetime(2026, 6, 1, 9, 0, tzinfo=UTC), "words": "Nobody answers.", "author": "@lee"})
        scope = Scope.of(ROOM, datetime(2026, 6, 3, 9, 0, tzinfo=UTC))
        given = [row.words for row in verbatims(connection, scope, longest=20)]
        given += [row.words for row in public_posts(connection, scope)]
        rows = (*(Kept(words, n) for n, words in enumerate(given)), Kept(None, len(given)))
        kept = ROWS.dump_json(rows)
        assert b"rain" not in kept and b"Late" not in kept and b"answers" not in kept
        assert again(connection, kept) == [*given, None]
        assert any(words and words.endswith("…") for words in again(connection, kept)), "cut as it was"
        connection.execute(text("UPDATE voice SET words = 'The driver …' WHERE words LIKE 'The driver%'"))
        connection.execute(text("DELETE FROM voice WHERE words = 'Late.'"))
        connection.execute(text("UPDATE post SET words = ''"))
        assert {*again(connection, kept)} == {"The driver …", WITHDRAWN, None}
        assert again(connection, ROWS.dump_json(ROWS.validate_json(kept))) == again(connection, kept), "a reference stays one"


def test_what_is_said_of_media_goes_with_their_consent_and_their_retention(store: Engine) -> None:
    with store.connect() as connection:
        journey(connection)
        media(
            connection, {"path": "a.ogg", "kind": "call", "caption": "Mrs. Lee calls", "consent": "given", "retention_until": DAY}
        )
        row = connection.execute(select(files)).one()
        kept = ROWS.dump_json((Kept(quotation(row, files.c.caption, row.caption), 0),))
        assert again(connection, kept) == ["Mrs. Lee calls"]
        assert again(connection, kept, date(2026, 6, 2)) == [WITHDRAWN], "its retention is over"
        media(connection, {"path": "b.ogg", "kind": "call", "consent": "withdrawn", "sha256": row.sha256})
        assert again(connection, kept) == [WITHDRAWN], "the same content was withdrawn under another name"


@pytest.mark.parametrize(
    "kept", [b'[{"words": "Mrs. Lee", "number": 0}]', b'[{"words": ["gone", "words", [], null], "number": 0}]']
)
def test_words_that_an_earlier_version_has_kept_are_not_shown(sqlite_store: Engine, kept: bytes) -> None:
    with sqlite_store.connect() as connection:
        assert again(connection, kept) == [WITHDRAWN]
    assert ROWS.dump_json((Kept("Mrs. Lee", 0),)) == b'[{"words":null,"number":0}]', "words without a place are never written"
