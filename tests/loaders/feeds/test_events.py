"""Events come by files; one that cannot be meant is refused with the remedy, and a planned one waits for its day."""

import pytest

from tests.loaders.conftest import Workspace
from wallboard.store.schema import event

SOURCES = """
[journey]
feed = "stages"
file = "stages.csv"
key  = ["stage"]
columns = {stage = "stage", name = "name", seq = "seq"}
[points]
feed = "touchpoints"
file = "points.csv"
key  = ["touchpoint"]
columns = {touchpoint = "touchpoint", stage = "stage", name = "name", seq = "seq"}
[kinds]
feed = "issue_types"
file = "kinds.csv"
key  = ["kind"]
columns = {issue_type = "kind", wording = "wording"}
[calendar]
feed = "events"
file = "calendar.csv"
key  = ["no"]
[calendar.columns]
kind = "kind"
perimeter = "where"
touchpoint = "touchpoint"
issue_type = "about"
metric = "figure"
starts_on = "from"
ends_on = "to"
words = "what"
"""
HEAD = "no,kind,where,touchpoint,about,figure,from,to,what\n"
CARRIER = "1,new supplier,all,parcel,late,complaint_rate,2026-02-02,,Swift Parcels carries our boxes\n"


@pytest.fixture
def office(quick: Workspace) -> Workspace:
    quick.sources(SOURCES)
    quick.put("stages.csv", "stage,name,seq\narrive,It arrives,9\n")
    quick.put("points.csv", "touchpoint,stage,name,seq\nparcel,arrive,The parcel,1\n")
    quick.put("kinds.csv", "kind,wording\nlate,My order is late\n")
    quick.put("calendar.csv", HEAD)
    quick.load()
    return quick


def test_an_event_concerns_what_it_names_and_everything_where_it_names_nothing(office: Workspace) -> None:
    office.put("calendar.csv", HEAD + CARRIER + "2,strike,,,,,2026-03-01,2026-03-04,The post was on strike\n")
    assert office.load_one("calendar").new == 2
    named = office.rows(event, "kind", "perimeter", "stage", "touchpoint", "issue_type", "metric")
    assert named == [
        ("new supplier", "all", "arrive", "parcel", "late", "complaint_rate"),
        ("strike", "all", None, None, None, None),
    ]
    assert (office.load_one("calendar").same, office.count(event)) == (2, 2)


@pytest.mark.parametrize(
    ("row", "sentence", "remedy"),
    [
        ("2,strike,,parcle,,,2026-03-01,,On strike", "Did you mean 'parcel'?", "Load it first, or map it"),
        ("2,strike,,,lat,,2026-03-01,,On strike", "Did you mean 'late'?", "Load it first, or map it"),
        ("2,strike,al,,,,2026-03-01,,On strike", "Did you mean 'all'?", "map it"),
        ("2,strike,,,,npz,2026-03-01,,On strike", "'npz' is not a metric of a wall. Did you mean 'nps'?", "docs/metrics.md"),
        ("2,strike,,,,,2026-03-04,2026-03-01,On strike", "ended before it began", "Correct one of the dates"),
        ("2,storm,,,,,2026-03-01,,It blew", "is none of: release, price change, strike", "Map it under `values`"),
        ("2,strike,,,,,2026-03-01,,", "'words' is empty", "Fill it in the export"),
        ("2,strike,,,,,soon,,On strike", "soon", ""),
    ],
)
def test_an_event_that_cannot_be_meant_is_refused(office: Workspace, row: str, sentence: str, remedy: str) -> None:
    office.put("calendar.csv", HEAD + CARRIER + row + "\n")
    loaded = office.load_one("calendar")
    assert (loaded.new, loaded.refused) == (1, 1), office.refusals()
    assert sentence in office.refusals()[-1][2] and remedy in office.refusals()[-1][3]
