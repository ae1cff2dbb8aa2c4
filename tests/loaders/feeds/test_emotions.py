"""Feelings, promises and ratings arrive: defaults, contracts, and what cannot be used is refused with its reason."""

import pytest

from tests.loaders.conftest import Workspace
from wallboard.store.schema import desired_rating, emotion, promise


def source(name: str, feed: str, file: str, *columns: str, key: str = "") -> str:
    """A source whose export calls everything as the feed does."""
    keyed = f"key = {key}\n" if key else ""
    mapped = "".join(f'{column} = "{column}"\n' for column in columns)
    return f'[{name}]\nfeed = "{feed}"\nfile = "{file}"\n{keyed}[{name}.columns]\n{mapped}'


JOURNEY = source("stages", "stages", "stages.csv", "stage", "seq", "name") + source(
    "touchpoints", "touchpoints", "touchpoints.csv", "touchpoint", "stage", "seq", "name"
)
FELT = source("felt", "emotions", "felt.csv", "stage", "touchpoint", "state", "feeling", "basis", "n", "day", key='["no"]')


def put(workspace: Workspace, sources: str) -> None:
    workspace.sources(JOURNEY + sources)
    workspace.put("stages.csv", "stage,seq,name\nget,1,I get it\n")
    workspace.put("touchpoints.csv", "touchpoint,stage,seq,name\ndoor,get,1,The door\n")


def test_a_feeling_is_assumed_and_of_today_unless_it_says_otherwise(workspace: Workspace) -> None:
    put(workspace, FELT)
    workspace.put(
        "felt.csv",
        "no,stage,touchpoint,state,feeling,basis,n,day\n1,get,,,0.5,,,2026-05-01\n2,,door,future,-2,measured,7,2026-05-02\n",
    )
    assert workspace.load()[-1].new == 2
    rows = workspace.rows(emotion, "stage", "touchpoint", "state", "feeling", "basis", "n")
    assert sorted(rows, key=str) == [
        ("get", "door", "future", -2.0, "measured", 7),
        ("get", None, "current", 0.5, "assumed", None),
    ]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("1,get,,,2.5,assumed,,2026-05-01", "feeling", "lies outside −2 to +2"),
        ("1,get,,,1,measured,,2026-05-01", None, "does not say how many customers"),
        ("1,get,,,1,measured,0,2026-05-01", None, "does not say how many customers"),
        ("1,get,,,1,guessed,,2026-05-01", "basis", "is none of: measured, assumed"),
        ("1,get,,past,1,assumed,,2026-05-01", "state", "is none of: current, future"),
        ("1,leave,,,1,assumed,,2026-05-01", "stage", "is not a known stage"),
        ("1,get,window,,1,assumed,,2026-05-01", "touchpoint", "is not a known touchpoint"),
    ],
)
def test_what_cannot_be_a_feeling_is_refused(quick: Workspace, row: str, column: str | None, sentence: str) -> None:
    put(quick, FELT)
    quick.put("felt.csv", f"no,stage,touchpoint,state,feeling,basis,n,day\n{row}\n")
    assert quick.load()[-1].refused == 1
    (refusal,) = quick.refusals()
    assert refusal[1] == column and sentence in refusal[2]


def test_promises_and_ratings_arrive_and_a_rating_off_its_scale_does_not(workspace: Workspace) -> None:
    promised = source("promised", "promises", "promised.csv", "touchpoint", "words", key='"row"')
    put(workspace, promised + source("near", "desired_ratings", "near.csv", "stage", "score", "day", key='"row"'))
    workspace.put("promised.csv", "touchpoint,words\ndoor,On the day\n")
    workspace.put("near.csv", "stage,score,day\nget,4,2026-05-01\nget,6,2026-05-01\n")
    assert [result.status for result in workspace.load()] == ["ok"] * 4
    assert workspace.rows(promise, "stage", "touchpoint", "words") == [("get", "door", "On the day")]
    assert workspace.rows(desired_rating, "stage", "score", "perimeter") == [("get", 4.0, "all")]
    assert "lies outside 1 to 5" in workspace.refusals()[0][2]
