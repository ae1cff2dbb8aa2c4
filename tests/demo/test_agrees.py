"""The demo's words agree with its data: what was done is not promised again, and no praise stands beside trouble."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from tests.conftest import AS_OF, REPOSITORY
from wallboard.demo.words import read_words
from wallboard.metrics.emotions import emotion_curve, touchpoint_emotions
from wallboard.metrics.gaps import findings
from wallboard.metrics.promises import promises
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import touchpoint_states
from wallboard.metrics.voices import verbatims
from wallboard.records.trail import changes
from wallboard.settings import Room
from wallboard.store.open import open_store
from wallboard.store.schema import media

SMALL = {"a", "an", "and", "for", "from", "in", "is", "of", "on", "one", "the", "to", "with", "instead", "every"}
JOURNEY = REPOSITORY / "wallboard" / "demo" / "journey"


@pytest.fixture(scope="module")
def demo(demo_room: Room) -> Iterator[Connection]:
    engine = open_store(demo_room.store_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def scope(demo_room: Room) -> Scope:
    return Scope.of(demo_room.settings, AS_OF)


def spoken(words: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", words.lower())) - SMALL


def touchpoints(folder: Path = JOURNEY) -> list[dict[str, str]]:
    with (folder / "touchpoints.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_still_promised_has_not_been_done() -> None:
    done = [improvement for improvement in read_words("improvements")["improvement"] if "done" in improvement]
    for place in touchpoints():
        for improvement in done:
            if place["promised"] and improvement["stage"] == place["stage"]:
                same = spoken(place["promised"]) & spoken(improvement["what"])
                assert len(same) < 0.5 * len(spoken(place["promised"])), (place["promised"], improvement["what"])


def test_the_refund_form_has_as_many_fields_as_everybody_says(demo: Connection) -> None:
    form = demo.execute(select(media.c.fields, media.c.caption).where(media.c.path.endswith("refund-form.pdf"))).one()
    place = next(touchpoint for touchpoint in touchpoints() if touchpoint["touchpoint"] == "refund-form")
    cut = next(improvement for improvement in read_words("improvements")["improvement"] if "Sixty-four" in improvement["said"])
    issue = next(complaint for complaint in read_words("room")["issue"] if complaint["title"].endswith("fields"))
    asked = {
        int(re.search(pattern, words)[1])  # type: ignore[index]
        for pattern, words in (
            (r"(\d+) fields", form.caption),
            (r"(\d+) fields", place["they meet"]),
            (r"instead of (\d+)", place["promised"]),
            (r"asks (\d+) things", cut["what"]),
            (r"of (\d+) fields", issue["title"]),
        )
    }
    assert asked == {form.fields}


def test_where_customers_feel_worst_the_promise_is_not_kept(demo: Connection, scope: Scope) -> None:
    _, worst = min((row.feeling, row.stage) for row in emotion_curve(demo, scope) if row.feeling is not None)
    kept = [row.is_kept for row in promises(demo, scope, stage=worst)]
    assert kept and not any(kept)


def test_where_customers_feel_bad_nothing_is_good_and_the_words_beside_a_state_agree_with_it(
    demo: Connection, scope: Scope
) -> None:
    praise = {words for kind in ("delivery", "help") for words in read_words("surveys")[kind]["good"]}
    states = touchpoint_states(demo, scope)
    for at in (row.touchpoint for row in states if row.state == "attention"):
        assert not {row.words for row in verbatims(demo, scope, touchpoint=at, limit=1, state="attention")} & praise
    good = {row.touchpoint for row in states if row.state == "good"}
    assert good and not good & {row.touchpoint for row in touchpoint_emotions(demo, scope) if (row.feeling or 0) < 0}


def test_the_trail_is_in_the_order_of_time(demo: Connection) -> None:
    at = [change.at for change in changes(demo, 1, 1000)]
    assert len(at) > 100 and at == sorted(at, reverse=True)


@pytest.mark.req("R129")
def test_exactly_the_gaps_and_overlaps_that_were_seeded_are_found(demo: Connection, scope: Scope) -> None:
    assert {(row.kind, row.finding.partition(":")[2]) for row in findings(demo, scope)} == {
        ("no owner", "something-missing"),
        ("no measure", "read-reviews"),
        ("two owners", "track"),
        ("two initiatives", "call"),
        ("handoff without owner", "box-to-printer"),
    }
