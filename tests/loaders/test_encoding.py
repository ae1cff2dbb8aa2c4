"""Bytes to text."""

import pytest

from wallboard.errors import FileRefused
from wallboard.loaders.encoding import decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marks_are_understood(encoding: str) -> None:
    assert decode("f", "Id\nGrüße".encode(encoding), None).text == "Id\nGrüße"


def test_a_guess_is_said() -> None:
    found = decode("f", ("Id,Words\n" + "1,schöne Grüße aus Köln\n" * 9).encode("cp1252"), None)
    assert "schöne Grüße" in found.text
    assert "read as cp1252, a guess" in found.said[0]


def test_a_wrong_declaration_names_row_and_byte() -> None:
    with pytest.raises(FileRefused, match=r"row 3, byte 8: 0xfc is not utf-8\..*encoding"):
        decode("tickets.csv", b"Id\n1234\n\xfc\n", "utf-8")


def test_garbage_is_refused() -> None:
    with pytest.raises(FileRefused, match="is not text"):
        decode("f", bytes(range(256)) * 9, None)


def test_nul_is_replaced_and_said() -> None:
    found = decode("f", b"a\x00b", None)
    assert found.text == "a\ufffdb"
    assert "1 characters cannot be stored" in found.said[0]
