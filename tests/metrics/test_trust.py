import pytest
from sqlalchemy import Connection

from tests.metrics import given_scores
from tests.metrics.given_scores import BEFORE, NOW
from wallboard.metrics.scope import Scope
from wallboard.metrics.trust import PartnerTrust, trust


def by_partner(connection: Connection, scope: Scope) -> dict[str, PartnerTrust]:
    return {row.partner: row for row in trust(connection, scope)}


@pytest.mark.req("R184")
def test_every_partner_has_its_own_n_and_score(connection: Connection, scope: Scope) -> None:
    given_scores.partners(connection)
    given_scores.trusted(connection, NOW, "parcel", 20, 20)
    given_scores.trusted(connection, NOW, "hotline", 6, 3)
    given_scores.trusted(connection, NOW, "site", 36, 4)
    given_scores.trusted(connection, NOW, "", 100, 0)
    rows = by_partner(connection, scope)
    shown = {key: (row.partner_name, row.contact_points, row.n, row.score, row.state) for key, row in rows.items()}
    assert shown == {
        "haul": ("Haul", "The parcel arrives", 40, 0.5, "measured"),
        "ring": ("Ring", "I call", 9, None, "too few"),
        "": ("", "Web shop", 40, 0.9, "measured"),
    }
    assert [rows[key].against_ours for key in ("haul", "ring", "")] == ["down", "too few", None]
    assert (rows["haul"].low, rows["haul"].high) == pytest.approx((0.352, 0.648), abs=0.0005)


def test_a_partner_nobody_was_asked_about_is_not_measured(connection: Connection, scope: Scope) -> None:
    given_scores.partners(connection)
    assert {row.state for row in by_partner(connection, scope).values()} == {"not measured"}
    given_scores.trusted(connection, NOW, "parcel", 20, 20)
    rows = by_partner(connection, scope)
    assert [(rows[key].n, rows[key].state) for key in ("haul", "ring")] == [(40, "measured"), (0, "not measured")]
    assert rows["haul"].against_ours == "too few"


def test_trust_in_a_partner_is_compared_with_its_own_past(connection: Connection, scope: Scope) -> None:
    given_scores.partners(connection)
    given_scores.trusted(connection, BEFORE, "parcel", 36, 4)
    given_scores.trusted(connection, BEFORE, "hotline", 20, 20)
    given_scores.trusted(connection, NOW, "parcel", 20, 20)
    given_scores.trusted(connection, NOW, "hotline", 21, 19)
    rows = by_partner(connection, scope)
    assert (rows["haul"].change, rows["ring"].change) == ("down", "no change")


def test_two_questions_about_trust_stay_apart(connection: Connection, scope: Scope) -> None:
    given_scores.partners(connection)
    given_scores.trusted(connection, NOW, "parcel", 20, 20)
    given_scores.trusted(connection, NOW, "parcel", 40, 0, survey="another")
    shown = [(row.survey, row.n, row.score) for row in trust(connection, scope) if row.partner == "haul"]
    assert shown == [("another", 40, 1.0), ("trust", 40, 0.5)]
