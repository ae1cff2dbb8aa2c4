"""Who was present when the room decided is its attendance, and each of them an attendee: "sitting" was a second word for it.

The old names stay for one version as views that can only be read.
"""

from alembic import op

from wallboard.store.migrations.renaming import keep_old_name, rename_column, rename_table

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    rename_table(bind, 'sitting', 'attendance')
    rename_table(bind, 'sitting_attendee', 'attendee')
    for table in ('attendee', 'issue_step', 'learning', 'walk'):
        rename_column(bind, table, 'sitting', 'attendance')
    keep_old_name(bind, 'sitting', 'attendance', 'id, at, day, perimeter, actor')
    keep_old_name(bind, 'sitting_attendee', 'attendee', 'attendance AS sitting, user_id')


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
