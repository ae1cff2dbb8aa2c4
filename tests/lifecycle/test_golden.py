"""How one issue keeps the golden rules: one answer, whoever asks."""

from datetime import date, timedelta

import pytest

from tests.lifecycle.given import FIRST, lived
from wallboard.lifecycle.golden import KEPT, LATE, NOT_YET, GoldenRule, compliance
from wallboard.settings import LADDER

RULES = [GoldenRule(number, 1, f"Rule {number}", date(2020, 1, 1)) for number in (1, 2, 3, 4, 5)]
WEEK = FIRST + timedelta(days=7)
ALLEVIATED = "admitted owned alleviation"
ANSWERED = f"{ALLEVIATED} decided answered"
BY = {"alleviation": {"due_on": WEEK}}


@pytest.mark.parametrize(
    ("text", "day", "states"),
    [
        ("admitted", 14, [KEPT, NOT_YET, NOT_YET, NOT_YET, NOT_YET]),
        ("admitted", 15, [KEPT, LATE, LATE, NOT_YET, NOT_YET]),
        (ALLEVIATED, 7, [KEPT, KEPT, NOT_YET, NOT_YET, NOT_YET]),
        (ALLEVIATED, 8, [KEPT, LATE, NOT_YET, NOT_YET, NOT_YET]),
        (f"{ALLEVIATED} alleviated", 8, [KEPT, KEPT, NOT_YET, NOT_YET, NOT_YET]),
        (f"{ALLEVIATED} alleviated decided", 20, [KEPT, KEPT, KEPT, NOT_YET, NOT_YET]),
        (f"{ALLEVIATED} alleviated decided reversed", 20, [KEPT, KEPT, LATE, NOT_YET, NOT_YET]),
        (f"{ANSWERED} presented", 7, [KEPT, KEPT, KEPT, KEPT, NOT_YET]),
        (f"{ANSWERED} presented refused", 7, [KEPT, KEPT, KEPT, NOT_YET, NOT_YET]),
        (f"{ANSWERED} presented@1", 15, [KEPT, LATE, KEPT, KEPT, NOT_YET]),
        (f"{ANSWERED} presented@1", 16, [KEPT, LATE, KEPT, KEPT, LATE]),
        (f"{ANSWERED} presented accepted closed", 60, [KEPT, KEPT, KEPT, KEPT, KEPT]),
        (f"{ANSWERED} presented accepted closed reopened", 7, [KEPT, KEPT, KEPT, NOT_YET, NOT_YET]),
    ],
)
def test_a_rule_is_kept_or_late_or_neither_yet(text: str, day: int, states: list[str]) -> None:
    judged = compliance(RULES, lived(text, **BY), LADDER, FIRST + timedelta(days=day))
    assert [compliance_row.state for compliance_row in judged] == states


def test_what_is_late_says_why_and_since_when() -> None:
    judged = {
        result.rule.number: result for result in compliance(RULES, lived(ALLEVIATED, **BY), LADDER, FIRST + timedelta(days=20))
    }
    assert (judged[2].evidence, judged[2].since) == ("not alleviated by its day", WEEK)
    assert (judged[3].evidence, judged[3].since) == ("escalation is due", FIRST + timedelta(days=15))
    lingo = [*compliance(RULES, lived(ANSWERED, answered={"jargon": 2}), LADDER, FIRST)][3]
    assert (lingo.state, lingo.evidence, lingo.step and lingo.step.kind) == (LATE, "our own lingo in the answer", "answered")
