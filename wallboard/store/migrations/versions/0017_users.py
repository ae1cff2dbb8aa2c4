"""Who may sign in is a user: `user_account`, `user_id`, and who sat in a session its attendees.

The old name of the table stays for one version as a view that can only be read.
"""

from alembic import op

from wallboard.store.migrations.renaming import keep_old_name, rename_column, rename_table

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    rename_table(bind, 'member', 'user_account')
    rename_table(bind, 'sitting_member', 'sitting_attendee')
    for table in ('mandate', 'sign_in', 'sitting_attendee', 'issue_step'):
        rename_column(bind, table, 'member', 'user_id')
    keep_old_name(bind, 'member', 'user_account', 'id, login, name, role, function, added_at, left_at')
    keep_old_name(bind, 'sitting_member', 'sitting_attendee', 'sitting, user_id AS member')


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
