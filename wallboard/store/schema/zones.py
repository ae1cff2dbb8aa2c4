"""What the store has to know to tell on which day something happened; the program fills it from room.toml and zoneinfo."""

from sqlalchemy import Column, Integer, String, Table, Text

from wallboard.store.schema.columns import metadata
from wallboard.store.types import Instant

# Perimeter x the instant from which it is in a time zone; '' is the room itself. The program's own.
perimeter_zone = Table(
    "perimeter_zone",
    metadata,
    Column("perimeter", Text, primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("zone", String(64), nullable=False),
)

# Time zone x the instant from which it is so many seconds ahead of UTC. The program's own.
zone_offset = Table(
    "zone_offset",
    metadata,
    Column("zone", String(64), primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("seconds", Integer, nullable=False),
)
