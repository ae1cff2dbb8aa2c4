from datetime import date

from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.media import media_file, stage_media, touchpoint_media
from wallboard.metrics.scope import Scope


def test_media_of_a_place_with_what_may_be_played(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.media(
        connection,
        {"path": "new.png", "captured_on": date(2026, 6, 1)},
        {"path": "old.png", "captured_on": date(2025, 6, 29), "consent": "unknown"},
        {"path": "later.png", "captured_on": date(2026, 7, 1)},
        {"path": "gone.png", "consent": "withdrawn", "touchpoint": None},
        {"path": "yes.opus", "kind": "call", "lane": "hear", "consent": "given", "touchpoint": None},
        {"path": "no.opus", "kind": "call", "lane": "hear", "consent": "unknown", "touchpoint": None},
    )
    found = stage_media(connection, scope, stage="receive")
    assert found[["path", "lane", "stale", "playable"]].values.tolist() == [
        ["new.png", "experience", False, True],
        ["old.png", "experience", True, True],
        ["gone.png", "experience", False, False],
        ["no.opus", "hear", False, False],
        ["yes.opus", "hear", False, True],
    ]
    assert touchpoint_media(connection, scope, touchpoint="parcel")["path"].tolist() == ["new.png", "old.png"]
    assert stage_media(connection, scope, stage="choose").empty
    known = media_file(connection, int(found.iloc[0]["media"]))
    assert known is not None and known["path"] == "new.png"
    assert media_file(connection, 10**6) is None
