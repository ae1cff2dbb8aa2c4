"""Keeps the store's knowledge of time zones up to room.toml and the zone database, so that the store itself can tell days."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, delete, insert, select

from wallboard.settings import Settings
from wallboard.store.connections import reading, writing
from wallboard.store.properties import set_store_property, store_property_value
from wallboard.store.rules import lifted, rules
from wallboard.store.schema import metadata, perimeter_zone, zone_offset

ROOM, EVERYTHING = "", "all"
"""The room itself, and the whole company, as perimeters of what people write."""

FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""No store keeps an instant outside of these."""

IN_PLACE = "zones"
"""The property of the store that says by which zone database it reckons: a hash of its zones."""

_P = perimeter_zone.c
_TABLES = (perimeter_zone.name, zone_offset.name)


def keep_zones(engine: Engine, settings: Settings, at: datetime) -> None:
    """Have the store know the zones of room.toml; a perimeter that was in another one is in its new one from `at` on."""
    with reading(engine) as connection:
        if not _changed(connection, settings, at) and store_property_value(connection, IN_PLACE) == _digest(_zones(connection)):
            return
    with writing(engine) as connection, lifted(connection, *_TABLES):
        _keep(connection, settings, at)


def zone_at(connection: Connection, perimeter: str, at: datetime) -> ZoneInfo | None:
    """The zone in which a perimeter was at an instant; None where the store does not know the perimeter."""
    its = select(_P.zone).where(_P.perimeter == perimeter, _P.since <= at).order_by(_P.since.desc()).limit(1)
    name = connection.scalar(its)
    return None if name is None else ZoneInfo(name)


@cache
def offsets(name: str) -> tuple[tuple[datetime, int], ...]:
    """From which instant on a zone is how many seconds ahead of UTC, from FIRST to LAST."""
    return tuple(_offsets(name))


def _offsets(name: str) -> Iterator[tuple[datetime, int]]:
    zone, at = ZoneInfo(name), FIRST
    known = _seconds(zone, at)
    yield at, known
    while at < LAST:
        after = at + timedelta(days=1)
        if _seconds(zone, after) == known:
            at = after
            continue
        at = _first_other(zone, at, after)
        known = _seconds(zone, at)
        yield at, known


def _first_other(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second at which a zone's offset is no longer that of `before`."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if _seconds(zone, middle) == _seconds(zone, before):
            before = middle
        else:
            after = middle
    return after


def _seconds(zone: ZoneInfo, at: datetime) -> int:
    return int((at.astimezone(zone).utcoffset() or timedelta()).total_seconds())


def _wanted(settings: Settings) -> dict[str, str]:
    """By perimeter, its zone in room.toml."""
    return {key: settings.zone(key or None).key for key in (ROOM, EVERYTHING, *settings.perimeter)}


def _changed(connection: Connection, settings: Settings, at: datetime) -> dict[str, tuple[str, datetime]]:
    """By perimeter that is new or has another zone, that zone and since when. A clock that was set back changes nothing."""
    newest = {row.perimeter: row for row in connection.execute(select(perimeter_zone).order_by(_P.since))}
    moved = {}
    for perimeter, zone in _wanted(settings).items():
        known = newest.get(perimeter)
        if known is None:
            moved[perimeter] = zone, FIRST
        elif known.zone != zone and known.since <= at:
            moved[perimeter] = zone, at
    return moved


def _keep(connection: Connection, settings: Settings, at: datetime) -> None:
    changed = _changed(connection, settings, at)
    if connection.execute(select(_P.zone).limit(1)).first() is None:
        changed = {name: (settings.zone(name).key, FIRST) for name in _named_perimeters(connection)} | changed
    for perimeter, (zone, since) in changed.items():
        connection.execute(delete(perimeter_zone).where(_P.perimeter == perimeter, _P.since == since))
        connection.execute(insert(perimeter_zone).values(perimeter=perimeter, since=since, zone=zone))
    zones = _zones(connection)
    connection.execute(delete(zone_offset))
    rows = [{"zone": zone, "since": since, "seconds": seconds} for zone in zones for since, seconds in offsets(zone)]
    connection.execute(insert(zone_offset), rows)
    set_store_property(connection, IN_PLACE, _digest(zones))


def _named_perimeters(connection: Connection) -> set[str]:
    """Perimeters that rows name already: room.toml of today need not know those of earlier years."""
    named = (select(metadata.tables[table].c.perimeter).distinct() for table in rules()["placed"]["tables"])
    return {name for chosen in named for name in connection.scalars(chosen)}


def _zones(connection: Connection) -> list[str]:
    return sorted(connection.scalars(select(_P.zone).distinct()))


def _digest(zones: list[str]) -> str:
    """A hash of what this machine knows of some zones."""
    return sha256(b"".join(zone.encode() + sha256(_rules_of(zone)).digest() for zone in zones)).hexdigest()


def _rules_of(zone: str) -> bytes:
    """The file of a zone, from where zoneinfo takes it: the machine, else the package tzdata."""
    for folder in zoneinfo.TZPATH:
        file = Path(folder) / zone
        if file.is_file():
            return file.read_bytes()
    return files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
