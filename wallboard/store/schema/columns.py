"""What tables share: the metadata, the kinds of columns, and where a loaded row came from."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Float, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Identity = BigInteger().with_variant(Integer, "sqlite")
Money = Float


def declared(check: str, name: str) -> CheckConstraint:
    """A check that follows from what is declared in the program, and grows with it: kept by triggers, which the store gets anew
    with every version (wallboard.store.row_rules), and not by the table, which would have to be made anew.
    """
    return CheckConstraint(check, name=name).ddl_if(callable_=lambda *_, **__: False)


def origin() -> list[Column[object]]:
    """Where a loaded row came from, and a hash of what it said."""
    return [
        Column("source", String(80), nullable=False),
        Column("source_key", String(400), nullable=False),
        Column("row_hash", BigInteger, nullable=False),
        Column("load_run_id", ForeignKey("load_run.id"), nullable=False),
    ]


def loaded(name: str, *columns: SchemaItem, keyed: str | None = None, numbered_once: bool = False) -> Table:
    """A table that a feed fills: unique by its origin, and by `keyed` where that names the thing itself.

    `numbered_once`: no row ever gets the number of one that is gone, in SQLite neither; for what rows that stay refer to.
    """
    identity: list[SchemaItem] = [Column("id", Identity, primary_key=True, autoincrement=True), *origin()]
    unique = [UniqueConstraint("source", "source_key")]
    if keyed:
        unique.append(UniqueConstraint(keyed))
    made: Table = Table(name, metadata, *identity, *columns, *unique)
    if numbered_once:
        made.dialect_options["sqlite"]["autoincrement"] = True
    return made
