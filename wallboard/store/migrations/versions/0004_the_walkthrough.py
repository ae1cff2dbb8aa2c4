"""The walkthrough."""

import sqlalchemy as sa
import wallboard.store.types
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cause_loss_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('cause', sa.String(length=60), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('value_unknown', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'cause', name=op.f('pk_cause_loss_month'))
    )
    op.create_table('complaint_week',
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('issue_type', sa.String(length=60), nullable=False),
    sa.Column('complaints', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('week', 'perimeter', 'stage', 'touchpoint', 'issue_type', name=op.f('pk_complaint_week'))
    )
    op.create_table('handoff_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('known_on', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('handoff', sa.String(length=60), nullable=False),
    sa.Column('handed', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('wait_hours', sa.Float(), nullable=False),
    sa.Column('in_time', sa.Integer(), nullable=False),
    sa.Column('late', sa.Integer(), nullable=False),
    sa.Column('complete', sa.Integer(), nullable=False),
    sa.Column('complete_known', sa.Integer(), nullable=False),
    sa.Column('returned', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'known_on', 'perimeter', 'handoff', name=op.f('pk_handoff_day'))
    )
    op.create_table('issue_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('arrived', sa.Integer(), nullable=False),
    sa.Column('solved', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', name=op.f('pk_issue_month'))
    )
    op.create_table('kind_week',
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('issue_type', sa.String(length=60), nullable=False),
    sa.Column('complaints', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('week', 'perimeter', 'issue_type', name=op.f('pk_kind_week'))
    )
    op.create_table('source_week',
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('heard_through', sa.String(length=80), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('voices', sa.Integer(), nullable=False),
    sa.Column('complaints', sa.Integer(), nullable=False),
    sa.Column('latest', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('week', 'perimeter', 'heard_through', 'stage', 'touchpoint', name=op.f('pk_source_week'))
    )
    op.create_table('attempt',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('task', sa.String(length=60), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('started_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('ended_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('errors', sa.Integer(), nullable=False),
    sa.Column('filled', sa.Integer(), nullable=False),
    sa.Column('fields', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=True),
    sa.CheckConstraint("outcome IN ('done', 'gave up')", name=op.f('ck_attempt_outcome')),
    sa.CheckConstraint('ended_at >= started_at', name=op.f('ck_attempt_ended_after_started')),
    sa.CheckConstraint('errors >= 0 AND filled >= 0 AND filled <= fields', name=op.f('ck_attempt_counted')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_attempt_actor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_task'), ['task'], unique=False)

    op.create_table('research_review',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('study', sa.String(length=80), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_research_review_said')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_research_review_actor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research_review'))
    )
    with op.batch_alter_table('research_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_research_review_study'), ['study'], unique=False)

    op.create_table('desired_rating',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('customer', sa.String(length=80), nullable=True),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_desired_rating_score')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_desired_rating_load_run_id')),
    sa.ForeignKeyConstraint(['stage'], ['stage.stage'], name=op.f('fk_desired_rating_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desired_rating')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_desired_rating_source_source_key'))
    )
    with op.batch_alter_table('desired_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_desired_rating_stage_day'), ['stage', 'day'], unique=False)

    op.create_table('learning',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=True),
    sa.Column('sitting', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_learning_said')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_learning_actor')),
    sa.ForeignKeyConstraint(['sitting'], ['sitting.id'], name=op.f('fk_learning_sitting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning'))
    )
    op.create_table('research',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('study', sa.String(length=80), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=True),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=True),
    sa.Column('finished_on', sa.Date(), nullable=False),
    sa.CheckConstraint('n IS NULL OR n >= 0', name=op.f('ck_research_n')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_research_load_run_id')),
    sa.ForeignKeyConstraint(['stage'], ['stage.stage'], name=op.f('fk_research_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_research_source_source_key')),
    sa.UniqueConstraint('study', name=op.f('uq_research_study'))
    )
    op.create_table('walk',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sitting', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_walk_actor')),
    sa.ForeignKeyConstraint(['sitting'], ['sitting.id'], name=op.f('fk_walk_sitting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_walk'))
    )
    op.create_table('walk_mark',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('walk', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=True),
    sa.Column('touchpoint', sa.String(length=60), nullable=True),
    sa.Column('media', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('improve', 'innovate')", name=op.f('ck_walk_mark_kind')),
    sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_walk_mark_said')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_walk_mark_actor')),
    sa.ForeignKeyConstraint(['walk'], ['walk.id'], name=op.f('fk_walk_mark_walk')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_walk_mark'))
    )
    op.create_table('walk_move',
    sa.Column('walk', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('item', sa.String(length=80), nullable=True),
    sa.Column('playing', sa.Boolean(), nullable=False),
    sa.Column('second', sa.Float(), nullable=False),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.Column('sounding', sa.String(length=80), nullable=True),
    sa.CheckConstraint("actor IS NOT NULL OR kind = 'release'", name=op.f('ck_walk_move_somebody_moves')),
    sa.CheckConstraint("kind IN ('begin', 'go', 'play', 'pause', 'hold', 'release', 'take over', 'end')", name=op.f('ck_walk_move_kind')),
    sa.CheckConstraint('second >= 0', name=op.f('ck_walk_move_second')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_walk_move_actor')),
    sa.ForeignKeyConstraint(['walk'], ['walk.id'], name=op.f('fk_walk_move_walk')),
    sa.PrimaryKeyConstraint('walk', 'seq', name=op.f('pk_walk_move'))
    )
    op.create_table('emotion',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=True),
    sa.Column('state', sa.String(length=8), server_default='current', nullable=False),
    sa.Column('feeling', sa.Float(), nullable=False),
    sa.Column('basis', sa.String(length=8), nullable=False),
    sa.Column('n', sa.Integer(), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.CheckConstraint("basis = 'assumed' OR (n IS NOT NULL AND n > 0)", name=op.f('ck_emotion_measured_has_n')),
    sa.CheckConstraint("basis IN ('measured', 'assumed')", name=op.f('ck_emotion_basis')),
    sa.CheckConstraint("state IN ('current', 'future')", name=op.f('ck_emotion_state')),
    sa.CheckConstraint('feeling BETWEEN -2 AND 2', name=op.f('ck_emotion_feeling')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_emotion_load_run_id')),
    sa.ForeignKeyConstraint(['stage'], ['stage.stage'], name=op.f('fk_emotion_stage')),
    sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_emotion_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emotion')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_emotion_source_source_key'))
    )
    with op.batch_alter_table('emotion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_emotion_stage_day'), ['stage', 'day'], unique=False)

    op.create_table('handoff',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('handoff', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('from_function', sa.String(length=60), nullable=False),
    sa.Column('to_function', sa.String(length=60), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('needs', sa.Text(), nullable=True),
    sa.Column('max_wait_hours', sa.Float(), nullable=True),
    sa.CheckConstraint('max_wait_hours > 0', name=op.f('ck_handoff_max_wait_hours')),
    sa.ForeignKeyConstraint(['from_function'], ['function.function'], name=op.f('fk_handoff_from_function')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_handoff_load_run_id')),
    sa.ForeignKeyConstraint(['to_function'], ['function.function'], name=op.f('fk_handoff_to_function')),
    sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_handoff_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoff')),
    sa.UniqueConstraint('handoff', name=op.f('uq_handoff_handoff')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_handoff_source_source_key'))
    )
    op.create_table('opportunity',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('origin', sa.String(length=16), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=True),
    sa.Column('touchpoint', sa.String(length=60), nullable=True),
    sa.Column('why', sa.Text(), nullable=True),
    sa.Column('value_at_stake', sa.Float(), nullable=True),
    sa.Column('walk', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('mark', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("kind IN ('improve', 'innovate')", name=op.f('ck_opportunity_kind')),
    sa.CheckConstraint("mark IS NULL OR origin = 'walkthrough'", name=op.f('ck_opportunity_marked')),
    sa.CheckConstraint("origin <> 'walkthrough' OR (walk IS NOT NULL AND mark IS NOT NULL)", name=op.f('ck_opportunity_walked')),
    sa.CheckConstraint("origin IN ('walkthrough', 'lowest feeling', 'largest loss', 'board note', 'social', 'research', 'gap', 'overlap', 'idea', 'customer')", name=op.f('ck_opportunity_origin')),
    sa.CheckConstraint('length(trim(title)) > 0', name=op.f('ck_opportunity_titled')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_opportunity_actor')),
    sa.ForeignKeyConstraint(['mark'], ['walk_mark.id'], name=op.f('fk_opportunity_mark')),
    sa.ForeignKeyConstraint(['walk'], ['walk.id'], name=op.f('fk_opportunity_walk')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity')),
    sa.UniqueConstraint('mark', name=op.f('uq_opportunity_mark'))
    )
    op.create_table('promise',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('made_in', sa.Text(), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=True),
    sa.Column('kpi', sa.String(length=60), nullable=True),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_promise_load_run_id')),
    sa.ForeignKeyConstraint(['stage'], ['stage.stage'], name=op.f('fk_promise_stage')),
    sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_promise_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_promise_source_source_key'))
    )
    op.create_table('task',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('task', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('path', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('steps', sa.Text(), nullable=True),
    sa.Column('customer_seconds', sa.Float(), nullable=True),
    sa.Column('customer_n', sa.Integer(), nullable=True),
    sa.Column('measured_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(kind = 'form' AND path IS NOT NULL) OR (kind = 'web' AND address IS NOT NULL) OR (kind = 'steps' AND steps IS NOT NULL)", name=op.f('ck_task_what_to_do')),
    sa.CheckConstraint('customer_seconds > 0', name=op.f('ck_task_customer_seconds')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_task_load_run_id')),
    sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_task_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_task_source_source_key')),
    sa.UniqueConstraint('task', name=op.f('uq_task_task'))
    )
    op.create_table('current_experience',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opportunity', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('voice_source', sa.String(length=80), nullable=False),
    sa.Column('voice_key', sa.String(length=400), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('media', sa.Integer(), nullable=False),
    sa.Column('artefact', sa.Text(), nullable=False),
    sa.CheckConstraint('length(trim(artefact)) > 0', name=op.f('ck_current_experience_seen')),
    sa.CheckConstraint('length(trim(said)) > 0', name=op.f('ck_current_experience_heard')),
    sa.CheckConstraint('length(trim(stage)) > 0', name=op.f('ck_current_experience_placed')),
    sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_current_experience_told')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_current_experience_actor')),
    sa.ForeignKeyConstraint(['opportunity'], ['opportunity.id'], name=op.f('fk_current_experience_opportunity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_current_experience'))
    )
    op.create_table('handoff_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('handoff', sa.String(length=60), nullable=False),
    sa.Column('case', sa.String(length=80), nullable=True),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('handed_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('taken_at', wallboard.store.types.Instant(), nullable=True),
    sa.Column('returned_at', wallboard.store.types.Instant(), nullable=True),
    sa.Column('complete', sa.Boolean(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.CheckConstraint('returned_at IS NULL OR returned_at >= handed_at', name=op.f('ck_handoff_event_returned_after_handed')),
    sa.CheckConstraint('taken_at IS NULL OR taken_at >= handed_at', name=op.f('ck_handoff_event_taken_after_handed')),
    sa.ForeignKeyConstraint(['handoff'], ['handoff.handoff'], name=op.f('fk_handoff_event_handoff')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_handoff_event_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoff_event')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_handoff_event_source_source_key'))
    )
    with op.batch_alter_table('handoff_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handoff_event_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_handoff_event_handoff_day'), ['handoff', 'day'], unique=False)

    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.add_column(sa.Column('width', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('height', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('seconds', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('pages', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('fields', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('retention_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('redacted', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('pair', sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column('moment', sa.String(length=8), nullable=True))

    with op.batch_alter_table('stage', schema=None) as batch_op:
        batch_op.add_column(sa.Column('promise_source', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('future', sa.Text(), nullable=True))

    with op.batch_alter_table('touchpoint', schema=None) as batch_op:
        batch_op.add_column(sa.Column('internal_name', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('frontstage', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('backstage', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('support', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('future', sa.Text(), nullable=True))

    _media_numbered_once()
    _whole_weeks()


def _media_numbered_once() -> None:
    """Made anew in SQLite, which else gives the number of a file that is gone to another one."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("media", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass


def _whole_weeks() -> None:
    """Weeks of what a store already holds: from then on its loads keep them."""
    postgres = op.get_bind().dialect.name == "postgresql"
    week = "date_trunc('week', day)::date" if postgres else "date(day, '-6 days', 'weekday 1')"
    op.execute(
        f"INSERT INTO complaint_week SELECT {week}, perimeter, stage, touchpoint, issue_type, sum(complaints) FROM voice_day "
        "WHERE complaints > 0 GROUP BY 1, 2, 3, 4, 5"
    )
    op.execute(
        f"INSERT INTO source_week SELECT {week}, perimeter, heard_through, stage, touchpoint, sum(voices), sum(complaints), "
        "max(day) FROM voice_day GROUP BY 1, 2, 3, 4, 5"
    )
    op.execute("INSERT INTO kind_week SELECT week, perimeter, issue_type, sum(complaints) FROM complaint_week GROUP BY 1, 2, 3")
    month = "date_trunc('month', day)::date" if postgres else "date(day, 'start of month')"
    op.execute(f"INSERT INTO issue_month SELECT {month}, perimeter, sum(arrived), sum(solved) FROM issue_day GROUP BY 1, 2")


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
