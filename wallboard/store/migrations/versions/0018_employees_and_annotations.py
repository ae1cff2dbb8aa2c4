"""Employees answer for things, annotations are made on a walk, and a decision keeps the metrics that it rested on.

The old names of the tables stay for one version as views that can only be read.
"""

import sqlalchemy as sa
from alembic import op

from wallboard.store.migrations.renaming import keep_old_name, rename_column, rename_table

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    rename_table(bind, 'person', 'employee')
    rename_column(bind, 'employee', 'person', 'employee')
    rename_table(bind, 'walk_mark', 'walk_annotation')
    rename_column(bind, 'opportunity', 'mark', 'annotation')
    rename_column(bind, 'decided_on', 'figure', 'metric')
    keep_old_name(bind, 'person', 'employee', 'id, employee AS person, name, function, seniority')
    keep_old_name(bind, 'walk_mark', 'walk_annotation', '*')
    for table in ('load_run', 'source_state', 'source_day', 'volume_week'):
        bind.execute(sa.text(f"UPDATE {table} SET feed = 'employees' WHERE feed = 'people'"))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
