"""What a customer said is a quotation, and a number as it was written is its text."""

from alembic import op

from wallboard.store.migrations.renaming import rename_column

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    rename_column(bind, 'action', 'said', 'quotation')
    rename_column(bind, 'current_experience', 'said', 'quotation')
    rename_column(bind, 'decided_on', 'said', 'value_text')


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
