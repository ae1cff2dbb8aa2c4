"""Contacts by month, and what they cost."""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('contact_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('issue_type', sa.String(length=60), nullable=False),
    sa.Column('complaint', sa.Boolean(), nullable=False),
    sa.Column('contacts', sa.Integer(), nullable=False),
    sa.Column('cost', sa.Float(), nullable=False),
    sa.Column('uncosted', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Float(), nullable=False),
    sa.Column('untimed', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'stage', 'touchpoint', 'issue_type', 'complaint', name=op.f('pk_contact_month'))
    )


def downgrade() -> None:
    op.drop_table('contact_month')
