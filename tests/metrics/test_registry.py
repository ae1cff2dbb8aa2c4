import pytest
from sqlalchemy import Connection

from wallboard.errors import NotFound
from wallboard.metrics.customers import CustomerPeriod, customer_flow
from wallboard.metrics.frames import frame
from wallboard.metrics.issues import ComplaintWeek
from wallboard.metrics.registry import FORMER_NAMES, all_metrics, find_metric
from wallboard.metrics.rows import columns, common_fields, documented
from wallboard.metrics.scope import Scope


def test_options_written_as_text_become_what_the_measure_takes() -> None:
    assert find_metric("issue_pareto").convert({"weeks": "8", "stage": "receive"}) == {"weeks": 8, "stage": "receive"}
    assert find_metric("issue_pareto").options == {"weeks": 4, "top": 6, "stage": None}


def test_a_measure_is_taken_by_its_name(connection: Connection, scope: Scope) -> None:
    assert len(find_metric("customer_flow").call(connection, scope, {"months": "3"})) == 3


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"week": "8"}, "Did you mean 'weeks'"),
        ({"weeks": "many"}, "not a whole number"),
        ({"weeks": "0"}, "not a whole number above 0"),
    ],
)
def test_a_wrong_option_is_refused_with_the_remedy(given: dict[str, str], answer: str) -> None:
    with pytest.raises(NotFound, match=answer):
        find_metric("issue_flow").convert(given)


def test_an_unknown_measure_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean 'customer_flow'"):
        find_metric("customer_flw")


def test_a_metric_is_found_by_the_name_that_it_had_in_the_version_before() -> None:
    assert {find_metric(name).name for name in FORMER_NAMES} == set(
        FORMER_NAMES.values()
    ) and not FORMER_NAMES.keys() & all_metrics()


def test_a_frame_has_the_fields_of_its_row_as_columns() -> None:
    flow = all_metrics()["issue_flow"]
    assert flow.summary.startswith("Complaints that arrived") and flow.grain.startswith("one row per ISO week")
    assert list(frame([], flow.function).columns) == list(flow.columns) == list(columns(ComplaintWeek))
    with pytest.raises(ValueError, match=r"has no 'Grain:' line"):
        documented(test_a_frame_has_the_fields_of_its_row_as_columns)


def test_a_row_gives_another_the_fields_that_both_have(connection: Connection, scope: Scope) -> None:
    (month,) = customer_flow(connection, scope, months=1)
    assert CustomerPeriod(**common_fields(month, CustomerPeriod)) == month
    assert common_fields(month, ComplaintWeek) == {"opening": month.opening, "state": month.state}
