"""Bytes to text."""

import pytest

from wallboard.errors import FileRefused
from wallboard.loaders.encoding import decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marks_are_understood(encoding: str) -> None:
    assert decode("f", "Id\nGrüße".encode(encoding), None).text == "Id\nGrüße"


def test_a_guess_is_said() -> None:
    decoded = decode("f", ("Id,Words\n" + "1,schöne Grüße aus Köln\n" * 9).encode("cp1252"), None)
    assert "schöne Grüße" in decoded.text
    assert "read as cp1252, a guess" in decoded.notes[0]


def test_a_wrong_declaration_names_row_and_byte() -> None:
    with pytest.raises(FileRefused, match=r"row 3, byte 8: 0xfc is not utf-8\..*encoding"):
        decode("tickets.csv", b"Id\n1234\n\xfc\n", "utf-8")


def test_garbage_is_refused() -> None:
    with pytest.raises(FileRefused, match="is not text"):
        decode("f", bytes(range(256)) * 9, None)


def test_nul_is_replaced_and_said() -> None:
    decoded = decode("f", b"a\x00b", None)
    assert decoded.text == "a\ufffdb"
    assert "1 characters cannot be stored" in decoded.notes[0]


CUT = "Id\n1,café\n2,für\n".encode() + b"3,caf\xc3\n4,none\n"


@pytest.mark.parametrize("declared", [None, "utf-8"])
def test_a_damaged_character_is_a_matter_of_its_row(declared: str | None) -> None:
    decoded = decode("f", CUT, declared)
    assert decoded.text == "Id\n1,café\n2,für\n3,caf\ufffd\n4,none\n"
    assert decoded.notes == ("damaged characters in row 4 were replaced by \ufffd.",)


def test_many_rows_may_be_cut_and_characters_that_were_replaced_before_are_not_damage() -> None:
    row = "schöne Grüße\n".encode() + b"gr\xc3\n"
    assert decode("f", row * 40, None).notes == (
        "damaged characters in rows 2, 4, 6, 8, 10 and 35 more were replaced by \ufffd.",
    )
    assert decode("f", "caf\ufffd\n".encode(), None).notes == ()


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "cp932"])
def test_another_encoding_is_not_taken_for_a_damaged_one(encoding: str) -> None:
    text = {"cp1252": "Grüße für Jäger\n", "cp1251": "Привет, мир\n", "cp932": "こんにちは世界\n"}[encoding]
    assert "a guess" in decode("f", (text * 20).encode(encoding), None).notes[0]
