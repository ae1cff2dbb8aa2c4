from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.complaint_types import issue_pareto, listening
from wallboard.metrics.frames import frame
from wallboard.metrics.scope import Scope

NOW, BEFORE = date(2026, 6, 24), date(2026, 5, 10)


def with_voices(connection: Connection) -> None:
    given.journey(connection)
    for kind, now, before in (("late", 4, 1), ("broken", 2, 3), ("bill", 1, 0), (None, 3, 2)):
        fields = {"issue_type": kind, "stage": "receive"}
        given.complaints(connection, *[{"day": NOW, **fields}] * now, *[{"day": BEFORE, **fields}] * before)
    given.complaints(
        connection, {"day": NOW, "issue_type": "late", "complaint": False, "touchpoint": "site", "channel": "reviews"}
    )


@pytest.mark.req("R41")
def test_bars_are_in_customer_wording_and_sum_to_all(connection: Connection, scope: Scope) -> None:
    with_voices(connection)
    table = frame(issue_pareto(connection, scope, top=1), issue_pareto)
    assert table[["place", "issue_type", "wording", "complaints", "previous", "total"]].values.tolist() == [
        [1, "late", "My order is late", 4, 1, 10],
        [2, "", "unclassified", 3, 2, 10],
        [3, "other", "other", 3, 3, 10],
    ]
    assert table["cumulative"].tolist() == [0.4, 0.7, 1.0]


@pytest.mark.req("R41")
def test_unclassified_is_shown_even_when_there_is_none(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, {"day": NOW, "issue_type": "late"})
    assert frame(issue_pareto(connection, scope), issue_pareto)[["wording", "complaints", "share"]].values.tolist() == [
        ["My order is late", 1, 1.0],
        ["unclassified", 0, 0.0],
    ]


def test_the_stages_sum_to_the_whole(connection: Connection, scope: Scope) -> None:
    with_voices(connection)
    given.complaints(connection, {"day": NOW, "touchpoint": "site"})
    parts = [
        sum(row.complaints or 0 for row in issue_pareto(connection, scope, stage=stage))
        for stage in ("choose", "receive", "leave")
    ]
    assert parts == [1, 10, 0], "a touchpoint belongs to its stage even where nobody named the stage"
    assert sum(parts) == sum(row.complaints or 0 for row in issue_pareto(connection, scope))


def test_no_complaint_is_not_nothing_heard(connection: Connection, scope: Scope) -> None:
    assert frame(issue_pareto(connection, scope), issue_pareto)[["complaints", "state"]].values.tolist() == [
        [None, "not measured"]
    ]
    given.complaints(connection, {"day": date(2025, 1, 1)}, {"day": NOW, "complaint": False})
    assert frame(issue_pareto(connection, scope), issue_pareto)[["complaints", "share", "state"]].values.tolist() == [
        [0, None, "no cases"]
    ]


@pytest.mark.req("R41")
def test_where_the_load_has_stopped_silence_is_not_no_complaint(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, *[{"day": date(2026, 5, 30), "issue_type": "late"}] * 4, {"day": date(2026, 1, 10)})
    row = frame(issue_pareto(connection, scope), issue_pareto).iloc[0]
    values = row[["complaints", "previous", "total", "state", "heard_to"]].tolist()
    assert values == [None, 4, None, "not measured", date(2026, 5, 30)]
    assert frame(issue_pareto(connection, scope, weeks=20), issue_pareto).iloc[0]["complaints"] == 4, (
        "a quarter of 20 weeks may be silent"
    )


def test_every_source_stands_against_every_stage_with_blanks(connection: Connection, scope: Scope) -> None:
    with_voices(connection)
    given.scores(connection, NOW, 9, 10, 3)
    rows = listening(connection, scope)
    cells = {(row.channel, row.stage): (row.voices, row.latest, row.stage_sources) for row in rows}
    assert cells == {
        ("helpdesk", "choose"): (0, None, 1),
        ("helpdesk", "receive"): (16, NOW, 2),
        ("helpdesk", "leave"): (0, None, 0),
        ("relationship", "choose"): (0, None, 1),
        ("relationship", "receive"): (3, NOW, 2),
        ("relationship", "leave"): (0, None, 0),
        ("reviews", "choose"): (1, NOW, 1),
        ("reviews", "receive"): (0, None, 2),
        ("reviews", "leave"): (0, None, 0),
    }
