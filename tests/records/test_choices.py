"""What a person in the room may choose from."""

from datetime import date

from sqlalchemy import Engine

from tests.metrics.given import journey, media
from wallboard.records.choices import recording, recordings
from wallboard.store.connections import writing

TODAY = date(2026, 6, 30)


def test_a_recording_is_offered_with_consent_and_to_the_last_day_that_was_agreed(store: Engine) -> None:
    call = {"kind": "call", "lane": "hear", "mime": "audio/ogg"}
    kept = {"consent": "given", "retention_until": TODAY}
    with writing(store) as connection:
        journey(connection)
        media(
            connection,
            {**call, "path": "kept.ogg", **kept},
            {**call, "path": "for-ever.ogg", **kept, "retention_until": None},
            {**call, "path": "over.ogg", **kept, "retention_until": date(2026, 6, 29)},
            {**call, "path": "unasked.ogg", **kept, "consent": "unknown"},
        )
        assert [offered.path for offered in recordings(connection, TODAY)] == ["for-ever.ogg", "kept.ogg"]
        assert recording(connection, "over.ogg", TODAY) is None and recording(connection, None, TODAY) is None
        assert recording(connection, "over.ogg", date(2026, 6, 29)) is not None
