"""A decision rests on numbers of its session: as they were seen, with what a later load made of them."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from tests.records.living import MONDAY
from tests.screens.console.given import House
from tests.screens.console.test_frozen import frozen, more_complaints
from wallboard.drawing.theme import Theme
from wallboard.layout import Placed
from wallboard.metrics.scope import Scope
from wallboard.records.decisions import one_decision
from wallboard.records.snapshots import frozen_panels
from wallboard.screens import rested
from wallboard.screens.seen import Seen, see


def stands(house: House) -> int:
    with house.living.engine.connect() as connection:
        return one_decision(connection, 1).life.seq


@pytest.mark.slow
def test_a_decision_shows_the_number_it_rests_on_and_what_was_restated_since(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    fay, number = frozen(house)
    what = {"kind": "other", "words": "We pack earlier.", "implications": "One shift.", "review_on": "2026-09-01"}
    assert fay.do("propose-here", number, **what)["ok"]
    assert "Name a number it rests on" in fay.see(f"/room/session/{number}")
    assert "choose one of those" in fay.do("rest-on", 1, seen=stands(house), how="nothing")["refusal"]
    with house.living.engine.connect() as connection:
        panels = [panel for wall in frozen_panels(connection, number).values() for panel in wall]
    for panel in panels[:6]:
        assert fay.do("rest-on", 1, seen=stands(house), how=panel)["ok"]
    page = fay.see(f"/room/session/{number}")
    assert "Rests on:" in page and "Restated since" not in page
    measured: list[str] = []

    def counted(connection: Connection, scope: Scope, placed: Placed, theme: Theme) -> Seen:
        measured.append(placed.id)
        return see(connection, scope, placed, theme)

    monkeypatch.setattr(rested, "see", counted)
    assert "Rests on:" in fay.see("/room/decisions") and not measured, "what was measured once is kept"
    house.living.at += timedelta(hours=2)
    more_complaints(house, MONDAY.date() - timedelta(days=4))
    assert "Restated since: is" in fay.see(f"/room/session/{number}")
    assert len(measured) == 6, "each once, as the tables of each have changed"
    assert "Restated since: is" in fay.see("/room/decisions") and len(measured) == 6
    text = fay.client.get(f"/room/session/{number}/minutes.md").text
    assert "  - rests on: “" in text and "Restated since: is “" in text and "by what was loaded later" in text
