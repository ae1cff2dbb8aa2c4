"""What speaks for an opportunity: its impact and effort as people rate them, and how many customers voted for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from wallboard.errors import RuleRefused
from wallboard.records.acting import Acting, checked, needed
from wallboard.records.opportunities import Opportunity, one_opportunity
from wallboard.store.schema import opportunity_rating

MOST = 1_000_000
"""Votes of customers that are written down at once."""


@dataclass(frozen=True)
class Rating:
    """What was put in for one opportunity: `impact` and `effort` (1 to 5) are the newest rating, None before the first; `votes`
    are those of customers, all that were written down.
    """

    impact: int | None = None
    effort: int | None = None
    votes: int = 0

    def priority(self, opportunity: Opportunity) -> tuple[int, int, int, float, int]:
        """What an opportunity is sorted by, smallest first: most votes of customers, most impact for its effort, most impact,
        most money at stake, the oldest. One that nobody has rated counts as one that does not pay.
        """
        gain = self.impact - self.effort if self.impact is not None and self.effort is not None else -5
        return (-self.votes, -gain, -(self.impact or 0), -float(opportunity.value_at_stake or 0.0), opportunity.id)


def rate(act: Acting, number: int, impact: int, effort: int, words: str | None = None) -> None:
    """Say what an opportunity would do for customers and what it takes, each from 1 to 5; the newest rating counts."""
    for about, mark in (("the impact", impact), ("the effort", effort)):
        if not 1 <= mark <= 5:
            raise RuleRefused(about, f"{mark} is not on the scale.", "Choose one from 1 to 5.")
    _write(act, number, "rated", impact=impact, effort=effort, words=checked("why", words))


def count_votes(act: Acting, number: int, votes: int, words: str | None) -> None:
    """Add the votes of customers, and where they were asked: nobody in the room votes in their place."""
    if not 1 <= votes <= MOST:
        raise RuleRefused("the votes", f"{votes:,} is not a number of customers.", f"Write down 1 to {MOST:,}.")
    _write(act, number, "votes counted", votes=votes, words=needed("where customers were asked", words))


def _write(act: Acting, number: int, did: str, **says: object) -> None:
    perimeter = one_opportunity(act.connection, number).perimeter
    act.connection.execute(
        insert(opportunity_rating).values(opportunity=number, at=act.at, day=act.day(perimeter), actor=act.actor, **says)
    )
    act.audited("opportunity_rating", number, did, None, says)


def ratings(connection: Connection, numbers: Iterable[int]) -> Mapping[int, Rating]:
    """By opportunity: what was put in for it; one without any is left out."""
    r = opportunity_rating.c
    chosen = select(r.opportunity, r.impact, r.effort, r.votes).where(r.opportunity.in_([*numbers])).order_by(r.id)
    known: dict[int, Rating] = {}
    for row in connection.execute(chosen):
        before = known.get(row.opportunity, Rating())
        if row.votes is not None:
            known[row.opportunity] = Rating(before.impact, before.effort, before.votes + row.votes)
        else:
            known[row.opportunity] = Rating(row.impact, row.effort, before.votes)
    return known


def by_priority(connection: Connection, chosen: Iterable[Opportunity]) -> list[tuple[Opportunity, Rating]]:
    """Opportunities with what speaks for each, the first that should go on the roster at the top; the same order every time."""
    listed = [*chosen]
    known = ratings(connection, [opportunity.id for opportunity in listed])
    rated = [(opportunity, known.get(opportunity.id, Rating())) for opportunity in listed]
    return sorted(rated, key=lambda pair: pair[1].priority(pair[0]))
