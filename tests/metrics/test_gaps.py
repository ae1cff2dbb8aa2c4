"""The finder finds what was seeded and nothing else, and what becomes of it follows the work."""

from datetime import date

import pytest
from sqlalchemy import Connection, delete, update

from tests.metrics import given_gaps
from tests.metrics.given import loaded
from tests.metrics.given_gaps import role
from tests.metrics.given_room import Lives
from tests.metrics.given_roster import by, selected
from wallboard.metrics.dependencies import dependencies
from wallboard.metrics.gaps import findings, settled_findings
from wallboard.metrics.scope import Scope
from wallboard.records import initiatives, roster
from wallboard.records.opportunities import Idea, propose
from wallboard.records.roster import Target
from wallboard.store.schema import handoff, issue_type, kpi_day, touchpoint


def seed(connection: Connection, lives: Lives) -> set[tuple[str, str]]:
    """One of each, and beside each something that only looks like it."""
    given_gaps.company(connection, functions=40, touchpoints=120)
    t, h = touchpoint.c, handoff.c
    connection.execute(update(touchpoint).where(t.touchpoint == "t007").values(owner=None))
    connection.execute(update(handoff).where(h.handoff == "ht011").values(owner=""))
    connection.execute(delete(kpi_day).where(kpi_day.c.touchpoint == "t013"))
    role(connection, "t017", "f38")
    role(connection, "t018", "f18")
    role(connection, "t019", "f39", role="contributes")
    role(connection, "t020", "f39", valid_to=date(2026, 6, 29))
    role(connection, "t021", "f39", valid_from=date(2026, 7, 1))
    for place, title in (("t023", "Call first"), ("t023", "Write first"), ("t029", "Alone")):
        initiatives.start(by(lives, "fay", 20), title, "f01", place, complaints=None)
    return {
        *(("no owner", "t007"), ("handoff without owner", "t011"), ("no measure", "t013")),
        *(("two owners", "t017"), ("two initiatives", "t023")),
    }


@pytest.mark.req("R129")
def test_exactly_what_was_seeded_is_found_in_a_large_company(connection: Connection, scope: Scope) -> None:
    seeded = seed(connection, Lives(connection))
    rows = findings(connection, scope)
    assert len(rows) == len(seeded) and {(row.kind, row.touchpoint) for row in rows} == seeded
    by_kind = {row.kind: (row.origin, row.who, row.work) for row in rows}
    assert by_kind["two owners"] == ("overlap", "Person f17 and Person f38", "not taken up")
    assert by_kind["two initiatives"] == ("overlap", "Call first and Write first", "not taken up")
    assert by_kind["handoff without owner"] == ("gap", "a case, from F11 to F12", "not taken up")


@pytest.mark.req("R164")
def test_a_finding_becomes_an_opportunity_whose_state_follows_the_work(connection: Connection, scope: Scope) -> None:
    lives = Lives(connection)
    seed(connection, lives)
    loaded(connection, issue_type, {"issue_type": "late", "wording": "My order is late", "demand": "failure"})
    finding = next(row for row in findings(connection, scope) if row.kind == "no owner")

    def work() -> tuple[int | None, str]:
        row = next(row for row in findings(connection, scope) if row.finding == finding.finding)
        return row.opportunity, row.work

    idea = Idea("improve", finding.origin, "Nobody answers for t007", finding.stage, finding.touchpoint, finding=finding.finding)
    number = propose(by(lives, "fay", 20), "north", idea)
    assert work() == (number, "an opportunity")
    selected(lives, number, 22)
    target = Target(issue_type="late", less_by=30, due_on=date(2026, 12, 1))
    item = roster.select_opportunity(by(lives, "fay", 22), number, lives.people["sam"], target)
    assert work() == (number, "on the roster")
    initiatives.start(by(lives, "fay", 23), "Name somebody", "f07", "t007", item, complaints=None)
    assert work() == (number, "worked on")
    assert not settled_findings(connection, scope)
    connection.execute(update(touchpoint).where(touchpoint.c.touchpoint == "t007").values(owner="pf07"))
    assert [row.opportunity for row in settled_findings(connection, scope)] == [number]
    assert finding.finding not in {row.finding for row in findings(connection, scope)}


@pytest.mark.req("R141", "R145")
def test_the_edges_between_functions_are_the_declared_handoffs(connection: Connection, scope: Scope) -> None:
    given_gaps.company(connection, functions=40, touchpoints=120)
    rows = dependencies(connection, scope)
    assert len(rows) == 40 * 8, "every function against every stage"
    assert sum(row.gives for row in rows) == sum(row.takes for row in rows) == sum(row.works_at for row in rows) == 120
    edges = {
        (row.function, row.stage): (row.works_at, row.gives, row.takes) for row in rows if row.works_at or row.gives or row.takes
    }
    assert edges["f01", "s1"] == (3, 3, 0) and edges["f01", "s0"] == (0, 0, 3), "t001, t041, t081; from t000, t040, t080"
    assert {row.function for row in rows if row.outsourced} == {f"f{n}" for n in range(31, 40)}, "suppliers are functions"
