"""How large a cell is, and which of its sizes a panel's picture needs."""

import pytest

from bench.smallest import Stands, smallest
from tests.conftest import REPOSITORY
from wallboard.drawing.cell import AIR, WHOLE, Cell, Smallest, grid_height, head_and_foot, wall_tokens
from wallboard.drawing.theme import CANVAS_HEIGHT, DEFAULT_FLOOR, smallest_legible
from wallboard.layout import read_layouts
from wallboard.panels import find_panels

HALF_ACROSS, SIXTH = Cell(1, 1 / 2), Cell(1 / 3, 1 / 2)


def stands_from(*needed: Smallest) -> Stands:
    """A picture that stands in cells that are as large as one of these."""
    corners = [need.pixels(DEFAULT_FLOOR) for need in needed]
    return lambda size: any(size[0] >= wide - 1e-6 and size[1] >= high - 1e-6 for wide, high in corners)


@pytest.mark.parametrize("legible", [DEFAULT_FLOOR, smallest_legible(43, 8), smallest_legible(85, 3)])
def test_panels_have_what_head_and_foot_leave_of_the_canvas(legible: float) -> None:
    heights = [float(value.removesuffix("px")) for name, value in wall_tokens(legible).items() if name != "--air"]
    assert heights == pytest.approx(list(head_and_foot(legible).values()), abs=0.1)
    assert sum(heights) + 3 * AIR + grid_height(legible) == pytest.approx(CANVAS_HEIGHT, abs=0.2)


def test_a_scene_of_the_walk_has_no_spine_and_no_golden_rule_above_or_below_its_panels() -> None:
    layouts = read_layouts(REPOSITORY / "layouts", find_panels()).values()
    assert {(layout.kind == "wall", placed.cell.is_walk) for layout in layouts for placed in layout.placed()} == {
        (True, False),
        (False, True),
    }
    assert Cell(is_walk=True).size(DEFAULT_FLOOR).lines == WHOLE.size(DEFAULT_FLOOR).lines + 1


def test_half_a_wall_counts_as_eight_lines_and_a_whole_one_as_sixteen() -> None:
    assert [cell.size(DEFAULT_FLOOR).lines for cell in (WHOLE, HALF_ACROSS, SIXTH)] == [16, 8, 8]


def test_a_picture_needs_fewer_lines_in_a_wider_cell() -> None:
    assert smallest(stands_from(Smallest(25, 12), Smallest(51, 6))) == (Smallest(25, 12), Smallest(51, 6))


def test_what_stands_in_a_narrow_cell_and_not_in_a_wide_one_is_no_size_that_a_panel_needs() -> None:
    tall, wide = stands_from(Smallest(25, 7)), stands_from(Smallest(38, 11))
    assert smallest(lambda size: tall(size) and (size[0] < 800 or wide(size))) == (Smallest(25, 11),)


def test_what_stands_in_a_low_cell_and_not_in_a_higher_one_is_no_size_that_a_panel_needs() -> None:
    high = stands_from(Smallest(25, 14))
    assert smallest(lambda size: high(size) or size[1] < 400, [SIXTH]) == (Smallest(25, 14),)


def test_a_cell_in_use_counts_where_no_width_that_is_tried_holds_the_picture() -> None:
    used = Cell(0.6, 1)
    assert smallest(lambda size: size[0] >= used.pixels(DEFAULT_FLOOR)[0], [used]) == (Smallest(46, 16), Smallest(51, 1))
