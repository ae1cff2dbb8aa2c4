"""What any route raises is a sentence, with the status that says what kind of trouble it is; no fault reaches a person."""

import logging
from html import escape

import pytest
from flask import Flask, abort, request
from flask.testing import FlaskClient
from sqlalchemy.exc import DataError, OperationalError

from wallboard.errors import (
    Changed,
    FileRefused,
    NotFound,
    NotFromHere,
    NotSignedIn,
    RoomError,
    RuleRefused,
    SettingsRefused,
    StoreRefused,
    TooManyTries,
)
from wallboard.screens.error_handlers import NOT_DONE, NOT_FOUND, ErrorHandlers
from wallboard.screens.guard import stand_before

STATUSES = {
    NotFromHere: 403, TooManyTries: 429, NotSignedIn: 401, NotFound: 404, Changed: 409, StoreRefused: 503, RuleRefused: 422,
    SettingsRefused: 422, FileRefused: 422,
}  # fmt: skip


def client_of(raised: Exception) -> FlaskClient:
    server = Flask("refusing")
    ErrorHandlers().stand_behind(server)

    def view() -> str:
        request.max_content_length = 4_000_000
        request.get_data()
        raise raised

    server.add_url_rule("/", view_func=view, methods=["GET", "POST"])
    return server.test_client()


@pytest.mark.parametrize("kind", STATUSES, ids=lambda kind: kind.__name__)
def test_a_refusal_is_a_sentence_with_the_field_and_a_status(kind: type[RoomError]) -> None:
    refusal = kind("the answer", "is empty.", "Write it.")
    answer = client_of(refusal).get("/")
    assert answer.status_code == STATUSES[kind] and answer.headers["Cache-Control"] == "no-store"
    content = answer.get_json()
    signs_in = {"signed_out": True} if kind is NotSignedIn else {}
    assert content == {"refusal": "The answer: is empty. Write it.", "where": "the answer", **signs_in}


def test_whoever_reads_html_gets_the_sentence_alone() -> None:
    answer = client_of(NotFound("<b>", "there is no such screen.", "")).get("/", headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.mimetype, answer.text) == (404, "text/html", "&lt;b&gt;: there is no such screen.")


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (DataError("INSERT secret", None, ValueError()), 422, "contains characters that the room cannot store"),
        (OperationalError("SELECT secret", None, ValueError("disk")), 503, "cannot be read just now"),
    ],
    ids=["letters", "store"],
)
def test_what_a_database_refuses_is_told_without_its_words(raised: Exception, status: int, words: str) -> None:
    answer = client_of(raised).post("/")
    assert answer.status_code == status and words in answer.get_json()["refusal"] and "secret" not in answer.text


def test_a_fault_of_the_program_is_in_the_log_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    client = client_of(ZeroDivisionError("secret"))
    for answer, words in ((client.get("/"), NOT_FOUND), (client.post("/"), NOT_DONE)):
        assert answer.status_code == 500 and answer.get_json()["refusal"] == words and "secret" not in answer.text
    faults = [line for line in caplog.records if line.levelno >= logging.ERROR]
    assert len(faults) == 2 and all(line.exc_info for line in faults)


def test_a_form_that_is_too_long_is_told_how_long_it_may_be() -> None:
    answer = client_of(ZeroDivisionError()).post("/", data=b"x" * 4_000_001)
    assert answer.status_code == 413 and "one form takes 4 million characters" in answer.get_json()["refusal"]


def test_a_request_over_the_limit_of_every_route_is_a_sentence_for_whoever_reads_it() -> None:
    server = Flask("short")
    stand_before(server)
    ErrorHandlers().stand_behind(server)
    server.add_url_rule("/", view_func=lambda: request.form["x"], methods=["POST"])
    for reader, mime in (("text/html,*/*", "text/html"), ("*/*", "application/json")):
        for data in ({"x": "x" * 100_001}, "x" * 100_001):
            answer = server.test_client().post("/", data=data, headers={"Accept": reader})
            assert (answer.status_code, answer.mimetype) == (413, mime)
            assert "one form takes 100,000 characters" in answer.text and "<" not in answer.text


def test_a_fault_is_a_sentence_alone_for_whoever_reads_html() -> None:
    answer = client_of(ZeroDivisionError("secret")).get("/", headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.mimetype) == (500, "text/html") and answer.text == escape(NOT_FOUND)


def test_what_flask_refuses_itself_stays_as_it_is() -> None:
    server = Flask("aborting")
    ErrorHandlers().stand_behind(server)
    server.add_url_rule("/", view_func=lambda: abort(404, "There is no such number."))
    answer = server.test_client().get("/")
    assert answer.status_code == 404 and "There is no such number." in answer.text
