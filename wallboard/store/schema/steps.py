"""Tables of steps: what lives by steps keeps one row each, in order, by whom, and the step that made it possible.

A step refers to that one (columns refers, refers_kind, refers_at), so that a chain of foreign keys leads back to the first. What
a row cannot say of itself stands in wallboard/store/step_rules.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from wallboard.lifecycle.kinds import Kinds
from wallboard.store.schema.columns import declared, metadata
from wallboard.store.types import Instant


@dataclass(frozen=True, slots=True)
class Steps:
    """The table of the steps of one sort of record, their kinds, and the column that says since when a record is there."""

    record: str
    table: Table
    kinds: Kinds
    began: str

    @property
    def head(self) -> Table:
        """The table of the records themselves."""
        return self.table.metadata.tables[self.record]

    @property
    def first(self) -> str:
        """The kind of step with which a record begins."""
        return next(kind.kind for kind in self.kinds if kind.follows is None)

    @property
    def follows(self) -> Mapping[str, str | None]:
        """Every kind of step, and the kind that it must refer to; none for the first."""
        return {kind.kind: kind.follows for kind in self.kinds}

    @property
    def required(self) -> Mapping[str, tuple[str, ...]]:
        """What a kind of step must say."""
        return {kind.kind: kind.says for kind in self.kinds if kind.says}


def steps_of(record: str, kinds: Kinds, *more: SchemaItem, began: str = "at") -> Steps:
    """The steps of a table of records, with columns for what they say; `more` are what only these steps say."""
    first = next(kind.kind for kind in kinds if kind.follows is None)
    columns: list[SchemaItem] = [
        Column(record, ForeignKey(f"{record}.id"), nullable=False),
        Column("seq", Integer, nullable=False),
        Column("kind", String(16), nullable=False),
        Column("at", Instant, nullable=False),
        Column("day", Date, nullable=False, index=True),
        Column("actor", ForeignKey("user_account.id"), nullable=False),
        Column("refers", Integer),
        Column("refers_kind", String(16)),
        Column("refers_at", Instant),
        Column("words", Text),
        Column("note", Text),
        Column("user_id", ForeignKey("user_account.id")),
        Column("due_on", Date),
        Column("how", Text),
        *more,
    ]
    name = f"{record}_step"
    earlier = [f"{name}.{column}" for column in (record, "seq", "kind", "at")]
    table = Table(
        name,
        metadata,
        *columns,
        PrimaryKeyConstraint(record, "seq"),
        UniqueConstraint(record, "seq", "kind", "at"),
        ForeignKeyConstraint([record, "refers", "refers_kind", "refers_at"], earlier),
        declared(f"kind IN {tuple(kind.kind for kind in kinds)}", name="kind"),
        declared(_refers(kinds, first), name="refers"),
        declared("refers IS NULL OR refers < seq", name="refers_back"),
    )
    for kind in kinds:
        if kind.says:
            says = " AND ".join(_says(table, column) for column in kind.says)
            table.append_constraint(declared(f"kind <> '{kind.kind}' OR ({says})", name=f"{kind.kind}_says"))
    return Steps(record, table, kinds, began)


def _refers(kinds: Kinds, first: str) -> str:
    """Each kind refers to the right one; nothing is left empty that would let the foreign key look away."""
    some = "refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '')"
    parts = [f"(kind = '{first}' AND seq = 1 AND refers IS NULL AND refers_kind IS NULL AND refers_at IS NULL)"]
    parts += [f"(kind = '{kind.kind}' AND {some} = '{kind.follows}')" for kind in kinds if kind.follows]
    return " OR ".join(parts)


def _says(table: Table, column: str) -> str:
    text = isinstance(table.c[column].type, String)
    return f"coalesce(length(trim({column})), 0) > 0" if text else f"{column} IS NOT NULL"
