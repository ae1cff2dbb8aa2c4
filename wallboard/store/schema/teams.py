"""Teams that leaders have tasked with a roster item: each goes through one cycle of five steps, to a reward that was promised."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Integer, String, Table, Text

from wallboard.lifecycle import team_cycles
from wallboard.store.schema.columns import Identity, Money, metadata
from wallboard.store.schema.steps import steps_of
from wallboard.store.types import Instant

# One cycle of one team: what it is promised, and how many days each step takes, with the reason where that is not a month.
team_cycle = Table(
    "team_cycle",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("roster_item", ForeignKey("roster_item.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("reward", Text, nullable=False),
    Column("step_days", Integer, nullable=False),
    Column("pace", Text),
    Column("pilot", Boolean, nullable=False),
    CheckConstraint("step_days BETWEEN 5 AND 120", name="step_days"),
    CheckConstraint(f"step_days = {team_cycles.MONTH} OR coalesce(length(trim(pace)), 0) > 0", name="pace"),
)

# One step of a team's cycle; the columns of the baseline are filled by the second report, those of the verdict by a check.
TEAM_STEPS = steps_of(
    "team_cycle",
    team_cycles.STEPS,
    Column("room_session", ForeignKey("room_session.id")),
    Column("share", Integer),
    Column("step_days", Integer),
    Column("experience", ForeignKey("current_experience.id")),
    Column("budget", Money),
    Column("currency", String(3)),
    Column("base_from", Date),
    Column("base_to", Date),
    Column("base_weeks", Integer),
    Column("base_count", Integer),
    Column("base_exposure", Float),
    Column("base_dispersion", Float),
    Column("against_touchpoint", String(60)),
    Column("against_kind", String(60)),
    Column("rule", String(16)),
    Column("version", Integer),
    Column("week_start", Date),
    Column("week_no", Integer),
    Column("recent_count", Integer),
    Column("recent_exposure", Float),
    Column("bound", Float),
    Column("verdict", String(16)),
    Column("unchanged", Boolean),
    CheckConstraint("share IS NULL OR share BETWEEN 1 AND 100", name="share"),
    CheckConstraint("step_days IS NULL OR step_days BETWEEN 5 AND 120", name="step_days"),
    CheckConstraint("budget IS NULL OR budget >= 0", name="budget"),
)
team_cycle_step = TEAM_STEPS.table

# One recognition of a person, or of a figure on a signal; a team's is the step that rewarded it. `shown_until` is its last day.
# signal_…: the month whose value lies outside the normal range, or is the last of so many in a row (metrics.milestones).
recognition = Table(
    "recognition",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("user_id", ForeignKey("user_account.id")),
    Column("metric", String(60)),
    Column("signal", Text),
    Column("words", Text, nullable=False),
    Column("shown_until", Date, nullable=False),
    Column("signal_kind", String(8)),
    Column("signal_month", Date),
    Column("signal_value", Float),
    Column("signal_low", Float),
    Column("signal_high", Float),
    Column("signal_run", Integer),
    CheckConstraint(
        "(user_id IS NOT NULL AND metric IS NULL AND signal IS NULL)"
        " OR (user_id IS NULL AND metric IS NOT NULL AND coalesce(length(trim(signal)), 0) > 0)",
        name="whom",
    ),
)
