"""Writing rows: new, changed, the same and gone, on both stores."""

from datetime import UTC, datetime
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert, inspect, select

from wallboard.errors import StoreRefused
from wallboard.store.schema import load_run, post, store_property
from wallboard.store.write import Written, insert_rows, read_frame, row_hashes, write_rows

AT = datetime(2026, 6, 30, 9, 0, 0, 123456, tzinfo=UTC)


def posts(*rows: tuple[str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame({"source_key": [key for key, _ in rows], "words": [words for _, words in rows]}, dtype="str")
    return frame.assign(
        brand=pd.Series("Fern", index=frame.index, dtype="str"),
        ours=pd.Series(True, index=frame.index, dtype="boolean"),
        network=pd.Series("x", index=frame.index, dtype="str"),
        posted_at=pd.Series(pd.Timestamp(AT), index=frame.index, dtype="datetime64[us, UTC]"),
        author=pd.Series(None, index=frame.index, dtype="str"),
        url=pd.Series(None, index=frame.index, dtype="str"),
        tone=pd.Series(None, index=frame.index, dtype="str"),
    )


def write(connection: Connection, frame: pd.DataFrame, *, snapshot: bool = False) -> Written:
    opened = insert(load_run).values(source="s", feed="posts", file="f", status="running", started_at=AT).returning(load_run.c.id)
    return write_rows(connection, post, "s", frame, connection.scalars(opened).one(), snapshot=snapshot)


def test_what_is_new_changed_same_and_gone(store: Engine) -> None:
    with store.begin() as connection:
        first = write(connection, posts(("1", "a"), ("2", "b"), ("3", "c")))
        assert (first.first, len(first.new), first.anything) == (True, 3, True)
        second = write(connection, posts(("2", "B"), ("3", "c"), ("4", "d")), snapshot=True)
        assert (second.first, len(second.new), len(second.changed), second.same, len(second.gone)) == (False, 1, 1, 1, 1)
        assert (second.before["words"].tolist(), second.gone["words"].tolist()) == (["b"], ["a"])
        assert sorted(second.touched("words")) == ["B", "a", "b", "d"]
        kept = connection.execute(select(post.c.source_key, post.c.words).order_by(post.c.source_key)).all()
        assert [tuple(row) for row in kept] == [("2", "B"), ("3", "c"), ("4", "d")]


def test_the_same_again_touches_nothing(store: Engine) -> None:
    with store.begin() as connection:
        write(connection, posts(("1", "a"), ("2", "b")))
        again = write(connection, posts(("1", "a"), ("2", "b")))
        assert (again.anything, again.same) == (False, 2)
        assert again.touched("words").empty


def test_values_come_back_as_they_were(store: Engine) -> None:
    words = "tab\t, back\\slash \\N, line\nbreak, 'quote', ünï 🫖"
    frame = posts(("1", words))
    with store.begin() as connection:
        write(connection, frame)
        back = read_frame(connection, select(post))
    assert back["words"].tolist() == [words]
    assert back["posted_at"].tolist() == [pd.Timestamp(AT)]
    assert back["author"].isna().tolist() == [True]
    columns = [name for name in frame.columns if name != "source_key"]
    pd.testing.assert_frame_equal(back[columns], frame[columns])
    assert row_hashes(back[columns]).tolist() == row_hashes(frame[columns]).tolist()


@given(st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8"))), min_size=1, max_size=8))
def test_a_hash_depends_on_what_is_said_and_on_nothing_else(words: list[str | None]) -> None:
    alone = [row_hashes(pd.DataFrame({"words": pd.Series([word], dtype="str")})).iloc[0] for word in words]
    assert row_hashes(pd.DataFrame({"words": pd.Series(words, dtype="str")})).tolist() == alone
    for word, other in pairwise(words):
        assert (word == other) == (alone[words.index(word)] == alone[words.index(other)])


@pytest.mark.parametrize("number", [1, 500, 501])
def test_many_rows_change_at_once(store: Engine, number: int) -> None:
    with store.begin() as connection:
        write(connection, posts(*((str(n), "a") for n in range(number))))
        assert len(write(connection, posts(*((str(n), "b") for n in range(number)))).changed) == number


def test_what_the_store_refuses_is_a_sentence(store: Engine) -> None:
    with pytest.raises(StoreRefused, match="post: the store refuses these rows"), store.begin() as connection:
        write(connection, posts(("1", "a"), ("2", None)))


def test_a_first_great_load_keeps_its_indexes(store: Engine) -> None:
    before = inspect(store).get_indexes("post")
    with store.begin() as connection:
        assert len(write(connection, posts(*((str(n), "a") for n in range(20_001)))).new) == 20_001
    assert before
    assert inspect(store).get_indexes("post") == before


def test_rows_that_are_the_first_thing_a_connection_writes_are_taken_back_with_it(store: Engine) -> None:
    with store.connect() as connection:
        insert_rows(connection, store_property, pd.DataFrame({"name": ["m"], "value": ["v"]}))
        connection.rollback()
    with store.connect() as connection:
        assert connection.scalar(select(store_property.c.value).where(store_property.c.name == "m")) is None
