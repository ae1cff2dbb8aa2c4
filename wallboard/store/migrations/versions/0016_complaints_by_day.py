"""Complaints are counted in `complaint_day` and `complaint_month`: an issue is what the room decides on.

The old names stay for one version as views that can only be read.
"""

from alembic import op

from wallboard.store.migrations.renaming import keep_old_name, rename_table

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    for old, new, period in (('issue_day', 'complaint_day', 'day'), ('issue_month', 'complaint_month', 'month')):
        rename_table(bind, old, new)
        keep_old_name(bind, old, new, f'{period}, perimeter, arrived, solved')


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
