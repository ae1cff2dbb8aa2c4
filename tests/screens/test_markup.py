"""What Dash's components say, as HTML: words stay words, and what a form holds stands in it."""

import re
from html.parser import HTMLParser
from typing import Any

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html

from tests.conftest import REPOSITORY
from wallboard.screens.console import parts
from wallboard.screens.markup import BOOTSTRAP, NeedsDash, markup

WRITTEN: tuple[tuple[Any, list[Any]], ...] = (
    (html.P("a & <b>\"'"), [("p", {}), "a & <b>\"'", "/p"]),
    (html.P([1, None, True, ["x", html.B("y")], 0]), [("p", {}), "1x", ("b", {}), "y", "/b", "0", "/p"]),
    (
        html.A(href='"><script>', className="b c", tabIndex=0),
        [("a", {"href": '"><script>', "class": "b c", "tabindex": "0"}), "/a"],
    ),
    (html.Img(src="/a?b=1&lt=2", alt=""), [("img", {"src": "/a?b=1&lt=2", "alt": ""})]),
    (
        html.Div(hidden=True, **{"data-x": False, "aria-busy": True}),
        [("div", {"hidden": None, "data-x": "false", "aria-busy": "true"}), "/div"],
    ),
    (html.Button(disabled=False, n_clicks=3, title=None), [("button", {}), "/button"]),
    (html.I(style={"--at": 0.5, "fontWeight": "bold"}), [("i", {"style": "--at:0.5;font-weight:bold"}), "/i"]),
    (html.Textarea("\nsecond"), [("textarea", {}), "\n\nsecond", "/textarea"]),
    (html.Label(htmlFor="b"), [("label", {"for": "b"}), "/label"]),
    ([html.Br(), "a"], [("br", {}), "a"]),
)
"""What is said, and what a browser reads: elements with their attributes, text, ends."""


class Read(HTMLParser):
    """The parts of some HTML, in order."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.parts: list[Any] = []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def test_what_components_say_is_written_as_a_browser_reads_it() -> None:
    for component, expected in WRITTEN:
        assert Read(markup(component)).parts == expected


def fields(part: Any) -> list[dict[str, str | None]]:
    """The fields and buttons of a part."""
    return [element[1] for element in Read(markup(part)).parts if element[0] in ("input", "button")]


def test_fields_hold_what_they_are_given() -> None:
    field, more = {"class": "form-control", "step": "any"}, {"class": "form-check-input"}
    day = parts.line("by", "By when?", kind="date", value="2026-01-13", required=True)
    assert fields(day) == [{**field, "type": "date", "name": "by", "value": "2026-01-13", "required": None}]
    box = {**more, "type": "checkbox", "name": "pilot", "id": "box-pilot"}
    assert fields([parts.box("pilot", "A pilot", ticked=ticked) for ticked in (True, False)]) == [{**box, "checked": None}, box]
    kind = parts.one_of("kind", "Which?", {"a": "A", "b": "B"}, chosen="b")
    radio = {**more, "type": "radio", "name": "kind"}
    assert fields(kind) == [
        {**radio, "value": "a", "id": "one-of-kind-a"},
        {**radio, "value": "b", "id": "one-of-kind-b", "checked": None},
    ]
    hidden = {"type": "hidden", "name": "seen", "value": ""}
    assert fields(dbc.Input(**hidden)) == [{**hidden, "class": "form-control"}]
    go = {"type": "submit", "name": "how", "value": "x", "class": "btn btn-secondary"}
    assert fields(parts.button("Go", calm=True, name="how", value="x")) == [go]


def test_a_fold_says_whether_it_is_open() -> None:
    for opened in (True, False):
        fold = markup(parts.fold("More", html.P("inside"), opened=opened, name="trail"))
        assert f'aria-expanded="{str(opened).lower()}"' in fold and ("collapse show" in fold) == opened
        assert ("collapsed" in fold) != opened and 'class="fold trail accordion accordion-flush"' in fold


def test_only_dash_draws_what_is_not_known() -> None:
    with pytest.raises(NeedsDash, match="Markdown"):
        markup(html.Div([dcc.Markdown("*a*")]))


def test_every_component_of_the_library_that_a_page_uses_is_known() -> None:
    sources = (file.read_text(encoding="utf-8") for file in (REPOSITORY / "wallboard").rglob("*.py"))
    used = {name for source in sources for name in re.findall(r"dbc\.(\w+)\(", source)}
    assert used - {"AccordionItem"} == {*BOOTSTRAP}
