"""A query to another database."""

import sqlite3
from pathlib import Path

import pytest

from wallboard.errors import FileRefused
from wallboard.loaders.readers.sql import read
from wallboard.loaders.sources import Source


def source(url: str) -> Source:
    return Source(name="erp", feed="voice", database=url, query="select 1", key="row")


def test_rows_of_a_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(tmp_path / "erp.db") as database:
        database.execute("create table t (id integer, words text)")
        database.execute("insert into t values (7, 'late')")
    database.close()
    monkeypatch.setenv("ERP", str(tmp_path / "erp.db"))
    raw = read("select id, words from t", source("sqlite:///${ERP}"))
    assert raw.frame.to_dict("records") == [{"id": 7, "words": "late"}]


def test_a_missing_variable_is_named() -> None:
    with pytest.raises(FileRefused, match="the environment has no variable NO_SUCH_ERP"):
        read("select 1", source("postgresql://${NO_SUCH_ERP}/x"))


def test_a_database_that_does_not_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"\[erp\]: does not answer the query"):
        read("select * from nowhere", source(f"sqlite:///{tmp_path / 'x.db'}"))
