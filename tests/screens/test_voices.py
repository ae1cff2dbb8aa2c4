"""A touch on a bar is answered with three real voices as text, and with a call from the same place."""

from datetime import date

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.conftest import AS_OF
from tests.metrics import given
from tests.metrics.given_causes import add_voices
from wallboard.app import create_app
from wallboard.screens import drill, voices
from wallboard.settings import Room

DAY = date(2026, 6, 20)
SCRIPT = "<script>document.title = 'taken'</script>"


@pytest.fixture
def client(empty_room: Room, empty_store: Engine) -> FlaskClient:
    with empty_store.begin() as connection:
        given.journey(connection)
        late = {"day": DAY, "issue_type": "late", "touchpoint": "parcel", "stage": "receive", "perimeter": "gb"}
        add_voices(
            connection,
            {**late, "words": SCRIPT, "customer": "FK-1", "handled_by": "logistics"},
            *({**late, "words": f"No. {n}", "customer": f"FK-{n}", "perimeter": "ie"} for n in range(2, 6)),
        )
        call = {"kind": "call", "lane": "hear", "mime": "audio/ogg", "consent": "given", "caption": "It stood in the rain"}
        given.media(connection, {**call, "path": "rain.ogg", "captured_on": DAY, "words": "Hello."})
    client: FlaskClient = create_app(empty_room, lambda: AS_OF, empty_store).server.test_client()
    return client


@pytest.mark.req("S12")
def test_three_voices_with_who_heard_them_when_and_where(client: FlaskClient) -> None:
    answer = client.get("/voices?issue_type=late&perimeter=gb")
    assert answer.headers["Cache-Control"] == "no-store" and answer.mimetype == "application/json"
    content = orjson.loads(answer.data)
    (voice_row,) = content["voices"]
    assert voice_row["words"] == f"“{SCRIPT}”"
    assert (
        voice_row["provenance"]
        == "20 June 2026 · heard by Logistics (phone) · I get my order · The parcel arrives · My order is late"
    )
    (call,) = content["calls"]
    assert call["source"].startswith("/media/") and call["captions"].endswith(".vtt")
    assert call["where"] == "a call at “The parcel arrives”, 20 June 2026"
    everywhere = orjson.loads(client.get("/voices?issue_type=late").data)
    assert len(everywhere["voices"]) == 3 and b"FK-" not in client.get("/voices?issue_type=late").data


def test_nobody_is_a_sentence_and_so_is_what_cannot_be_asked(client: FlaskClient) -> None:
    assert "Nobody whose words we have" in orjson.loads(client.get("/voices?issue_type=bill").data)["nothing"]
    assert orjson.loads(client.get("/voices?issue_type=late&since=2026-06-21").data)["voices"] == []
    for asked, words in (("since=soon", "is not a date"), ("perimeter=bg", "Did you mean 'gb'?")):
        answer = client.get(f"/voices?{asked}")
        assert answer.status_code == 404 and words in orjson.loads(answer.data)["refusal"]


def test_a_fault_of_the_program_is_a_sentence_too(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(voices, "drilldown_voices", fail)
    answer = client.get("/voices?issue_type=late")
    assert answer.status_code == 500 and answer.mimetype == "application/json"
    assert orjson.loads(answer.data)["refusal"] == "What is behind it could not be looked up. The room's log says why."
    monkeypatch.setattr(drill, "sheet", fail)
    answer = client.get("/source/rail?path=/wall/outcomes")
    assert answer.status_code == 500 and b"could not be looked up" in answer.data and b"secret" not in answer.data
