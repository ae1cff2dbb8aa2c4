from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given_bond as given
from wallboard.errors import NotFound
from wallboard.metrics.referrals import Referrals, referrals
from wallboard.metrics.scope import Scope

MAY = date(2026, 5, 1)


def rows(connection: Connection, scope: Scope, **options: Any) -> dict[str, Referrals]:
    return {row.customer_group or row.part: row for row in referrals(connection, scope, **options)}


@pytest.mark.req("R38")
def test_referrers_over_active_and_converted_over_referred_by_group(connection: Connection, scope: Scope) -> None:
    for group, customers in (("Homes", 10), ("Offices", 100)):
        given.active(connection, MAY, customers, group=group)
    given.active(connection, MAY, 5, group="Homes", perimeter="south")
    given.sent(connection, MAY, 8, 10, 8, group="Homes")
    given.sent(connection, MAY, 20, 40, 10, group="Offices")
    given.sent(connection, MAY, 0, 9, 4, group="-")
    by_group = rows(connection, scope)
    assert set(by_group) == {"Homes", "Offices", "all", "unattributed"}
    homes, every, nobody = by_group["Homes"], by_group["all"], by_group["unattributed"]
    assert (homes.active, homes.referrers, homes.referred, homes.converted) == (15, 8, 10, 8)
    assert homes.converted_share == 0.8
    assert [round(end or 0, 3) for end in (homes.converted_low, homes.converted_high)] == [0.490, 0.943]
    assert (every.active, every.referrers, every.referred, every.converted, every.value) == (115, 28, 50, 18, 1800)
    assert every.rate == 28 / 115
    assert (nobody.referred, nobody.converted, nobody.referrers, nobody.rate) == (9, 4, None, None)


def test_zero_few_and_unmeasured_are_four_things(connection: Connection, scope: Scope) -> None:
    given.active(connection, MAY, 30, group="Homes")
    before = rows(connection, scope)["Homes"]
    assert (before.state, before.referrers, before.rate) == ("not measured", None, None)
    given.active(connection, MAY, 4, group="Few")
    given.sent(connection, MAY, 1, 1, 0, group="Few")
    given.sent(connection, MAY, 2, 2, 0, group="Gone")
    by_group = rows(connection, scope)
    assert (by_group["Homes"].state, by_group["Homes"].rate, by_group["Homes"].converted_state) == ("measured", 0.0, "no cases")
    assert (by_group["Few"].state, by_group["Few"].rate, by_group["Few"].referrers) == ("too few", None, 1)
    assert (by_group["Gone"].active, by_group["Gone"].state, by_group["Gone"].rate) == (0, "no cases", None)


def test_more_who_sent_than_are_there_is_no_share(connection: Connection, scope: Scope) -> None:
    given.active(connection, MAY, 20, group="Homes")
    given.sent(connection, MAY, 30, 30, 3, group="Homes")
    homes = rows(connection, scope)["Homes"]
    assert (homes.state, homes.rate, homes.referrers) == ("not measured", None, 30)


def test_windows_are_one_three_or_twelve_months(connection: Connection, scope: Scope) -> None:
    given.active(connection, MAY, 20)
    given.sent(connection, MAY, 2, 3, 1, months=1)
    given.sent(connection, MAY, 5, 7, 3, months=3)
    given.sent(connection, date(2026, 6, 1), 9, 9, 9, months=3)
    referral = rows(connection, scope, months=3)["all"]
    assert (referral.referred, referral.period_start, referral.period_end) == (7, date(2026, 3, 1), date(2026, 5, 31))
    assert rows(connection, scope, months=1)["all"].referred == 3
    with pytest.raises(NotFound, match="Ask for 1, 3 or 12"):
        referrals(connection, scope, months=6)
