"""Exposure by day: all touchpoints of some weeks are found without reading every year."""

from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_exposure_day'), 'exposure', ['day'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
