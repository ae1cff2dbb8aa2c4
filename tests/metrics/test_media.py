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
    rows = stage_media(connection, scope, stage="receive")
    assert [[row.path, row.lane, row.stale, row.playable] for row in rows] == [
        ["new.png", "experience", False, True],
        ["old.png", "experience", True, True],
        ["gone.png", "experience", False, False],
        ["no.opus", "hear", False, False],
        ["yes.opus", "hear", False, True],
    ]
    assert [row.path for row in touchpoint_media(connection, scope, touchpoint="parcel")] == ["new.png", "old.png"]
    assert stage_media(connection, scope, stage="choose") == ()
    known = media_file(connection, rows[0].media, scope.today)
    assert known is not None and known["path"] == "new.png"
    assert media_file(connection, 10**6, scope.today) is None


def test_a_file_says_what_it_is_and_why_it_is_not_shown(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    form = {"kind": "paperwork", "pages": 2, "fields": 64, "mime": "application/pdf"}
    given.media(
        connection,
        {"path": "a.pdf", **form},
        {"path": "b.png", "width": 1600, "height": 1000, "pair": "box", "moment": "before"},
        {"path": "c.ogg", "kind": "call", "lane": "hear", "consent": "given", "seconds": 12.5, "redacted": True},
        {"path": "d.ogg", "kind": "call", "lane": "hear", "consent": "given", "retention_until": scope.today},
        {"path": "e.ogg", "kind": "call", "lane": "hear", "consent": "given", "retention_until": date(2026, 5, 3)},
        {"path": "f.ogg", "kind": "call", "lane": "hear", "consent": "unknown", "retention_until": date(2026, 5, 3)},
        {"path": "g.png", "consent": "withdrawn"},
    )
    by_path = {row.path: row for row in stage_media(connection, scope, stage="receive")}
    assert [getattr(by_path["a.pdf"], name) for name in ("pages", "fields", "why_not")] == [2, 64, None]
    assert [getattr(by_path["b.png"], name) for name in ("width", "height", "pair", "moment")] == [1600, 1000, "box", "before"]
    assert [getattr(by_path["c.ogg"], name) for name in ("seconds", "redacted")] == [12.5, True]
    assert {path: row.why_not for path, row in by_path.items()} == {
        "a.pdf": None,
        "b.png": None,
        "c.ogg": None,
        "d.ogg": None,
        "e.ogg": "kept until 3 May 2026",
        "f.ogg": "no consent on file",
        "g.png": "consent was withdrawn",
    }
    assert all(row.playable == (row.why_not is None) for row in by_path.values())
    past = media_file(connection, by_path["e.ogg"].media, date(2026, 5, 3))
    assert past is not None and past["why_not"] is None


def test_who_withdraws_a_recording_withdraws_it_under_every_name(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    call = {"kind": "call", "lane": "hear", "consent": "given", "sha256": "a" * 64}
    given.media(
        connection,
        {"path": "c.wav", **call},
        {"path": "c.wav", **call, "consent": "withdrawn"},
        {"path": "other.wav", **call, "touchpoint": "hotline"},
        {"path": "own.wav", **call, "sha256": "b" * 64},
    )
    rows = stage_media(connection, scope, stage="receive")
    assert {row.path: (row.consent, row.playable) for row in rows} == {
        "c.wav": ("withdrawn", False), "other.wav": ("withdrawn", False), "own.wav": ("given", True),
    }  # fmt: skip
    reasons = [known["why_not"] for row in rows if (known := media_file(connection, row.media, scope.today))]
    assert reasons.count("consent was withdrawn") == 3 and reasons.count(None) == 1
