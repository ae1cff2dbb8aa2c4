"""A share of the best answer alone, on scales where the second best is not satisfied."""

from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('survey_response', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_survey_response_formula'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_survey_response_formula'), "formula IN ('', 'promoters less detractors', 'top-1 share', 'top-2 share', 'top-3 share', 'mean', 'high less low')")


def downgrade() -> None:
    raise NotImplementedError("Scores were counted anew: go back with a copy of the store.")
