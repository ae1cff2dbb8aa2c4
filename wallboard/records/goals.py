"""The four goals of a room in one session: which items of its agenda served each of them, and for how long."""

from dataclasses import dataclass

from sqlalchemy import Connection

from wallboard.agendas import GOALS, Goal, item_of
from wallboard.records.agenda import ItemView, items
from wallboard.records.sessions import SessionView
from wallboard.settings import Settings


@dataclass(frozen=True, slots=True)
class ServedGoal:
    """One goal, and the items that were worked through for it; `minutes` that these took, an item of two goals for both.

    named: every item of the agenda that names the goal, finished or not.
    """

    goal: Goal
    name: str
    items: tuple[str, ...]
    minutes: int
    named: tuple[str, ...]


def served(connection: Connection, settings: Settings, session: SessionView) -> tuple[ServedGoal, ...]:
    """One for each goal, in their order; an item serves those that its template names, once it has been finished.

    What was carried over serves the goals of the item that it was.
    """
    listed = items(connection, session.number)
    return tuple(_served(goal, [item for item in listed if goal in goals_of(item, settings)]) for goal in GOALS)


def _served(goal: Goal, named: list[ItemView]) -> ServedGoal:
    done = [item for item in named if item.life.status == "finished"]
    minutes = sum(item.life.minutes or 0 for item in done)
    return ServedGoal(goal, GOALS[goal], tuple(item.title for item in done), minutes, tuple(item.title for item in named))


def goals_of(item: ItemView, settings: Settings) -> tuple[Goal, ...]:
    """The goals that an item serves, by its template; none where somebody added it."""
    made_from = item_of(settings.agenda, item.template, item.title)
    return made_from.goals if made_from else ()
