"""A scale: where values lie, which way marks grow, and what they say of themselves."""

import pytest

from wallboard.drawing.glyphs import pictograms, stacked, tally
from wallboard.drawing.scale import Scale, columns


def attributes_of(component: object) -> dict[str, object]:
    """What a component says of itself, without its children."""
    return {name: value for name, value in component.to_plotly_json()["props"].items() if name != "children"}  # type: ignore[attr-defined]


def test_a_scale_holds_zero_and_all_values() -> None:
    assert (Scale.over("people", [4, None, 9]).low, Scale.over("people", [4, float("nan"), 9]).high) == (0, 9)
    assert (Scale.over("people", [-4, -2]).low, Scale.over("people", [-4, -2]).high) == (-4, 0)
    assert Scale.over("people", []).high > Scale.over("people", [0, 0]).low


@pytest.mark.parametrize(
    ("along", "gain", "loss"),
    [
        ("x", {"left": "25.00%", "width": "75.00%"}, {"right": "75.00%", "width": "25.00%"}),
        ("y", {"bottom": "25.00%", "height": "75.00%"}, {"top": "75.00%", "height": "25.00%"}),
        ("-x", {"right": "25.00%", "width": "75.00%"}, {"left": "75.00%", "width": "25.00%"}),
        ("-y", {"top": "25.00%", "height": "75.00%"}, {"bottom": "75.00%", "height": "25.00%"}),
    ],
)
def test_a_loss_lies_on_the_other_side_of_zero(along: str, gain: dict[str, str], loss: dict[str, str]) -> None:
    scale = Scale("money", 300, -100, along)  # type: ignore[arg-type]
    assert attributes_of(scale.mark(300))["style"] == gain
    assert attributes_of(scale.mark(-100))["style"] == loss


def test_marks_and_wells_say_their_numbers() -> None:
    scale = Scale("money", 300, -100)
    assert attributes_of(scale.mark(120.5, "gain", start=20)) == {
        "className": "sized gain", "style": {"left": "30.00%", "width": "25.13%"}, "data-from": "20", "data-to": "120.5"
    }  # fmt: skip
    assert attributes_of(scale.point(0)) == {"className": None, "style": {"left": "25.00%"}, "data-at": "0"}
    well = attributes_of(scale.well([], "bar"))
    assert (well["data-scale"], well["data-low"], well["data-high"], well["data-along"]) == ("money", "-100", "300", "x")


def test_parts_of_a_bar_stand_on_each_other() -> None:
    first, second = stacked(Scale("people", 10), [(4, "said"), (1, "inferred")]).children
    assert attributes_of(first)["style"] == {"left": "0.00%", "width": "40.00%"}
    assert (attributes_of(second)["style"], attributes_of(second)["data-from"], attributes_of(second)["data-to"]) == (
        {"left": "40.00%", "width": "10.00%"}, "4", "5"
    )  # fmt: skip


def test_figures_and_squares_are_as_many_as_needed() -> None:
    full, rest = pictograms(31, 10, "gain").children
    assert (attributes_of(full)["data-to"], attributes_of(rest)["data-from"], attributes_of(rest)["data-to"]) == (
        "30",
        "30",
        "40",
    )
    assert len(pictograms(30, 10, "gain").children) == 1 and pictograms(0, 10, "gain").children == []
    assert [len(column.children) for column in tally([0, None, 3], "gain").children] == [0, 0, 3]
    assert [len(column.children) for column in tally([5], "gain", per=2).children] == [3]


def test_what_is_missing_leaves_its_slot_empty() -> None:
    scale = Scale("people", 10, along="y")
    slots = columns(scale, [scale.mark(3), None], ground=True).children
    assert slots[1].children is None and attributes_of(slots[2])["data-at"] == "0"
