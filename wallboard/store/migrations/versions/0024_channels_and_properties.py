"""What a voice came through is its channel, and what is remembered of the store is a property of it."""

from alembic import op

from wallboard.store.migrations.renaming import rename_column, rename_table

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    for table in ('voice', 'voice_day', 'source_week', 'evidence'):
        rename_column(bind, table, 'heard_through', 'channel')
    rename_table(bind, 'store_mark', 'store_property')
    rename_column(bind, 'store_property', 'mark', 'name')


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
