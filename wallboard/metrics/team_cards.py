"""Teams on the wall: where each is in its cycle, when it reports next, what it is promised, and who is celebrated."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, select

from wallboard.catalogue import catalogue
from wallboard.lifecycle.team_cycles import CycleLife, CycleStep, next_of
from wallboard.lifecycle.team_reports import REPORTS
from wallboard.metrics.quotations import CustomersWords, Quotation, Reference
from wallboard.metrics.room_lives import user_names
from wallboard.metrics.scope import Scope
from wallboard.store.lives import taken_steps
from wallboard.store.schema import (
    TEAM_STEPS,
    current_experience,
    opportunity,
    recognition,
    roster_item,
    team_cycle,
    team_cycle_step,
)
from wallboard.store.zones import EVERYTHING

READS = (
    *("team_cycle", "team_cycle_step", "roster_item", "opportunity", "user_account", "function"),
    *("current_experience", "recognition"),
)
"""The tables behind it."""

TEAM, PERSON, FIGURE = "team", "individual", "figure"
"""Who may be recognised."""


@dataclass(frozen=True, slots=True)
class TeamCard:
    """One team that runs: `step` (1 to 5) is the next to be reported, of the name `step_name`, planned for `due_on`.

    missed: reports whose day has passed without them. verdict: what the rule said when it was asked last; None before that.
    rewarded_on: None for a team that runs; one that was rewarded stays as long as it is celebrated.
    """

    team: int
    name: str
    title: str
    reward: str
    members: int
    step: int
    step_name: str
    due_on: date
    missed: int
    verdict: str | None
    checked_on: date | None
    rewarded_on: date | None


@dataclass(frozen=True, slots=True)
class Celebration:
    """One recognition that is shown today: of a team with its promised reward, an individual, or a figure on a signal.

    words: what for. quotation: the customer's own words on which a team's work began; None for others. recent and base:
    complaints of the last eight weeks and of the frozen baseline, with its weeks, where a team was rewarded.
    """

    kind: str
    name: str
    words: str
    quotation: CustomersWords | None
    members: str
    day: date
    shown_until: date
    recent: int | None
    base: int | None
    base_weeks: int | None


def team_cards(connection: Connection, scope: Scope) -> tuple[TeamCard, ...]:
    """The teams that are celebrated, then those that run, whoever reports next at the top.

    Grain: one row per team.
    """
    cards = []
    chosen = team_cycle.c.id.not_in(_ended(scope)) | team_cycle.c.id.in_(_celebrated(scope))
    for row, life in _cycles(connection, scope, chosen):
        plan = life.plan(row.day, row.step_days)
        upcoming = next_of(plan) or plan[-1]
        missed = sum(step.reported is None and step.day < scope.today for step in plan[:-1])
        checked = life.newest("checked")
        cards.append(
            TeamCard(
                team=row.id,
                name=row.name,
                title=row.title,
                reward=row.reward,
                members=len(life.members),
                step=upcoming.number,
                step_name=upcoming.name,
                due_on=upcoming.day,
                missed=missed,
                verdict=checked.verdict if checked else None,
                checked_on=checked.day if checked else None,
                rewarded_on=life.over.day if life.over else None,
            )
        )
    return tuple(sorted(cards, key=lambda card: (card.rewarded_on is None, card.due_on, card.team)))


def celebrations(connection: Connection, scope: Scope) -> tuple[Celebration, ...]:
    """Who is celebrated today, up to the last day that was said, the newest first.

    Grain: one row per recognition.
    """
    names = user_names(connection)
    shown = [*_teams(connection, scope, names), *_recognised(connection, scope, names)]
    return tuple(sorted(shown, key=lambda row: (row.day, row.kind == TEAM, row.name), reverse=True))


def _teams(connection: Connection, scope: Scope, names: dict[int, tuple[str, str | None]]) -> list[Celebration]:
    made = []
    for row, life in _cycles(connection, scope, team_cycle.c.id.in_(_celebrated(scope))):
        over, base = life.over, life.baseline
        if over is None or over.due_on is None:
            continue
        checked = next((step for step in life.of("checked") if step.seq == over.refers), None)
        made.append(
            Celebration(
                kind=TEAM,
                name=row.name,
                words=over.words or row.reward,
                quotation=_quotation(connection, life),
                members=", ".join(names[user][0] for user in life.members),
                day=over.day,
                shown_until=over.due_on,
                recent=checked.recent_count if checked else None,
                base=base.base_count if base else None,
                base_weeks=base.base_weeks if base else None,
            )
        )
    return made


def _quotation(connection: Connection, life: CycleLife) -> str | None:
    """The customer's own words in the team's first report."""
    first = life.newest(next(iter(REPORTS)))
    e = current_experience.c
    chosen = select(e.quotation, e.voice_source, e.voice_key).where(e.id == first.experience) if first else None
    row = connection.execute(chosen).one_or_none() if chosen is not None else None
    if row is None:
        return None
    return Quotation(row.quotation, Reference("voice", "words", (("source", row.voice_source), ("source_key", row.voice_key))))


def _recognised(connection: Connection, scope: Scope, names: dict[int, tuple[str, str | None]]) -> list[Celebration]:
    r = recognition.c
    named = catalogue()
    chosen = select(r.user_id, r.metric, r.signal, r.words, r.day, r.shown_until)
    here = chosen.where(r.at <= scope.as_of, r.shown_until >= scope.today).order_by(r.id)
    return [
        Celebration(
            kind=PERSON if row.user_id else FIGURE,
            name=names[row.user_id][0] if row.user_id else named[row.metric].name if row.metric in named else row.metric or "",
            words=row.words,
            quotation=None,
            members=row.signal or "",
            day=row.day,
            shown_until=row.shown_until,
            recent=None,
            base=None,
            base_weeks=None,
        )
        for row in connection.execute(here)
    ]


@dataclass(frozen=True)
class _Cycle:
    """One team's cycle, as far as the wall names it."""

    id: int
    name: str
    title: str
    reward: str
    day: date
    step_days: int


def _ended(scope: Scope) -> Select[tuple[int]]:
    """The cycles that had ended by the as-of instant."""
    s = team_cycle_step.c
    return select(s.team_cycle).where(s.kind.in_(("rewarded", "disbanded")), s.at <= scope.as_of)


def _celebrated(scope: Scope) -> Select[tuple[int]]:
    """The cycles whose reward is shown today."""
    s = team_cycle_step.c
    return _ended(scope).where(s.kind == "rewarded", s.due_on >= scope.today)


def _cycles(connection: Connection, scope: Scope, chosen: ColumnElement[bool]) -> list[tuple[_Cycle, CycleLife]]:
    """The chosen cycles that had begun by the as-of instant in the perimeters of the scope, with their lives by then."""
    t = team_cycle.c
    columns = (t.id, t.name, opportunity.c.title, t.reward, t.day, t.step_days)
    joined = select(*columns).join(roster_item, roster_item.c.id == t.roster_item)
    about = joined.join(opportunity, opportunity.c.id == roster_item.c.opportunity)
    here = t.perimeter.in_({*scope.perimeters, *scope.places, EVERYTHING})
    rows = [_Cycle(*row) for row in connection.execute(about.where(t.at <= scope.as_of, here, chosen).order_by(t.at, t.id))]
    steps = taken_steps(connection, TEAM_STEPS, CycleStep, [row.id for row in rows], as_of=scope.as_of)
    return [(row, CycleLife(steps[row.id])) for row in rows if row.id in steps]
