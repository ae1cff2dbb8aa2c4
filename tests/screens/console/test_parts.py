"""Whatever a field says of itself is shown beside it, by whichever control asks for it."""

import pytest
from dash.development.base_component import Component

from wallboard.screens.console.parts import line, select, several, text


@pytest.mark.parametrize(
    "field",
    [
        line("name", "Name", "as on the door"),
        text("name", "Name", "as on the door"),
        select("name", "Name", {"a": "A"}, hint="as on the door"),
        several("Name", [], "as on the door"),
    ],
)
def test_a_field_shows_its_hint(field: Component) -> None:
    assert "as on the door" in str(field.to_plotly_json())
