"""At which migration a store stands, and which one this program has last."""

from functools import cache
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, make_url, select

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def revision_of(connection: Connection) -> str | None:
    """The migration at which a store stands; None where it has no table yet."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    return connection.scalar(select(VERSION.c.version_num))


@cache
def newest_revision() -> str:
    """The number of this program's last migration."""
    return max(file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/[0-9]*_*.py"))


def shown(url: str) -> str:
    """An address of a store as a person may read it."""
    return make_url(url).render_as_string(hide_password=True)
