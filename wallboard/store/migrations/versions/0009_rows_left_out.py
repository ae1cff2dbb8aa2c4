"""Rows that a source leaves out by `where` are counted, no longer kept among the refused; only the newest refusals of a file stay."""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

_WHERE = "%is left out by `where`.%"
_ALL = "rows_read = rows_new + rows_changed + rows_same + rows_refused + rows_left_out"


def upgrade() -> None:
    with op.batch_alter_table('load_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rows_left_out', sa.Integer(), nullable=False, server_default='0'))
        batch_op.drop_constraint(batch_op.f('ck_load_run_no_row_lost'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_load_run_no_row_lost'), _ALL)
    _count_what_was_left_out()
    _forget_older_refusals()


def _count_what_was_left_out() -> None:
    """A file that was skipped as unchanged stands with the refusals of the load before: it is read once more."""
    connection = op.get_bind()
    left = connection.execute(
        sa.text("SELECT load_run_id AS run, count(*) AS n FROM refusal WHERE reason LIKE :where GROUP BY 1"), {"where": _WHERE}
    ).all()
    for run, n in left:
        connection.execute(
            sa.text("UPDATE load_run SET rows_left_out = :n, rows_refused = rows_refused - :n WHERE id = :run"),
            {"n": n, "run": run},
        )
    connection.execute(sa.text("DELETE FROM refusal WHERE reason LIKE :where"), {"where": _WHERE})
    op.execute("UPDATE load_run SET mapping = NULL WHERE rows_refused > 0")


def _forget_older_refusals() -> None:
    op.execute(
        "DELETE FROM refusal WHERE load_run_id NOT IN (SELECT max(load_run_id) FROM refusal JOIN load_run ON load_run.id = "
        "refusal.load_run_id GROUP BY load_run.source, load_run.file)"
    )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
