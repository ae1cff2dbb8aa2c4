"""The script of the year: what is planned, and then its sessions one after the other, with who is there and what happens."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tests.browser.year.cycle import Asked, Rewarded, Shown, Step1, Step2, Step3, Step4
from tests.browser.year.happenings import (
    Added,
    Assessed,
    Cancelled,
    Customer,
    Decided,
    Delegate,
    Fulfilled,
    Note,
    OnTheWall,
    Planned,
    Postponed,
    Promised,
    Proposed,
    Rated,
    Reviewed,
    Selected,
    Uncommitted,
)
from tests.browser.year.room import MISSION, Year


class Happening(Protocol):
    """Something that somebody does at the console while a session is on the page, or the list of them."""

    def play(self, year: Year, session: int) -> None:
        """Do it."""


@dataclass(frozen=True)
class Session:
    """One session of the year: `day` is when it was planned, `held` when it took place, where that is another day."""

    kind: str
    day: date
    here: tuple[str, ...] = ("Lena",)
    does: tuple[Happening, ...] = ()
    before: tuple[Happening, ...] = ()
    after: tuple[Happening, ...] = ()
    note: str = ""
    held: date | None = None
    is_held: bool = True
    clicks: bool = False
    """Whether beginning, presence and the end are clicked, as in the first session of each kind."""


MONTH, QUARTER, ANNUAL, COUNCIL = "monthly", "quarterly", "annual", "council"
LATE, BROKEN, BILL = "Boxes that come on the day", "Lids that hold", "Bills that are right"
EVERY_MONTH, EXPECTED = "every month, on this weekday", ("Lena, leader", "Sam, leader")

PLANS = (
    Planned(MONTH, "The month in the room", "2026-01-13", EVERY_MONTH, 12, "Planned: 12 sessions.", EXPECTED),
    Planned(QUARTER, "The quarter in the room", "2026-03-19", "every quarter, on this weekday", 4, "Planned: 4 sessions."),
    Planned(COUNCIL, "The spring council", "2026-05-26"),
    Planned(COUNCIL, "The autumn council", "2026-10-27"),
    Planned(ANNUAL, "The year, too late", "2026-11-24", says="Planned, but after the annual planning has begun (5 October 2026)"),
    Planned(ANNUAL, "The year before we plan", "2026-09-22"),
    Proposed(LATE, "I get my order"),
    Proposed(BROKEN, "I get my order"),
    Proposed(BILL, "I choose"),
)
"""What Fay plans on the first Monday of the year: the first annual session comes too late, and the room says so."""

BOTH = {"Lena": "yes", "Sam": "yes"}


def _selection(title: str, means: str, own: str = "") -> Decided:
    return Decided(f"{title} comes first.", means, BOTH, kind="selection of an initiative", opportunity=title, own=own)


SESSIONS = (
    Session(
        MONTH,
        date(2026, 1, 13),
        clicks=True,
        here=("Lena", "Sam"),
        does=(
            OnTheWall("issues", "opening", (MISSION, "My order is late again.")),
            _selection(LATE, "The packers begin at six.", own="Lena"),
            _selection(BROKEN, "Lids cost a penny more."),
            _selection(BILL, "The shop checks each bill."),
            Selected(1, LATE, "Lena", "My order is late", "The punctual", "A day at the sea", 14, "It is simple."),
            Selected(2, BROKEN, "Sam", "It came broken", "The lids", "A dinner", 60, "Suppliers are slow."),
            Selected(3, BILL, "Sam", "My bill is wrong", "The billers", "A day off", 30),
            Promised("Lena", "Walk the packing line.", "2026-02-13"),
            Uncommitted("Sam", "I sponsor two of them."),
        ),
        after=(
            Rated("Lena", 8),
            OnTheWall("touchpoints", "roster", ("Three on the roster", "promised: A day at the sea", "by 27 Jan")),
        ),
        note="Three things come first.",
    ),
    Session(
        MONTH,
        date(2026, 2, 10),
        before=(Step1(1, "receive"),),
        does=(
            Fulfilled("Walk the packing line.", "I walked it twice.", "With the packers, at six."),
            Step2(1, "The van leaves at noon."),
            Step1(3, "choose"),
            Note("What customers tell us is wrong", "Late boxes come first.", "information"),
            Promised("Lena", "Move the van.", "2026-03-01"),
        ),
    ),
    Session(
        MONTH,
        date(2026, 3, 10),
        does=(
            Step3(1, "Send the van at eight.", "2,500"),
            Step4(1, "The van leaves at eight."),
            Step2(3, "Two price lists."),
            Step1(2, "receive"),
            Uncommitted("Lena", "The van is enough."),
        ),
    ),
    Session(
        QUARTER,
        date(2026, 3, 19),
        clicks=True,
        here=("Lena", "Sam"),
        before=(Assessed(1, "The first sessions are over."),),
        does=(
            Decided(
                "We pay for the van.",
                "It comes out of the shop’s budget.",
                {"Lena": "yes", "Sam": "abstain"},
                review="2026-06-18",
                rests_on="Is it growing or shrinking?",
            ),
            Promised("Lena", "Report on the van in June.", "2026-06-18"),
            Uncommitted("Sam", "I pay."),
        ),
    ),
    Session(
        MONTH,
        date(2026, 4, 14),
        does=(
            Delegate("Sam", "Mr. Brown"),
            Fulfilled("Move the van.", "It leaves at eight.", "The driver agreed."),
            Step3(3, "One price list.", "0"),
            Uncommitted("Lena", "Nothing new."),
        ),
    ),
    Session(
        MONTH,
        date(2026, 5, 12),
        here=("Lena", "Ada"),
        does=(
            Asked(1, "Complaints are falling"),
            Rewarded(1, "A day at the sea, for boxes that come.", "2026-07-31"),
            Step4(3, "There is one price list."),
            Step2(2, "The glue is old."),
            Uncommitted("Lena", "I celebrate."),
            Uncommitted("Ada", "I thank them."),
        ),
        after=(
            OnTheWall(
                "touchpoints",
                "celebration",
                ("a customer, when we began", "Thank you, The punctual", "12.0 complaints a week before, 6.1 in the last"),
            ),
        ),
        note="The punctual are rewarded.",
    ),
    Session(
        COUNCIL,
        date(2026, 5, 26),
        clicks=True,
        does=(
            Note("Actions from last meeting", "All but one are done."),
            Note("Results of the overall customer satisfaction measures", "Late boxes fall."),
            Added("What do other towns do?"),
            Promised("Lena", "Visit the other town.", "2026-06-30"),
        ),
    ),
    Session(MONTH, date(2026, 6, 9), does=(Uncommitted("Lena", "I prepare the quarter."),)),
    Session(
        QUARTER,
        date(2026, 6, 18),
        before=(Assessed(2, "Promises are reported."),),
        does=(
            Reviewed("We pay for the van.", "It was worth it.", "2026-12-17"),
            Uncommitted("Lena", "It goes on."),
        ),
    ),
    Session(
        MONTH,
        date(2026, 7, 14),
        does=(
            Asked(3, "Too little data to say: that is not a no."),
            Shown(2, "report missed, due 12 July"),
            Step3(2, "New glue.", "900"),
            Uncommitted("Lena", "I look for glue."),
        ),
    ),
    Session(
        MONTH,
        date(2026, 8, 11),
        before=(Postponed("2026-08-18", "Half of us are away."),),
        held=date(2026, 8, 18),
        does=(Uncommitted("Lena", "It is August."),),
    ),
    Session(MONTH, date(2026, 9, 8), does=(Step4(2, "The new glue is here."), Uncommitted("Lena", "The glue."))),
    Session(QUARTER, date(2026, 9, 17), does=(Uncommitted("Lena", "The year comes next."),)),
    Session(
        ANNUAL,
        date(2026, 9, 22),
        clicks=True,
        here=("Lena", "Ada"),
        before=(Assessed(3, "A team is rewarded, by the rule."), Customer("Mrs. Lee")),
        does=(
            Customer("Mrs. Lee", here=True),
            Promised("Ada", "Plan with the roster.", "2026-10-05"),
            Uncommitted("Lena", "Ada does."),
        ),
        note="The plan begins with the roster.",
    ),
    Session(MONTH, date(2026, 10, 13), does=(Uncommitted("Lena", "We plan."),)),
    Session(
        COUNCIL,
        date(2026, 10, 27),
        does=(
            Note("What do other towns do?", "They call before they come.", "work"),
            Promised("Lena", "Call before we come.", "2026-12-01"),
        ),
    ),
    Session(MONTH, date(2026, 11, 10), does=(Asked(2, "Complaints are rising"), Uncommitted("Lena", "The glue is wrong."))),
    Session(ANNUAL, date(2026, 11, 24), before=(Cancelled("We held it in September, before we planned."),), is_held=False),
    Session(
        MONTH,
        date(2026, 12, 8),
        does=(Fulfilled("Call before we come.", "We call.", "An hour before."), Uncommitted("Lena", "It is done.")),
    ),
    Session(QUARTER, date(2026, 12, 17), does=(Uncommitted("Lena", "Until next year."),)),
)
"""The sessions of the year in the order of their days."""
