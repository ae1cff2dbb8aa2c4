"""What can happen in the year: each kind of thing once, as somebody does it at the console."""

from dataclasses import dataclass

from tests.browser.year.hand import FIRST
from tests.browser.year.room import Year

Day = str
"""A day as a form takes it: 2026-01-13."""


@dataclass(frozen=True)
class Planned:
    """A session, or a series, that Fay plans; `says` is what the room says to it."""

    kind: str
    title: str
    first: Day
    every: str = "once"
    times: int = 1
    says: str = "Planned."
    expects: tuple[str, ...] = ()

    def play(self, year: Year, session: int) -> None:
        year.hand.open("/room/sessions")
        often = {} if self.every == "once" else {"How often?": self.every, "How many times?": str(self.times)}
        what = {"What is it for?": self.kind, "What is it called?": self.title, "On which day": self.first}
        expected = dict.fromkeys(self.expects, "expected")
        year.hand.press("Plan it", self.says, {**what, **often, **expected})


@dataclass(frozen=True)
class Postponed:
    """A session is moved before it begins."""

    to: Day
    why: str

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        says = {"To which day?": self.to, "Why is it postponed?": self.why}
        year.hand.press("Postpone it", "Postponed.", says)


@dataclass(frozen=True)
class Cancelled:
    """A session does not take place."""

    why: str

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        year.hand.press("Cancel the session", "Cancelled. It stays visible", {"Why does it not take place?": self.why})


@dataclass(frozen=True)
class Assessed:
    """How mature the room is; customers are invited from level 3."""

    level: int
    evidence: str

    def play(self, year: Year, session: int) -> None:
        year.hand.open("/room/sessions")
        says = {"Which level?": str(self.level), "On what evidence?": self.evidence}
        year.hand.press("Write it down", "Written down, with its evidence.", says, at="Assess it")


@dataclass(frozen=True)
class Customer:
    """A customer is invited, or is here."""

    name: str
    here: bool = False

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        button, done = ("This customer is here", "A customer is here.") if self.here else ("Invite this customer", "is invited.")
        year.hand.press(button, done, {"Which customer?": self.name})


@dataclass(frozen=True)
class Delegate:
    """Somebody comes for one who is expected, and does not count."""

    of: str
    name: str

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        says = {"For whom?": self.of, "Who is the delegate?": self.name}
        year.hand.press("A delegate is here", "who does not count as present.", says)


@dataclass(frozen=True)
class Note:
    """An item of the agenda is begun, noted on, and finished."""

    item: str
    words: str
    came_to: str = ""

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        year.hand.press("Begin this item", "its clock runs.", at=self.item)
        year.hand.press("Write it down", "Written into the minutes.", {"What was said?": self.words}, at=self.item)
        year.hand.press("Finish this item", "Finished.", {"What did it come to?": self.came_to}, at=self.item)


@dataclass(frozen=True)
class Added:
    """An item that somebody puts on the agenda."""

    item: str

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        year.hand.press("Add it", "It stands on the agenda.", {"What is it about?": self.item})


@dataclass(frozen=True)
class Decided:
    """A decision with the vote of each leader: by the own sign-in where `own` says so, else said aloud."""

    words: str
    means: str
    votes: dict[str, str]
    kind: str = "other"
    opportunity: str = ""
    review: Day = "2026-12-31"
    rests_on: str = ""
    own: str = ""

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        hand, says = year.hand, {"What do we decide?": self.words, "What does it mean for others?": self.means}
        chosen = {"Which opportunity does it select": self.opportunity} if self.opportunity else {}
        when = {"What kind of decision": self.kind, "When is it reviewed?": self.review}
        hand.press("Propose it", "each leader who is present votes.", {**says, **chosen, **when})
        if self.rests_on:
            hand.press("It rests on this number", "stands beside the decision", {"Which number?": self.rests_on}, at=self.words)
        if self.own:
            with year.signed_in(self.own.lower(), f"/room/session/{session}"):
                hand.press(self.votes[self.own], "Your vote is counted.", at=self.words)
        for leader, vote in self.votes.items():
            if leader != self.own:
                aloud = {"Whose vote is it?": leader, "What?": vote}
                hand.press("Write it down", "vote is counted.", aloud, at=self.words)
        hand.press("It is decided", "Decided, with every vote.", at=self.words)


