"""The day of an instant is kept by the store itself: it knows the zones of the perimeters, whoever writes."""

import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, insert, select, text

from tests.records.living import EVIDENCE, MONDAY, ROOM
from tests.store.by_hand import Handled, bare, raw
from wallboard.clock import stopped
from wallboard.records.acting import acting
from wallboard.records.relay import Relayed, relay
from wallboard.settings import Perimeter, Settings
from wallboard.store.connections import reading, writing
from wallboard.store.open import migrate
from wallboard.store.rules import are_in_place, lifted, take_away
from wallboard.store.schema import intake, perimeter_zone, zone_offset
from wallboard.store.violations import violations
from wallboard.store.zones import FIRST, keep_zones, offsets, zone_at

ZONES = {
    "home": "Europe/London",
    "west": "America/Los_Angeles",
    "east": "Pacific/Kiritimati",
    "half": "Asia/Kolkata",
    "twice": "America/Sao_Paulo",
    "skips": "Pacific/Apia",
    "moving": "Africa/Casablanca",
}


def in_zones(**zones: str) -> Settings:
    parts = {key: Perimeter(name=key, timezone=zone) for key, zone in zones.items()}
    return Settings(company="C", timezone="Europe/London", currency="GBP", perimeter=parts)


TABLES = ("perimeter_zone", "zone_offset")
WORLD = in_zones(**ZONES)


@pytest.fixture
def world(room: Handled) -> Iterator[Handled]:
    """A room with perimeters all over the world."""
    keep_zones(room.engine, WORLD, MONDAY)
    yield room
    with writing(room.engine) as connection, lifted(connection, *TABLES):
        connection.execute(perimeter_zone.delete().where(perimeter_zone.c.perimeter.in_(WORLD.perimeter)))
        connection.execute(perimeter_zone.delete().where(perimeter_zone.c.since > FIRST))
    keep_zones(room.engine, ROOM, MONDAY)


def write(room: Handled, perimeter: str, at: datetime, day: date, run: Callable[..., None] | None = None) -> None:
    """A row through the driver alone: the module sqlite3, or psycopg, with nothing set."""
    values = f"'{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}', '{day}', {room.people['tom']}, '{perimeter}', 't', 'some'"
    run = run or partial(raw, room.engine)
    run(f"INSERT INTO intake (at, day, actor, perimeter, title, effect) VALUES ({values})")


def taken(room: Handled, perimeter: str, at: datetime, run: Callable[..., None] | None = None) -> set[int]:
    """By how many days the day of a row may differ from the one in UTC."""
    days = set()
    for off in (-2, -1, 0, 1, 2):
        try:
            write(room, perimeter, at, at.date() + timedelta(days=off), run)
        except Exception as error:
            assert "Its day is the day of its instant, where the perimeter is." in str(error)
        else:
            days.add(off)
    return days


DAYS = (
    ("home", "2026-06-01T22:59:59.999999", 0),
    ("home", "2026-06-01T23:00:00", 1),
    ("home", "2026-12-01T23:59:59.999999", 0),
    ("home", "2025-10-26T00:30:00", 0),  # the hour that comes twice, the first time
    ("home", "2025-10-26T01:30:00", 0),
    ("west", "2026-06-01T06:59:59", -1),
    ("west", "2026-06-01T07:00:00", 0),
    ("west", "2026-12-01T07:30:00", -1),
    ("east", "2026-06-01T09:59:59", 0),
    ("east", "2026-06-01T10:00:00", 1),
    ("half", "2026-06-01T18:29:59", 0),
    ("half", "2026-06-01T18:30:00", 1),
    ("twice", "2019-02-17T01:30:00", -1),  # Saturday, 23:30, the first time
    ("twice", "2019-02-17T02:30:00", -1),  # Saturday, 23:30 again
    ("twice", "2019-02-17T03:00:00", 0),
    ("skips", "2011-12-30T09:59:59", -1),
    ("skips", "2011-12-30T10:00:00", 1),  # there was no 30 December 2011
    ("west", "1900-01-02T00:00:00", -1),
    ("home", "2199-06-29T23:30:00", 1),  # no file of transitions reaches so far: its rule goes on
    ("west", "2199-12-30T23:59:59", 0),
)


def test_a_bare_connection_writes_the_very_day(world: Handled) -> None:
    """By how many days that in the perimeter differs from that in UTC: this one is taken, and none beside it."""
    with bare(world.engine) as run:
        for perimeter, at, off in DAYS:
            instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
            assert (instant.astimezone(ZoneInfo(ZONES[perimeter])).date() - instant.date()).days == off, at
            assert taken(world, perimeter, instant, run) == {off}, (perimeter, at)


def test_an_instant_beyond_what_the_store_keeps_is_refused_with_a_sentence(world: Handled) -> None:
    for year in (1899, 2200):
        with pytest.raises(Exception, match=r"day of its instant|that a program can read"):
            write(world, "home", datetime(year, 6, 1, 12, tzinfo=UTC), date(year, 6, 1))


def test_a_perimeter_that_room_toml_does_not_know_is_refused(world: Handled) -> None:
    with pytest.raises(Exception, match="There is no such perimeter: name one that the room has"):
        write(world, "mars", MONDAY, MONDAY.date())


