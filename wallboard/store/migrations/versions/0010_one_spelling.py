"""One spelling of what is compared: keys and names in NFC without invisible characters, currencies in capitals.

The tables whose rows were respelled stand in a mark: the next load counts their facts again.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import IntegrityError

from wallboard.store.rules import take_away
from wallboard.unicode import tidied

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

MARK = 'spelling'
KEPT = {'alembic_version', 'audit', 'mandate', 'member', 'permission', 'sign_in', 'store_mark', 'table_version'}
"""Tables in which nothing is spelt by an export."""


def upgrade() -> None:
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    tables = {name: inspector.get_columns(name) for name in inspector.get_table_names() if name not in KEPT}
    odd = {
        (name, column['name']): spelt
        for name, columns in tables.items()
        for column in columns
        if isinstance(column['type'], sa.VARCHAR) and (spelt := _odd(bind, name, column['name']))
    }
    money = [name for name, columns in tables.items() if 'currency' in {column['name'] for column in columns}]
    small = [name for name in money if bind.scalar(sa.text(f'SELECT 1 FROM "{name}" WHERE currency <> upper(currency) LIMIT 1'))]
    if not odd and not small:
        return
    take_away(bind)
    with _deferred(bind, inspector):
        for (table, column), spelt in odd.items():
            numbered = 'id' in {one['name'] for one in tables[table]}
            _respell(bind, table, column, spelt, numbered)
        for table in small:
            bind.execute(sa.text(f'UPDATE "{table}" SET currency = upper(currency) WHERE currency <> upper(currency)'))
    named = ' '.join(sorted({table for table, _ in odd} | set(small)))
    bind.execute(sa.text('INSERT INTO store_mark (mark, value) VALUES (:mark, :value)'), {'mark': MARK, 'value': named})


def _odd(bind: sa.Connection, table: str, column: str) -> dict[str, str]:
    """The values of a column that are to be spelt otherwise, and how."""
    odd = f"\"{column}\" ~ '[^ -~]'" if bind.dialect.name == 'postgresql' else f"\"{column}\" GLOB '*[^ -~]*'"
    values = bind.scalars(sa.text(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE {odd} OR "{column}" LIKE \'%  %\''))
    return {value: tidied(value) for value in values if value != tidied(value)}


def _respell(bind: sa.Connection, table: str, column: str, spelt: dict[str, str], numbered: bool) -> None:
    """Respell a column; of two rows that become one, that of the old spelling goes: its file is read again at the next load."""
    name = 'id' if numbered else column
    held = sa.text(f'SELECT "{name}", "{column}" FROM "{table}" WHERE "{column}" IN :old').bindparams(sa.bindparam('old', expanding=True))
    values = list(spelt)
    for some in (values[n : n + 500] for n in range(0, len(values), 500)):
        for row in set(bind.execute(held, {'old': some}).all()):
            _respell_one(bind, table, column, name, row[0], spelt[row[1]])


def _respell_one(bind: sa.Connection, table: str, column: str, name: str, which: object, new: str) -> None:
    where = {'which': which}
    try:
        with bind.begin_nested():
            bind.execute(sa.text(f'UPDATE "{table}" SET "{column}" = :new WHERE "{name}" = :which'), where | {'new': new})
    except IntegrityError:
        bind.execute(sa.text(f'DELETE FROM "{table}" WHERE "{name}" = :which'), where)


class _deferred:
    """In PostgreSQL references are checked at the end of the block; SQLite does not check them while it migrates."""

    def __init__(self, bind: sa.Connection, inspector: sa.Inspector) -> None:
        self.bind = bind
        names = inspector.get_table_names() if bind.dialect.name == 'postgresql' else []
        self.keys = [(name, key['name']) for name in names for key in inspector.get_foreign_keys(name)]

    def __enter__(self) -> None:
        for table, key in self.keys:
            self.bind.execute(sa.text(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key}" DEFERRABLE INITIALLY DEFERRED'))

    def __exit__(self, *_error: object) -> None:
        if self.keys and _error[0] is None:
            self.bind.execute(sa.text('SET CONSTRAINTS ALL IMMEDIATE'))
            for table, key in self.keys:
                self.bind.execute(sa.text(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key}" NOT DEFERRABLE'))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
