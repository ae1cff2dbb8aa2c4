"""Who may sign in is a user: `user_account`, `user_id`, and who sat in a session its attendees.

The old name of the table stays for one version as a view that can only be read.
"""

from alembic import op

from wallboard.store.migrations.renaming import rename_column, rename_table

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
    op.execute('CREATE VIEW member AS SELECT id, login, name, role, function, added_at, left_at FROM user_account')
    op.execute('CREATE VIEW sitting_member AS SELECT sitting, user_id AS member FROM sitting_attendee')


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
