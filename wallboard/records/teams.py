"""Teams: tasked with a roster item, their members and load, the five steps that they report, and the reward."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, select

from wallboard.errors import RuleRefused
from wallboard.lifecycle.team_cycles import MONTH, CycleLife, CycleStep, Planned
from wallboard.records.acting import Acting, checked, needed
from wallboard.records.repository import Repository
from wallboard.records.roster import one_item
from wallboard.records.sessions import running
from wallboard.store.lives import taken_steps
from wallboard.store.schema import TEAM_STEPS, current_experience, opportunity, roster_item, team_cycle, user_account
from wallboard.store.zones import EVERYTHING


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a team is tasked with: its name, the promised reward, the days of a step and why, and whether it is a pilot."""

    name: str | None
    reward: str | None
    step_days: int = MONTH
    pace: str | None = None
    pilot: bool = False


@dataclass(frozen=True)
class TeamView:
    """One team's cycle as the console reads it; `title` and `issue_type` are of its roster item, `day` when it was tasked."""

    number: int
    perimeter: str
    roster_item: int
    opportunity: int
    title: str
    issue_type: str
    sponsor: int
    name: str
    reward: str
    step_days: int
    pace: str | None
    pilot: bool
    day: date
    life: CycleLife

    @property
    def owner(self) -> int | None:
        """A team belongs to all of its members."""
        return None

    @property
    def plan(self) -> tuple[Planned, ...]:
        """The five steps with their days."""
        return self.life.plan(self.day, self.step_days)


def task(act: Acting, item: int, what: Task) -> int:
    """Task a team with a roster item; returns the number of its cycle. Raises RuleRefused with what is missing."""
    view = one_item(act.connection, item)
    pace = checked("why it is not a month", what.pace)
    if not 5 <= what.step_days <= 120:
        raise RuleRefused("the days of a step", f"{what.step_days} days is not possible.", "Choose 5 to 120 days.")
    if what.step_days != MONTH and pace is None:
        raise RuleRefused(
            "why it is not a month", "says nothing.", f"A step takes {MONTH} days, or say why it takes another time."
        )
    promised = {"name": needed("the name", what.name), "reward": needed("the promised reward", what.reward)}
    values = {**promised, "roster_item": item, "step_days": what.step_days, "pace": pace, "pilot": what.pilot}
    return TEAMS.add(act, view.perimeter, values)


def teams(connection: Connection) -> list[TeamView]:
    """The cycles that run, the oldest first."""
    s = TEAM_STEPS.table.c
    return _views(connection, team_cycle.c.id.not_in(select(s.team_cycle).where(s.kind.in_(("rewarded", "disbanded")))))


def ended_teams(connection: Connection, since: date) -> list[TeamView]:
    """The cycles that ended from a day on, rewarded or not, the newest first."""
    s = TEAM_STEPS.table.c
    over = select(s.team_cycle).where(s.kind.in_(("rewarded", "disbanded")), s.day >= since)
    return [*reversed(_views(connection, team_cycle.c.id.in_(over)))]


def teams_in(connection: Connection, session: int) -> list[TeamView]:
    """The cycles of which a step was taken while a session ran, the oldest first."""
    s = TEAM_STEPS.table.c
    return _views(connection, team_cycle.c.id.in_(select(s.team_cycle).where(s.room_session == session)))


@dataclass(frozen=True)
class Load:
    """What a person carries: per cent of their time in all teams that run, and in which teams."""

    share: int
    teams: tuple[str, ...]


def loads(running_teams: Collection[TeamView]) -> dict[int, Load]:
    """By user who is in a team that runs: what they carry."""
    carried: dict[int, Load] = {}
    for view in running_teams:
        for user, step in view.life.members.items():
            before = carried.get(user, Load(0, ()))
            carried[user] = Load(before.share + (step.share or 0), (*before.teams, view.name))
    return carried


def experiences_of(connection: Connection, number: int) -> list[tuple[int, datetime, str, str]]:
    """Reports of the current experience of what a team works on, newest first: number, when, by whom, its words."""
    e, i, t = current_experience.c, roster_item.c, team_cycle.c
    chosen = select(e.id, e.at, user_account.c.name, e.words).join(user_account, user_account.c.id == e.actor)
    about = chosen.join(roster_item, i.opportunity == e.opportunity).join(team_cycle, t.roster_item == i.id)
    return [
        (row.id, row.at, row.name, row.words) for row in connection.execute(about.where(t.id == number).order_by(e.id.desc()))
    ]


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[TeamView]:
    t, i, o = team_cycle.c, roster_item.c, opportunity.c
    about = (i.opportunity, o.title, i.issue_type)
    own = (t.id.label("number"), t.perimeter, t.roster_item, t.name, t.reward, t.step_days, t.pace, t.pilot, t.day)
    joined = select(*own, *about).join(roster_item, i.id == t.roster_item).join(opportunity, o.id == i.opportunity)
    rows = connection.execute(joined.where(chosen).order_by(t.at, t.id)).mappings().all()
    steps = taken_steps(connection, TEAM_STEPS, CycleStep, [row["number"] for row in rows])
    sponsors = {number: one_item(connection, number).owner for number in {row["roster_item"] for row in rows}}
    return [TeamView(**row, sponsor=sponsors[row["roster_item"]], life=CycleLife(steps.get(row["number"], ()))) for row in rows]


def _session_now(act: Acting, view: TeamView) -> dict[str, int | None]:
    """A step that is taken while a session runs remembers that session: so the room knows who presented to whom."""
    now = running(act.connection, {view.perimeter, EVERYTHING}, act.at)
    return {"room_session": now.number if now else None}


TEAMS = Repository(TEAM_STEPS, "team", "list", _views, _session_now)
one_team = TEAMS.get
take = TEAMS.take
take_form = TEAMS.take_form
