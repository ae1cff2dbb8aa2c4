"""A room whose store holds a row that breaks a rule is lit, and says so: in its log, on /status, and at `wallboard check`."""

import pytest
from sqlalchemy import Engine, insert, select

from tests.conftest import AS_OF
from tests.screens.signing_in import secret_of
from tests.screens.test_privacy import Visitor
from wallboard.app import create_app
from wallboard.check import faults_of
from wallboard.clock import stopped
from wallboard.records.acting import acting
from wallboard.records.row_reviews import acknowledge
from wallboard.screens.console.session import SIGNED_IN
from wallboard.settings import Room
from wallboard.store.connections import writing
from wallboard.store.open import migrate
from wallboard.store.rules import take_away
from wallboard.store.schema import evidence, user_account
from wallboard.store.violations import broken_rows

ROW = "the store, evidence (id 1)"


@pytest.fixture
def broken(empty_store: Engine) -> Engine:
    """Its one row has words that nobody sees."""
    fields = {"kind": "interview", "channel": "us", "occurred_at": AS_OF, "kept_at": AS_OF, "words": "\u200b"}
    with writing(empty_store) as connection:
        take_away(connection)
        connection.execute(insert(evidence).values(**fields))
    migrate(empty_store)
    return empty_store


def test_it_is_lit_and_says_so_in_its_log_and_on_the_status_page(
    empty_room: Room, broken: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(empty_room, stopped(AS_OF), broken).server.test_client()
    assert f"{ROW}: " in caplog.text and "put back a copy of the store" in caplog.text
    assert client.get("/healthz").status_code == 200 and client.get("/wall/issues").status_code == 200
    visitor, insider = Visitor(client), Visitor(create_app(empty_room, stopped(AS_OF), broken).server.test_client())
    visitor.page("/status")
    insider.client.set_cookie(SIGNED_IN, secret_of(broken, AS_OF, "facilitator"))
    insider.page("/status")
    [(_, public)], [(_, private)] = visitor.answers, insider.answers
    assert "1 row breaks a rule" in public and ROW not in public
    assert ROW in private and "put back a copy of the store" in private


def test_a_room_without_one_has_nothing_to_say(empty_room: Room, empty_store: Engine) -> None:
    visitor = Visitor(create_app(empty_room, stopped(AS_OF), empty_store).server.test_client())
    visitor.page("/status")
    assert "break" not in visitor.answers[0][1]


@pytest.mark.slow
def test_check_names_it_and_once_it_was_reviewed_only_if_it_is_asked_for_all(
    empty_room: Room, broken: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    faults = [str(fault) for fault in faults_of(empty_room.root, stopped(AS_OF), [])]
    assert [fault for fault in faults if fault.startswith(f"{ROW}: ") and "put back a copy" in fault]
    secret_of(broken, AS_OF, "facilitator")
    with acting(broken, empty_room.settings, stopped(AS_OF), _anybody(broken)) as act:
        [row] = broken_rows(act.connection)
        acknowledge(act, row.rule, row.key, "An old import.")
    create_app(empty_room, stopped(AS_OF), broken)
    assert ROW not in caplog.text and "1 row that breaks a rule stands reviewed" in caplog.text
    broken.dispose()
    for every, words in ((False, "1 row that breaks a rule stands reviewed"), (True, f"Reviewed: {ROW}: ")):
        remarks: list[str] = []
        assert not [fault for fault in faults_of(empty_room.root, stopped(AS_OF), remarks, every=every) if ROW in str(fault)]
        assert [remark for remark in remarks if remark.startswith(words)]


def _anybody(store: Engine) -> int:
    with store.connect() as connection:
        return int(connection.execute(select(user_account.c.id)).scalars().one())
