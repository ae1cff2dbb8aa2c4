"""A piece of a file is made by another program: its refusals arrive as they were said, and what breaks it breaks no screen."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.loaders.media.files import picture
from tests.making import BY_A_PROGRAM
from wallboard.media import answers, pieces
from wallboard.media.forms import NoForm
from wallboard.media.info import MediaRefused
from wallboard.media.made import THUMB, Made, hash_of
from wallboard.media.making.making import make

words = some.text(some.characters(exclude_categories=["Cs"]), max_size=80)


@pytest.fixture
def made_by_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_make", BY_A_PROGRAM)


@given(kind=some.sampled_from([NoForm, LookupError, OSError]), sentence=words, noise=words)
def test_a_refusal_arrives_as_it_was_said(kind: type[Exception], sentence: str, noise: str) -> None:
    error = answers.read(f"{noise}\n{answers.written(kind(sentence))}")
    assert type(error) is kind and error.args == (sentence,)


@given(where=words, what=words, remedy=words)
def test_a_refused_file_keeps_its_sentence_and_its_remedy(where: str, what: str, remedy: str) -> None:
    error = answers.read(answers.written(MediaRefused(where, what, remedy)))
    assert isinstance(error, MediaRefused) and (error.where, error.what, error.remedy) == (where, what, remedy)


@pytest.mark.parametrize("errors", ["", "Segmentation fault", '["KeyboardInterrupt", "x"]', "[]", "{}", '["MediaRefused", "a"]'])
def test_what_is_no_refusal_is_none(errors: str) -> None:
    assert answers.read(errors) is None


@pytest.mark.usefixtures("made_by_a_program")
def test_a_file_that_breaks_the_program_is_told_and_breaks_no_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    monkeypatch.setattr(pieces, "MAKER", (sys.executable, "-c", "import os; os.abort()"))
    with pytest.raises(MediaRefused, match=r"a\.png: could not be prepared; the room's log says why\."):
        pieces.thumb(tmp_path, tmp_path / "a.png", "0" * 64)
    assert "a.png could not be made" in caplog.text


@pytest.mark.slow
@pytest.mark.usefixtures("made_by_a_program")
def test_a_piece_is_the_same_whether_another_program_makes_it_or_this_one(tmp_path: Path) -> None:
    file = picture(tmp_path / "a.png")
    piece = pieces.thumb(tmp_path, file, hash_of(file))
    assert piece == Made(tmp_path, hash_of(file)).content(THUMB) == make(tmp_path / "other", file, hash_of(file), THUMB)


@pytest.mark.slow
@pytest.mark.usefixtures("made_by_a_program")
def test_a_refusal_of_the_other_program_is_the_readers_own(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 and no more")
    with pytest.raises(NoForm, match=r"is not a PDF that can be read\."):
        pieces.form(tmp_path, tmp_path / "a.pdf")
