"""Writes pages as HTML: what Dash's components and those of dash-bootstrap-components say, as their own scripts would draw it.

A page that only says things and holds forms needs nothing else of Dash in the browser (docs/decisions/pages-as-html.md).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component
from markupsafe import escape

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "source", "track", "wbr"})
ATTRIBUTES = {"className": "class", "htmlFor": "for"}
OF_DASH = frozenset({"n_clicks", "disable_n_clicks", "key"})
"""What no element has: it is for Dash's own renderer."""

TAGS = {"MapEl": "map", "ObjectEl": "object"}
_UPPER = re.compile(r"(?<!^)[A-Z]")


class NeedsDash(ValueError):
    """A component that only Dash's renderer draws."""


@dataclass(frozen=True)
class Tag:
    """An element for which Dash has no component of its own."""

    name: str
    props: Mapping[str, Any]


def markup(part: object) -> str:
    """The HTML of a component, or of several in a list; raises NeedsDash for one that is not known here."""
    written: list[str] = []
    _write(part, written.append)
    return "".join(written)


def _write(part: object, write: Callable[[str], object]) -> None:
    if part is None or isinstance(part, bool):
        return
    if isinstance(part, Tag):
        _element(part.name, part.props, write)
    elif isinstance(part, Component):
        as_json = part.to_plotly_json()
        if as_json["namespace"] == "dash_bootstrap_components" and as_json["type"] in BOOTSTRAP:
            _write(BOOTSTRAP[as_json["type"]](as_json["props"]), write)
        elif as_json["namespace"] == "dash_html_components":
            _element(TAGS.get(as_json["type"], as_json["type"].lower()), as_json["props"], write)
        else:
            raise NeedsDash(as_json["type"])
    elif isinstance(part, list | tuple):
        for child in part:
            _write(child, write)
    else:
        write(escape(part))


def _element(tag: str, props: Mapping[str, Any], write: Callable[[str], object]) -> None:
    write(f"<{tag}")
    for name, value in props.items():
        if name != "children" and name not in OF_DASH:
            write(_attribute(name, value))
    write(">")
    if tag in VOID:
        return
    children = props.get("children")
    if tag in {"textarea", "pre"} and str(children or "").startswith("\n"):
        write("\n")  # a browser leaves out the first empty line
    _write(children, write)
    write(f"</{tag}>")


def _attribute(name: str, value: object) -> str:
    spelled = ATTRIBUTES.get(name, name.lower())
    if isinstance(value, bool) and not spelled.startswith(("data-", "aria-")):
        return f" {spelled}" * value
    if value is None:
        return ""
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, Mapping):
        value = ";".join(f"{_UPPER.sub(lambda letter: f'-{letter[0].lower()}', key)}:{size}" for key, size in value.items())
    return f' {spelled}="{escape(value)}"'


def _button(props: Mapping[str, Any]) -> object:
    own = {name: value for name, value in props.items() if name != "color"}
    return html.Button(**own, className=f"btn btn-{props['color']}")


def _input(props: Mapping[str, Any]) -> object:
    step = {} if props["type"] == "hidden" else {"step": "any"}
    return Tag("input", {**step, **props, "className": "form-control"})


def _checkbox(props: Mapping[str, Any]) -> object:
    ticked = {"type": "checkbox", "name": props["name"], "id": props["id"], "checked": bool(props.get("value"))}
    return _check(ticked, props["label"], "form-check-label form-label")


def _check(ticked: Mapping[str, Any], label: object, named: str = "form-check-label") -> Component:
    words = html.Label(label, htmlFor=ticked["id"], className=named)
    return html.Div([Tag("input", {**ticked, "className": "form-check-input"}), words], className="form-check")


def _radio_items(props: Mapping[str, Any]) -> object:
    name, identity, chosen = props["name"], props["id"], props.get("value")
    radios = [
        _check(
            {"type": "radio", "name": name, "value": value, "id": f"{identity}-{value}", "checked": value == chosen},
            option["label"],
        )
        for option in props["options"]
        for value in (option["value"],)
    ]
    return html.Div(radios, id=identity, className=props.get("className"))


def _accordion(props: Mapping[str, Any]) -> object:
    """One that opens at a touch (assets/js/folds.js); its items say themselves whether they are open."""
    flush = "accordion-flush" if props.get("flush") else ""
    items = props["children"] if isinstance(props["children"], list) else [props["children"]]
    inside = [_accordion_item(item, item.item_id == props.get("active_item")) for item in items]
    return html.Div(inside, className=" ".join(filter(None, (props.get("className"), "accordion", flush))))


def _accordion_item(item: Any, opened: bool) -> Component:
    shown = {"aria-expanded": opened, "data-bs-toggle": "collapse"}
    button = html.Button(item.title, type="button", className=f"accordion-button{'' if opened else ' collapsed'}", **shown)
    body = html.Div(
        html.Div(item.children, className="accordion-body"), className=f"accordion-collapse collapse{' show' * opened}"
    )
    return html.Div([html.H2(button, className="accordion-header"), body], className="accordion-item")


def _toast(props: Mapping[str, Any]) -> object:
    """An empty one that is not shown; the page's script says something in it (assets/js/toast.js)."""
    body = html.Div(className="toast-body")
    return html.Div(body, id=props["id"], role="status", className=f"toast {props['class_name']}", **{"aria-live": "polite"})


BOOTSTRAP: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "Accordion": _accordion,
    "Button": _button,
    "Checkbox": _checkbox,
    "Input": _input,
    "RadioItems": _radio_items,
    "Toast": _toast,
}
"""What the console uses of dash-bootstrap-components, as Bootstrap's own markup."""
