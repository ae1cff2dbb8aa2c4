"""Pages of tasks as the server draws them, and what it takes from a browser: counts, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.screens.console.given import House, Visitor
from tests.screens.trying.given import REFUND, tasks
from wallboard.screens.trying.stopwatch import REMEMBERED, Stopwatch
from wallboard.store.schema import attempt, audit


@pytest.fixture
def asked(house: House) -> House:
    tasks(house)
    return house


def kept(house: House) -> list[tuple[str, float, int, int, int]]:
    names = ("outcome", "started_at", "ended_at", "errors", "filled", "fields")
    with house.living.engine.connect() as connection:
        rows = connection.execute(select(*(attempt.c[name] for name in names)).order_by(attempt.c.id)).all()
    return [(row[0], (row[2] - row[1]).total_seconds(), *row[3:]) for row in rows]


def tried(house: House, visitor: Visitor, key: str, minutes: float, **fields: Any) -> str:
    """From the start to the end, so many minutes later; where the browser is sent."""
    began = visitor.post(f"/try/{key}/start").get_json()["began"] or ""
    house.living.at += timedelta(minutes=minutes)
    sent: dict[str, Any] = {"outcome": "done", "errors": 0, "filled": 3, "took": 5, **fields}
    return str(visitor.post(f"/try/{key}/end", began=began, **sent).get_json()["to"])


@pytest.mark.req("R87")
def test_done_and_given_up_are_recorded_and_shown_beside_the_customers_median(asked: House) -> None:
    lena = asked.at_the_console("lena")
    to = tried(asked, lena, "form", 9.2, errors=6)
    assert to == "/try/form?attempt=1"
    words = lena.see("/try/form", "?attempt=1")
    assert "You took 9:12 with 6 errors" in words and "3 of 3 fields filled. Customers need 11 minutes (n = 212)." in words
    tried(asked, lena, "form", 2, outcome="gave up", errors=1, filled=1)
    words = lena.see("/try/form", "?attempt=2")
    assert "You gave up after 2:00 with 1 error" in words and "9:12 · 6 errors" in words and "11:00 · n = 212" in words
    assert "In this room: tried twice, given up once." in lena.see("/try/form")
    assert kept(asked) == [("done", 552.0, 6, 3, 3), ("gave up", 120.0, 1, 1, 3)]


def test_without_a_sign_in_one_may_try_and_is_told_that_it_is_not_recorded(asked: House) -> None:
    stranger = asked.stranger()
    assert "Nobody is signed in" in stranger.see("/try/form") and "Sign in first" in stranger.see("/try/form")
    assert "Your sign-in name" in stranger.see("/try/form", "?sign=in")
    to = tried(asked, stranger, "form", 9, took=552, errors=2)
    assert to.startswith("/try/form?outcome=done") and kept(asked) == []
    words = stranger.see("/try/form", to.partition("/try/form")[2])
    assert "You took 9:12 with 2 errors" in words and "not recorded" in words
    assert "your attempt will be recorded" in asked.at_the_console("sam").see("/try/form", "?sign=in")


def test_what_began_before_the_sign_in_is_not_recorded(asked: House) -> None:
    to = asked.at_the_console("lena").post("/try/form/end", began="", outcome="done", filled=3, took=60).get_json()["to"]
    assert "attempt=" not in to and kept(asked) == []


def test_only_counts_are_taken_and_the_servers_time_counts(asked: House) -> None:
    lena = asked.at_the_console("lena")
    tried(asked, lena, "form", 5, took=1, who="Lena Lang", f0="secret words", words="secret words")
    assert kept(asked) == [("done", 300.0, 0, 3, 3)]
    with asked.living.engine.connect() as connection:
        texts = [*connection.scalars(select(audit.c.became)), *connection.scalars(select(attempt.c.words))]
    assert "secret" not in str(texts)


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"filled": 0}, "The form: is empty: nothing was filled in."),
    ({"filled": 4}, "its counts cannot be"),
    ({"errors": -1}, "is not a count"),
    ({"errors": "many"}, "is not a count"),
    ({"errors": "9" * 400}, "is not a count"),
    ({"outcome": "won"}, "is none of done, gave up"),
    ({"began": "2020-01-01T00:00:00+00:00|ff"}, "did not see it begin"),
)


def test_what_cannot_be_is_refused_with_a_sentence(asked: House) -> None:
    lena = asked.at_the_console("lena")
    for fields, refusal in REFUSED:
        began = lena.post("/try/form/start").get_json()["began"]
        answer = lena.post("/try/form/end", **{"began": began, "outcome": "done", "errors": 0, "filled": 1, **fields})
        assert answer.status_code == 422 and refusal in answer.get_json()["refusal"], fields
        assert kept(asked) == [], fields


def test_nobody_sends_from_elsewhere(asked: House) -> None:
    lena = asked.at_the_console("lena")
    assert lena.post("/try/form/start", headers={}).status_code == 403
    assert lena.client.get("/try/form/start").status_code in (404, 405) or "began" not in lena.client.get("/try/form/start").text


def test_an_unknown_task_is_answered_with_the_nearest(asked: House) -> None:
    assert "Did you mean 'steps'?" in asked.stranger().see("/try/step")
    answer = asked.stranger().post("/try/step/start")
    assert answer.status_code == 404 and "no such task" in answer.get_json()["refusal"]
    assert "there is no such attempt" in asked.stranger().see("/try/form", "?attempt=99")
    assert "there is no such attempt" in asked.stranger().see("/try/form", "?attempt=x")


def test_a_form_that_has_gone_is_a_sentence_and_what_is_running_can_still_end(asked: House) -> None:
    lena = asked.at_the_console("lena")
    began = lena.post("/try/form/start").get_json()["began"]
    file = asked.room.media / "help" / "form.pdf"
    file.write_bytes(b"%PDF-1.7 broken")
    assert "Its form is not a PDF that can be read. It cannot be tried now; the walk goes on." in lena.see("/try/form")
    file.unlink()
    words = lena.see("/try/form")
    assert "Its form is missing from the media folder." in words and "Customers need 11 minutes (n = 212)." in words
    assert "Start" not in words.split("\n")
    answer = lena.post("/try/form/end", began=began, outcome="gave up", filled=2).get_json()
    assert answer["to"] == "/try/form?attempt=1" and kept(asked)[0][4] == 2


def test_steps_and_a_page_of_the_web_say_what_to_do(asked: House) -> None:
    stranger = asked.stranger()
    words = stranger.see("/try/steps")
    assert "3 steps, one after the other." in words and "Scroll" in words and "I cannot do this" in words
    words = stranger.see("/try/web")
    assert "Open it in another tab" in words and "Customers’ time not measured." in words
    tried(asked, asked.at_the_console("sam"), "web", 1, filled=0)
    tried(asked, asked.at_the_console("sam"), "steps", 1, filled=2, errors=1)
    assert kept(asked) == [("done", 60.0, 0, 0, 0), ("done", 60.0, 1, 2, 3)]
    assert "What it takes customers has not been measured." in asked.at_the_console("sam").see("/try/web", "?attempt=1")


def test_all_tasks_are_one_touch_away(asked: House) -> None:
    words = asked.stranger().see("/try")
    assert (
        "Pause a box" in words and "I call · customers need 11 minutes (n = 212) · in this room: nobody has tried it yet" in words
    )
    assert "Find the price" in words and "customers’ time not measured" in words


def test_a_room_without_tasks_says_what_to_load(house: House) -> None:
    assert "load what customers must do" in house.stranger().see("/try")


def test_the_demos_form_says_how_much_it_asks(house: House) -> None:
    tasks(house, REFUND)
    assert "The real form: 52 fields on 3 pages." in house.stranger().see("/try/form")


def test_the_watch_forgets_the_oldest_and_gives_the_same_end_twice() -> None:
    at = [0.0]
    watch = Stopwatch(lambda: at[0])
    watch.begin("first")
    at[0] = 60.0
    assert watch.end("first") == 60.0
    at[0] = 90.0
    assert watch.end("first") == 60.0 and watch.end("never began") == 0.0
    watch.begin("first")
    at[0] = 100.0
    assert watch.end("first") == 10.0
    for n in range(REMEMBERED):
        watch.begin(str(n))
    assert watch.end("first") == 0.0
