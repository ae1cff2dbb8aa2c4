"""What every page of the console is drawn from: who looks, at which store, and the names that people say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from wallboard.drawing.theme import Theme
from wallboard.metrics.memo import Memo
from wallboard.records.choices import Choices
from wallboard.records.minutes import NumbersOf, no_numbers
from wallboard.records.users import User
from wallboard.settings import Settings


def not_at_all(_session: int) -> None:
    """Freezes nothing: where nobody has said how."""


@dataclass(frozen=True)
class PageContext:
    """One person before one page; `may` are the roles that may take each kind of step."""

    connection: Connection
    settings: Settings
    theme: Theme
    me: User
    names: Choices
    may: Mapping[str, tuple[str, ...]]
    query: Mapping[str, str]
    views: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    """The scenes of the journey and of a stage, by name and question."""
    silent: Callable[[], Mapping[str, float]] = dict
    """Seconds since each screen of the room was heard."""
    freeze: Callable[[int], str | None] = not_at_all
    """Freezes the numbers of a session that runs, where nobody has done so yet, and says why the last try has failed."""
    numbers_of: NumbersOf = no_numbers
    """The frozen numbers on which a decision rests."""
    measured: Memo = field(default_factory=Memo)
    """What pictures have measured of the newest states of the store."""

    def allowed(self, kind: str) -> bool:
        """Whether this person may take a step."""
        return self.me.role in self.may.get(kind, ())

    def today(self, perimeter: str) -> date:
        """Today, where the perimeter is."""
        return self.theme.now.astimezone(self.settings.zone(perimeter)).date()

    def day(self, day: date) -> str:
        """A day, with its year where that is another one."""
        return self.theme.day(day)

    def instant(self, at: datetime) -> str:
        """The day of an instant."""
        return self.day(at.astimezone(self.theme.zone).date())

    def age(self, since: date, perimeter: str) -> str:
        """How old an open issue is, as on the walls: its first day counts."""
        return self.theme.age((self.today(perimeter) - since).days + 1)

    def money(self, amount: float) -> str:
        """An amount of the room's money."""
        return self.theme.money(amount)

    def count(self, number: int, singular: str, many: str) -> str:
        """A number with its noun."""
        return self.theme.plural(number, singular, many)

    def place(self, perimeter: str) -> str:
        """How a part of the business is called."""
        known = self.settings.perimeter.get(perimeter)
        return known.name if known else self.settings.company

    def perimeters(self) -> dict[str, str]:
        """Every part of the business that issues belong to."""
        return {key: self.place(key) for key in self.settings.leaves(None)}
