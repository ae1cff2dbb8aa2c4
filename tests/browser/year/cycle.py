"""What a team does in the year: its five steps, as Tom reports them and Lena grants, asks for and confirms them."""

from dataclasses import dataclass

from tests.browser.year.hand import FIRST
from tests.browser.year.room import Year

TOM = {"Which team member": "Tom"}


@dataclass(frozen=True)
class Step1:
    """The current experience: a stage, a customer's voice and an artefact."""

    team: int
    stage: str

    def play(self, year: Year, session: int) -> None:
        year.hand.open(f"/room/opportunity/{self.team}?stage={self.stage}")
        says = {
            "What does the customer experience here today?": "They wait.",
            "A customer’s voice": FIRST,
            "What they see": FIRST,
        }
        year.hand.press("Report month one", "Reported", says)
        year.hand.open(f"/room/team/{self.team}")
        year.hand.press("Report step 1", "Step 1 is reported.", TOM)


@dataclass(frozen=True)
class Step2:
    """Root causes and measures; the baseline is frozen."""

    team: int
    causes: str

    def play(self, year: Year, session: int) -> None:
        year.hand.open(f"/room/team/{self.team}")
        says = {"What are the root causes?": self.causes, "What is measured today?": "Complaints a week."}
        year.hand.press("Report step 2 and freeze the baseline", "The baseline is frozen.", {**says, **TOM})


@dataclass(frozen=True)
class Step3:
    """A recommendation with its budget, which leaders grant."""

    team: int
    recommends: str
    budget: str

    def play(self, year: Year, session: int) -> None:
        year.hand.open(f"/room/team/{self.team}")
        says = {"What do you recommend?": self.recommends, "What does it cost?": self.budget, "What will change": "Fewer waits."}
        year.hand.press("Recommend it", "leaders will decide.", {**says, **TOM})
        year.hand.press("Grant it", "the team may begin.", {"What is decided?": "Yes, from today."})


@dataclass(frozen=True)
class Step4:
    """The action has begun."""

    team: int
    begun: str

    def play(self, year: Year, session: int) -> None:
        year.hand.open(f"/room/team/{self.team}")
        year.hand.press("This action has begun", "Begun.", {"What has begun?": self.begun, **TOM})


@dataclass(frozen=True)
class Asked:
    """The rule is asked; `says` is its verdict."""

    team: int
    says: str

    def play(self, year: Year, session: int) -> None:
        year.hand.open(f"/room/team/{self.team}")
        year.hand.press("Ask the rule now", "Checked")
        assert self.says in year.hand.text(), year.hand.text()


@dataclass(frozen=True)
class Rewarded:
    """A leader confirms what the rule allows."""

    team: int
    words: str
    until: str

    def play(self, year: Year, session: int) -> None:
        with year.signed_in("lena", f"/room/team/{self.team}"):
            says = {"as they were?": "Yes", "What does the team get": self.words, "Until when": self.until}
            year.hand.press("Confirm the reward", "Rewarded. The wall celebrates the team.", says)


@dataclass(frozen=True)
class Shown:
    """What the page of a team says by now."""

    team: int
    words: str

    def play(self, year: Year, session: int) -> None:
        year.hand.open(f"/room/team/{self.team}")
        assert self.words in year.hand.text(), year.hand.text()
