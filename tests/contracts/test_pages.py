"""What holds for every script of a page: one place asks the server, with a time limit; one place leaves a page."""

import re

from tests.conftest import REPOSITORY

SCRIPTS = sorted((REPOSITORY / "assets" / "js").glob("*.js"))
ONE_PLACE = "request.js"


def test_every_question_of_a_page_has_a_time_limit() -> None:
    asking = [
        file.name for file in SCRIPTS if re.search(r"\bfetch\(|XMLHttpRequest|EventSource|sendBeacon", file.read_text("utf-8"))
    ]
    assert asking == [ONE_PLACE]
    text = (REPOSITORY / "assets" / "js" / ONE_PLACE).read_text("utf-8")
    assert text.count("fetch(") == 1 and "AbortSignal.timeout" in text


def test_a_page_that_nobody_touches_is_left_only_for_one_that_answers() -> None:
    leaving = {
        file.name
        for file in SCRIPTS
        if re.search(r"location\.(assign|reload|replace)\(|location\.href = ", file.read_text("utf-8"))
    }
    by_a_person = {"forms.js", "outbox.js", "trying.js"}
    assert leaving == {ONE_PLACE} | by_a_person
