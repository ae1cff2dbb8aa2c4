"""Which of a source's files is the newer one: the run in which the present content of a file first came."""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('load_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('since', sa.Integer(), nullable=True))
    _first_came()


def _first_came() -> None:
    """The first run of each file's content; what a query gave came with its own run."""
    op.execute("UPDATE load_run SET since = id WHERE sha256 IS NULL")
    connection = op.get_bind()
    first = connection.execute(
        sa.text("SELECT source, file, sha256, min(id) AS run FROM load_run WHERE sha256 IS NOT NULL GROUP BY 1, 2, 3")
    ).all()
    rows = [dict(row._mapping) for row in first]
    if rows:
        connection.execute(
            sa.text("UPDATE load_run SET since = :run WHERE source = :source AND sha256 = :sha256 AND file = :file"), rows
        )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