def test_nobody_adds_a_zone_by_hand(world: Handled) -> None:
    statements = (
        "INSERT INTO perimeter_zone (perimeter, since, zone) VALUES ('home', '1999-01-01 00:00:00.000000', 'Europe/Paris')",
        "INSERT INTO zone_offset (zone, since, seconds) VALUES ('Europe/London', '1999-01-01 00:00:00.000000', 80000)",
        "UPDATE zone_offset SET seconds = 80000",
        "UPDATE perimeter_zone SET zone = 'Pacific/Kiritimati'",
        "DELETE FROM zone_offset",
        "DELETE FROM perimeter_zone",
    )
    for statement in statements:
        with pytest.raises(Exception, match=r"nobody adds|stays written"):
            raw(world.engine, statement)


def test_a_zone_of_which_nothing_is_known_takes_no_day(world: Handled) -> None:
    """Written by a hand that put the rules aside: rather no row than one of a day that nobody can tell."""
    with writing(world.engine) as connection, lifted(connection, *TABLES):
        connection.execute(insert(perimeter_zone).values(perimeter="moon", since=FIRST, zone="Moon/Tranquility"))
    assert taken(world, "moon", MONDAY) == set()
    with writing(world.engine) as connection, lifted(connection, *TABLES):
        connection.execute(perimeter_zone.delete().where(perimeter_zone.c.perimeter == "moon"))


@pytest.mark.slow
def test_rows_of_before_a_move_keep_the_day_of_then(world: Handled) -> None:
    at, moved = MONDAY.replace(hour=23, minute=30), MONDAY + timedelta(days=10)
    write(world, "home", at, date(2026, 6, 2))
    keep_zones(world.engine, in_zones(**{**ZONES, "home": "America/New_York"}), moved)
    assert taken(world, "home", at) == {1} and taken(world, "home", at + timedelta(days=20)) == {0}
    keep_zones(world.engine, in_zones(**{**ZONES, "home": "Asia/Tokyo"}), at)  # a clock that was set back
    assert taken(world, "home", at) == {1} and taken(world, "home", at + timedelta(days=20)) == {0}
    with reading(world.engine) as connection:
        assert not list(violations(connection))
        assert [str(zone_at(connection, "home", moment)) for moment in (at, moved)] == ["Europe/London", "America/New_York"]


def test_a_program_that_still_runs_with_the_zones_of_before_writes_the_days_of_now(world: Handled) -> None:
    keep_zones(world.engine, in_zones(**{**ZONES, "home": "America/New_York"}), MONDAY)
    at = datetime(2026, 6, 9, 23, 30, tzinfo=UTC)
    with acting(world.engine, WORLD, stopped(at), world.people["tom"]) as act:
        number, _ = relay(act, Relayed(title="t", perimeter="home", effect="strong", functions=("a", "b"), evidence=EVIDENCE))
    with reading(world.engine) as connection:
        assert connection.scalar(select(intake.c.day).where(intake.c.id == number)) == date(2026, 6, 9)


def test_a_row_with_another_day_from_before_is_kept_and_named(world: Handled) -> None:
    with writing(world.engine) as connection:
        take_away(connection)
    write(world, "home", MONDAY, date(2026, 6, 2))
    migrate(world.engine)
    keep_zones(world.engine, WORLD, MONDAY)
    with reading(world.engine) as connection:
        [broken] = map(str, violations(connection))
        assert connection.scalar(select(func.count()).select_from(intake)) == 1
    assert broken.startswith("the store, intake (id 1): Its day is the day of its instant")


def test_perimeters_that_stand_in_rows_are_known_though_room_toml_has_them_no_more(world: Handled) -> None:
    with writing(world.engine) as connection:
        take_away(connection)
        connection.execute(perimeter_zone.delete())
    write(world, "closed branch", MONDAY, MONDAY.date())
    migrate(world.engine)
    keep_zones(world.engine, WORLD, MONDAY)
    assert taken(world, "closed branch", MONDAY.replace(hour=23, minute=30)) == {1}
    with reading(world.engine) as connection:
        assert not list(violations(connection))


def test_what_is_kept_already_is_not_written_again(world: Handled, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it is kept already")

    monkeypatch.setattr("wallboard.store.zones.writing", never)
    keep_zones(world.engine, WORLD, MONDAY)
    with pytest.raises(AssertionError):
        keep_zones(world.engine, in_zones(**ZONES, new="Asia/Tokyo"), MONDAY)


def test_a_newer_zone_database_is_taken_over(world: Handled, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(world.engine) as connection, lifted(connection, *TABLES):
        connection.execute(zone_offset.delete().where(zone_offset.c.zone == "Europe/London", zone_offset.c.since > FIRST))
        connection.execute(text("UPDATE store_property SET value = 'older' WHERE name = 'zones'"))
    keep_zones(world.engine, WORLD, MONDAY)
    assert taken(world, "home", MONDAY.replace(hour=23)) == {1}
    with reading(world.engine) as connection:
        assert are_in_place(connection)


def test_the_days_of_verbs_and_rules_are_the_same_where_no_machine_has_a_zone_database(
    sqlite_room: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    keep_zones(sqlite_room.engine, WORLD, MONDAY)
    assert taken(sqlite_room, "west", MONDAY.replace(hour=3)) == {-1}


def test_every_change_of_a_zone_is_known_to_the_second() -> None:
    for name in ("Europe/London", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Gaza", "Australia/Lord_Howe"):
        zone, known = ZoneInfo(name), list(offsets(name))
        assert known[0][0] == FIRST and len(known) > 20
        for (_, before), (at, after) in pairwise(known):
            last, first = (moment.astimezone(zone).utcoffset() for moment in (at - timedelta(seconds=1), at))
            assert last == timedelta(seconds=before) and first == timedelta(seconds=after) and first != last
