"""Definitions and targets come by files, and a row that cannot be meant is refused with the remedy."""

import pytest

from tests.loaders.conftest import Workspace
from wallboard.store.schema import metric_definition, target

SOURCES = """
[definitions]
feed = "metric_definitions"
file = "definitions.csv"
key  = ["figure", "version"]
columns = {metric = "figure", version = "version", valid_from = "from", formula = "formula", priority = "wall"}
[targets]
feed = "targets"
file = "targets.csv"
key  = ["figure", "where", "from"]
columns = {metric = "figure", applies_to = "where", valid_from = "from", value = "target"}
values = {applies_to = {"all" = ""}}
"""
DEFINITIONS = "figure,version,from,formula,wall\nnps,1,2026-01-01,promoters,\n"
TARGETS = "figure,where,from,target\ncsat,all,2026-01-01,0.85\n"


@pytest.fixture
def office(quick: Workspace) -> Workspace:
    quick.sources(SOURCES)
    return quick


@pytest.mark.req("R35")
def test_a_definition_is_a_priority_unless_it_says_no_and_a_corrected_row_replaces_itself(office: Workspace) -> None:
    office.put("definitions.csv", DEFINITIONS)
    assert office.load_one("definitions").new == 1
    assert office.rows(metric_definition, "metric", "version", "priority") == [("nps", 1, True)]
    office.put("definitions.csv", DEFINITIONS.replace("promoters,", "promoters,no"))
    assert office.load_one("definitions").changed == 1
    assert office.rows(metric_definition, "metric", "version", "priority") == [("nps", 1, False)]


@pytest.mark.parametrize(
    ("row", "sentence", "remedy"),
    [
        ("npz,1,2026-01-01,x,yes", "'npz' is not a metric of a wall. Did you mean 'nps'?", "docs/metrics.md"),
        ("csat,0,2026-01-01,x,yes", "is below 1", ""),
        ("csat,1,soon,x,yes", "soon", ""),
    ],
)
def test_a_definition_that_cannot_be_meant_is_refused(office: Workspace, row: str, sentence: str, remedy: str) -> None:
    office.put("definitions.csv", DEFINITIONS + row + "\n")
    loaded = office.load_one("definitions")
    assert (loaded.new, loaded.refused) == (1, 1)
    assert sentence in office.refusals()[0][2] and remedy in office.refusals()[0][3]


def test_one_version_stands_once_in_a_file(office: Workspace) -> None:
    office.sources(SOURCES.replace('key  = ["figure", "version"]', 'key = "row"'))
    office.put("definitions.csv", DEFINITIONS + "nps,1,2026-02-01,other,yes\nnps,2,2026-02-01,other,yes\n")
    loaded = office.load_one("definitions")
    assert (loaded.new, loaded.refused) == (2, 1)
    assert "stands twice for this metric" in office.refusals()[0][2]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("csat,all,2026-02-01,85", "'85' is not a share."),
        ("csat,all,2026-02-01,-0.1", "is not a share."),
        ("csat,mars,2026-02-01,0.9", "'mars' is not a perimeter of room.toml."),
        ("csaz,all,2026-02-01,0.9", "Did you mean 'csat'?"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(office: Workspace, row: str, sentence: str) -> None:
    office.put("targets.csv", TARGETS + row + "\n")
    loaded = office.load_one("targets")
    assert (loaded.new, loaded.refused) == (1, 1), office.refusals()
    assert sentence in office.refusals()[0][2]
    assert office.rows(target, "metric", "applies_to", "value") == [("csat", "", 0.85)]


def test_points_and_more_than_all_of_the_revenue_may_be_aimed_at(office: Workspace) -> None:
    office.put("targets.csv", TARGETS + "nps,all,2026-02-01,45\nnet_revenue_retention,all,2026-02-01,1.1\n")
    assert office.load_one("targets").new == 3
