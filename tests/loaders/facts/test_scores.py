"""What counts as high and as low follows the formula; questions and invitations by what a load has touched."""

import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.test_feeds import source
from wallboard.metrics.formulas import Answers, score_of
from wallboard.store.schema import invitation_day, question, score_day, store_property, survey_response

ANSWERS = source("survey_responses", "a*.csv", ["no", "responded_at", "score", "wording"]).replace("'row'", "['no']")
ANSWERS = ANSWERS.replace("no = 'no', ", "")


def declaring(measure: str, formula: str, low: int, high: int) -> str:
    constants = f"survey = 's', measure = '{measure}', formula = '{formula}', scale_min = {low}, scale_max = {high}"
    return ANSWERS + f"constants = {{{constants}}}\n"


def undeclared(measure: str, low: int, high: int) -> str:
    return ANSWERS + f"constants = {{survey = 's', measure = '{measure}', scale_min = {low}, scale_max = {high}}}\n"


def rows(*answers: tuple[int, str, object, str]) -> str:
    return "\n".join(("no,responded_at,score,wording", *(f"{n},{day},{score},{words}" for n, day, score, words in answers), ""))


@pytest.mark.req("R173")
@pytest.mark.parametrize(
    ("measure", "formula", "ends", "high", "low"),
    [
        ("NPS", "promoters less detractors", (0, 10), {9, 10}, {0, 1, 2, 3, 4, 5, 6}),
        ("CSAT", "top-2 share", (1, 5), {4, 5}, {1, 2}),
        ("CSAT", "top-1 share", (0, 1), {1}, {0}),
        ("CSAT", "top-1 share", (1, 5), {5}, {1}),
        ("CES", "top-3 share", (1, 7), {5, 6, 7}, {1, 2, 3}),
        ("CES", "high less low", (1, 7), {5, 6, 7}, {1, 2, 3}),
        ("CES", "high less low", (0, 6), {4, 5, 6}, {0, 1, 2}),
        ("CES", "high less low", (1, 5), {4, 5}, {1, 2}),
        ("CES", "high less low", (1, 10), {8, 9, 10}, {1, 2, 3}),
        ("CES", "high less low", (0, 10), {8, 9, 10}, {0, 1, 2}),
        ("CES", "high less low", (1, 3), {3}, {1}),
        ("CES", "high less low", (1, 2), {2}, {1}),
    ],
)
def test_high_and_low_follow_the_formula(
    quick: Workspace, measure: str, formula: str, ends: tuple[int, int], high: set[int], low: set[int]
) -> None:
    quick.sources(declaring(measure, formula, *ends))
    scale = range(ends[0], ends[1] + 1)
    quick.put("a.csv", rows(*((n, f"2026-06-{n - ends[0] + 1:02}", n, "W") for n in scale)))
    quick.load()
    counted = quick.rows(score_day, "total", "high", "low")
    assert {score for score, up, _ in counted if up} == high and {score for score, _, down in counted if down} == low


def test_both_databases_count_alike(workspace: Workspace) -> None:
    workspace.sources(declaring("CES", "high less low", 1, 10))
    workspace.put("a.csv", rows(*((n, "2026-06-01", score, "W") for n, score in enumerate((1, 3, 4, 7, 8, 10)))))
    workspace.load()
    assert workspace.rows(score_day, "formula", "n", "total", "high", "low") == [("high less low", 6, 33.0, 2, 2)]
    assert workspace.rows(question, "formula", "wording") == [("high less low", "W")]


@pytest.mark.req("R173")
@pytest.mark.parametrize(("low", "high"), [(1, 10), (1, 5)])
def test_an_nps_on_another_scale_is_refused_at_load(workspace: Workspace, low: int, high: int) -> None:
    workspace.sources(declaring("NPS", "promoters less detractors", low, high))
    workspace.put("a.csv", rows((1, "2026-06-01", 5, "W"), (2, "2026-06-02", 4, "W")))
    loaded = workspace.load_one()
    assert (loaded.read, loaded.new, loaded.refused) == (2, 0, 2)
    assert "NPS is asked on a scale of 0 to 10; other scales are not NPS" in workspace.refusals()[0][2]
    assert not workspace.count(survey_response) and not workspace.count(score_day) and not workspace.count(question)


