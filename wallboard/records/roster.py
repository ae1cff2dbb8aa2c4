"""The roster of the few: which opportunities the whole company commits to, who sponsors each, and its one target measure."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from wallboard.errors import NotFound, nearest
from wallboard.lifecycle.roster import RosterLife, RosterStep
from wallboard.records.acting import Acting
from wallboard.records.decisions import selections
from wallboard.records.opportunities import one_opportunity
from wallboard.records.repository import Repository
from wallboard.store.lives import taken_steps
from wallboard.store.lookups import wordings
from wallboard.store.schema import ROSTER_STEPS, opportunity, roster_item


@dataclass(frozen=True, kw_only=True)
class Target:
    """The target measure of a roster item: complaints of an issue type, so many per cent less by a day."""

    issue_type: str
    less_by: int
    due_on: date


@dataclass(frozen=True)
class RosterView:
    """One roster item as the console reads it; `owner` is who sponsors it now, `day` since when it stands there."""

    number: int
    perimeter: str
    opportunity: int
    title: str
    kind: str
    stage: str | None
    touchpoint: str | None
    day: date
    first_sponsor: int
    issue_type: str
    less_by: int
    due_on: date
    decision: int | None
    life: RosterLife

    @property
    def owner(self) -> int:
        """Who sponsors it."""
        return self.life.sponsor or self.first_sponsor


def select_opportunity(act: Acting, number: int, sponsor: int, target: Target) -> int:
    """Put an opportunity on the roster; returns the number of the roster item.

    Leaders have voted for it before. Raises RuleRefused where they have not, and where the roster is full or has it already;
    NotFound for what there is none of.
    """
    about = one_opportunity(act.connection, number)
    known = wordings(act.connection)
    if not target.issue_type or target.issue_type not in known:
        raise NotFound("kind of issue", f"'{target.issue_type[:60]}' is not known.", nearest(target.issue_type, known))
    aims = {"issue_type": target.issue_type, "less_by": target.less_by, "due_on": target.due_on}
    decided = next((view.number for view in selections(act.connection, number) if view.life.status == "decided"), None)
    values = {"opportunity": number, "decision": decided, "user_id": sponsor, **aims}
    return ITEMS.add(act, about.perimeter, values)


def roster(connection: Connection) -> list[RosterView]:
    """What stands on the roster, the longest there first."""
    s = ROSTER_STEPS.table.c
    return _views(connection, roster_item.c.id.not_in(select(s.roster_item).where(s.kind == "removed")))


def left_roster(connection: Connection, since: date) -> list[RosterView]:
    """What left the roster from a day on, the newest first."""
    s = ROSTER_STEPS.table.c
    left = _views(connection, roster_item.c.id.in_(select(s.roster_item).where(s.kind == "removed", s.day >= since)))
    return sorted(left, key=lambda view: (view.life.steps[-1].at, view.number), reverse=True)


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[RosterView]:
    i, o = roster_item.c, opportunity.c
    renamed = (i.id.label("number"), i.user_id.label("first_sponsor"))
    about = (i.opportunity, o.title, o.kind, o.stage, o.touchpoint)
    query = select(*renamed, *about, i.perimeter, i.day, i.issue_type, i.less_by, i.due_on, i.decision)
    joined = query.join(opportunity, o.id == i.opportunity).where(chosen)
    rows = connection.execute(joined.order_by(i.at, i.id)).mappings().all()
    steps = taken_steps(connection, ROSTER_STEPS, RosterStep, [row["number"] for row in rows])
    return [RosterView(**row, life=RosterLife(steps.get(row["number"], ()))) for row in rows]


ITEMS = Repository(ROSTER_STEPS, "roster item", "roster", _views)
one_item = ITEMS.get
take_form = ITEMS.take_form
