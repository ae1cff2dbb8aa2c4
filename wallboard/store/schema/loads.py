"""What was loaded, what was refused, and how often each table has changed."""

from sqlalchemy import CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from wallboard.store.schema.columns import Identity, metadata
from wallboard.store.types import Instant

# One load of one file (or query) of one source; `since` is the run in which its content first came: what is newer wins.
load_run = Table(
    "load_run",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("source", String(80), nullable=False),
    Column("feed", String(40), nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64)),
    Column("mapping", String(64)),
    Column("since", Integer),
    Column("started_at", Instant, nullable=False),
    Column("seconds", Float, nullable=False, server_default="0"),
    Column("status", String(10), nullable=False),
    Column("rows_read", Integer, nullable=False, server_default="0"),
    Column("rows_new", Integer, nullable=False, server_default="0"),
    Column("rows_changed", Integer, nullable=False, server_default="0"),
    Column("rows_same", Integer, nullable=False, server_default="0"),
    Column("rows_gone", Integer, nullable=False, server_default="0"),
    Column("rows_refused", Integer, nullable=False, server_default="0"),
    Column("rows_left_out", Integer, nullable=False, server_default="0"),
    Column("fact_at", Instant),
    Column("message", Text),
    CheckConstraint("status IN ('running', 'ok', 'refused')", name="status"),
    CheckConstraint("rows_read = rows_new + rows_changed + rows_same + rows_refused + rows_left_out", name="no_row_lost"),
    Index(None, "source", "sha256"),
)

# One refused row of the newest load of a file, kept as it came for so long as room.toml says.
refusal = Table(
    "refusal",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("load_run_id", ForeignKey("load_run.id"), nullable=False, index=True),
    Column("row_no", Integer, nullable=False),
    Column("column_name", Text),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("raw", Text, nullable=False),
)

# One table: how often it has changed. Raised by every write, read by every pulse.
table_version = Table(
    "table_version",
    metadata,
    Column("table_name", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

# Screen x launch of its browser: when it was last heard. Written once a minute, forgotten after a day.
heartbeat = Table(
    "heartbeat",
    metadata,
    Column("screen", String(80), primary_key=True),
    Column("launch", String(80), primary_key=True),
    Column("heard_at", Instant, nullable=False),
)

# One source: its newest fact and when it was last heard.
source_state = Table(
    "source_state",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("feed", String(40), nullable=False),
    Column("fact_at", Instant),
    Column("loaded_at", Instant, nullable=False),
    Column("problem", Text),
)

# Source x day x perimeter of its facts ('' where its rows name no perimeter): how many rows, the first and the last instant.
# Its version is never raised: it moves only together with a table of its feed.
source_day = Table(
    "source_day",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("feed", String(40), nullable=False),
    Column("facts", Integer, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
)

# Feed x source x perimeter x part x week, from its Monday: its volume, in rows or what the feed counts instead. A part is how
# the feed divides its rows (`complaint:late`, `doorstep:on_time`; '' where it does not).
volume_week = Table(
    "volume_week",
    metadata,
    Column("feed", String(40), primary_key=True),
    Column("week", Date, primary_key=True),
    Column("source", String(80), primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("part", String(200), primary_key=True),
    Column("volume", Float, nullable=False),
)

# A source whose last snapshot was refused because it had shrunk: that file (its hash, or its rows where it is a query), both
# counts, and who in the room said that it is right.
shrunk_snapshot = Table(
    "shrunk_snapshot",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("file", Text, nullable=False),
    Column("content", String(64), nullable=False),
    Column("rows_before", Integer, nullable=False),
    Column("rows_now", Integer, nullable=False),
    Column("refused_at", Instant, nullable=False),
    Column("accepted_by", ForeignKey("user_account.id")),
    Column("accepted_at", Instant),
)

# One fact: the version of the program's counting, and a hash of the room's rules, by which all of it was counted.
fact_version = Table(
    "fact_version",
    metadata,
    Column("fact", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("rules", String(64), nullable=False),
)

# One value that is remembered of the store itself, such as "it holds demo data".
store_property = Table(
    "store_property", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False)
)