def test_a_share_of_three_boxes_needs_a_scale_that_has_more(quick: Workspace) -> None:
    quick.sources(declaring("CES", "top-3 share", 1, 4))
    quick.put("a.csv", rows((1, "2026-06-01", 4, "W")))
    assert quick.load_one().refused == 1
    assert "a top-3 share one of at least 5" in quick.refusals()[0][2]


BOXES = {
    (0, 1): {1}, (1, 2): {2}, (1, 3): {3}, (1, 4): {3, 4}, (1, 5): {4, 5}, (0, 4): {3, 4}, (1, 6): {5, 6}, (1, 7): {5, 6, 7},
    (1, 10): {9, 10}, (0, 10): {9, 10},
}  # fmt: skip
"""Which answers are satisfied on a scale (definitions.md, B.2)."""


@pytest.mark.req("R173")
@pytest.mark.parametrize("measure", ["CSAT", "trust"])
def test_satisfied_follows_the_scale_where_the_source_names_no_formula(quick: Workspace, measure: str) -> None:
    columns = ["no", "responded_at", "score", "survey", "scale_min", "scale_max"]
    scaled = source("survey_responses", "a*.csv", columns).replace("'row'", "['no']").replace("no = 'no', ", "")
    quick.sources(f"{scaled}constants = {{measure = '{measure}'}}\n")
    answers = [(f"{low}-{high}", low, high, score) for low, high in BOXES for score in range(low, high + 1)]
    lines = (f"{n},2026-06-01,{score},{s},{low},{high}" for n, (s, low, high, score) in enumerate(answers))
    quick.put("a.csv", "\n".join(("no,responded_at,score,survey,scale_min,scale_max", *lines, "")))
    assert quick.load_one().refused == 0
    by_key = {(int(low), int(high)): best for low, high, best in quick.rows(score_day, "scale_min", "scale_max", "high")}
    assert by_key == {scale: len(best) for scale, best in BOXES.items()}


@pytest.mark.req("R173")
def test_three_faces_are_satisfied_where_they_smile(quick: Workspace) -> None:
    """Case 04: 40 happy faces of 100."""
    answers = ((n, "2026-06-01", 3 if n < 40 else 2 if n < 80 else 1, "W") for n in range(100))
    quick.sources(undeclared("CSAT", 1, 3))
    quick.put("a.csv", rows(*answers))
    quick.load()
    (row,) = quick.rows(score_day, "n", "total", "squares", "high", "low")
    score = score_of("top-1 share", Answers(*row))
    assert score is not None and score.value == 0.4


def test_a_scale_without_a_convention_is_refused_until_the_source_says_what_counts(quick: Workspace) -> None:
    quick.sources(undeclared("CSAT", 0, 100))
    quick.put("a.csv", rows((1, "2026-06-01", 80, "W")))
    assert quick.load_one().refused == 1
    assert "how many answers of this scale count as satisfied" in quick.refusals()[0][2]
    quick.sources(declaring("CSAT", "mean", 0, 100))
    assert (quick.load_one().new, quick.rows(score_day, "total")) == (1, [(80.0,)])


def test_effort_is_refused_until_the_source_says_how_it_is_scored(quick: Workspace) -> None:
    quick.sources(undeclared("CES", 1, 7))
    quick.put("a.csv", rows((1, "2026-06-01", 6, "W")))
    assert quick.load_one().refused == 1
    assert "effort (CES) is scored in at least four ways" in quick.refusals()[0][2]
    assert '"high less low"' in quick.refusals()[0][3]


def test_a_store_of_an_earlier_release_is_counted_by_the_boxes_of_its_scales_once(workspace: Workspace) -> None:
    """There every share was of the two best boxes, also where no source had said so."""
    declared = declaring("CSAT", "top-2 share", 1, 3).replace("survey_responses_1", "declared").replace("a*.csv", "b.csv")
    workspace.sources(undeclared("CSAT", 1, 3) + declared)
    for file in ("a.csv", "b.csv"):
        workspace.put(file, rows(*((n, "2026-06-01", score, "W") for n, score in enumerate((3, 3, 2, 1)))))
    workspace.load()
    with workspace.engine.begin() as connection:
        connection.execute(survey_response.update().values(formula="top-2 share"))
        connection.execute(score_day.delete())
        connection.execute(store_property.delete().where(store_property.c.name == "scores"))
    workspace.load()
    assert sorted(workspace.rows(score_day, "formula", "n", "high")) == [("top-1 share", 4, 2), ("top-2 share", 4, 3)]
    assert sorted(workspace.rows(question, "formula", "wording")) == [("top-1 share", "W"), ("top-2 share", "W")]
    before = workspace.versions()
    workspace.load()
    assert workspace.versions() == before


