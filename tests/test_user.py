"""`wallboard user`: who may sign in, at the machine that runs the room."""

import io
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from tests.conftest import AS_OF
from wallboard.commands import user
from wallboard.errors import NotFound, RoomError, RuleRefused
from wallboard.records.users import enter, users
from wallboard.settings import Room
from wallboard.store.connections import reading

SECRET = "tea-and-biscuits"


def output_of(room: Room, *words: str, typed: str = "") -> str:
    """What the program prints; a refusal is raised as it is."""
    result = CliRunner().invoke(user.app, list(words), obj=room.root, input=typed)
    if result.exception is not None and isinstance(result.exception, RoomError):
        raise result.exception
    return str(result.output)


def add(room: Room, *words: str) -> str:
    return output_of(room, "add", *words, "--password-stdin", "--at", "2026-01-05T09:00", typed=f"{SECRET}\n")


def test_the_first_one_is_added_and_signs_in(empty_room: Room, empty_store: Engine) -> None:
    assert "Nobody yet." in output_of(empty_room, "list")
    output = add(empty_room, "--login", "Mira", "--name", "Mira", "--role", "president", "--mandate", "it", "--mandate", "shop")
    assert "Mira may sign in as mira, president." in output
    assert enter(empty_store, AS_OF, "mira", SECRET)
    with reading(empty_store) as connection:
        assert users(connection)[0].mandates == ("it", "shop")
    listed = output_of(empty_room, "list")
    assert "mira" in listed and "it, shop" in listed


def test_a_password_is_asked_for_twice_and_never_shown(empty_room: Room, empty_store: Engine) -> None:
    words = ("add", "--login", "mira", "--name", "Mira", "--role", "guest")
    output = output_of(empty_room, *words, typed=f"{SECRET}\n{SECRET}\n")
    assert "Mira may sign in as mira, guest." in output and SECRET not in output


def test_whoever_leaves_signs_in_no_more_and_a_name_is_taken_once(empty_room: Room, empty_store: Engine) -> None:
    add(empty_room, "--login", "mira", "--name", "Mira", "--role", "guest")
    with pytest.raises(RuleRefused, match="is taken"):
        add(empty_room, "--login", "mira", "--name", "Mira", "--role", "guest")
    with pytest.raises(RuleRefused, match="role: 'boss' is not known"):
        add(empty_room, "--login", "ben", "--name", "Ben", "--role", "boss")
    with pytest.raises(NotFound, match="Did you mean 'mira'"):
        output_of(empty_room, "leave", "--login", "mirra")
    assert "mira has left." in output_of(empty_room, "leave", "--login", "mira")
    with reading(empty_store) as connection:
        assert users(connection) == []
    with pytest.raises(RoomError, match="is not a date or time"):
        output_of(empty_room, "leave", "--login", "mira", "--at", "yesterday")


def test_roles_and_passwords_change_sign_ins_end_and_who_left_returns(empty_room: Room, empty_store: Engine) -> None:
    add(empty_room, "--login", "mira", "--name", "Mira", "--role", "guest")
    enter(empty_store, AS_OF, "mira", SECRET)
    assert "Mira is leader." in output_of(empty_room, "role", "--login", "mira", "--role", "leader")
    assert "ended: 1." in output_of(empty_room, "sign-out", "--login", "mira")
    changed = output_of(empty_room, "password", "--login", "mira", "--password-stdin", typed="a-kettle-and-a-fern\n")
    assert "new password" in changed and enter(empty_store, AS_OF, "mira", "a-kettle-and-a-fern")
    with pytest.raises(RoomError, match="do not go together"):
        enter(empty_store, AS_OF, "mira", SECRET)
    output_of(empty_room, "leave", "--login", "mira")
    with pytest.raises(NotFound):
        output_of(empty_room, "role", "--login", "mira", "--role", "guest")
    assert "Mira may sign in as mira, leader." in output_of(empty_room, "return", "--login", "mira")
    assert enter(empty_store, AS_OF, "mira", "a-kettle-and-a-fern")


def test_it_reads_one_line_from_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("two words \nmore\n"))
    assert user._from_stdin() == "two words "
