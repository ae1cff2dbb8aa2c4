"""A day is the day of the perimeter, also in the weeks in which the clocks change."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, select

from wallboard.clock import stopped
from wallboard.loaders.load import load
from wallboard.metrics.issues import issue_flow
from wallboard.metrics.scope import Scope
from wallboard.settings import open_room
from wallboard.store.connections import reading
from wallboard.store.schema import complaint_day, voice

ROOM = """
company = "Two clocks"
timezone = "Europe/London"
[perimeter.all]
name = "All"
[perimeter.uk]
name = "Britain"
parent = "all"
[perimeter.us]
name = "America"
parent = "all"
timezone = "America/New_York"
"""
SOURCES = """
[tickets]
feed = "voice"
file = "tickets.csv"
key  = ["id"]
[tickets.columns]
occurred_at = "at"
perimeter   = "where"
[tickets.constants]
kind = "ticket"
complaint = true
"""


@pytest.mark.req("S13")
@pytest.mark.parametrize("change", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_the_week_in_which_the_clocks_change_has_the_right_totals(tmp_path: Path, store: Engine, change: datetime) -> None:
    hours = [change - timedelta(days=6) + timedelta(hours=n) for n in range(24 * 9)]
    (tmp_path / "data").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "room.toml").write_text(ROOM, encoding="utf-8")
    (tmp_path / "data" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    rows = [f"{where}{n},{at.isoformat()},{where}" for where in ("uk", "us") for n, at in enumerate(hours)]
    (tmp_path / "data" / "tickets.csv").write_text("\n".join(["id,at,where", *rows]) + "\n", encoding="utf-8")
    room = open_room(tmp_path)
    now = change + timedelta(days=12)
    assert [result.refused for result in load(room, store, stopped(now))] == [0]

    with reading(store) as connection:
        for where, zone in (("uk", "Europe/London"), ("us", "America/New_York")):
            fields = dict(
                connection.execute(
                    select(complaint_day.c.day, complaint_day.c.arrived).where(complaint_day.c.perimeter == where)
                ).all()
            )
            expected: dict[object, int] = {}
            for at in hours:
                day = at.astimezone(ZoneInfo(zone)).date()
                expected[day] = expected.get(day, 0) + 1
            assert fields == expected
        weeks = issue_flow(connection, Scope.of(room.settings, now), weeks=4)
        assert (
            sum(week.arrived or 0 for week in weeks)
            == connection.scalar(select(func.count()).select_from(voice))
            == 2 * len(hours)
        )
        changed = next(week for week in weeks if week.week_start == (change - timedelta(days=6)).date())
        uk_hours = 24 * 7 + (1 if change.month == 10 else -1)
        assert changed.arrived is not None and changed.arrived >= uk_hours