def test_a_golden_nps_from_a_file(workspace: Workspace) -> None:
    workspace.sources(declaring("NPS", "promoters less detractors", 0, 10))
    given = [10] * 25 + [9] * 25 + [8] * 15 + [7] * 15 + [6] * 10 + [0] * 10
    workspace.put("a.csv", rows(*((n, "2026-06-01", score, "W") for n, score in enumerate(given))))
    workspace.load()
    (row,) = workspace.rows(score_day, "n", "total", "squares", "high", "low")
    nps = score_of("promoters less detractors", Answers(*row))
    assert nps is not None
    centre, margin = (nps.high + nps.low) / 2, (nps.high - nps.low) / 2
    assert (nps.value, round(centre, 2), round(margin, 2)) == (30, 29.13, 15.08)


@pytest.mark.req("R173")
def test_a_changed_wording_starts_the_question_anew(workspace: Workspace) -> None:
    workspace.sources(declaring("CSAT", "top-2 share", 1, 5))
    workspace.put("a1.csv", rows((1, "2026-05-01", 5, "Old?"), (2, "2026-05-20", 4, "Old?")))
    workspace.load()
    columns = ("survey", "scale_min", "scale_max", "wording", "first_day", "last_day")
    assert [str(cell) for cell in workspace.rows(question, *columns)[0]] == [
        "s",
        "1.0",
        "5.0",
        "Old?",
        "2026-05-01",
        "2026-05-20",
    ]
    workspace.put("a2.csv", rows((3, "2026-05-20", 3, "New?"), (4, "2026-06-09", 4, "New?"), (5, "2026-06-10", 2, "")))
    workspace.load()
    assert [str(cell) for cell in workspace.rows(question, *columns)[0]] == [
        "s",
        "1.0",
        "5.0",
        "New?",
        "2026-05-20",
        "2026-06-10",
    ]
    workspace.put("a2.csv", rows((3, "2026-05-20", 3, "Old?"), (4, "2026-06-09", 4, "Old?"), (5, "2026-06-10", 2, "Old?")))
    workspace.load()
    assert [str(cell) for cell in workspace.rows(question, *columns)[0]] == [
        "s",
        "1.0",
        "5.0",
        "Old?",
        "2026-05-01",
        "2026-06-10",
    ]


def test_wordings_side_by_side_are_one_question(quick: Workspace) -> None:
    quick.sources(declaring("CSAT", "top-2 share", 1, 5))
    quick.put("a.csv", rows((1, "2026-05-01", 5, "Wie?"), (2, "2026-05-03", 4, "How?"), (3, "2026-06-01", 4, "Wie?")))
    quick.load()
    assert [tuple(map(str, row)) for row in quick.rows(question, "wording", "first_day")] == [("Wie?", "2026-05-01")]


INVITED = source("invitations", "i.csv", ["no", "sent_at", "outcome"]).replace("'row'", "['no']").replace("no = 'no', ", "")
INVITED += "constants = {survey = 's'}\n"


@pytest.mark.req("R173")
def test_invitations_by_day_follow_what_became_of_them(workspace: Workspace) -> None:
    workspace.sources(INVITED)
    outcomes = ["completed", "completed", "partial", "no answer", "bounced", "ineligible", "unknown", ""]
    head = "no,sent_at,outcome"
    workspace.put(
        "i.csv",
        "\n".join((head, *(f"{n},2026-06-01T10:00,{what}" for n, what in enumerate(outcomes)), "9,2026-06-02,completed", "")),
    )
    workspace.load()
    columns = ("invited", "ineligible", "completed", "partial")
    assert workspace.rows(invitation_day, *columns) == [(1, 0, 1, 0), (8, 2, 2, 1)]
    workspace.put("i.csv", f"{head}\n3,2026-06-01T10:00,completed\n9,2026-06-01T10:00,bounced\n")
    workspace.load()
    assert workspace.rows(invitation_day, *columns) == [(9, 3, 3, 1)]
