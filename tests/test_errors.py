"""A refusal is a sentence: where, what, what to do; with the nearest known name."""

from wallboard.errors import Faults, FileRefused, NotFound, nearest


def test_a_refusal_reads_as_a_sentence() -> None:
    refusal = FileRefused("tickets.csv", "there is no column 'Id'.", "Name it in data/sources.toml.")
    assert str(refusal) == "tickets.csv: there is no column 'Id'. Name it in data/sources.toml."
    assert (refusal.where, refusal.what, refusal.remedy) == (
        "tickets.csv", "there is no column 'Id'.", "Name it in data/sources.toml.",
    )  # fmt: skip


def test_several_are_one_line_each() -> None:
    several = Faults([NotFound("a", "is not.", ""), NotFound("b", "is neither.", "Do.")])
    assert str(several).endswith("a: is not.\nb: is neither. Do.") and len(several.faults) == 2


def test_the_nearest_is_named_or_else_all() -> None:
    assert nearest("isues", ["issues", "outcomes"]) == "Did you mean 'issues'?"
    assert nearest("xyzzy", ["issues", "outcomes"]) == "Known: issues, outcomes."
    assert nearest("anything", []) == "None is known yet."