@dataclass(frozen=True)
class Reviewed:
    """An earlier decision is looked at again."""

    decision: str
    words: str
    again: Day

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        says = {"How did it turn out?": self.words, "When is it reviewed again?": self.again}
        year.hand.press("It still holds", "it comes back on the day you named.", says, at=self.decision)


@dataclass(frozen=True)
class Promised:
    """What somebody who is present will do by a day."""

    who: str
    what: str
    by: Day

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        says = {"Who promises it?": self.who, "What?": self.what, "By when?": self.by}
        year.hand.press("Promise it", "it comes back in every session until it is done.", says)


@dataclass(frozen=True)
class Fulfilled:
    """What was promised is done."""

    what: str
    did: str
    how: str

    def play(self, year: Year, session: int) -> None:
        year.hand.at(f"/room/session/{session}")
        says = {"What was done?": self.did, "How was it done?": self.how}
        year.hand.press("It is done", "the ledger shows what and how.", says, at=self.what)


@dataclass(frozen=True)
class Uncommitted:
    """Who leaves without a promise, and why."""

    who: str
    why: str

    def play(self, year: Year, session: int) -> None:
        if not year.hand.clicks:
            year.hand.post("uncommitted", session, user_id=year.living.people[self.who.lower()], words=self.why)
            return
        year.hand.at(f"/room/session/{session}")
        says = {"Who leaves without a commitment?": self.who, "Why?": self.why}
        year.hand.press("Leave without a commitment", "Recorded: no commitment, and why.", says)


@dataclass(frozen=True)
class Rated:
    """What an ended session was worth to one who was there."""

    who: str
    rating: int

    def play(self, year: Year, session: int) -> None:
        with year.signed_in(self.who.lower(), f"/room/session/{session}"):
            year.hand.press("Rate the session", "Thank you for the rating.", {"How useful was this session?": str(self.rating)})


@dataclass(frozen=True)
class Proposed:
    """An opportunity that comes up for the vote."""

    title: str
    stage: str

    def play(self, year: Year, session: int) -> None:
        year.hand.open("/room/opportunities")
        says = {
            "What is it?": self.title,
            "Improve or innovate?": FIRST,
            "Stage": self.stage,
            "What speaks for it?": "Complaints.",
        }
        year.hand.press("Write it down", "Written down, ready for a vote.", says)


@dataclass(frozen=True)
class Selected:
    """What leaders have voted for comes to the roster, with its target; a team is tasked with it."""

    opportunity: int
    title: str
    sponsor: str
    complaints: str
    team: str
    reward: str
    days: int
    because: str = ""

    def play(self, year: Year, session: int) -> None:
        hand = year.hand
        hand.open(f"/room/opportunity/{self.opportunity}")
        aim = {"Who sponsors it?": self.sponsor, "Which complaints should fall?": self.complaints, "By what percentage?": "30"}
        hand.press("Put it on the roster", "On the roster", aim)
        hand.open("/room/teams")
        cycle = {"How many days": str(self.days), "Why not a month?": self.because}
        promised = {"What is the team called?": self.team, "What reward is it promised?": self.reward}
        hand.press("Task a team", "Tasked.", {**promised, **cycle}, at=self.title)
        how = {"Who joins the team?": "Tom", "How?": "tasked by a leader", "What percentage": "30"}
        hand.press("Add to the team", "Added to the team.", how)


@dataclass(frozen=True)
class OnTheWall:
    """What a reader finds on a wall by now."""

    wall: str
    scene: str
    words: tuple[str, ...]

    def play(self, year: Year, session: int) -> None:
        stands = year.on_the_wall(self.wall, self.scene)
        missing = [words for words in self.words if words not in stands]
        assert not missing, (missing, stands)
