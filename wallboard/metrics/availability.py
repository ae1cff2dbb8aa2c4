"""Whether what a panel shows can be known at all: never loaded, loaded but stopped, or loaded up to now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Date, Table, select

from wallboard.calendar import monday_of
from wallboard.metrics.feed_health import LATE, STOPPED, FeedHealth, Trouble, feed_health
from wallboard.metrics.feed_health import NEVER as NEVER_LOADED
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, covers, month_of
from wallboard.store import schema


@dataclass(frozen=True)
class Facts:
    """One kind of facts: the table that holds it, its column of days (None: it has none), and what a person loads to have it."""

    table: Table
    when: str | None
    load: str
    feeds: tuple[str, ...] = ()
    """The feeds that bring them."""
    sparse: bool = False
    """Months may pass without one in a small company: by itself, silence says nothing."""
    only: ColumnElement[bool] | None = None
    """Which rows of the table are such facts; None: all of them."""

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def fed_by(self, scope: Scope) -> tuple[str, ...]:
        """The feeds that bring them in a room of this rule: customers come from contracts, or from orders."""
        return (scope.rule,) if scope.rule in self.feeds else self.feeds


Needs = tuple[tuple[Facts, ...], ...]
"""All of these, and of each any one."""


@dataclass(frozen=True)
class Absence:
    """Why there is nothing to measure; `known_to` is the newest day with a fact, `begins` the first where it lies ahead.

    `silent` are the sources that are late or have stopped, `feeds` the feeds that bring what is missing.
    """

    state: str
    load: tuple[str, ...] = ()
    known_to: date | None = None
    begins: date | None = None
    elsewhere: bool = False
    """It is loaded, but not of the perimeters in scope."""
    silent: tuple[Trouble, ...] = ()
    feeds: tuple[str, ...] = ()
    customers: int | None = None
    open_complaints: int | None = None
    """The stocks at the end of `known_to` (wallboard.metrics.last_known)."""


def absence(connection: Connection, scope: Scope, needs: Needs, period: Period | None = None) -> Absence | None:
    """Why `needs` cannot be measured in scope, or in a period of it; None where they can."""
    newest_days = [[(kind, newest_day(connection, scope, kind)) for kind in group] for group in needs]
    lacking = [[kind for kind, _ in group] for group in newest_days if all(day is None for _, day in group)]
    if lacking:
        return _never_loaded(connection, scope, lacking)
    if period is None:
        return None
    known = [[(known_to(connection, scope, kind) or date.min, kind) for kind, day in group if day] for group in newest_days]
    stopped = [group for group in known if not covers(max(day for day, _ in group), period)]
    if not stopped:
        return None
    facts = [kind for group in stopped for _, kind in group]
    feeds = dict.fromkeys(feed for kind in facts for feed in kind.fed_by(scope))
    gone = tuple(trouble for feed in feeds for trouble in silent(feed_health(connection, scope, feed)))
    brought = tuple(dict.fromkeys(feed for kind in facts for feed in kind.feeds))
    return Absence(STOPPED, known_to=min(max(day for day, _ in group) for group in stopped), silent=gone, feeds=brought)


def silent(health: FeedHealth) -> list[Trouble]:
    """The sources of a feed that are late or have stopped, and without which it may not be judged."""
    return [trouble for trouble in health.troubles if trouble.blocks and trouble.state in (LATE, STOPPED)]


@dataclass(frozen=True)
class Coverage:
    """The days of which one kind of facts is known; None where there has never been one."""

    begins: date | None
    known_to: date | None
    last_day: date
    health: tuple[FeedHealth, ...] = ()

    def of(self, period: Period) -> bool:
        """A count in this period is a count: they had begun by its end, and went on. Where not, silence is no zero."""
        until = replace(period, end=min(period.end, self.last_day))
        return self.begins is not None and self.begins <= period.end and covers(self.known_to, until)

    def whole(self, period: Period) -> bool:
        """They had begun by its start, and none of its weeks is in doubt: another period may be compared with it."""
        begun = self.begins is not None and self.begins <= period.start + timedelta(days=6)
        weeks = (period.start + timedelta(days=n) for n in range(0, (period.end - period.start).days, 7))
        mondays = [monday_of(day) for day in weeks]
        return begun and self.of(period) and not any(feed.doubtful(monday) for feed in self.health for monday in mondays)


@memoised
def coverage(connection: Connection, scope: Scope, facts: Facts) -> Coverage:
    """Which days such facts cover in scope."""
    begins = _first_day(connection, scope, facts) if facts.when else date.min
    known = known_to(connection, scope, facts)
    health = tuple(feed_health(connection, scope, feed) for feed in facts.fed_by(scope))
    return Coverage(begins if known else None, known, scope.last_day, health)


@memoised
def known_to(connection: Connection, scope: Scope, facts: Facts) -> date | None:
    """The last complete day while what brings such facts goes on; the day of the newest one where it is late or has stopped.

    None where there has never been one in scope, date.max for facts without a day. Whether a feed has stopped is decided by
    wallboard.metrics.feed_health; where no load has told of it, facts that are seen every week stop with the newest anywhere.
    """
    newest = newest_day(connection, scope, facts)
    if newest is None or (newest == date.max and not facts.feeds):
        return newest
    health = [feed_health(connection, scope, feed) for feed in facts.fed_by(scope)]
    known = [feed for feed in health if not any(trouble.state == NEVER_LOADED for trouble in feed.troubles)]
    if not known:
        return newest if newest == date.max else _heard_anywhere(connection, scope, facts)
    ends = [_stopped_on(feed, newest) for feed in known]
    return scope.last_day if None in ends else max(end for end in ends if end)


def _heard_anywhere(connection: Connection, scope: Scope, facts: Facts) -> date:
    """Where no load has told of a feed: the last complete day, but for facts that come every week and of which none has."""
    day = facts.table.c[str(facts.when)]
    week = scope.last_day - timedelta(days=6)
    if facts.sparse or not isinstance(day.type, Date) or facts.when == "month":
        return scope.last_day
    newest: date = connection.execute(select(day).where(day <= scope.last_day).order_by(day.desc()).limit(1)).scalar_one()
    return scope.last_day if newest >= week else newest


def _stopped_on(health: FeedHealth, newest: date) -> date | None:
    """The day of the newest fact of a feed that is late or has stopped."""
    return min((trouble.newest or newest for trouble in silent(health)), default=None)


@memoised
def newest_day(connection: Connection, scope: Scope, facts: Facts) -> date | None:
    """The newest day with such a fact in scope, not after the last complete day; date.max for facts without a day."""
    if facts.when is None:
        return date.max if connection.execute(select(*facts.table.primary_key).limit(1)).first() else None
    return next(iter(_days(connection, scope, facts, 1)), None)


def _days(connection: Connection, scope: Scope, facts: Facts, most: int) -> list[date]:
    """The newest days with a fact; a month is known up to its last day."""
    day = facts.table.c[str(facts.when)]
    where: list[ColumnElement[bool]] = [day <= scope.last_day] if isinstance(day.type, Date) else [day <= scope.as_of]
    where += _in_scope(scope, facts)
    days = connection.execute(select(day).where(*where).order_by(day.desc()).distinct().limit(most)).scalars()
    if facts.when == "month":
        return [min(month_of(scope, newest).end, scope.last_day) for newest in days]
    if facts.when == "week":
        return [min(newest + timedelta(days=6), scope.last_day) for newest in days]
    return [newest if isinstance(day.type, Date) else newest.astimezone(scope.zone).date() for newest in days]


def _in_scope(scope: Scope, facts: Facts) -> list[ColumnElement[bool]]:
    inside: list[ColumnElement[bool]] = []
    if "perimeter" in facts.table.c:
        inside.append(facts.table.c.perimeter.in_(scope.perimeters))
    return inside if facts.only is None else [*inside, facts.only]


def _never_loaded(connection: Connection, scope: Scope, lacking: Sequence[Sequence[Facts]]) -> Absence:
    load = tuple(", or ".join(dict.fromkeys(facts.load for facts in group)) for group in lacking)
    every = [facts for group in lacking for facts in group if facts.when and facts.only is None]
    begins = [day for facts in every if (day := _first_day(connection, scope, facts))]
    if begins:
        return Absence(NEVER_LOADED, load, begins=min(begins))
    elsewhere = any("perimeter" in facts.table.c and _any_row(connection, facts.table) for facts in every)
    return Absence(NEVER_LOADED, load, elsewhere=elsewhere)


def _any_row(connection: Connection, table: Table) -> bool:
    return connection.execute(select(*table.primary_key).limit(1)).first() is not None


def _first_day(connection: Connection, scope: Scope, facts: Facts) -> date | None:
    day = facts.table.c[str(facts.when)]
    first = connection.execute(select(day).where(*_in_scope(scope, facts)).order_by(day).limit(1)).scalar()
    return first if first is None or isinstance(day.type, Date) else first.astimezone(scope.zone).date()


VOICES = Facts(schema.voice_day, "day", "tickets, reviews or complaints", ("voice",))
KINDS = Facts(
    schema.kind_week,
    "week",
    "issue_types, and complaints that name theirs",
    ("voice",),
    sparse=True,
    only=schema.kind_week.c.issue_type != "",
)
COMPLAINTS = Facts(schema.complaint_day, "day", "tickets, reviews or complaints", ("voice",))
REPEATS = Facts(schema.contact_repeat_day, "day", "tickets with the customer's number and the kind of issue", ("voice",))
TICKET_LOG = Facts(schema.ticket_day, "day", "a log of ticket events", ("ticket_events",))
CUSTOMERS = Facts(schema.customer_day, "day", "customers and their contracts or orders", ("contracts", "orders"), sparse=True)
BUYERS = Facts(schema.buyer_month, "last_day", "customers and their orders", ("orders",), sparse=True)
ACCOUNTS = Facts(schema.account_month, "month", "customers with their kind, parent and contact", ("contracts", "orders"))
RENEWALS = Facts(schema.renewal_month, "month", "contracts with term_months, or term_ends_on", ("contracts",), sparse=True)
MONEY = Facts(schema.tier_month, "month", "revenue and cost of each customer by month, and tiers", ("customer_money",))
REFERRALS = Facts(
    schema.referral_month,
    "month",
    "referrals: who was sent by whom, and when they became a customer",
    ("referrals",),
    sparse=True,
)
BEHAVIOURS = Facts(schema.behaviour, None, "behaviours, three to five of them flagged as key")
KPIS = Facts(schema.kpi_day, "day", "KPIs of touchpoints", ("touchpoint_kpis",))
SCORES = Facts(schema.score_day, "day", "survey_responses", ("survey_responses",))
TRUST = Facts(schema.score_day, "day", "survey_responses with the measure trust and a touchpoint", ("survey_responses",))
RESPONSE_RATES = Facts(
    schema.score_day, "day", "survey_responses; and invitations, to know how many answered", ("survey_responses",)
)
POSTS = Facts(schema.post, "posted_at", "posts about us and about competitors", ("posts",), sparse=True)
HANDED = Facts(schema.handoff_day, "day", "the cases handed over", ("handoff_events",), sparse=True)
VISITS = Facts(schema.visit_day, "day", "visits to customers", ("visits",), sparse=True)
HANDOFFS = Facts(schema.handoff, None, "handoffs, and the cases handed over")
STAGES = Facts(schema.stage, None, "the journey: stages and touchpoints")
FUNCTIONS = Facts(schema.function, None, "functions, and say which of them meet customers")
TASKS = Facts(schema.task, None, "what customers must do: a form, a web page, or steps (tasks)")
CUSTOMER_ACTIONS = Facts(schema.action, None, "actions about customers")
ACTIONS = Facts(schema.action, None, "actions with what customers said, and the day they were shown", ("actions",))
MEETINGS = Facts(schema.meeting, None, "the leaders' calendar")
STUDIES = Facts(schema.research, None, "research: study, method, n, what it found")
DEEDS = Facts(schema.behaviour_month, "month", "what customers did by month", ("customer_behaviours",))
CONTRACTS = Facts(schema.contract, None, "contracts with cancel_requested_on")
WORDS = Facts(schema.voice, "day", "tickets, calls or reviews", ("voice",))
ANSWERS = Facts(schema.survey_response, "day", "answers to surveys", ("survey_responses",))
