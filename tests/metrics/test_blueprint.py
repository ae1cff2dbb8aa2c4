from datetime import date, timedelta

from sqlalchemy import Connection

from tests.metrics import given, given_journey
from wallboard.metrics.blueprint import blueprint
from wallboard.metrics.scope import Scope


def evidence(connection: Connection, scope: Scope) -> tuple[str | None, str | None, date | None, bool | None]:
    row = next(row for row in blueprint(connection, scope) if row.touchpoint == "parcel")
    return row.evidence, row.evidence_kind, row.captured_on, row.stale


def test_every_contact_point_has_its_layers_and_a_layer_nobody_wrote_down_is_missing(
    connection: Connection, scope: Scope
) -> None:
    given.journey(connection)
    given_journey.touchpoint(connection, "parcel", frontstage="The driver", support="Routes", internal_name="Last mile")
    by_touchpoint = {row.touchpoint: row for row in blueprint(connection, scope)}
    assert list(by_touchpoint) == ["site", "parcel", "hotline"]
    parcel, site = by_touchpoint["parcel"], by_touchpoint["site"]
    layers = parcel.name, parcel.frontstage, parcel.backstage, parcel.support, parcel.moment_of_truth
    assert layers == ("The parcel arrives", "The driver", None, "Routes", True)
    assert (site.frontstage, site.evidence, site.feeling) == (None, None, None)
    assert [row.touchpoint for row in blueprint(connection, scope, stage="choose")] == ["site"]


def test_the_evidence_is_the_newest_thing_that_customers_see_and_says_when_it_is_old(
    connection: Connection, scope: Scope
) -> None:
    given.journey(connection)
    old = scope.today - timedelta(days=scope.visible_days + 1)
    given.media(
        connection,
        {"path": "a.png", "caption": "The card", "captured_on": old},
        {"path": "b.ogg", "caption": "A call", "kind": "call", "lane": "hear", "captured_on": date(2026, 6, 1)},
        {"path": "c.png", "caption": "Taken back", "captured_on": date(2026, 6, 1), "consent": "withdrawn"},
        {"path": "d.png", "caption": "Tomorrow", "captured_on": scope.today},
    )
    assert evidence(connection, scope) == ("The card", "screenshot", old, True)


def test_what_may_not_be_shown_any_more_and_what_is_no_picture_is_no_evidence(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    new = {"captured_on": date(2026, 6, 1)}
    given.media(
        connection,
        {"path": "a.png", "caption": "A card without a day"},
        {"path": "b.png", "caption": "Over", **new, "retention_until": scope.today - timedelta(days=1)},
        {"path": "c.webm", "caption": "A film", **new, "kind": "video", "consent": "given"},
        {"path": "d.webm", "caption": "A film of somebody", **new, "kind": "video", "consent": "unknown"},
    )
    assert evidence(connection, scope) == ("A card without a day", "screenshot", None, False)
    given.media(connection, {"path": "e.png", "caption": "Kept", **new, "retention_until": scope.today})
    assert evidence(connection, scope)[0] == "Kept"
